"""Counts by kind and column: a number in each cell, and a darker blue for more."""

from __future__ import annotations

import math

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle

from wfw_eval.chapters.blocks import Cell, Figure
from wfw_eval.chapters.figures.cells import cell, label, number, option
from wfw_eval.chapters.figures.style import (
    BLUES,
    GREY,
    PAPER,
    column_headings,
    picture,
    readable_on,
)


def count_matrix(figure: Figure) -> Picture:
    """Draw a grid of counts."""
    rows, columns = figure.table.rows, option(figure, "columns")
    cells = [[cell(row, key) for key in columns] for row in rows]
    counts = np.array([[number(each) for each in line] for line in cells], dtype=float)
    most = max(np.nanmax(counts, initial=0), 1)
    drawn = picture(0.46 * len(rows) + 1.0)
    axes = drawn.add_subplot()
    sns.heatmap(
        counts,
        ax=axes,
        mask=np.isnan(counts),
        cmap=ListedColormap(BLUES),
        vmin=0,
        vmax=most,
        cbar=False,
        linewidths=2,
        linecolor=PAPER,
        yticklabels=[label(row, 34) for row in rows],
        xticklabels=column_headings(list(columns.values())),
    )
    _frame(axes, str(figure.options.get("counted", "cases")))
    for down, line in enumerate(cells):
        for across, each in enumerate(line):
            _number(axes, across, down, each, most)
    return drawn


def shade(count: float, most: float) -> int:
    """Return which of the blues a count is drawn in; the palest is kept for none at all.

    >>> [shade(count, 12) for count in (0, 1, 12)]
    [0, 1, 5]
    """
    return math.ceil(count / most * (len(BLUES) - 1))


def _frame(axes: Axes, counted: str) -> None:
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=6)
    axes.tick_params("y", rotation=0)
    axes.set_xlabel(f"Number of {counted}; darker means more")


def _number(axes: Axes, across: int, down: int, found: Cell, most: float) -> None:
    count = number(found)
    paper = None
    if count is None:
        axes.add_patch(
            Rectangle(
                (across + 0.02, down + 0.05),
                0.96,
                0.9,
                facecolor=PAPER,
                edgecolor=GREY,
                hatch="////",
                linewidth=0.8,
            )
        )
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    axes.text(
        across + 0.5,
        down + 0.5,
        found.text,
        ha="center",
        va="center",
        bbox=paper,
        color=readable_on(PAPER if count is None else BLUES[shade(count, most)]),
    )
