"""What a drawing reads from a row: words, numbers, days, and the marks that replace them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wfw_eval.chapters.blocks import Cell, Figure, Row
from wfw_eval.chapters.figures.style import wrapped
from wfw_eval.chapters.words import NOT_APPLICABLE_MARK, shown
from wfw_eval.disclosure.gate import WITHHELD_MARK
from wfw_eval.errors import ChapterError, nearest
from wfw_eval.metrics.result import IntervalKind, Result, Unit

WITHHELD_WORDS = f"{WITHHELD_MARK} withheld"
UNKNOWN_WORDS = f"{NOT_APPLICABLE_MARK} not known"


def cell(row: Row, key: str) -> Cell:
    """Return a cell that the drawing cannot do without."""
    if key not in row.drawn:
        raise ChapterError(
            f"the figure's row '{row.key}' has no cell '{key}'. {nearest(key, sorted(row.drawn))}"
        )
    return row.drawn[key]


def label(row: Row, width: int = 28) -> str:
    """Return the row's name, in lines of at most ``width`` characters."""
    return wrapped(cell(row, "label").text, width)


def number(found: Cell | None) -> float | None:
    """Return a cell's number, if it has one."""
    if found is None or found.value is None:
        return None
    if isinstance(found.value, bool) or not isinstance(found.value, int | float):
        raise ChapterError(f"a figure needs a number and was given '{found.text}'.")
    return float(found.value)


def day(found: Cell | None) -> dt.date | None:
    """Return a cell's date, if it has one."""
    if found is None or found.value is None:
        return None
    if not isinstance(found.value, dt.date):
        raise ChapterError(f"a figure needs a date and was given '{found.text}'.")
    return found.value


def ends(found: Cell) -> tuple[float, float] | None:
    """Return the ends of a cell's interval, if it has both."""
    if found.lower is None or found.upper is None:
        return None
    return found.lower, found.upper


def withheld(found: Cell | None) -> bool:
    """Say whether disclosure control has taken the cell's number away."""
    return found is not None and found.text == WITHHELD_MARK


def missing_words(found: Cell) -> str | None:
    """Return what stands in place of a number that cannot be drawn, or None if it can."""
    if withheld(found):
        return WITHHELD_WORDS
    if found.value is None and ends(found) is None:
        return UNKNOWN_WORDS
    return None


def as_result(found: Cell, unit: Unit) -> Result:
    """Return the cell as a result, to be put in words as everywhere else on the page."""
    kind: IntervalKind = "bounds" if found.interval == "bounds" else "confidence"
    return Result(
        metric="drawn",
        unit=unit,
        value=found.value,
        lower=found.lower,
        upper=found.upper,
        interval=kind,
    )


def with_interval(found: Cell, unit: Unit) -> str:
    """Return a number with its interval, or the words that stand in its place."""
    missing = missing_words(found)
    if missing is not None:
        return missing
    return shown(as_result(found, unit), "value" if ends(found) is None else "with_interval")


def option(figure: Figure, name: str) -> Mapping[str, Any]:
    """Return an option that the drawing cannot do without."""
    if not isinstance(figure.options.get(name), Mapping):
        raise ChapterError(
            f"figure '{figure.anchor}': the drawing '{figure.drawing}' needs the option '{name}'."
        )
    given: Mapping[str, Any] = figure.options[name]
    return given


def grid_columns(figure: Figure) -> list[tuple[str, str]]:
    """Return the cells that a grid draws, in order, each with its heading.

    They are pairs in a list, because a mapping that is stored in a notebook loses its order.
    """
    given = figure.options.get("grid")
    if not given or isinstance(given, Mapping | str):
        raise ChapterError(
            f"figure '{figure.anchor}': the drawing '{figure.drawing}' needs the option 'grid': "
            "pairs of a cell and its heading, in order."
        )
    return [(str(key), str(heading)) for key, heading in given]
