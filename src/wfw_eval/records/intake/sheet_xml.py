"""What the XML of a sheet says that the reader of workbooks does not.

Looking for a few tags is quick even in a sheet of a million empty rows.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import pairwise

#: The most rows a sheet can have.
MOST_ROWS = 1_048_576

_NS = rb"(?:[A-Za-z_][\w.-]*:)?"
_ROW = re.compile(rb"<" + _NS + rb"row\b([^>]*)>")
_NUMBER = re.compile(rb'\br\s*=\s*["\'](\d+)["\']')
_VALUE = re.compile(rb"<" + _NS + rb"(?:v|is|f)\b")
_MERGED = re.compile(
    rb"<" + _NS + rb'mergeCell\b[^>]*\bref\s*=\s*["\']([A-Z]+)(\d+):([A-Z]+)(\d+)["\']'
)
_FORMULA = re.compile(
    rb"<" + _NS + rb"c\b([^>]*)>\s*"
    rb"<" + _NS + rb"f\b[^>]*?(?:/>|>([^<]*)</" + _NS + rb"f>)\s*"
    rb"(?:<" + _NS + rb"v\s*/>\s*|<" + _NS + rb"v>\s*</" + _NS + rb"v>\s*)?"
    rb"</" + _NS + rb"c>"
)
_CELL = re.compile(rb'\br\s*=\s*["\']([A-Z]+)(\d+)["\']')


@dataclass(frozen=True)
class Layout:
    """What was found in the XML of a sheet.

    Attributes:
        last_row: Last row that holds anything; none if rows are not numbered.
        in_order: Whether rows are numbered upwards; of others the reader would lose some.
        uncalculated: Formulas without a result, by row and column (counted from 0).
        merged: Cells merged downwards: first row, last row, column (counted from 0).
    """

    last_row: int | None
    in_order: bool
    uncalculated: dict[tuple[int, int], str]
    merged: tuple[tuple[int, int, int], ...]


def read_layout(xml: bytes) -> Layout:
    """Read the layout of a sheet from its XML."""
    end = _end_of_values(xml)
    found = [_NUMBER.search(row[1]) for row in _ROW.finditer(xml, 0, end)]
    numbers = [int(number[1]) for number in found if number]
    climbing = all(one < other for one, other in pairwise(numbers))
    in_order = climbing and (not numbers or 1 <= numbers[0] <= numbers[-1] <= MOST_ROWS)
    numbered = len(numbers) == len(found)
    last = (numbers[-1] if numbers else 0) if numbered else None
    return Layout(last, in_order, _uncalculated(xml[:end]), _merged(xml))


def _end_of_values(xml: bytes) -> int:
    """Find where the last cell ends that holds anything; no row behind it matters."""
    last = next(iter(deque(_VALUE.finditer(xml), maxlen=1)), None)
    if last is None:
        return 0
    end = xml.find(b"row>", last.end())
    return len(xml) if end < 0 else end


def _uncalculated(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for cell in _FORMULA.finditer(xml):
        address = _CELL.search(cell[1])
        empty_text = re.search(rb'\bt\s*=\s*["\']str["\']', cell[1])  # a result that is no text
        if address and not empty_text:
            formula = "=" + (cell[2] or b"").decode("utf-8", errors="replace")
            found[int(address[2]), _column(address[1])] = formula
    return found


def _merged(xml: bytes) -> tuple[tuple[int, int, int], ...]:
    ranges = (found.groups() for found in _MERGED.finditer(xml))
    return tuple(
        (int(top), int(bottom), _column(left))
        for left, top, right, bottom in ranges
        if left == right and int(top) < int(bottom)
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
