"""Two definitions of co-production, criterion by criterion."""

from __future__ import annotations

import pandas as pd

from wfw_eval.analysis.rows import Rows, capital, share_of_all, stated
from wfw_eval.metrics.result import Result

METRIC = "M18"

#: Texts compared for the definition: column of yes or no, and column of the exact phrase.
DEFINITIONS = {"in_2_2": "phrase_2_2", "in_W8": "phrase_W8", "in_W9": "phrase_W9"}

OVERLAPS = {
    "both": "Both definitions",
    "only_planned": "Only the one planned",
    "only_published": "Only the one published",
    "neither": "Neither, only the explanation",
}


def definition_rows(criteria: pd.DataFrame) -> Rows:
    """List the criteria with what each text says of them: yes or no, and its phrase."""
    return {
        row["criterion_id"]: {
            "label": row["label"],
            **{answer: row[answer] for answer in DEFINITIONS},
            **{phrase: stated(row[phrase], "not named") for phrase in DEFINITIONS.values()},
        }
        for _, row in criteria.iterrows()
    }


def definition_overlap(criteria: pd.DataFrame) -> dict[str, Result]:
    """Count the criteria that both definitions hold, that one holds, and that neither holds."""
    return {
        name: share_of_all(METRIC, int(held.sum()), len(criteria), "criteria")
        for name, held in _overlap(criteria).items()
    }


def definition_lists(criteria: pd.DataFrame) -> dict[str, list[str]]:
    """Name the criteria as :func:`definition_overlap` counts them."""
    return {
        name: [label[:1].lower() + label[1:] for label in criteria.loc[held, "label"]]
        for name, held in _overlap(criteria).items()
    }


def definition_gains(criteria: pd.DataFrame) -> Rows:
    """List what both definitions hold, what each adds, and what only the explanation adds."""
    counts, names = definition_overlap(criteria), definition_lists(criteria)
    return {
        name: {
            "label": label,
            "criteria": counts[name],
            "names": capital("; ".join(names[name]) or "nothing"),
        }
        for name, label in OVERLAPS.items()
    }


def _overlap(criteria: pd.DataFrame) -> dict[str, pd.Series]:
    planned, published, explained = (criteria[column] == "yes" for column in DEFINITIONS)
    return {
        "both": planned & published,
        "only_planned": planned & ~published,
        "only_published": published & ~planned,
        "neither": ~planned & ~published,
        "everywhere": planned & published & explained,
    }
