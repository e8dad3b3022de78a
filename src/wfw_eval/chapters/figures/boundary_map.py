"""The true shapes of the areas, filled by how their share of participants compares."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell
from wfw_eval.chapters.figures.geojson import Polygon, Ring, Shapes, read_shapes
from wfw_eval.chapters.figures.shares import LEGEND_TITLE, share_class, share_legend, share_words
from wfw_eval.chapters.figures.style import (
    GREY,
    INK,
    PAPER,
    SMALL,
    WIDTH,
    bare,
    legend_below,
    picture,
    wrapped,
)
from wfw_eval.errors import ChapterError, nearest

#: Points tried across the longest side of a shape, to find room for its name.
TRIED = 40


def boundary_map(figure: Figure) -> Picture:
    """Draw each area's own shape, with its name, its ratio and what the ratio means."""
    rows = figure.table.rows
    file, shapes = read_shapes(figure)
    names = {row.key: _name(row, shapes, file) for row in rows}
    west, south, east, north = _extent(shapes)
    # A degree of longitude is shorter than one of latitude, the more so the farther north.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    drawn = picture((WIDTH - 0.2) * stretch * (north - south) / (east - west) + 1.0)
    axes = drawn.add_subplot()
    axes.set(xlim=(west, east), ylim=(south, north), aspect=stretch, xticks=[], yticks=[])
    bare(axes)
    for name in sorted(set(shapes) - set(names.values())):
        axes.add_patch(PathPatch(_outline(shapes[name]), facecolor=PAPER, edgecolor=GREY))
    for row in rows:
        _area(axes, row, shapes[names[row.key]], stretch)
    legend_below(drawn, share_legend(rows), title=LEGEND_TITLE)
    return drawn


def _name(row: Row, shapes: Shapes, file: str) -> str:
    name = cell(row, "label").text
    if name not in shapes:
        raise ChapterError(f"{file} has no shape for '{name}'. {nearest(name, sorted(shapes))}")
    return name


def _extent(shapes: Shapes) -> tuple[float, float, float, float]:
    points = np.concatenate([part[0] for parts in shapes.values() for part in parts])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _area(axes: Axes, row: Row, parts: Sequence[Polygon], stretch: float) -> None:
    look = share_class(cell(row, "ratio"))
    axes.add_patch(PathPatch(_outline(parts), linewidth=1.2, **{**look.look, "edgecolor": INK}))
    number, meaning = share_words(cell(row, "ratio"), 14)
    words = f"{wrapped(cell(row, 'label').text, 14)}\n{number}\n{meaning}"
    axes.text(
        *_roomiest(parts, stretch),
        words,
        ha="center",
        va="center",
        fontsize=SMALL,
        linespacing=1.1,
        zorder=4,
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.9, "boxstyle": "round"},
    )


def _outline(parts: Sequence[Polygon]) -> Outline:
    """Return one outline of all rings; holes stay open where rings turn the other way."""
    return Outline.make_compound_path(
        *(
            Outline(ring if _turns_left(ring) == (place == 0) else ring[::-1], closed=True)
            for part in parts
            for place, ring in enumerate(part)
        )
    )


def _signed_area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def _turns_left(ring: Ring) -> bool:
    return _signed_area(ring) > 0


def _roomiest(parts: Sequence[Polygon], stretch: float) -> tuple[float, float]:
    """Return the point of the largest polygon that is farthest from its edge."""
    ring = max((part[0] for part in parts), key=lambda ring: abs(_signed_area(ring)))
    across, up = (
        np.linspace(*limits, TRIED) for limits in zip(ring.min(0), ring.max(0), strict=True)
    )
    grid = np.array(np.meshgrid(across, up)).reshape(2, -1).T
    inside = grid[Outline(ring).contains_points(grid)]
    if not len(inside):
        return float(ring[:, 0].mean()), float(ring[:, 1].mean())
    room = _distances(inside, ring, np.array([1, stretch]))
    place = inside[int(room.argmax())]
    return float(place[0]), float(place[1])


def _distances(points: Ring, ring: Ring, scale: Ring) -> Ring:
    """Return how far each point is from the nearest edge of the ring."""
    starts, stops, points = ring[:-1] * scale, ring[1:] * scale, points * scale
    sides = stops - starts
    lengths = np.maximum((sides**2).sum(axis=1), 1e-18)
    along = ((points[:, None] - starts) * sides).sum(axis=2) / lengths
    nearest_points = starts + np.clip(along, 0, 1)[..., None] * sides
    distances: Ring = np.sqrt(((points[:, None] - nearest_points) ** 2).sum(axis=2)).min(axis=1)
    return distances
