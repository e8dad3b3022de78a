"""What became of each commitment's parts: one square a part, kept or lost."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, label, missing_words, number
from wfw_eval.chapters.figures.palette import BLUE, PAPER, VERMILLION
from wfw_eval.chapters.figures.style import (
    beside,
    legend_below,
    picture,
    row_height,
    stack_rows,
)

#: Points: a square's side; and how many fit side by side at that size.
SIDE, FIT = 12.0, 12

CROSSED_SQUARE = Outline(
    [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)],
    [Outline.MOVETO, *[Outline.LINETO] * 5, Outline.MOVETO, Outline.LINETO],
)


def kept_lost(figure: Figure) -> Picture:
    """Draw the kept and the lost parts of each commitment as filled and crossed squares."""
    rows = figure.table.rows
    labels = [label(row, 40) for row in rows]
    heights = [row_height(text, least=0.2) for text in labels]
    drawn = picture(sum(heights) + 0.6)
    axes = drawn.add_subplot()
    widest = max(FIT, *(_count(row, "kept") + _count(row, "lost") for row in rows))
    axes.set(xlim=(0, widest), xticks=[])
    for row, middle in zip(rows, stack_rows(axes, labels, heights), strict=True):
        _squares(axes, middle, row, SIDE * FIT / widest)
        beside(axes, middle, kept_lost_words(row))
    axes.spines["bottom"].set_visible(False)
    legend_below(drawn, _legend())
    return drawn


def kept_lost_words(row: Row) -> str:
    """Return the words beside a commitment's squares."""
    kept, lost = cell(row, "kept"), cell(row, "lost")
    missing = missing_words(kept)
    if missing is not None and missing == missing_words(lost):
        return missing
    return f"{kept.text} kept, {lost.text} lost"


def _count(row: Row, key: str) -> int:
    return round(number(cell(row, key)) or 0)


def _squares(axes: Axes, middle: float, row: Row, side: float) -> None:
    kept, lost = _count(row, "kept"), _count(row, "lost")
    for first, count, look in ((0, kept, _kept(side)), (kept, lost, _lost(side))):
        spots = [first + spot + 0.5 for spot in range(count)]
        axes.plot(spots, [middle] * count, **look)


def _kept(side: float) -> dict[str, Any]:
    return {"marker": "s", "linestyle": "", "color": BLUE, "markersize": side}


def _lost(side: float) -> dict[str, Any]:
    return {
        "marker": CROSSED_SQUARE,
        "linestyle": "",
        "markersize": side,
        "markerfacecolor": PAPER,
        "markeredgecolor": VERMILLION,
        "markeredgewidth": 1.3,
    }


def _legend() -> list[Artist]:
    return [
        Line2D([], [], **_kept(SIDE - 2), label="Kept"),
        Line2D([], [], **_lost(SIDE - 2), label="Lost"),
    ]
