"""The true shapes of the areas, filled by how their share of participants compares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import PathPatch
from matplotlib.patheffects import withStroke

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, label, option
from wfw_eval.chapters.figures.geometry import Polygon, outline, roomiest
from wfw_eval.chapters.figures.palette import GREY, PAPER
from wfw_eval.chapters.figures.shares import (
    LEGEND_TITLE,
    share_class,
    share_legend,
    share_number,
)
from wfw_eval.chapters.figures.style import SMALL, WIDTH, bare, legend_below, picture
from wfw_eval.errors import ChapterError, nearest

Shapes = dict[str, list[Polygon]]


def boundary_map(figure: Figure) -> Picture:
    """Draw each area's own shape, with its name and its ratio."""
    rows = figure.table.rows
    shapes = _shapes(option(figure, "shapes"))
    named = {_key(row, shapes): row for row in rows}
    west, south, east, north = _extent(shapes)
    # A degree of longitude is shorter than one of latitude, the more so the farther north.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    drawn = picture((WIDTH - 0.2) * stretch * (north - south) / (east - west) + 1.0)
    axes = drawn.add_subplot()
    axes.set(xlim=(west, east), ylim=(south, north), aspect=stretch, xticks=[], yticks=[])
    bare(axes)
    for name, parts in shapes.items():
        look = share_class(cell(named[name], "ratio")).look if name in named else {}
        _fill(axes, PathPatch(outline(parts)), look)
    for name, row in named.items():
        _write(axes, roomiest(shapes[name], stretch), row)
    legend_below(drawn, share_legend(rows), title=LEGEND_TITLE)
    return drawn


def _shapes(given: Mapping[str, Any]) -> Shapes:
    return {
        key: [[np.asarray(ring, dtype=float) for ring in polygon] for polygon in polygons]
        for key, polygons in given.items()
    }


def _key(row: Row, shapes: Shapes) -> str:
    if row.key not in shapes:
        raise ChapterError(f"no shape is given for '{row.key}'. {nearest(row.key, sorted(shapes))}")
    return row.key


def _extent(shapes: Shapes) -> tuple[float, float, float, float]:
    points = np.concatenate([part[0] for parts in shapes.values() for part in parts])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _fill(axes: Axes, patch: PathPatch, look: dict[str, Any]) -> None:
    # A shape that the figure has no row for is part of the map, and says nothing.
    patch.set(**{"facecolor": PAPER, "edgecolor": GREY, **look})
    patch.set_linewidth(1)
    axes.add_patch(patch)


def _write(axes: Axes, place: tuple[float, float], row: Row) -> None:
    """Write on the area; where a name is wider than its area, a halo keeps it readable."""
    look = share_class(cell(row, "ratio"))
    words = f"{label(row, 14)}\n{share_number(cell(row, 'ratio'))}"
    middle: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4}
    halo = [withStroke(linewidth=3, foreground=look.fill)]
    axes.text(*place, words, fontsize=SMALL, color=look.ink, path_effects=halo, **middle)
