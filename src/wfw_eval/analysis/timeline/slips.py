"""How late each row of the timetable came, by the sessions that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from wfw_eval.analysis.rows import Cells, Rows, column
from wfw_eval.analysis.timeline.plan import CORRECTED, METRIC, baselines, dates, plans
from wfw_eval.analysis.timeline.sessions import QUIET_DAYS, Shown
from wfw_eval.metrics.delivery import ON_TIME_DAYS, on_time_rate, slippage
from wfw_eval.metrics.result import Result, not_estimable

INPUTS = ("milestone", "session")


def rules() -> dict[str, Result]:
    """Return the days that decide when a row was on time and when a stage was over."""
    limits = {"on_time": ON_TIME_DAYS, "quiet": QUIET_DAYS}
    return {name: Result(metric=METRIC, unit="days", value=days) for name, days in limits.items()}


def slip_rows(milestone: pd.DataFrame, shown: Mapping[str, Shown]) -> Rows:
    """Return how late each row of the timetable was, under each baseline.

    Returns:
        Per row what shows it, the day held against the plan, and per baseline the slip in days
        past the planned end (negative: before it); not estimable where a day is not known.
    """
    found = plans(milestone)
    return {
        name: {
            "label": f"{name} {found[CORRECTED][name].label}",
            "shown_by": _shown_words(seen),
            **dates("session", day=seen.day),
            **{baseline: _slip(rows[name].end, seen) for baseline, rows in found.items()},
        }
        for name, seen in shown.items()
    }


def on_time_rows(milestone: pd.DataFrame, slips: Mapping[str, Cells]) -> Rows:
    """Return the on-time rate under each baseline, among the rows whose slip is known.

    Returns:
        Per baseline the rate with its Wilson interval, and ``words`` that say it in a sentence.
    """
    labels = baselines(milestone)
    rates = {name: on_time_rate(column(slips, name), inputs=INPUTS) for name in labels}
    return {
        name: {"label": label, "rate": rates[name], "words": _late_words(rates[name])}
        for name, label in labels.items()
    }


def judged(
    milestone: pd.DataFrame, slips: Mapping[str, Cells], shown: Mapping[str, Shown],
    data_cut: dt.date, baseline: str = CORRECTED,
) -> dict[str, list[str]]:  # fmt: skip
    """Name the rows that were on time, late, or due but not seen to be over by the data cut."""
    planned = plans(milestone)[baseline]
    due_before = data_cut - dt.timedelta(ON_TIME_DAYS)
    named: dict[str, list[str]] = {"on_time": [], "late": [], "overdue": []}
    for name, seen in shown.items():
        slip, end = slips[name][baseline], planned[name].end
        if isinstance(slip, Result) and isinstance(slip.value, int):
            named["on_time" if slip.value <= ON_TIME_DAYS else "late"].append(name)
        elif seen.state in ("running", "absent") and end is not None and end < due_before:
            named["overdue"].append(name)
    return named


def _shown_words(seen: Shown) -> str:
    return f"{seen.words}, {seen.day.day} {seen.day:%B %Y}" if seen.day else seen.words


def _slip(planned_end: dt.date | None, seen: Shown) -> Result:
    if planned_end is not None and seen.day is None:
        return not_estimable(METRIC, "days", seen.words)
    return slippage(planned_end, seen.day, inputs=INPUTS)


def _late_words(rate: Result) -> Result:
    words = "no row of the timetable can be judged yet"
    if rate.n:
        late = rate.n - (rate.count or 0)
        words = f"{late} of the {rate.n} timetable rows that can be judged came late"
    return Result(metric="words", unit="text", value=words)
