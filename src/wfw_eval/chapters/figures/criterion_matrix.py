"""Which criteria each text names: a ticked dot for yes, an empty ring for no."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline

from wfw_eval.chapters.blocks import Figure
from wfw_eval.chapters.figures.cells import cell, grid_columns, label
from wfw_eval.chapters.figures.palette import BLUE, GREY, PAPER
from wfw_eval.chapters.figures.style import (
    SMALL,
    head_columns,
    label_rows,
    picture,
    rules_between_rows,
)

TICK = Outline([(-0.55, 0.0), (-0.15, -0.4), (0.6, 0.45)])

_POINT: dict[str, Any] = {"linestyle": ""}
DOT: dict[str, Any] = {**_POINT, "marker": "o", "color": BLUE, "markersize": 15}
STROKE: dict[str, Any] = {
    **_POINT,
    "marker": TICK,
    "markersize": 8,
    "markerfacecolor": "none",
    "markeredgecolor": PAPER,
    "markeredgewidth": 1.8,
}
RING: dict[str, Any] = {
    **_POINT,
    "marker": "o",
    "markersize": 12,
    "markerfacecolor": PAPER,
    "markeredgecolor": GREY,
    "markeredgewidth": 1.4,
}
ANSWERS: dict[str, tuple[dict[str, Any], ...]] = {"yes": (DOT, STROKE), "no": (RING,)}


def criterion_matrix(figure: Figure) -> Picture:
    """Draw a grid of criteria by texts."""
    rows, columns = figure.table.rows, grid_columns(figure)
    drawn = picture(0.42 * len(rows) + 1.3)
    axes = drawn.add_subplot()
    label_rows(axes, [label(row, 38) for row in rows])
    rules_between_rows(axes, len(rows))
    head_columns(axes, [heading for _, heading in columns])
    for place, row in enumerate(rows):
        for across, (key, _) in enumerate(columns):
            _answer(axes, across, place, cell(row, key).text)
    _legend(drawn)
    return drawn


def _answer(axes: Axes, across: int, place: int, answer: str) -> None:
    for look in ANSWERS.get(answer, ()):
        axes.plot([across], [place], **look)
    if answer not in ANSWERS:
        axes.text(across, place, answer, ha="center", va="center", fontsize=SMALL)


def _legend(drawn: Picture) -> None:
    """Explain both signs; the ticked dot is two marks, one over the other."""
    samples = [tuple(Line2D([], [], **look) for look in looks) for looks in ANSWERS.values()]
    drawn.legend(  # type: ignore[call-overload]  # the stubs forget tuples of marks
        samples,
        ["Yes, named", "No, not named"],
        loc="outside lower center",
        ncols=2,
        handler_map={tuple: HandlerTuple(ndivide=1)},
    )
