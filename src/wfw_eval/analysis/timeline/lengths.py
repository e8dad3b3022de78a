"""How long the project and its engagement were to last, and how long the project took."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from wfw_eval.analysis.rows import Rows
from wfw_eval.analysis.timeline.plan import (
    CORRECTED,
    FIELDWORK,
    LITERAL,
    METRIC,
    PRESENTED,
    PROJECT,
    WRITE_UP,
    Period,
    Planned,
    dates,
    period_of,
    plans,
)
from wfw_eval.metrics.delivery import (
    duration,
    duration_months,
    duration_ratio,
    overlap,
    slippage,
)
from wfw_eval.metrics.result import Result, Unit, not_estimable

PROJECT_MEASURES = {
    "planned_start": "Planned start",
    "planned_end": "Planned end",
    "planned_months": "Planned length in months",
    "planned_days": "Planned length in days",
    "actual_start": "Published start",
    "actual_end": "Published end",
    "actual_months": "Published length in months",
    "actual_days": "Published length in days",
    "slip": "Slip: published end after planned end",
    "ratio": "Duration ratio: published / planned days",
}

READING_MEASURES = {
    "start": "Engagement begins",
    "end": "Engagement ends",
    "months": "Length in months",
    "days": "Length in days",
    "overlap": "Overlap with write-up and presentation (T11 to T13)",
    "past_planned_end": "Runs past the planned end of the project by",
    "past_actual_end": "Runs past the published end of the project by",
}


def project_rows(milestone: pd.DataFrame) -> Rows:
    """Compare the whole project's published dates with each baseline.

    Returns:
        One row per measure (dates, days, months, slip in days, ratio), one cell per baseline.
    """
    measured = {name: _project(rows[PROJECT]) for name, rows in plans(milestone).items()}
    return _turned(measured, PROJECT_MEASURES)


def reading_rows(milestone: pd.DataFrame) -> Rows:
    """Compare the two readings of when engagement was to end.

    Returns:
        One row per measure; one cell for the date as written, one for the corrected one.
        Days past an end are negative where engagement ends before it.
    """
    found = plans(milestone)
    return _turned({name: _reading(found[name]) for name in (LITERAL, CORRECTED)}, READING_MEASURES)


def evidence_class(clause: pd.DataFrame, clause_id: str) -> Result:
    """Return what kind of evidence a clause or statement is: planned, claimed, ..."""
    found = clause.loc[clause["clause_id"] == clause_id, "evidence_class"]
    return Result(metric="M48", unit="text", value=str(found.iloc[0]), inputs=("clause",))


def _project(row: Planned) -> dict[str, Result]:
    return {
        **dates("milestone", planned_start=row.start, planned_end=row.end),
        **_lengths(row.period, "planned_"),
        **dates("milestone", actual_start=row.actual_start, actual_end=row.actual_end),
        **_lengths(row.actual, "actual_"),
        "slip": slippage(row.end, row.actual_end, inputs=("milestone",)),
        "ratio": _measured(duration_ratio, "ratio", row.period, row.actual),
    }


def _reading(rows: Mapping[str, Planned]) -> dict[str, Result]:
    engagement, project = rows[FIELDWORK], rows[PROJECT]
    afterwards = period_of(rows[WRITE_UP].start, rows[PRESENTED].end)
    return {
        **dates("milestone", start=engagement.start, end=engagement.end),
        **_lengths(engagement.period),
        "overlap": _measured(overlap, "days", engagement.period, afterwards),
        "past_planned_end": slippage(project.end, engagement.end, inputs=("milestone",)),
        "past_actual_end": slippage(project.actual_end, engagement.end, inputs=("milestone",)),
    }


def _lengths(period: Period | None, prefix: str = "") -> dict[str, Result]:
    return {
        f"{prefix}months": _measured(lambda each: duration_months(*each), "months", period),
        f"{prefix}days": _measured(lambda each: duration(*each), "days", period),
    }


def _measured(measure: Callable[..., Result], unit: Unit, *periods: Period | None) -> Result:
    if None in periods:
        return not_estimable(METRIC, unit, "a first or last day is not known")
    return measure(*periods).about(inputs=("milestone",))


def _turned(measured: Mapping[str, Mapping[str, Result]], labels: Mapping[str, str]) -> Rows:
    """Turn results by baseline into one row per measure."""
    return {
        key: {"label": label, **{name: results[key] for name, results in measured.items()}}
        for key, label in labels.items()
    }
