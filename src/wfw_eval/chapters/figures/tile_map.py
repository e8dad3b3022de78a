"""A schematic map: one tile an area, each of the same size, placed roughly as on the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import FancyBboxPatch

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, label, option
from wfw_eval.chapters.figures.shares import (
    LEGEND_TITLE,
    ShareClass,
    share_class,
    share_legend,
    share_words,
)
from wfw_eval.chapters.figures.style import (
    LARGE,
    PAPER,
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
LARGEST = 1.6

Place = tuple[int, int]


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
    ratio = cell(row, "ratio")
    look = share_class(ratio)
    left, top = place[0] + SPACE / 2 + ROUND, place[1] + SPACE / 2 + ROUND
    side = 1 - SPACE - 2 * ROUND
    axes.add_patch(
        FancyBboxPatch(
            (left, top),
            side,
            side,
            boxstyle=f"round,pad={ROUND}",
            linewidth=1.6,
            **look.look,
        )
    )
    number, meaning = share_words(ratio, 15)
    middle = place[0] + 0.5
    _write(axes, (middle, place[1] + 0.25), label(row, 15), look, SMALL)
    _write(axes, (middle, place[1] + 0.53), number, look, LARGE, weight="bold")
    _write(axes, (middle, place[1] + 0.78), meaning, look, SMALL)


def _write(
    axes: Axes,
    place: tuple[float, float],
    words: str,
    look: ShareClass,
    size: float,
    weight: str = "normal",
) -> None:
    # On a hatched tile, words stand on paper of their own.
    paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5} if look.hatch else None
    axes.text(
        *place,
        words,
        ha="center",
        va="center",
        fontsize=size,
        fontweight=weight,
        color=look.ink,
        linespacing=1.15,
        bbox=paper,
    )
