"""Ratios with their intervals on a log scale, around the line where the shares are equal."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from wfw_eval.chapters.blocks import Cell, Figure, Row
from wfw_eval.chapters.figures.cells import cell, ends, label, missing_words, with_interval
from wfw_eval.chapters.figures.style import (
    BLUE,
    GREY,
    INK,
    MUTED,
    PALE_BLUE,
    PALE_GREY,
    PAPER,
    SMALL,
    beside,
    label_rows,
    legend_below,
    picture,
    rules_between_rows,
)
from wfw_eval.chapters.words import COMPARABLE

#: The scale ends at a power of two within these; what lies beyond gets an arrow.
NARROWEST, WIDEST = 4.0, 16.0
TICKS = {
    0.0625: "0.06",
    0.125: "0.125",
    0.25: "0.25",
    0.5: "0.5",
    1: "1",
    2: "2",
    4: "4",
    8: "8",
    16: "16",
}


def ratio_forest(figure: Figure) -> Picture:
    """Draw one ratio a row, with its interval and what the undisclosed could make of it."""
    rows = figure.table.rows
    drawn = picture(0.5 * len(rows) + 2.0)
    axes = drawn.add_subplot()
    edge = _edge(rows)
    _frame(axes, rows, edge)
    for place, row in enumerate(rows):
        _row(axes, place, row, edge)
    _headings(axes, rows, edge)
    legend_below(drawn, _legend(rows), title="Log scale: equal distances are equal multiples.")
    return drawn


def _edge(rows: Sequence[Row]) -> float:
    """Return the right end of the scale; the left end is its inverse, so that 1 is central."""
    known = [
        value
        for row in rows
        for found in _cells(row)
        for value in (found.value, found.lower, found.upper)
        if value
    ]
    farthest = max((max(value, 1 / value) for value in known), default=1.0)
    return next((tick for tick in (NARROWEST, 8.0) if farthest <= tick), WIDEST)


def _cells(row: Row) -> list[Cell]:
    """Return the cells to draw: no band where the ratio is withheld, which it could betray."""
    ratio, undisclosed = cell(row, "ratio"), row.drawn.get("undisclosed")
    hidden = missing_words(ratio) is not None
    return [ratio] if undisclosed is None or hidden else [ratio, undisclosed]


def _frame(axes: Axes, rows: Sequence[Row], edge: float) -> None:
    label_rows(axes, [label(row, 24) for row in rows])
    rules_between_rows(axes, len(rows))
    axes.set_xscale("log")
    axes.set_xlim(1 / edge, edge)
    ticks = [tick for tick in TICKS if 1 / edge <= tick <= edge]
    axes.set_xticks(ticks, [TICKS[tick] for tick in ticks])
    axes.minorticks_off()
    axes.grid(False)
    axes.axvspan(*COMPARABLE, facecolor=PALE_GREY, zorder=0)
    for side in COMPARABLE:
        axes.axvline(side, color=GREY, linewidth=0.8, linestyle=":", zorder=1)
    axes.axvline(1, color=INK, linewidth=1.1, zorder=1)
    axes.set_xlabel("Share of participants ÷ share of the population")


def _row(axes: Axes, place: int, row: Row, edge: float) -> None:
    ratio, *band = _cells(row)
    for undisclosed in band:
        _bar(axes, place, undisclosed, edge, 0.5, PALE_BLUE)
    missing = missing_words(ratio)
    if missing is not None:
        axes.text(
            1,
            place,
            missing,
            ha="center",
            va="center",
            fontsize=SMALL,
            color=MUTED,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 2},
            zorder=5,
        )
        return
    if ratio.value is None:
        _bar(axes, place, ratio, edge, 0.24, PAPER, hatch="/////")
    else:
        _point(axes, place, ratio, edge)
    beside(axes, place, with_interval(ratio, "ratio"), fontsize=SMALL)


def _bar(
    axes: Axes,
    place: int,
    found: Cell,
    edge: float,
    height: float,
    fill: str,
    hatch: str | None = None,
) -> None:
    limits = ends(found)
    if limits is None:
        return
    left, right = (min(max(end, 1 / edge), edge) for end in limits)
    axes.barh(
        place,
        right - left,
        left=left,
        height=height,
        facecolor=fill,
        edgecolor=BLUE,
        hatch=hatch,
        linewidth=0.8,
        zorder=2,
    )


def _point(axes: Axes, place: int, ratio: Cell, edge: float) -> None:
    for end in ends(ratio) or ():
        _line(axes, place, float(ratio.value), end, edge)
    if 1 / edge <= ratio.value <= edge:
        axes.plot(
            ratio.value,
            place,
            "o",
            color=BLUE,
            markersize=8,
            markeredgecolor=PAPER,
            markeredgewidth=1,
            zorder=4,
        )
    else:
        _arrow(axes, place, float(ratio.value), edge, named=True)


def _line(axes: Axes, place: int, value: float, end: float, edge: float) -> None:
    start, stop = (min(max(number, 1 / edge), edge) for number in (value, end))
    axes.plot(
        (start, stop), (place, place), color=BLUE, linewidth=2, solid_capstyle="butt", zorder=3
    )
    if not 1 / edge <= end <= edge:
        _arrow(axes, place, end, edge)


def _arrow(axes: Axes, place: int, value: float, edge: float, named: bool = False) -> None:
    """Point beyond the scale; a log scale has no place for 0."""
    low = value < 1
    axes.plot(
        1 / edge if low else edge,
        place,
        "<" if low else ">",
        color=BLUE,
        markersize=9,
        clip_on=False,
        zorder=4,
    )
    if named:
        axes.annotate(
            f"{value:.2f}",
            (1 / edge if low else edge, place),
            ha="center",
            xytext=(8 if low else -8, 7),
            textcoords="offset points",
            fontsize=SMALL,
        )


def _headings(axes: Axes, rows: Sequence[Row], edge: float) -> None:
    middle_left, middle_right = (COMPARABLE[0] / edge) ** 0.5, (COMPARABLE[1] * edge) ** 0.5
    words = {
        middle_left: "less than\nits share",
        1.0: "comparable",
        middle_right: "more than\nits share",
    }
    for place, text in words.items():
        axes.annotate(
            text,
            (place, 1),
            xycoords=axes.get_xaxis_transform(),
            ha="center",
            xytext=(0, 5),
            textcoords="offset points",
            fontsize=SMALL,
            color=MUTED,
        )
    axes.annotate(
        "Ratio (95% interval)",
        (1.03, 1),
        xycoords="axes fraction",
        xytext=(0, 5),
        textcoords="offset points",
        fontsize=SMALL,
        color=MUTED,
    )


def _legend(rows: Sequence[Row]) -> list[Artist]:
    ratios = [cell(row, "ratio") for row in rows]
    handles: list[Artist] = [
        Line2D(
            [],
            [],
            marker="o",
            color=BLUE,
            linewidth=2,
            markersize=7,
            label="Ratio with its 95% interval",
        ),
        Patch(
            facecolor=PALE_GREY,
            edgecolor=GREY,
            linestyle=":",
            label=f"Comparable: {COMPARABLE[0]} to {COMPARABLE[1]}",
        ),
    ]
    if any(len(_cells(row)) > 1 for row in rows):
        handles.append(
            Patch(
                facecolor=PALE_BLUE,
                edgecolor=BLUE,
                linewidth=0.8,
                label="If none, or all, of the undisclosed belonged",
            )
        )
    if any(ratio.value is None and ends(ratio) is not None for ratio in ratios):
        handles.append(
            Patch(
                facecolor=PAPER,
                edgecolor=BLUE,
                hatch="/////",
                linewidth=0.8,
                label="Range only: depends on the benchmark",
            )
        )
    return handles
