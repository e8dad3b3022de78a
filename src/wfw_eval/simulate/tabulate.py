"""Small helpers shared by the tables of the process: rows written out, dates, given bodies."""

from collections.abc import Sequence

import pandas as pd

from wfw_eval.simulate.draws import Days
from wfw_eval.simulate.provenance import with_provenance

EVALUATOR = "sim_evaluator"
"""Supplies what the independent evaluator recorded; it takes no part in the project."""

FAMILIES_PANEL = "sim_families_panel"
"""Supplies what the families' evaluation panel judged."""


def from_rows(
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    dates: Sequence[str] = ("date",),
) -> pd.DataFrame:
    """Return rows that are written out in the code as a table, with its date columns as dates."""
    table = pd.DataFrame(list(rows), columns=list(columns))
    return table.assign(**{name: as_dates(table[name]) for name in dates})


def as_dates(cells: pd.Series) -> pd.Series:
    """Return ISO dates as dates; an empty cell stays empty."""
    return pd.to_datetime(cells).astype("datetime64[s]")


def days(dates: pd.Series) -> Days:
    """Return dates as whole days, the form provenance is reckoned from."""
    return dates.to_numpy().astype("datetime64[D]")


def recorded(
    table: pd.DataFrame,
    source_org: str | pd.Series,
    date: str = "date",
    evidence_class: str | pd.Series = "recorded",
) -> pd.DataFrame:
    """Return the table with provenance; a row is received after the day in column ``date``."""
    return with_provenance(table, source_org, days(table[date]), evidence_class)


def involved(person: pd.DataFrame, date: pd.Timestamp) -> pd.DataFrame:
    """Return the people who had joined by a day and had not left before it."""
    return person[(person["joined_on"] <= date) & ~(person["left_on"] < date)]


def whole(cells: pd.Series) -> pd.Series:
    """Return a column of whole numbers that may have empty cells."""
    return cells.astype("Int64")
