"""Ratios with their intervals on a log scale, around the line where the shares are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from wfw_eval.chapters.blocks import Cell, Figure, Row
from wfw_eval.chapters.figures.cells import cell, ends, label, missing_words, with_interval
from wfw_eval.chapters.figures.palette import BLUE, GREY, INK, MUTED, PALE_BLUE, PALE_GREY, PAPER
from wfw_eval.chapters.figures.style import (
    PAPER_BOX,
    SMALL,
    above,
    above_words,
    beside,
    label_rows,
    legend_below,
    picture,
    rules_between_rows,
)
from wfw_eval.metrics.representation import COMPARABLE

TICKS = {0.0625: "0.06", 0.125: "0.125", 0.25: "0.25", 0.5: "0.5"} | {
    tick: str(tick) for tick in (1, 2, 4, 8, 16)
}

POINT: dict[str, Any] = {"marker": "o", "color": BLUE, "markersize": 8, "markeredgecolor": PAPER}
LINE: dict[str, Any] = {"color": BLUE, "linewidth": 2, "solid_capstyle": "butt"}
BAND: dict[str, Any] = {"facecolor": PALE_BLUE, "edgecolor": BLUE, "linewidth": 0.8}
RANGE: dict[str, Any] = {**BAND, "facecolor": PAPER, "hatch": "//////"}


@dataclass(frozen=True)
class Scale:
    """A log scale from ``1 / edge`` to ``edge``; what lies beyond gets an arrow."""

    edge: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Scale:
        """Return the narrowest scale, of three, that holds the numbers of the rows."""
        cells = [found for row in rows for found in _cells(row)]
        known = [x for found in cells for x in (found.value, found.lower, found.upper) if x]
        farthest = max((max(number, 1 / number) for number in known), default=1.0)
        return cls(next((edge for edge in (4.0, 8.0) if farthest <= edge), 16.0))

    def within(self, number: float) -> float:
        """Return the number, or the end of the scale that is nearest to it."""
        return min(max(number, 1 / self.edge), self.edge)


def ratio_forest(figure: Figure) -> Picture:
    """Draw one ratio a row, with its interval and what the undisclosed could make of it."""
    rows = figure.table.rows
    drawn = picture(0.46 * len(rows) + 2.0)
    axes, scale = drawn.add_subplot(), Scale.of(rows)
    label_rows(axes, [label(row, 24) for row in rows])
    rules_between_rows(axes, len(rows))
    axes.tick_params("y", pad=12)
    _frame(axes, scale)
    for place, row in enumerate(rows):
        _row(axes, place, row, scale)
    _headings(axes, scale)
    legend_below(drawn, _legend(rows), title="Log scale: equal distances are equal multiples")
    return drawn


def _cells(row: Row) -> list[Cell]:
    """Return the cells to draw: no band where the ratio is withheld, which it could betray."""
    ratio, undisclosed = cell(row, "ratio"), row.drawn.get("undisclosed")
    hidden = missing_words(ratio) is not None
    return [ratio] if undisclosed is None or hidden else [ratio, undisclosed]


def _frame(axes: Axes, scale: Scale) -> None:
    axes.set(xscale="log", xlim=(1 / scale.edge, scale.edge))
    ticks = [tick for tick in TICKS if 1 / scale.edge <= tick <= scale.edge]
    axes.set_xticks(ticks, [TICKS[tick] for tick in ticks])
    axes.minorticks_off()
    axes.grid(False)
    axes.axvspan(*COMPARABLE, facecolor=PALE_GREY, zorder=0)
    for side in COMPARABLE:
        axes.axvline(side, color=GREY, linewidth=0.8, linestyle=":", zorder=1)
    axes.axvline(1, color=INK, linewidth=1.1, zorder=1)
    axes.set_xlabel("Share of participants ÷ share of the population")


def _headings(axes: Axes, scale: Scale) -> None:
    above(axes, (COMPARABLE[0] / scale.edge) ** 0.5, "less than\nits share")
    above(axes, 1, "comparable")
    above(axes, (COMPARABLE[1] * scale.edge) ** 0.5, "more than\nits share")
    above_words(axes, "Ratio (95% interval)", 14)


def _row(axes: Axes, place: int, row: Row, scale: Scale) -> None:
    ratio, *bands = _cells(row)
    missing = missing_words(ratio)
    if missing is not None:
        middle: dict[str, Any] = {"ha": "center", "va": "center", "bbox": PAPER_BOX, "zorder": 5}
        axes.text(1, place, missing, fontsize=SMALL, color=MUTED, **middle)
        return
    for undisclosed in bands:
        _bar(axes, place, undisclosed, scale, height=0.44, **BAND)
    if ratio.value is None:
        _bar(axes, place, ratio, scale, height=0.2, **RANGE)
    else:
        _point(axes, place, ratio, scale)
    beside(axes, place, with_interval(ratio, "ratio"), 14)


def _bar(axes: Axes, place: int, found: Cell, scale: Scale, **look: Any) -> None:
    limits = ends(found)
    if limits is None:
        return
    left, right = (scale.within(end) for end in limits)
    axes.barh(place, right - left, left=left, zorder=2, **look)
    for end in limits:
        _arrow(axes, place, end, scale)


def _point(axes: Axes, place: int, ratio: Cell, scale: Scale) -> None:
    reach = [float(ratio.value), *(ends(ratio) or ())]
    stretch = [scale.within(min(reach)), scale.within(max(reach))]
    axes.plot(stretch, (place, place), zorder=3, **LINE)
    for number in reach:
        _arrow(axes, place, number, scale)
    if scale.within(reach[0]) == reach[0]:
        axes.plot(reach[0], place, zorder=4, **POINT)
    else:
        _name_arrow(axes, place, reach[0], scale)


def _arrow(axes: Axes, place: int, number: float, scale: Scale) -> None:
    """Point to a number beyond the scale; a log scale has no place for 0."""
    if scale.within(number) != number:
        marker = "<" if number < 1 else ">"
        axes.plot(
            scale.within(number), place, marker, color=BLUE, markersize=9, clip_on=False, zorder=4
        )


def _name_arrow(axes: Axes, place: int, number: float, scale: Scale) -> None:
    low = number < 1
    axes.annotate(
        f"{number:.2f}",
        (scale.within(number), place),
        xytext=(6 if low else -6, 13),
        textcoords="offset points",
        ha="left" if low else "right",
        va="center",
        fontsize=SMALL,
    )


def _legend(rows: Sequence[Row]) -> list[Artist]:
    ratios = [cell(row, "ratio") for row in rows]
    comparable = f"Comparable: {COMPARABLE[0]} to {COMPARABLE[1]}"
    handles: list[Artist] = [
        Patch(facecolor=PALE_GREY, edgecolor=GREY, linestyle=":", label=comparable)
    ]
    if any(ratio.value is not None for ratio in ratios):
        look = {**LINE, **POINT}
        handles.insert(0, Line2D([], [], **look, label="Ratio with its 95% interval"))
    if any(len(_cells(row)) > 1 for row in rows):
        handles.append(Patch(**BAND, label="If none, or all, of the undisclosed belonged"))
    if any(ratio.value is None and ends(ratio) is not None for ratio in ratios):
        handles.append(Patch(**RANGE, label="Range only: depends on the benchmark"))
    return handles
