"""Counts by kind and column: a number in each cell, and a darker blue for more."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle

from wfw_eval.chapters.blocks import Cell, Figure
from wfw_eval.chapters.figures.cells import cell, grid_columns, label, number
from wfw_eval.chapters.figures.palette import BLUES, GREY, PAPER, readable_on
from wfw_eval.chapters.figures.style import PAPER_BOX, column_headings, picture

UNKNOWN: dict[str, Any] = {"facecolor": PAPER, "edgecolor": GREY, "hatch": "////"}


def count_matrix(figure: Figure) -> Picture:
    """Draw a grid of counts."""
    rows, columns = figure.table.rows, grid_columns(figure)
    cells = [[cell(row, key) for key, _ in columns] for row in rows]
    shades = _shades(cells)
    drawn = picture(0.44 * len(rows) + 1.0)
    axes = drawn.add_subplot()
    names = [label(row, 34) for row in rows], column_headings([heading for _, heading in columns])
    _squares(axes, shades, *names)
    axes.set_xlabel(f"Number of {figure.options.get('counted', 'cases')}; darker means more")
    for down, line in enumerate(cells):
        for across, each in enumerate(line):
            _number(axes, across, down, each, shades[down][across])
    return drawn


def shade(count: float, most: float) -> int:
    """Return which of the blues a count is drawn in; the palest is kept for none at all.

    >>> [shade(count, 12) for count in (0, 1, 12)]
    [0, 1, 5]
    """
    return math.ceil(count / most * (len(BLUES) - 1))


def _shades(cells: list[list[Cell]]) -> list[list[int | None]]:
    counts = [[number(each) for each in line] for line in cells]
    most = max((count for line in counts for count in line if count is not None), default=0) or 1
    return [[None if count is None else shade(count, most) for count in line] for line in counts]


def _squares(
    axes: Axes, shades: list[list[int | None]], rows: list[str], columns: list[str]
) -> None:
    given = np.array(shades, dtype=float)
    scale = {"cmap": ListedColormap(BLUES), "vmin": -0.5, "vmax": len(BLUES) - 0.5, "cbar": False}
    gaps = {"linewidths": 2, "linecolor": PAPER}
    names = {"yticklabels": rows, "xticklabels": columns}
    sns.heatmap(given, mask=np.isnan(given), ax=axes, **scale, **gaps, **names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=6)
    axes.tick_params("y", rotation=0)


def _number(axes: Axes, across: int, down: int, found: Cell, shade: int | None) -> None:
    fill = PAPER if shade is None else BLUES[shade]
    if shade is None:
        axes.add_patch(Rectangle((across + 0.02, down + 0.05), 0.96, 0.9, **UNKNOWN))
    middle: dict[str, Any] = {"ha": "center", "va": "center", "color": readable_on(fill)}
    paper = PAPER_BOX if shade is None else None
    axes.text(across + 0.5, down + 0.5, found.text, bbox=paper, **middle)
