"""What the two texts hold: clauses, statements, and the commitments among them."""

from __future__ import annotations

import pandas as pd

from wfw_eval.analysis.rows import Rows, counted, share_of_all, stated
from wfw_eval.metrics.result import Result

METRIC = "M40"

CLAUSE_KINDS = {
    "context": "Context: law, policy and background",
    "definition": "Definition of co-production",
    "outcome": "Aim or outcome",
    "output": "Output",
    "activity": "Activity",
    "criterion": "Criterion for choosing partners",
    "duty": "Duty of a named body",
    "resource": "Money and other resources",
    "milestone": "Row of the timeline",
    "claim": "Published claim",
}


def inventory_rows(clause: pd.DataFrame, document: pd.DataFrame) -> Rows:
    """Count the clauses and statements of each kind in each document.

    Returns:
        Per kind that occurs: label, and one cell per document under its letter.
    """
    counts = clause.groupby(["kind", "doc"]).size()
    return {
        kind: {
            "label": label,
            **{doc: _clauses(counts.get((kind, doc), 0)) for doc in document["doc"]},
        }
        for kind, label in CLAUSE_KINDS.items()
        if kind in set(clause["kind"])
    }


def inventory(clause: pd.DataFrame, commitment: pd.DataFrame) -> dict[str, Result]:
    """Count everything: clauses, in all and by document, and commitments."""
    documents = clause["doc"].value_counts()
    return {
        "clauses": _clauses(len(clause)),
        **{str(doc): _clauses(count) for doc, count in documents.items()},
        "commitments": counted(METRIC, len(commitment), "commitments"),
        "lead": counted(METRIC, int(commitment["lead"].sum()), "commitments"),
    }


def clarity_rows(commitment: pd.DataFrame) -> Rows:
    """Count the commitments that say who, by when, and how one would know."""
    asked = {
        "owner": ("Who is responsible", commitment["owner_body_id"].notna()),
        "date": ("By when", commitment["due_end"].notna()),
        "measure": ("How one would know", commitment["measure"].notna()),
    }
    together = pd.concat([given for _, given in asked.values()], axis=1)
    asked["all"] = ("All of these", together.all(axis=1))
    asked["none"] = ("None of these", ~together.any(axis=1))
    return {
        name: {
            "label": label,
            "commitments": share_of_all(METRIC, int(given.sum()), len(commitment), "commitments"),
        }
        for name, (label, given) in asked.items()
    }


def commitment_rows(commitment: pd.DataFrame, body: pd.DataFrame) -> Rows:
    """List every commitment with its owner, its date, and the statement that claims it."""
    names = body.set_index("body_id")["name"]
    return {
        row["commitment_id"]: {
            "clause": row["clause_id"],
            "statement": row["statement"],
            "owner": stated(names.get(row["owner_body_id"]), "none"),
            "date": "none" if pd.isna(row["due_end"]) else f"{row['due_end']:%B %Y}",
            "measure": "none" if pd.isna(row["measure"]) else "yes",
            "claim": stated(row["claim_clause_id"], "none"),
        }
        for _, row in commitment.iterrows()
    }


def _clauses(count: int) -> Result:
    return counted(METRIC, count, "clauses")
