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
from wfw_eval.chapters.figures.palette import (
    BLUE,
    GREY,
    INK,
    MID_GREY,
    PALE_VERMILLION,
    PAPER,
    VERMILLION,
    readable_on,
)
from wfw_eval.chapters.figures.style import wrapped
from wfw_eval.chapters.words import reading, shown

LEGEND_TITLE = "Participation ratio: 1 is the same share of participants as of the population"


@dataclass(frozen=True)
class ShareClass:
    """A class of areas, told apart by fill, outline, sign and words."""

    words: str
    fill: str
    edge: str
    sign: str = ""
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
LESS = ShareClass("Less than its share", PALE_VERMILLION, VERMILLION, "▼")
ABOUT = ShareClass("About its share, or not clear", MID_GREY, GREY, "●")
MORE = ShareClass("More than its share", BLUE, INK, "▲")
WITHHELD = ShareClass(WITHHELD_WORDS, PAPER, GREY, hatch="////")
UNKNOWN = ShareClass(UNKNOWN_WORDS, PAPER, GREY, hatch="----")


def share_class(ratio: Cell) -> ShareClass:
    """Return the class of an area's ratio, taking its interval seriously."""
    missing = missing_words(ratio)
    if missing is not None:
        return WITHHELD if missing == WITHHELD_WORDS else UNKNOWN
    classes = {each.words.lower(): each for each in (LESS, MORE)}
    return classes.get(reading(as_result(ratio, "ratio")), ABOUT)


def share_number(ratio: Cell) -> str:
    """Return an area's ratio with the sign of its class, or the mark in its place."""
    if missing_words(ratio) is not None:
        return ratio.text
    return f"{share_class(ratio).sign} {shown(as_result(ratio, 'ratio'))}"


def share_reading(ratio: Cell, width: int) -> str:
    """Return what an area's ratio means, in lines of at most ``width`` characters."""
    missing = missing_words(ratio)
    if missing is not None:
        return missing.partition(" ")[2]
    return wrapped(reading(as_result(ratio, "ratio")), width)


def share_legend(rows: Sequence[Row]) -> list[Artist]:
    """Return the legend: always the three classes, and the marks that occur."""
    found = {share_class(cell(row, "ratio")) for row in rows}
    classes = [LESS, ABOUT, MORE, *(mark for mark in (WITHHELD, UNKNOWN) if mark in found)]
    words = {each: f"{each.sign} {each.words}".strip() for each in classes}
    return [Patch(**each.look, linewidth=1.2, label=words[each]) for each in classes]
