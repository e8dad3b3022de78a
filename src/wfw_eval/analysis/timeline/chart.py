"""What the timeline is drawn from: planned, written, recorded and published dates."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

import pandas as pd

from wfw_eval.analysis.rows import Cells, Rows
from wfw_eval.analysis.timeline.plan import (
    CORRECTED,
    LITERAL,
    LONGER,
    PROJECT,
    Period,
    Planned,
    dates,
    period_of,
    plans,
    timetable,
)
from wfw_eval.analysis.timeline.sessions import Shown


def gantt_rows(milestone: pd.DataFrame, shown: Mapping[str, Shown]) -> Rows:
    """Return what the timeline is drawn from: the project under both lengths, then each row.

    Returns:
        Per row its dates as results, and the same as words for the table beside the figure.
    """
    found = plans(milestone)
    written, corrected, longer = found[LITERAL], found[CORRECTED][PROJECT], found[LONGER][PROJECT]
    whole = {
        PROJECT: _gantt_row(_project_label(corrected), corrected, written[PROJECT]),
        f"{PROJECT}_{LONGER}": _gantt_row(_project_label(longer), longer),
    }
    single = {
        name: _gantt_row(f"{name} {row.label}", row, written[name], shown[name])
        for name, row in timetable(milestone).items()
    }
    return whole | single


def marks(milestone: pd.DataFrame) -> list[dict[str, str]]:
    """Return the planned ends of the project, as vertical lines of the timeline."""
    projects = [rows[PROJECT] for rows in plans(milestone).values()]
    ends = {row.end: f"End of the {row.length} planned" for row in projects if row.end}
    return [{"date": end.isoformat(), "label": words} for end, words in ends.items()]


def _gantt_row(
    label: str, planned: Planned, written: Planned | None = None, seen: Shown | None = None
) -> Cells:
    literal = planned if written is None else written
    log = Shown("unseen", "row by row below") if seen is None else seen
    return {
        "label": label,
        **dates("milestone", planned_start=planned.start, planned_end=planned.end),
        **dates("milestone", literal_start=literal.start, literal_end=literal.end),
        **dates("session", recorded_first=log.first, recorded_last=log.last),
        **dates("milestone", actual_start=planned.actual_start, actual_end=planned.actual_end),
        "planned": _period_words(planned.period, planned.monthly, "no date given"),
        "written": _written_words(planned, literal),
        "recorded": _period_words(period_of(log.first, log.last), False, log.words),
        "published": _period_words(planned.actual, planned.monthly, "not published"),
    }


def _project_label(project: Planned) -> str:
    return f"{project.label}, {project.length}"


def _written_words(planned: Planned, literal: Planned) -> str:
    if planned.period is not None and planned.period == literal.period:
        return "the same"
    return _period_words(literal.period, literal.monthly, "no date given")


def _period_words(period: Period | None, monthly: bool, missing: str) -> str:
    """Write a period as exactly as it is known: in months, or in days.

    >>> import datetime as dt
    >>> _period_words((dt.date(2023, 5, 1), dt.date(2023, 6, 30)), True, "")
    'May to June 2023'
    """
    if period is None:
        return missing
    pattern = "%B %Y" if monthly else "%d %B %Y"
    first, last = (day.strftime(pattern).lstrip("0").split() for day in period)
    pairs = zip(reversed(first), reversed(last), strict=True)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    begun = [*first[: len(first) - shared], "to"] if shared < len(first) else []
    return " ".join([*begun, *last])
