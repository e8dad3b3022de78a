"""A schematic map: one tile an area, each of the same size, placed roughly as on the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import FancyBboxPatch

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, label, option
from wfw_eval.chapters.figures.shares import (
    LEGEND_TITLE,
    share_class,
    share_legend,
    share_number,
    share_reading,
)
from wfw_eval.chapters.figures.style import (
    LARGE,
    PAPER_BOX,
    SMALL,
    WIDTH,
    bare,
    legend_below,
    picture,
)
from wfw_eval.errors import ChapterError

#: Space between tiles and roundness of their corners, in tiles.
SPACE, ROUND = 0.06, 0.1
#: Inches: the widest a tile gets.
LARGEST = 1.5

Place = tuple[int, int]
Point = tuple[float, float]


def tile_map(figure: Figure) -> Picture:
    """Draw one tile an area, with its name, its ratio and what the ratio means."""
    rows = figure.table.rows
    places = _places(rows, option(figure, "tiles"))
    across = max(column for column, _ in places.values()) + 1
    down = max(line for _, line in places.values()) + 1
    drawn = picture(min(LARGEST, (WIDTH - 0.3) / across) * down + 1.1)
    axes = drawn.add_subplot()
    axes.set(xlim=(0, across), ylim=(down, 0), aspect="equal", xticks=[], yticks=[])
    bare(axes)
    for row in rows:
        _tile(axes, row, places[row.key])
    legend_below(drawn, share_legend(rows), title=LEGEND_TITLE)
    return drawn


def _places(rows: Sequence[Row], tiles: Mapping[str, Sequence[int]]) -> dict[str, Place]:
    """Return each row's column and line; every area has a tile of its own."""
    places: dict[str, Place] = {}
    for row in rows:
        if row.key not in tiles:
            raise ChapterError(f"the tile map has no place for '{row.key}'. Add it to 'tiles'.")
        column, line = tiles[row.key]
        if (column, line) in places.values():
            raise ChapterError(f"the tile map puts '{row.key}' on a tile that is already taken.")
        places[row.key] = (column, line)
    return places


def _tile(axes: Axes, row: Row, place: Place) -> None:
    ratio, (left, top) = cell(row, "ratio"), place
    side, inset = 1 - SPACE - 2 * ROUND, SPACE / 2 + ROUND
    look = share_class(ratio)
    corners: dict[str, Any] = {"boxstyle": f"round,pad={ROUND}", "linewidth": 1.6}
    axes.add_patch(FancyBboxPatch((left + inset, top + inset), side, side, **corners, **look.look))
    # On a hatched tile, words stand on paper of their own.
    style = {"color": look.ink, "bbox": PAPER_BOX if look.hatch else None}
    _write(axes, (left + 0.5, top + 0.25), label(row, 15), fontsize=SMALL, **style)
    _write(axes, (left + 0.5, top + 0.53), share_number(ratio), fontsize=LARGE, **style)
    _write(axes, (left + 0.5, top + 0.78), share_reading(ratio, 15), fontsize=SMALL, **style)


def _write(axes: Axes, middle: Point, words: str, **style: Any) -> None:
    axes.text(*middle, words, ha="center", va="center", linespacing=1.15, **style)
