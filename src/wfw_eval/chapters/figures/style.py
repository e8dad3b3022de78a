"""The house style of every drawing: its size, type and frame, and how it is saved."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from itertools import accumulate
from typing import Any, Literal

import matplotlib.style
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from wfw_eval.chapters.figures.palette import GREY, INK, MUTED, PAPER, RULE

WIDTH = 7.2
DPI = 110

SMALL = 9.0
BODY = 9.5
LARGE = 12.0
#: Inches from one line of a label to the next.
LINE = 0.155

#: Behind words that stand on lines or hatching.
PAPER_BOX: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}

_HOUSE: dict[str, Any] = {
    **sns.axes_style("whitegrid"),
    "font.family": "DejaVu Sans",
    "font.size": BODY,
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": BODY,
    "legend.fontsize": SMALL,
    "legend.title_fontsize": SMALL,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "text.color": INK,
    # A "$" in a label is money, not mathematics.
    "text.parse_math": False,
    "axes.labelcolor": MUTED,
    "axes.labelpad": 8.0,
    "axes.edgecolor": GREY,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 0.8,
    "figure.facecolor": PAPER,
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.08,
    # Letters as outlines: no reader's fonts change the picture.
    "svg.fonttype": "path",
}


def house_style(salt: str) -> AbstractContextManager[None]:
    """Return a context in which everything is drawn alike, whatever the notebook has set.

    Args:
        salt: What the picture's inner names are made from, instead of chance.
    """
    style: AbstractContextManager[None] = matplotlib.style.context(
        ["default", {**_HOUSE, "svg.hashsalt": salt}]
    )
    return style


def picture(height: float) -> Picture:
    """Return an empty picture of the house width."""
    return Picture(figsize=(WIDTH, height), layout="constrained")


def saved(drawn: Picture, format: Literal["svg", "png"]) -> bytes:
    """Return the picture's bytes, without a date and without the names of programs."""
    unsaid = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
    # Words at the end of bars move as the layout makes room for them: let it settle first.
    drawn.draw_without_rendering()
    buffer = io.BytesIO()
    drawn.savefig(buffer, format=format, dpi=DPI, metadata=unsaid[format])
    return buffer.getvalue()


def wrapped(text: str, width: int) -> str:
    """Break a label into lines of at most ``width`` characters, as even as they can be.

    >>> print(wrapped("more than its share", 15))
    more than
    its share
    """
    lines = _lines(text, width)
    even = (narrow for narrow in range(1, width) if len(_lines(text, narrow)) <= len(lines))
    return "\n".join(_lines(text, next(even, width)))


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def label_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows of a chart from the top down, with nothing else on that side."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params("y", length=0, pad=6)
    axes.grid(False, axis="y")
    bare(axes, keep=("bottom",))


def row_height(text: str, least: float = 0.0) -> float:
    """Return the inches that a row needs for its label, and for what else is in it."""
    return max(LINE * (text.count("\n") + 1), least) + 0.14


def stack_rows(axes: Axes, labels: Sequence[str], heights: Sequence[float]) -> list[float]:
    """Name rows that differ in height, and return their middles: the axis is in inches."""
    bottoms = list(accumulate(heights))
    middles = [bottom - height / 2 for bottom, height in zip(bottoms, heights, strict=True)]
    axes.set_yticks(middles, labels)
    axes.set_ylim(bottoms[-1], 0)
    axes.tick_params("y", length=0, pad=6)
    axes.grid(False, axis="y")
    bare(axes, keep=("bottom",))
    for bottom in bottoms[:-1]:
        axes.axhline(bottom, color=RULE, linewidth=0.7, zorder=0)
    return middles


def column_headings(headings: Sequence[str]) -> list[str]:
    """Wrap the headings of a grid to the room there is."""
    return [wrapped(heading, max(8, 52 // len(headings) - 2)) for heading in headings]


def head_columns(axes: Axes, headings: Sequence[str]) -> None:
    """Name the columns of a grid at the top."""
    axes.set_xticks(range(len(headings)), column_headings(headings))
    axes.set_xlim(-0.5, len(headings) - 0.5)
    axes.xaxis.tick_top()
    axes.tick_params("x", length=0, pad=6)
    axes.grid(False)
    bare(axes)


def bare(axes: Axes, keep: Sequence[str] = ()) -> None:
    """Take away the frame, except the sides named."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)


def rules_between_rows(axes: Axes, count: int) -> None:
    """Draw a faint rule between rows, to lead the eye to the words at the right."""
    for row in range(1, count):
        axes.axhline(row - 0.5, color=RULE, linewidth=0.7, zorder=0)


def beside(axes: Axes, row: float, text: str, offset: float = 10) -> None:
    """Write at the right of a row, outside the data, so many points from the edge."""
    axes.annotate(
        text,
        (1, row),
        xycoords=axes.get_yaxis_transform(),
        xytext=(offset, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
    )


def above(axes: Axes, across: float, text: str) -> None:
    """Write a heading over a place on the horizontal axis, outside the data."""
    axes.annotate(
        text,
        (across, 1),
        xycoords=axes.get_xaxis_transform(),
        xytext=(0, 5),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
        color=MUTED,
    )


def above_words(axes: Axes, text: str, offset: float = 10) -> None:
    """Write a heading over the words beside the rows, so many points from the edge."""
    axes.annotate(
        text,
        (1, 1),
        xycoords="axes fraction",
        xytext=(offset, 5),
        textcoords="offset points",
        fontsize=SMALL,
        color=MUTED,
    )


def legend_below(drawn: Picture, handles: Sequence[Artist], columns: int = 2, **more: Any) -> None:
    """Explain the marks under the chart, outside the data."""
    drawn.legend(
        handles=list(handles),
        loc="outside lower center",
        ncols=columns,
        handlelength=2.2,
        columnspacing=2.2,
        labelspacing=0.7,
        borderpad=0.2,
        **more,
    )
