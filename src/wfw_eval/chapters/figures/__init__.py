"""Drawings: what a figure of gated cells looks like, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from matplotlib.figure import Figure as Picture

from wfw_eval.chapters.blocks import Figure
from wfw_eval.chapters.figures.area_share import area_share
from wfw_eval.chapters.figures.boundary_map import boundary_map
from wfw_eval.chapters.figures.count_matrix import count_matrix
from wfw_eval.chapters.figures.criterion_matrix import criterion_matrix
from wfw_eval.chapters.figures.funnel import funnel
from wfw_eval.chapters.figures.gantt import gantt
from wfw_eval.chapters.figures.kept_lost import kept_lost
from wfw_eval.chapters.figures.ratio_forest import ratio_forest
from wfw_eval.chapters.figures.style import house_style, saved
from wfw_eval.chapters.figures.tile_map import tile_map
from wfw_eval.errors import ChapterError, nearest

DRAWINGS: dict[str, Callable[[Figure], Picture]] = {
    "area_share": area_share,
    "boundary_map": boundary_map,
    "count_matrix": count_matrix,
    "criterion_matrix": criterion_matrix,
    "funnel": funnel,
    "gantt": gantt,
    "kept_lost": kept_lost,
    "ratio_forest": ratio_forest,
    "tile_map": tile_map,
}


def draw(figure: Figure, format: Literal["svg", "png"]) -> bytes:
    """Return the picture of a figure; the same figure always gives the same bytes.

    Raises:
        ChapterError: there is no such drawing, or the figure lacks something it needs.
    """
    if figure.drawing not in DRAWINGS:
        raise ChapterError(
            f"figure '{figure.anchor}': there is no drawing '{figure.drawing}'. "
            f"{nearest(figure.drawing, sorted(DRAWINGS))}"
        )
    with house_style(figure.anchor):
        return saved(DRAWINGS[figure.drawing](figure), format)
