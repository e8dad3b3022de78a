"""From commitment to published claim: which are claimed, and which phrases were lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from wfw_eval.analysis.rows import Cells, Rows, counted, number, share_of_all
from wfw_eval.metrics.delivery import commitment_match, lost_qualifiers, scope_drift
from wfw_eval.metrics.result import Result

METRIC = "M40"


def matches(commitment: pd.DataFrame) -> dict[str, Result]:
    """Return the share of commitments that a published statement claims (M40).

    Returns:
        ``all`` commitments, the ``lead`` ones, and the ``others``.
    """
    lead = commitment["lead"].astype(bool)
    parts = {"all": commitment, "lead": commitment[lead], "others": commitment[~lead]}
    return {name: commitment_match(_claims(part)) for name, part in parts.items()}


def drift_rows(commitment: pd.DataFrame, clause: pd.DataFrame, discrepancy: pd.DataFrame) -> Rows:
    """Compare each commitment with the statement that claims it, phrase by phrase (M40).

    Args:
        commitment: Table ``commitment``; those without a claim are left out.
        clause: Table ``clause``, whose key phrases are the claim's own words.
        discrepancy: Table ``discrepancy``, to name the drifts already registered.

    Returns:
        Per commitment: label, from (its clause), to (the claim), kept and lost (counts), drift
        (the share lost), lost_phrases, kept_phrases and register (discrepancies, or "none").
    """
    phrases = clause.set_index("clause_id")["key_phrases"]
    claimed = commitment[commitment["claim_clause_id"].notna()]
    return {
        row["commitment_id"]: {
            "label": f"{row['clause_id']}: {row['statement']}",
            "from": row["clause_id"],
            "to": row["claim_clause_id"],
            **_drift(row["qualifiers"], phrases[row["claim_clause_id"]]),
            "register": ", ".join(_registered(row, discrepancy)) or "none",
        }
        for _, row in claimed.iterrows()
    }


def lossy(rows: Mapping[str, Cells]) -> Rows:
    """Return the rows of :func:`drift_rows` that lost something."""
    return {key: row for key, row in rows.items() if number(row["lost"])}


def drift_total(rows: Mapping[str, Cells]) -> dict[str, Result]:
    """Sum up :func:`drift_rows`: qualifiers lost in all, and commitments by what they kept."""
    lost = sum(number(row["lost"]) for row in rows.values())
    kept = sum(number(row["kept"]) for row in rows.values())
    return {
        "drift": share_of_all(METRIC, lost, kept + lost, "qualifiers"),
        **{fate: share_of_all(METRIC, len(clauses), len(rows), "commitments")
           for fate, clauses in fates(rows).items()},
    }  # fmt: skip


def fates(rows: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Name the clauses that lost nothing, that lost everything, and that no register holds."""
    chosen = {
        "whole": [row for row in rows.values() if not number(row["lost"])],
        "emptied": [row for row in rows.values() if not number(row["kept"])],
        "unregistered": [row for row in lossy(rows).values() if row["register"] == "none"],
    }
    return {fate: [str(row["from"]) for row in found] for fate, found in chosen.items()}


def _claims(commitment: pd.DataFrame) -> dict[str, str | None]:
    pairs = zip(commitment["commitment_id"], commitment["claim_clause_id"], strict=True)
    return {key: None if pd.isna(claim) else str(claim) for key, claim in pairs}


def _drift(qualifiers: Sequence[str], claimed: Sequence[str]) -> Cells:
    lost = lost_qualifiers(qualifiers, claimed)
    kept = [phrase for phrase in qualifiers if phrase not in lost]
    return {
        "kept": counted(METRIC, len(kept), "qualifiers"),
        "lost": counted(METRIC, len(lost), "qualifiers"),
        "drift": scope_drift(qualifiers, claimed),
        "kept_phrases": "; ".join(kept) or "none",
        "lost_phrases": "; ".join(lost) or "none",
    }


def _registered(commitment: pd.Series, discrepancy: pd.DataFrame) -> list[str]:
    """Name the drifts in the register that are about this commitment and its claim."""
    return [
        str(row["disc_id"])
        for _, row in discrepancy[discrepancy["kind"] == "drift"].iterrows()
        if commitment["clause_id"] in row["clause_a"]
        and commitment["claim_clause_id"] in row["clause_b"]
    ]
