"""Opening text files: their encoding, their separator, and rows that cannot be taken apart."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wfw_eval.errors import InputError, Problem
from wfw_eval.records.intake.model import Repair, Sheet
from wfw_eval.records.intake.words import clean

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}

#: Rows looked at to find the separator.
SAMPLE = 60

Record = tuple[int, list[str]]
Score = Callable[[list[Record]], int]


@dataclass(frozen=True)
class Decoded:
    """Text, and the encoding it had if that is not UTF-8."""

    text: str
    encoding: str = ""


def open_text(path: Path, place: str, score: Score) -> Sheet:
    """Read a CSV or TSV file.

    Args:
        path: The file.
        place: The file as the user knows it.
        score: How many headings are recognised in some rows; decides on the separator.
    """
    decoded = decode(path.read_bytes())
    lines = list(io.StringIO(decoded.text, newline=""))
    separator = _separator(lines, score)
    records, broken = _records(lines, separator)
    filled = [(row, cells) for row, cells in records if any(map(clean, cells))]
    if not filled and not broken:
        step = "Check that the export worked, or leave the file out."
        raise InputError([Problem(place, None, None, None, "the file is empty", step)])
    expected = "\t" if path.suffix.lower() == ".tsv" else ","
    return Sheet(
        place,
        None,
        path.stem,
        _frame(filled),
        decimal_comma=separator == ";",
        widths=pd.Series({row: len(cells) for row, cells in filled}, dtype=int),
        broken=frozenset(broken),
        repairs=tuple(_told(place, decoded, separator, expected)),
        problems=tuple(_unclosed(place, row) for row in broken),
    )


def decode(data: bytes) -> Decoded:
    """Decode as UTF-8, or as what old spreadsheets write.

    A file that is UTF-8 but for some bytes stays so: read otherwise, all its accents would be
    wrong. The lost characters become problems of their cells.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(data.decode("utf-16", errors="replace"), "UTF-16")
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return Decoded(data.decode(unmarked, errors="replace"), "UTF-16")
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        partly = data.decode("utf-8-sig", errors="replace")
    if partly.replace("\ufffd", "").isascii():
        return Decoded(data.decode("cp1252", errors="replace"), "Windows-1252")
    return Decoded(partly)


def _utf16_without_mark(data: bytes) -> str:
    """Recognise UTF-16 by the zeros that take every other place in the heading."""
    begin = data[:200]
    if len(begin) < 4 or len(data) % 2:
        return ""
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    if min(even, odd) or max(even, odd) < len(begin) // 3:
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _separator(lines: list[str], score: Score) -> str:
    """Choose the separator under which most headings are recognised, else which is commonest."""
    first = lines[:SAMPLE]

    def rank(separator: str) -> tuple[int, int]:
        records, _ = _records(first, separator)
        return score(records), max((len(cells) for _, cells in records), default=0)

    return max(SEPARATORS, key=rank)


def _records(lines: list[str], separator: str) -> tuple[list[Record], list[int]]:
    """Take lines apart into rows; go on after a row that cannot be."""
    records: list[Record] = []
    broken: list[int] = []
    start, row = 0, 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=separator, strict=True)
        done = start
        try:
            for cells in reader:
                row += 1
                records.append((row, cells))
                done = start + reader.line_num
            start = len(lines)
        except csv.Error:  # this line is a row of its own as far as anyone can tell
            row += 1
            broken.append(row)
            start = done + 1
    return records, broken


def _from(lines: list[str], start: int) -> Iterator[str]:
    return (lines[number] for number in range(start, len(lines)))


def _frame(records: list[Record]) -> pd.DataFrame:
    width = max((len(cells) for _, cells in records), default=0)
    padded = [[*cells, *[""] * (width - len(cells))] for _, cells in records]
    return pd.DataFrame(padded, index=[row for row, _ in records], dtype=object)


def _told(place: str, decoded: Decoded, separator: str, expected: str) -> Iterator[Repair]:
    if decoded.encoding:
        yield Repair(place, None, None, None, decoded.encoding, "UTF-8", "encoding of the file")
    if separator != expected:
        found, wanted = SEPARATORS[separator], SEPARATORS[expected]
        yield Repair(place, None, None, None, found, wanted, "separator of the columns")


def _unclosed(place: str, row: int) -> Problem:
    rule = "a quotation mark in this row is not closed, or text follows a closed one"
    step = "Close the quotation mark; inside quoted text, write it twice."
    return Problem(place, row, None, None, rule, step)
