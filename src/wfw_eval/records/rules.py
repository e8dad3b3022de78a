"""Integrity rules that look at more than one column or table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.params import Period
from wfw_eval.records.contract import Contract, ForeignKey

Tables = Mapping[str, pd.DataFrame]
Rule = Callable[[Tables, Period], Iterator[Problem]]


def orphans(contract: Contract, tables: Tables) -> Iterator[Problem]:
    """Find values that should stand in another table and do not."""
    for foreign in contract.foreign:
        if foreign.table in tables:
            yield from _orphans_of(tables[contract.name], foreign, tables[foreign.table])


def _orphans_of(
    frame: pd.DataFrame, foreign: ForeignKey, parent: pd.DataFrame
) -> Iterator[Problem]:
    known = set(parent[foreign.references].dropna())
    values = (
        frame[foreign.column].explode()
        if _holds_lists(frame, foreign.column)
        else (frame[foreign.column])
    )
    lost = values[values.notna() & ~values.isin(known)]
    for index, value in lost.items():
        rule = f"is not in table {foreign.table}, column {foreign.references}"
        step = f"Correct it, or add the row to {foreign.table}."
        yield _problem(frame.loc[index], foreign.column, value, rule, step)


def _holds_lists(frame: pd.DataFrame, column: str) -> bool:
    return bool(frame[column].map(type).eq(tuple).any())


def left_before_joined(tables: Tables, period: Period) -> Iterator[Problem]:
    """Nobody leaves before joining."""
    person = tables["person"]
    for _, row in person[person["left_on"] < person["joined_on"]].iterrows():
        yield _problem(
            row,
            "left_on",
            row["left_on"].date(),
            f"must not be before joined_on ({row['joined_on'].date()})",
            "Correct one of the two dates.",
        )


def session_in_period(tables: Tables, period: Period) -> Iterator[Problem]:
    """Sessions lie inside the period the run file names."""
    session = tables["session"]
    inside = session["date"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    for _, row in session[~inside & session["date"].notna()].iterrows():
        yield _problem(
            row,
            "date",
            row["date"].date(),
            f"must be within the period of the run file ({period.start} to {period.end})",
            "Correct the date, or the period in the run file.",
        )


def attendance_while_involved(tables: Tables, period: Period) -> Iterator[Problem]:
    """Attendance lies between the day a person joined and the day they left."""
    joined = _attendance_with_dates(tables)
    before = joined["date"] < joined["joined_on"]
    after = joined["date"] > joined["left_on"]
    for _, row in joined[before | after].iterrows():
        yield _problem(
            row,
            "session_id",
            row["session_id"],
            f"was held on {row['date'].date()}, when {row['person_id']} was not involved",
            "Correct the attendance, or the person's dates.",
        )


def hours_within_session(tables: Tables, period: Period) -> Iterator[Problem]:
    """Nobody attends longer than the session lasted."""
    joined = _attendance_with_dates(tables)
    for _, row in joined[joined["hours"] > joined["session_hours"]].iterrows():
        yield _problem(
            row,
            "hours",
            row["hours"],
            f"must not be more than the session's {row['session_hours']:g} hours",
            "Correct the hours.",
        )


def under_18_consent(tables: Tables, period: Period) -> Iterator[Problem]:
    """Under-18s take part with their own assent and a parent's consent."""
    person = tables["person"]
    young = person["role"].isin(("child_u12", "young_person_12_17"))
    for _, row in person[young & (person["consent"] == "adult")].iterrows():
        yield _problem(
            row,
            "consent",
            row["consent"],
            "must be assent_plus_parent for a person under 18",
            "Ask for the consent form; leave the person out until it is there.",
        )


def _attendance_with_dates(tables: Tables) -> pd.DataFrame:
    sessions = tables["session"].set_index("session_id")
    people = tables["person"].set_index("person_id")
    attendance = tables["attendance"]
    return attendance.assign(
        date=attendance["session_id"].map(sessions["date"]),
        session_hours=attendance["session_id"].map(sessions["hours"]),
        joined_on=attendance["person_id"].map(people["joined_on"]),
        left_on=attendance["person_id"].map(people["left_on"]),
    )


def _problem(row: pd.Series, column: str, value: object, rule: str, step: str) -> Problem:
    return Problem(str(row["_place"]), int(row["_row"]), column, str(value), rule, step)


#: Rules that need clean tables, with the tables each one reads.
RULES: dict[Rule, tuple[str, ...]] = {
    left_before_joined: ("person",),
    session_in_period: ("session",),
    under_18_consent: ("person",),
    attendance_while_involved: ("attendance", "person", "session"),
    hours_within_session: ("attendance", "person", "session"),
}
