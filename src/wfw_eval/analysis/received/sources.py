"""Who the records come from, and what kind of evidence they are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wfw_eval.analysis.commission.claims import ADMISSIBLE
from wfw_eval.analysis.received.names import called, names_of
from wfw_eval.analysis.received.tables import supplied
from wfw_eval.analysis.rows import Rows, capital, counted, key_of, share_of_all
from wfw_eval.metrics.result import Result
from wfw_eval.records.contract import EVIDENCE_CLASSES

METRIC = "records"

#: What each class of evidence means.
MEANINGS = {
    "observed": "Somebody watched it happen and noted it",
    "recorded": "It was entered in a register or log",
    "reported": "People told of it themselves",
    "claimed": "It was asserted, with nothing to show for it",
    "planned": "It was intended",
}

#: What a reader must know about the records, by whether any of them are simulated.
STANDING = {
    True: "The records used here are simulated: the organisations that sent them, the people in "
    "them and the gaps in them are made up, and nothing in this chapter says how the real project "
    "kept its records. The chapter shows what would be said of real records. The text of the "
    "proposal and of the web page is real.",
    False: "The records were supplied by the organisations named in this chapter.",
}


def provenance(tables: Mapping[str, pd.DataFrame | None]) -> pd.DataFrame:
    """Return one line per row of the records: its table, its supplier, its class of evidence."""
    parts = [
        supplied(table)[["source_org", "evidence_class"]].assign(table=name)
        for name, table in tables.items()
        if table is not None
    ]
    return pd.concat(parts, ignore_index=True)


def supplier_rows(lines: pd.DataFrame, organisation: pd.DataFrame) -> Rows:
    """Return one row per supplier: whether it took part, its tables, its rows and their share.

    Args:
        lines: As :func:`provenance` returns them.
        organisation: Table ``organisation``, of those who took part.
    """
    names = names_of(organisation)
    sent = {
        str(org): lines.loc[rows, "table"]
        for org, rows in lines.groupby("source_org").groups.items()
    }
    return {
        key_of(org): {
            "label": called(org, names),
            "took_part": "yes" if org in names else "no",
            "tables": counted(METRIC, sent[org].nunique(), "tables"),
            "rows": counted(METRIC, len(sent[org]), "rows"),
            "share": _share(len(sent[org]), len(lines)),
        }
        for org in sorted(sent, key=lambda org: (-len(sent[org]), org))
    }


def class_rows(lines: pd.DataFrame, clause: pd.DataFrame) -> Rows:
    """Return one row per class of evidence: what it means, and how much there is of it.

    Args:
        lines: As :func:`provenance` returns them.
        clause: Table ``clause``, the statements of the documents.
    """
    return {
        name: {
            "label": capital(name),
            "meaning": MEANINGS[name],
            "scores": "yes" if name in ADMISSIBLE else "no",
            "rows": counted(METRIC, (lines["evidence_class"] == name).sum(), "rows"),
            "share": share_of_all(METRIC, int((lines["evidence_class"] == name).sum()),
                                  len(lines), "rows"),
            "clauses": counted(METRIC, (clause["evidence_class"] == name).sum(), "clauses"),
        }
        for name in EVIDENCE_CLASSES
    }  # fmt: skip


def sources_summary(lines: pd.DataFrame, organisation: pd.DataFrame) -> dict[str, Result]:
    """Return how much of the records the project's own organisations supplied, and what scores.

    Returns:
        suppliers, took_part and outside (shares of rows), scores (share of rows that may count
        towards a judgement), and the largest supplier with its share.
    """
    inside = int(lines["source_org"].isin(organisation["org_id"]).sum())
    counts = {
        "took_part": inside,
        "outside": len(lines) - inside,
        "scores": int(lines["evidence_class"].isin(ADMISSIBLE).sum()),
    }
    sizes = lines["source_org"].value_counts()
    largest = min(sizes.index, key=lambda org: (-sizes[org], org), default=None)
    named = "nobody" if largest is None else called(largest, names_of(organisation))
    return {
        "suppliers": counted(METRIC, len(sizes), "organisations"),
        **{name: _share(count, len(lines)) for name, count in counts.items()},
        "largest": Result(metric="words", unit="text", value=named),
        "largest_share": _share(0 if largest is None else int(sizes[largest]), len(lines)),
    }


def _share(count: int, n: int) -> Result:
    return share_of_all(METRIC, count, n, "rows")
