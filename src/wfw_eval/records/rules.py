"""Integrity rules that look at more than one column or table.

A rule passes over empty cells: what is missing or unreadable has been reported already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from wfw_eval.errors import Problem, nearest
from wfw_eval.params import RunFile
from wfw_eval.records.contract import Contract, in_words

Tables = Mapping[str, pd.DataFrame]
Rule = Callable[[Tables, RunFile], Iterator[Problem]]

#: Tables that hold figures for each council.
FIGURES_BY_COUNCIL = ("denominator", "area_population", "deprivation_population")


def orphans(contract: Contract, tables: Tables) -> Iterator[Problem]:
    """Find values that should stand in another table and do not.

    Nothing is said where the other table has no rows: that is reported for itself.
    """
    frame = tables[contract.name]
    for foreign in contract.foreign:
        parent = tables[foreign.table]
        if not parent.empty:
            rule = f"is not in table {foreign.table}, column {foreign.references}"
            step = f"Correct it, or add the row to {foreign.table}.csv."
            for row in _rows(_lost(frame, foreign.column, parent[foreign.references])):
                yield _problem(row, foreign.column, rule, step)


def _lost(frame: pd.DataFrame, column: str, known: pd.Series) -> pd.DataFrame:
    """Return the values that are not known, lists taken apart, each with its place."""
    values = frame[column].explode().dropna()
    lost = values[~values.isin(known.dropna())]
    return frame.loc[lost.index, ["_place", "_row"]].assign(**{column: lost.array})


def left_before_joined(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Nobody leaves before joining."""
    person = tables["person"]
    for row in _rows(person[person["left_on"] < person["joined_on"]]):
        rule = f"must not be before joined_on ({row['joined_on']:%Y-%m-%d})"
        yield _problem(row, "left_on", rule, "Correct one of the two dates.")


def session_in_period(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Sessions lie inside the period the run file names, both days included."""
    session, period = tables["session"], run_file.period
    outside = (session["date"] < pd.Timestamp(period.start)) | (
        session["date"] > pd.Timestamp(period.end)
    )
    for row in _rows(session[outside]):
        rule = f"must be within the period of the run file ({period.start} to {period.end})"
        yield _problem(row, "date", rule, "Correct the date, or the period in the run file.")


def attendance_while_involved(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Attendance lies between the day a person joined and the day they left."""
    joined = _attendance_with_dates(tables)
    before = joined["date"] < joined["joined_on"]
    after = joined["date"] > joined["left_on"]
    for row in _rows(joined[before | after]):
        rule = f"was held on {row['date']:%Y-%m-%d}, when {row['person_id']} was not involved"
        yield _problem(row, "session_id", rule, "Correct the attendance, or the person's dates.")


def hours_within_session(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Nobody attends longer than the session lasted."""
    joined = _attendance_with_dates(tables)
    for row in _rows(joined[joined["hours"] > joined["session_hours"]]):
        rule = f"must not be more than the session's {row['session_hours']:g} hours"
        yield _problem(row, "hours", rule, "Correct the hours.")


def under_18_consent(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Under-18s take part with their own assent and a parent's consent."""
    person = tables["person"]
    young = person["role"].isin(("child_u12", "young_person_12_17"))
    for row in _rows(person[young & (person["consent"] == "adult")]):
        rule = "must be assent_plus_parent for a person under 18"
        step = "Ask for the consent form; leave the person out until it is there."
        yield _problem(row, "consent", rule, step)


def council_has_figures(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """The reference tables hold figures for the council of the run file."""
    wanted = list(FIGURES_BY_COUNCIL)
    if run_file.boundaries is None:
        wanted.append("area_tile")
    held = {name: set(tables[name]["area_code"].dropna()) for name in wanted}
    lacking = [name for name, codes in held.items() if codes and run_file.council not in codes]
    if lacking:
        counted = ", ".join(f"{name} (holds {_counted(held[name])})" for name in lacking)
        step = "Correct the code, or add the council's rows to these tables."
        yield run_file.problem("council", f"this council has no rows in {counted}", step)


def area_of_council(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """People live or work in an area that the council's population figures know."""
    figures = tables["area_population"]
    known = figures.loc[figures["area_code"] == run_file.council, "area"].unique().tolist()
    person = tables["person"]
    for row in _rows(person[person["area"].notna() & ~person["area"].isin(known)] if known
                     else person.head(0)):  # fmt: skip
        rule = f"is no area of the council {run_file.council}"
        yield _problem(row, "area", rule, nearest(str(row["area"]), known))


def _counted(codes: set[str]) -> str:
    return f"{len(codes)} area{'' if len(codes) == 1 else 's'}"


def _attendance_with_dates(tables: Tables) -> pd.DataFrame:
    attendance = tables["attendance"]
    sessions = _beside(attendance, tables["session"], "session_id")
    people = _beside(attendance, tables["person"], "person_id")
    return attendance.assign(
        date=sessions["date"].array,
        session_hours=sessions["hours"].array,
        joined_on=people["joined_on"].array,
        left_on=people["left_on"].array,
    )


def _beside(frame: pd.DataFrame, parent: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the parent of each row; of parents with the same key, a fault, the first."""
    known = parent.dropna(subset=[key]).drop_duplicates(key).set_index(key)
    return known.reindex(frame[key])


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _problem(row: Mapping[str, Any], column: str, rule: str, step: str) -> Problem:
    place, number = row["_place"], int(row["_row"])
    return Problem(place, number, column, in_words(row[column]), rule, step)


#: Every rule, in the order in which problems are listed.
RULES: tuple[Rule, ...] = (
    left_before_joined,
    session_in_period,
    under_18_consent,
    attendance_while_involved,
    hours_within_session,
    council_has_figures,
    area_of_council,
)
