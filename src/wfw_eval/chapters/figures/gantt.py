"""A timeline: what was planned, under each reading, and what the records show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import WITHHELD_WORDS, label
from wfw_eval.chapters.figures.lanes import LANE, LANES, lanes
from wfw_eval.chapters.figures.palette import INK, MUTED
from wfw_eval.chapters.figures.style import (
    PAPER_BOX,
    SMALL,
    legend_below,
    picture,
    row_height,
    stack_rows,
)
from wfw_eval.chapters.words import NOT_APPLICABLE_MARK
from wfw_eval.errors import ChapterError

#: Characters of a label's line.
WRAP = 30
#: Points between the labels of vertical lines, one above the other.
LEVEL = 14
NO_DATE = f"{NOT_APPLICABLE_MARK} no date given"

Mark = tuple[dt.date, str]


def gantt(figure: Figure) -> Picture:
    """Draw a timeline, one row a milestone, with up to four lanes in each."""
    rows, marks = figure.table.rows, _marks(figure)
    labels = [label(row, WRAP) for row in rows]
    heights = [
        row_height(text, LANE * len(lanes(row))) for row, text in zip(rows, labels, strict=True)
    ]
    drawn = picture(sum(heights) + 1.4 + LEVEL / 72 * len(marks))
    axes = drawn.add_subplot()
    shown = [dates for row in rows for _, dates in lanes(row) if dates is not None]
    _months(axes, [*(each for dates in shown for each in dates), *(date for date, _ in marks)])
    for row, middle in zip(rows, stack_rows(axes, labels, heights), strict=True):
        _row(axes, row, middle)
    _name_marks(axes, marks)
    used = [lane for row in rows for lane, dates in lanes(row) if dates is not None]
    legend_below(drawn, [lane.sample() for lane in LANES if lane in used])
    return drawn


def _row(axes: Axes, row: Row, middle: float) -> None:
    found = lanes(row)
    for place, (lane, dates) in enumerate(found):
        height = middle + (place - (len(found) - 1) / 2) * LANE
        if dates is None:
            _note(axes, height, f"{WITHHELD_WORDS}: {lane.words.partition(' (')[0].lower()}")
        else:
            lane.draw(axes, dates, height)
    if not found:
        _note(axes, middle, NO_DATE)


def _note(axes: Axes, height: float, words: str) -> None:
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "zorder": 5}
    axes.text(0.02, height, words, fontsize=SMALL, color=MUTED, bbox=PAPER_BOX, **place)


def _months(axes: Axes, dates: Sequence[dt.date]) -> None:
    """Label months, as many as fit, and the year where it begins."""
    axes.set_xlabel("Month")
    if not dates:
        axes.set_xticks([])
        return
    first, last = _month(min(dates)), _month(max(dates)) + 1
    step = next((step for step in (1, 2, 3, 6) if (last - first) / step <= 9), 12)
    ticks = [month for month in range(first, last + 1) if month % step == 0]
    axes.set_xticks(
        [_first_day(month) for month in ticks],
        [_month_words(month, first=month == ticks[0]) for month in ticks],
    )
    margin = (_first_day(last) - _first_day(first)) * 0.015
    axes.set_xlim(_first_day(first) - margin, _first_day(last) + margin)


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _first_day(month: int) -> int:
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _month_words(month: int, first: bool) -> str:
    pattern = "%b\n%Y" if first or month % 12 == 0 else "%b"
    return dt.date.fromordinal(_first_day(month)).strftime(pattern)


def _marks(figure: Figure) -> list[Mark]:
    try:
        return sorted(
            (dt.date.fromisoformat(mark["date"]), str(mark["label"]))
            for mark in figure.options.get("marks", ())
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ChapterError(
            f"figure '{figure.anchor}': each of 'marks' is a date, such as '2024-03-31', "
            f"and a label ({error})."
        ) from error


def _name_marks(axes: Axes, marks: Sequence[Mark]) -> None:
    """Name vertical lines above the chart, each on a level of its own, so that none collide."""
    left, right = axes.get_xlim()
    line: dict[str, Any] = {"color": INK, "linewidth": 1.2, "linestyle": (0, (4, 2))}
    for level, (date, words) in enumerate(marks):
        end_of_day = date.toordinal() + 1
        late = end_of_day > (left + right) / 2
        axes.axvline(end_of_day, zorder=2, **line)
        place: dict[str, Any] = {
            "xy": (end_of_day, 1),
            "xycoords": axes.get_xaxis_transform(),
            "textcoords": "offset points",
        }
        rise = LEVEL * (level + 1)
        leader = {"arrowstyle": "-", "shrinkA": 0, "shrinkB": 0, **line}
        axes.annotate("", xytext=(0, rise), arrowprops=leader, **place)
        side = {"xytext": (-5, rise), "ha": "right"} if late else {"xytext": (5, rise)}
        axes.annotate(words, va="top", fontsize=SMALL, bbox=PAPER_BOX, **place, **side)
