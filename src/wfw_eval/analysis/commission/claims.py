"""What would admit each published claim, and what a run holds of it.

What evidence a run holds is read from the tables themselves, by the class of evidence of their
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from wfw_eval.analysis.rows import Cells, Rows, capital, counted, number, share_of_all, stated
from wfw_eval.metrics.result import Result

Frames = Mapping[str, pd.DataFrame | None]

METRIC = "M48"

#: Classes of evidence that may bear on a claim; plans and claims never do.
ADMISSIBLE = frozenset({"observed", "recorded", "reported"})


def received(claims: pd.DataFrame, read: Callable[[str], pd.DataFrame | None]) -> Frames:
    """Read every table that a claim asks for; what was not received is None.

    Args:
        claims: Table ``claim_evidence``.
        read: Returns a table by its name, or None if it was not received.
    """
    names = dict.fromkeys(name for tables in claims["evidence_tables"] for name in tables)
    return {name: read(name) for name in names}


def holding_rows(claims: pd.DataFrame, frames: Frames, titles: Mapping[str, str]) -> Rows:
    """List the tables that claims ask for, with what this run holds of each.

    Args:
        claims: Table ``claim_evidence``.
        frames: What :func:`received` returned.
        titles: What a reader calls each table.

    Returns:
        Per table: label, claims (that ask for it), state, rows, real (rows that are evidence
        and not simulated).
    """
    asked = {name: [row["clause_id"] for _, row in claims.iterrows()
                    if name in row["evidence_tables"]] for name in frames}  # fmt: skip
    order = sorted(frames, key=lambda name: (_rank(frames[name]), -len(asked[name])))
    return {
        name: {
            "label": capital(titles[name]),
            "claims": ", ".join(asked[name]),
            **_holding(frames[name]),
        }
        for name in order
    }


def claim_rows(claims: pd.DataFrame, frames: Frames) -> Rows:
    """List the published claims with what would admit each, and what this run holds.

    Returns:
        Per claim: label, claim, would_show, limits, needed (tables asked for), simulated and
        real (tables with at least one row of evidence, all of them simulated or not).
    """
    return {
        row["clause_id"]: {
            "label": row["clause_id"],
            "claim": row["claim"],
            "would_show": row["would_show"],
            "limits": stated(row["limits"], "none stated"),
            **_held([frames[name] for name in row["evidence_tables"]]),
        }
        for _, row in claims.iterrows()
    }


def claims_summary(claims: pd.DataFrame, rows: Mapping[str, Cells],
                   holdings: Mapping[str, Cells]) -> dict[str, Result]:  # fmt: skip
    """Sum up what the claims rest on: their class, the tables held, and those that are real."""
    claimed = int((claims["evidence_class"] == "claimed").sum())
    supported = sum(number(row["real"]) > 0 for row in rows.values())
    states = [row["state"] for row in holdings.values()]
    tables = {
        "missing": states.count("not received"),
        "simulated": states.count("simulated"),
        "planned": states.count("plans and claims only"),
        "real": sum(number(row["real"]) > 0 for row in holdings.values()),
    }
    return {
        "claimed": share_of_all(METRIC, claimed, len(claims), "claims"),
        "supported": share_of_all(METRIC, supported, len(claims), "claims"),
        **{name: share_of_all(METRIC, count, len(states), "tables")
           for name, count in tables.items()},
    }  # fmt: skip


def _evidence(frame: pd.DataFrame | None) -> tuple[int, int]:
    """Count the rows that are evidence: real ones, and simulated ones."""
    if frame is None:
        return 0, 0
    rows = frame[frame["evidence_class"].isin(ADMISSIBLE)]
    simulated = int(rows["synthetic"].fillna(False).astype(bool).sum())
    return len(rows) - simulated, simulated


def _state(frame: pd.DataFrame | None) -> str:
    real, simulated = _evidence(frame)
    if frame is None:
        return "not received"
    if not real and not simulated:
        return "plans and claims only"
    if not simulated:
        return "received"
    return "partly simulated" if real else "simulated"


def _rank(frame: pd.DataFrame | None) -> int:
    """Put tables with evidence first, and those not received last."""
    return 2 if frame is None else int(not any(_evidence(frame)))


def _holding(frame: pd.DataFrame | None) -> Cells:
    return {
        "state": _state(frame),
        "rows": counted(METRIC, 0 if frame is None else len(frame), "rows"),
        "real": counted(METRIC, _evidence(frame)[0], "rows"),
    }


def _held(frames: Sequence[pd.DataFrame | None]) -> Cells:
    found = [_evidence(frame) for frame in frames]
    return {
        "needed": counted(METRIC, len(frames), "tables"),
        "simulated": counted(METRIC, sum(not real and bool(made) for real, made in found),
                             "tables"),
        "real": counted(METRIC, sum(bool(real) for real, _ in found), "tables"),
    }  # fmt: skip
