"""How maps class a ratio: less than its share, about it, or more; one legend for both maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.patches import Patch

from wfw_eval.chapters.blocks import Cell, Row
from wfw_eval.chapters.figures.cells import (
    UNKNOWN_WORDS,
    WITHHELD_WORDS,
    as_result,
    cell,
    missing_words,
)
from wfw_eval.chapters.figures.style import (
    BLUE,
    GREY,
    INK,
    MID_GREY,
    PALE_VERMILLION,
    PAPER,
    VERMILLION,
    readable_on,
    wrapped,
)
from wfw_eval.chapters.words import reading, shown

LEGEND_TITLE = "Participation ratio: 1 is the same share of participants as of the population"


@dataclass(frozen=True)
class ShareClass:
    """A class of areas, told apart by fill, outline and words."""

    words: str
    fill: str
    edge: str
    hatch: str | None = None

    @property
    def ink(self) -> str:
        """Colour of text on the fill."""
        return readable_on(self.fill)

    @property
    def look(self) -> dict[str, Any]:
        """How a patch of this class is drawn."""
        return {"facecolor": self.fill, "edgecolor": self.edge, "hatch": self.hatch}


# From light to dark, so that the order survives a black-and-white copy.
LESS = ShareClass("Less than its share", PALE_VERMILLION, VERMILLION)
ABOUT = ShareClass("About its share, or cannot be told apart", MID_GREY, GREY)
MORE = ShareClass("More than its share", BLUE, INK)
WITHHELD = ShareClass(WITHHELD_WORDS, PAPER, GREY, "////")
UNKNOWN = ShareClass(UNKNOWN_WORDS, PAPER, GREY, "....")


def share_class(ratio: Cell) -> ShareClass:
    """Return the class of an area's ratio, taking its interval seriously."""
    missing = missing_words(ratio)
    if missing is not None:
        return WITHHELD if missing == WITHHELD_WORDS else UNKNOWN
    return {LESS.words.lower(): LESS, MORE.words.lower(): MORE}.get(
        reading(as_result(ratio, "ratio")), ABOUT
    )


def share_words(ratio: Cell, width: int) -> tuple[str, str]:
    """Return an area's number and what it means, or the mark and its meaning."""
    missing = missing_words(ratio)
    if missing is not None:
        mark, _, meaning = missing.partition(" ")
        return mark, wrapped(meaning, width)
    result = as_result(ratio, "ratio")
    return shown(result), wrapped(reading(result), width)


def share_legend(rows: Sequence[Row]) -> list[Artist]:
    """Return the legend: always the three classes, and the marks that occur."""
    found = {share_class(cell(row, "ratio")) for row in rows}
    classes = [LESS, ABOUT, MORE, *(mark for mark in (WITHHELD, UNKNOWN) if mark in found)]
    return [Patch(**each.look, linewidth=1.2, label=each.words) for each in classes]
