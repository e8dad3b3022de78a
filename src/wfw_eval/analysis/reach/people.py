"""Who came: people, families, children, adults, professionals."""

from __future__ import annotations

import pandas as pd

from wfw_eval.analysis.rows import counted
from wfw_eval.metrics.result import Result

METRIC = "M07"

INPUTS = ("person", "attendance")


def attended_people(person: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """Return the people with lived experience who attended at least once."""
    return _present(with_lived_experience(person), attendance)


def with_lived_experience(person: pd.DataFrame) -> pd.DataFrame:
    """Return the people with lived experience, whatever else they are."""
    return person[person["stake"].isin(("lived", "both"))]


def headcount(person: pd.DataFrame, attendance: pd.DataFrame) -> dict[str, Result]:
    """Count who attended at least once: people, families, children, adults, professionals."""
    people = attended_people(person, attendance)
    under_12 = people["role"] == "child_u12"
    young = people["role"] == "young_person_12_17"
    professionals = _present(person, attendance)["stake"] == "professional"
    return {
        "people": tally(len(people), "people", "people:lived"),
        "families": tally(people["family_id"].nunique(), "families", "families:all"),
        "under_12": tally(under_12.sum(), "people", "people:under_12"),
        "young_people": tally(young.sum(), "people", "people:12_17"),
        "adults": tally((~(under_12 | young)).sum(), "people", "people:adults"),
        "professionals": tally(professionals.sum(), "people", "people:professional"),
        "sessions": Result(
            metric=METRIC, unit="count", value=int(attendance["session_id"].nunique()),
            of="sessions",
        ),
    }  # fmt: skip


def walk_ins(invitation: pd.DataFrame, people: pd.DataFrame) -> Result:
    """Count people who attended and were never invited."""
    uninvited = ~people["person_id"].isin(invitation["person_id"])
    return tally(uninvited.sum(), "people", "people:uninvited")


def tally(count: int, of: str, cell: str) -> Result:
    """Return how many people or families stand in one cell of those who came."""
    return counted(METRIC, count, of, cell=cell, inputs=INPUTS)


def _present(person: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    return person[person["person_id"].isin(attendance["person_id"])]
