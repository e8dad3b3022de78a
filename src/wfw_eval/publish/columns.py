"""How wide each column of a printed table is.

As far as the page has room, words stay whole and numbers on one line. What is left goes first to
columns of short lines, then to those of long ones, and last to headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from wfw_eval.chapters.blocks import Table

#: The fonts that come with matplotlib: the same on every machine.
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
PLAIN, BOLD = (FONTS / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))

#: Size of the words in a table, and what stands empty beside them in each column, in points.
SIZE, BESIDE = 8, 10
#: Width of the text on an A4 page, upright and on its side, in points.
UPRIGHT, SIDEWAYS = 470, 716
#: Lines up to the first length are not broken while there is room; beyond the second, no column
#: asks for more, because longer lines are no easier to read.
SHORT, COMFORTABLE = 100, 210

#: A table with more columns than this gets a page on its side.
UPRIGHT_COLUMNS = 7


def sideways(table: Table) -> bool:
    """Say whether a table needs a page on its side."""
    return len(table.columns) > UPRIGHT_COLUMNS or sum(_firm(table)) > UPRIGHT


def hyphenated(table: Table) -> bool:
    """Say whether headings must be broken inside words, because the page is too narrow."""
    return sum(_firm(table)) > _room(table)


def widths(table: Table) -> list[float]:
    """Return the width of each column in points; together they fill the page."""
    room = _room(table)
    reached = _yielding(table) if hyphenated(table) else _firm(table)
    if sum(reached) <= room:
        for wished in _wishes(table, reached):
            if sum(wished) > room:
                return _between(reached, wished, room)
            reached = wished
    return [width * room / sum(reached) for width in reached]


@cache
def printed(text: str, font: Path = PLAIN) -> float:
    """Return the width of some text in a table, in points."""
    face = FontProperties(fname=font, size=SIZE)
    return float(text_to_path.get_text_width_height_descent(text, face, ismath=False)[0])


def words(text: str) -> list[str]:
    """Return the pieces that a line is not broken in.

    >>> words("Co-produced by 2023-24")
    ['Co-', 'produced', 'by', '2023-24']
    """
    return re.split(r"\s+|(?<=[^\W\d]-)(?=[^\W\d])", text.strip())


def _room(table: Table) -> int:
    return SIDEWAYS if sideways(table) else UPRIGHT


def _firm(table: Table) -> list[float]:
    """Return the least widths that keep headings and words whole, and numbers on one line."""
    headings = [_widest(words(heading), BOLD) for heading in table.columns]
    lines = [_widest(_cells(table, index)) if numeric else 0.0
             for index, numeric in enumerate(table.numeric)]  # fmt: skip
    return [max(parts) for parts in zip(headings, lines, _yielding(table), strict=True)]


def _yielding(table: Table) -> list[float]:
    """Return the least widths that keep the words of the cells whole."""
    return [_widest([word for cell in _cells(table, index) for word in words(cell)])
            for index, _ in enumerate(table.columns)]  # fmt: skip


def _wishes(table: Table, least: Sequence[float]) -> list[list[float]]:
    """Return the widths that columns would like to have, one step after the other."""
    cells = [min(_widest(_cells(table, index)), COMFORTABLE) for index in range(len(least))]
    steps = [
        [line if line <= SHORT else 0.0 for line in cells],
        cells,
        [min(_widest([heading], BOLD), COMFORTABLE) for heading in table.columns],
    ]
    return list(accumulate(steps, _larger, initial=list(least)))[1:]


def _larger(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [max(pair) for pair in zip(first, second, strict=True)]


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """Go from the low widths towards the high ones as far as there is room."""
    part = (room - sum(low)) / (sum(high) - sum(low))
    return [least + part * (most - least) for least, most in zip(low, high, strict=True)]


def _cells(table: Table, index: int) -> list[str]:
    return [row.cells[index].text for row in table.rows]


def _widest(texts: Sequence[str], font: Path = PLAIN) -> float:
    return max((printed(text, font) for text in texts), default=0.0) + BESIDE
