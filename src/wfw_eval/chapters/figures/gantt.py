"""A timeline: what was planned, under each reading, beside what the records show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import WITHHELD_WORDS, day, label, withheld
from wfw_eval.chapters.figures.style import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    VERMILLION,
    bare,
    legend_below,
    picture,
)
from wfw_eval.chapters.words import NOT_APPLICABLE_MARK

#: Inches: the height of a lane, of a line of text, and of the space between rows.
LANE, LINE, GAP = 0.19, 0.155, 0.15
#: A bar of fewer days is too thin to see, and is drawn as a square.
SHORT = 8
NO_DATE = f"{NOT_APPLICABLE_MARK} no date given"

Days = tuple[float, float]


@dataclass(frozen=True)
class Lane:
    """One kind of dates: the cells they are in, and how they look."""

    first: str
    last: str
    words: str
    draw: Callable[[Axes, Days, float], None]
    sample: Callable[[], Artist]


def gantt(figure: Figure) -> Picture:
    """Draw a timeline, one row a milestone, with up to four lanes in each."""
    rows = figure.table.rows
    heights = [_height(row) for row in rows]
    marks = _marks(figure.options.get("marks", ()))
    drawn = picture(sum(heights) + 1.5 + 0.16 * len(marks))
    axes = drawn.add_subplot()
    bottoms = list(accumulate(heights))
    for row, bottom, height in zip(rows, bottoms, heights, strict=True):
        _row(axes, row, bottom - height / 2)
        axes.axhline(bottom, color=RULE, linewidth=0.7, zorder=0)
    _frame(axes, rows, bottoms, heights, marks)
    _mark(axes, marks)
    legend_below(drawn, [lane.sample() for lane in LANES if _used(lane, rows)])
    return drawn


def _bar(axes: Axes, days: Days, middle: float) -> None:
    if days[1] - days[0] < SHORT:
        axes.plot(sum(days) / 2, middle, "s", color=BLUE, markersize=6.5, zorder=3)
    else:
        axes.barh(
            middle,
            days[1] - days[0],
            left=days[0],
            height=LANE * 0.82,
            color=BLUE,
            linewidth=0,
            zorder=3,
        )


def _hatched_bar(axes: Axes, days: Days, middle: float) -> None:
    axes.barh(
        middle,
        max(days[1] - days[0], SHORT),
        left=days[0],
        height=LANE * 0.74,
        facecolor=PAPER,
        edgecolor=VERMILLION,
        hatch="/////",
        linewidth=1.1,
        zorder=3,
    )


def _line(marker: str, colour: str) -> Callable[[Axes, Days, float], None]:
    def draw(axes: Axes, days: Days, middle: float) -> None:
        # The last day counts in full for a bar; a line ends on it.
        axes.plot(
            (days[0], days[1] - 1),
            (middle, middle),
            marker=marker,
            color=colour,
            linewidth=1.6,
            markersize=5.5,
            zorder=4,
        )

    return draw


def _line_sample(marker: str, colour: str, words: str) -> Callable[[], Artist]:
    return lambda: Line2D(
        [], [], marker=marker, color=colour, linewidth=1.6, markersize=5.5, label=words
    )


LANES = (
    Lane(
        "planned_start",
        "planned_end",
        "Planned (a square is a single day)",
        _bar,
        lambda: Patch(facecolor=BLUE, label="Planned (a square is a single day)"),
    ),
    Lane(
        "literal_start",
        "literal_end",
        "Planned, dates as literally written",
        _hatched_bar,
        lambda: Patch(
            facecolor=PAPER,
            edgecolor=VERMILLION,
            hatch="/////",
            linewidth=1.1,
            label="Planned, dates as literally written",
        ),
    ),
    Lane(
        "recorded_first",
        "recorded_last",
        "Activity in the session records",
        _line("o", INK),
        _line_sample("o", INK, "Activity in the session records"),
    ),
    Lane(
        "actual_start",
        "actual_end",
        "Carried out, as published",
        _line("D", GREEN),
        _line_sample("D", GREEN, "Carried out, as published"),
    ),
)


def _dates(lane: Lane, row: Row) -> tuple[dt.date, dt.date] | None:
    first, last = (day(row.drawn.get(key)) for key in (lane.first, lane.last))
    if first is None and last is None:
        return None
    return first or last, last or first  # type: ignore[return-value]


def _shown(row: Row) -> list[tuple[Lane, tuple[dt.date, dt.date] | None]]:
    """Return the row's lanes with their dates; a withheld lane stays, without dates."""
    found: list[tuple[Lane, tuple[dt.date, dt.date] | None]] = []
    for lane in LANES:
        dates = _dates(lane, row)
        hidden = any(withheld(row.drawn.get(key)) for key in (lane.first, lane.last))
        again = lane is LANES[1] and dates == _dates(LANES[0], row)
        if hidden or (dates is not None and not again):
            found.append((lane, None if hidden else dates))
    return found


def _used(lane: Lane, rows: Sequence[Row]) -> bool:
    return any(lane is shown and dates for row in rows for shown, dates in _shown(row))


def _height(row: Row) -> float:
    return max(LANE * len(_shown(row)), LINE * (label(row, 32).count("\n") + 1)) + GAP


def _row(axes: Axes, row: Row, middle: float) -> None:
    lanes = _shown(row)
    for place, (lane, dates) in enumerate(lanes):
        height = middle + (place - (len(lanes) - 1) / 2) * LANE
        if dates is None:
            _note(axes, height, f"{WITHHELD_WORDS}: {lane.words.split(' (')[0].lower()}")
        else:
            lane.draw(axes, (dates[0].toordinal(), dates[1].toordinal() + 1), height)
    if not lanes:
        _note(axes, middle, NO_DATE)


def _note(axes: Axes, height: float, words: str) -> None:
    axes.text(
        0.01,
        height,
        words,
        transform=axes.get_yaxis_transform(),
        va="center",
        fontsize=SMALL,
        color=MUTED,
        zorder=5,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    )


def _frame(
    axes: Axes,
    rows: Sequence[Row],
    bottoms: Sequence[float],
    heights: Sequence[float],
    marks: Sequence[tuple[dt.date, str]],
) -> None:
    axes.set_ylim(bottoms[-1], 0)
    middles = [bottom - height / 2 for bottom, height in zip(bottoms, heights, strict=True)]
    axes.set_yticks(middles, [label(row, 32) for row in rows])
    axes.tick_params("y", length=0, pad=6)
    axes.grid(False, axis="y")
    bare(axes, keep=("bottom",))
    days = [each for row in rows for _, dates in _shown(row) for each in dates or ()]
    _months(axes, [*days, *(date for date, _ in marks)])
    axes.set_xlabel("Month")


def _months(axes: Axes, days: Sequence[dt.date]) -> None:
    """Label whole months, as many as fit, and the year where it begins."""
    if not days:
        axes.set_xticks([])
        return
    first, last = _month(min(days)), _month(max(days)) + 1
    step = next((step for step in (1, 2, 3, 6) if (last - first) / step <= 9), 12)
    ticks = [month for month in range(first, last + 1) if month % step == 0]
    axes.set_xlim(_first_day(first).toordinal(), _first_day(last).toordinal())
    axes.set_xticks(
        [_first_day(month).toordinal() for month in ticks],
        [
            f"{_first_day(month):%b\n%Y}"
            if month % 12 == 0 or month == ticks[0]
            else f"{_first_day(month):%b}"
            for month in ticks
        ],
    )


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def _marks(given: Sequence[Mapping[str, Any]]) -> list[tuple[dt.date, str]]:
    return sorted((dt.date.fromisoformat(mark["date"]), str(mark["label"])) for mark in given)


def _mark(axes: Axes, marks: Sequence[tuple[dt.date, str]]) -> None:
    """Name vertical lines above the chart, each on a level of its own, so none collide."""
    left, right = axes.get_xlim()
    for level, (date, words) in enumerate(reversed(marks)):
        place = date.toordinal() + 1
        axes.axvline(place, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=2)
        late = (place - left) / (right - left) > 0.5
        axes.annotate(
            words,
            (place, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(-3 if late else 3, 4 + 13 * level),
            textcoords="offset points",
            ha="right" if late else "left",
            fontsize=SMALL,
        )
