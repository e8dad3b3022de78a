"""What the XML of a sheet says that the reader of workbooks does not.

Looking for a few tags is quick even in a sheet of a million empty rows.
"""

from __future__ import annotations

import re
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
    starts = list(_ROW.finditer(xml))
    found = [_NUMBER.search(row[1]) for row in starts]
    numbers = [int(number[1]) if number else None for number in found]
    known = [number for number in numbers if number is not None]
    climbing = all(one < other for one, other in pairwise(known))
    in_order = climbing and (not known or (known[0] >= 1 and known[-1] <= MOST_ROWS))
    last = None
    if len(known) == len(numbers):
        last = _last_filled(xml, starts, known)
    return Layout(last, in_order, _uncalculated(xml), _merged(xml))


def _last_filled(xml: bytes, starts: list[re.Match[bytes]], numbers: list[int]) -> int:
    """Find the last row with a value, by looking from the end, where empty rows are."""
    end = len(xml)
    for start, number in zip(reversed(starts), reversed(numbers), strict=True):
        if _VALUE.search(xml, start.end(), end):
            return number
        end = start.start()
    return 0


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
