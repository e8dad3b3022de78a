"""The timetable as planned and as published, under each reading of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wfw_eval.metrics.delivery import duration_months
from wfw_eval.metrics.result import Result, not_estimable

METRIC = "M41"

Period = tuple[dt.date, dt.date]

#: The readings of the plan: dates as written, with T10's year corrected, and the longer project.
LITERAL, CORRECTED, LONGER = "A_literal", "B_corrected", "C_18m"
READINGS = {LITERAL: "A: as written", CORRECTED: "B: corrected", LONGER: "C: longer"}
PROJECT, FIELDWORK, WRITE_UP, PRESENTED = "PROJECT", "T10", "T11", "T13"


@dataclass(frozen=True)
class Planned:
    """One row of the timetable under one baseline.

    Attributes:
        label: What was to happen.
        start: First planned day.
        end: Last planned day.
        monthly: Whether the plan names months, not days.
        actual_start: First actual day published.
        actual_end: Last actual day published.
        stage: Session stage that would show it.
        owners: Bodies named as owners; empty where no organisation is named.
    """

    label: str
    start: dt.date | None
    end: dt.date | None
    monthly: bool
    actual_start: dt.date | None
    actual_end: dt.date | None
    stage: str | None
    owners: tuple[str, ...]

    @property
    def period(self) -> Period | None:
        """First and last planned day, if both are stated."""
        return period_of(self.start, self.end)

    @property
    def actual(self) -> Period | None:
        """First and last actual day, if both are published."""
        return period_of(self.actual_start, self.actual_end)

    @property
    def length(self) -> str:
        """How many months the plan gives it, in words."""
        if self.period is None:
            return "no length"
        return f"{duration_months(*self.period).value} months"


def plans(milestone: pd.DataFrame) -> dict[str, dict[str, Planned]]:
    """Return the timetable, by baseline and row.

    Args:
        milestone: Table ``milestone``, one row per timetable row and baseline.
    """
    found: dict[str, dict[str, Planned]] = {}
    for row in milestone.to_dict("records"):
        found.setdefault(str(row["baseline"]), {})[str(row["milestone_id"])] = _planned(row)
    return found


def timetable(milestone: pd.DataFrame) -> dict[str, Planned]:
    """Return the rows of the timetable as corrected, without the project as a whole."""
    return {name: row for name, row in plans(milestone)[CORRECTED].items() if name != PROJECT}


def baselines(milestone: pd.DataFrame) -> dict[str, str]:
    """Return the name of each baseline, with the months it plans for the whole project."""
    found = plans(milestone)
    return {name: f"{words}, {found[name][PROJECT].length}" for name, words in READINGS.items()}


def period_of(start: dt.date | None, end: dt.date | None) -> Period | None:
    """Return a first and a last day as a period, if both are known."""
    return None if start is None or end is None else (start, end)


def dates(table: str, **days: dt.date | None) -> dict[str, Result]:
    """Return days as results, under the names given."""
    return {
        name: not_estimable(METRIC, "date", "the day is not known", inputs=(table,))
        if day is None
        else Result(metric=METRIC, unit="date", value=day, inputs=(table,))
        for name, day in days.items()
    }


def _planned(row: Mapping[Any, Any]) -> Planned:
    return Planned(
        label=str(row["label"]),
        start=_day(row["planned_start"]),
        end=_day(row["planned_end"]),
        monthly=row["precision"] == "month",
        actual_start=_day(row["actual_start"]),
        actual_end=_day(row["actual_end"]),
        stage=None if pd.isna(row["evidence_stage"]) else str(row["evidence_stage"]),
        owners=tuple(row["owner_body_ids"]) if row["owner_stated"] else (),
    )


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
