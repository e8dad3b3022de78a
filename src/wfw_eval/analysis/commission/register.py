"""Where the texts disagree, within themselves or with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from wfw_eval.analysis.rows import Cells, Rows, counted, share_of_all, stated
from wfw_eval.metrics.result import Result

METRIC = "M40"

DISCREPANCY_KINDS = {
    "contradiction": "Contradiction",
    "drift": "Drift",
    "gap": "Gap",
    "tension": "Tension",
    "independence": "Independence",
    "typo": "Misnaming",
}
MATERIALITY = ("high", "medium", "low")
STATUSES = ("open", "explained", "resolved")

#: Discrepancies that other parts of the evaluation work out from the records.
COMPUTED_ELSEWHERE = frozenset({"D02", "D03"})
#: The discrepancy that :func:`wfw_eval.analysis.commission.guaranteed` works out.
COVERAGE = "D24"


def register_matrix(discrepancy: pd.DataFrame) -> Rows:
    """Count the discrepancies of each kind by materiality; a kind without any counts 0."""
    counts = discrepancy.groupby(["kind", "materiality"]).size()
    return {
        kind: {
            "label": label,
            **{level: counted(METRIC, counts.get((kind, level), 0), "discrepancies")
               for level in MATERIALITY},
        }
        for kind, label in DISCREPANCY_KINDS.items()
    }  # fmt: skip


def register_summary(discrepancy: pd.DataFrame) -> dict[str, Result]:
    """Count the discrepancies in all, by materiality, by status, and the high ones still open."""
    high, still = discrepancy["materiality"] == "high", discrepancy["status"] == "open"
    parts = {
        **{level: discrepancy["materiality"] == level for level in MATERIALITY},
        **{status: discrepancy["status"] == status for status in STATUSES},
        "high_open": high & still,
        "high_contradictions_open": high & still & (discrepancy["kind"] == "contradiction"),
    }
    return {
        "all": counted(METRIC, len(discrepancy), "discrepancies"),
        **{name: share_of_all(METRIC, int(chosen.sum()), len(discrepancy), "discrepancies")
           for name, chosen in parts.items()},
    }  # fmt: skip


def register_rows(discrepancy: pd.DataFrame, materiality: str) -> Rows:
    """List the discrepancies of one level of materiality."""
    return {
        row["disc_id"]: {
            "id": row["disc_id"],
            "kind": DISCREPANCY_KINDS[row["kind"]],
            "clauses": _sides(row["clause_a"], row["clause_b"]),
            "what": row["what"],
            "treatment": row["treatment"],
            "reading": stated(row["default_reading"], "none needed"),
        }
        for _, row in discrepancy[discrepancy["materiality"] == materiality].iterrows()
    }


def how_found(discrepancy: pd.DataFrame, drifts: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Name the discrepancies that this evaluation computes, and where; the rest were read.

    Args:
        discrepancy: Table ``discrepancy``.
        drifts: Rows of :func:`wfw_eval.analysis.commission.drift_rows`.
    """
    found = {name for row in drifts.values() for name in str(row["register"]).split(", ")}
    computed = {"here": found | {COVERAGE}, "elsewhere": COMPUTED_ELSEWHERE}
    known = found.union({COVERAGE}, COMPUTED_ELSEWHERE)
    names = {where: [each for each in discrepancy["disc_id"] if each in ids]
             for where, ids in computed.items()}  # fmt: skip
    return {**names, "read": [each for each in discrepancy["disc_id"] if each not in known]}


def _sides(first: Iterable[str], second: Iterable[str]) -> str:
    sides = [", ".join(side) for side in (first, second)]
    return " against ".join(filter(None, sides))
