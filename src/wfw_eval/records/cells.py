"""Reading a CSV file into cells of text, with the row number of each."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pandas as pd

from wfw_eval.errors import InputError, Problem, closest
from wfw_eval.records.contract import Contract

#: What a file that is not separated by commas is separated by.
SEPARATORS = {";": "semicolons", "\t": "tabs"}
CHECK_EXPORT = "Fill it, or check that the export worked."

Row = tuple[int, list[str]]


def read_cells(contract: Contract, path: Path, place: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a file as text, indexed by row number as a spreadsheet shows it.

    Args:
        contract: The table the file should hold.
        path: The file.
        place: The file as the user knows it.

    Returns:
        The cells, and a problem for each row that is longer or shorter than the heading. What
        the cells of such a row say is uncertain, so only its key is kept.

    Raises:
        InputError: the file cannot be read, or its columns are not the contract's.
    """
    heading, *rows = _rows(path, place)
    names = _names(contract, heading, place)
    if not rows:
        _refuse(place, None, "the table has no rows", CHECK_EXPORT)
    return _raw(contract, names, rows), list(_ragged(rows, len(names), place))


def _refuse(place: str, row: int | None, rule: str, step: str) -> NoReturn:
    raise InputError([Problem(place, row, None, None, rule, step)])


def _rows(path: Path, place: str) -> list[Row]:
    """Read every cell as text, so that nothing is guessed; leave out blank rows."""
    rows: list[Row] = []
    number = 0
    text = _text(path, place)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if any(map(str.strip, cells)):
                rows.append((number, cells))
    except csv.Error:
        rule = "a quotation mark in this row is not closed, or text follows a closed one"
        step = "Close the quotation mark; inside quoted text, write it twice."
        _refuse(place, number + 1, rule, step)
    if not rows:
        _refuse(place, None, "the file is empty", CHECK_EXPORT)
    if "\0" in text or "\ufffd" in text:
        raise InputError([_garbled(rows, place)])
    return rows


def _text(path: Path, place: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        step = "Close it elsewhere, and check that you may read it."
        _refuse(place, None, f"the file cannot be opened ({error.strerror})", step)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _refuse(place, None, "the file is UTF-16, not UTF-8 text", "Save it again as CSV UTF-8.")
    return data.decode("utf-8-sig", errors="replace")


def _garbled(rows: list[Row], place: str) -> Problem:
    """Find the first cell with a character that could not be read."""
    row, column, cell = next(
        (row, column, cell)
        for row, cells in rows
        for column, cell in enumerate(cells)
        if "\0" in cell or "\ufffd" in cell
    )
    names = rows[0][1]
    name = names[column].strip() if row != rows[0][0] and column < len(names) else None
    rule = "the file is not UTF-8 text: a character cannot be read"
    step = "Save it again as CSV UTF-8, and look at this cell."
    return Problem(place, row, name, cell, rule, step)


def _names(contract: Contract, heading: Row, place: str) -> list[str]:
    """Return the column names, if they are the contract's."""
    row, cells = heading
    names = [" ".join(cell.split()) for cell in cells]
    for sign, word in SEPARATORS.items():
        if len(names) == 1 and sign in cells[0]:
            rule = f"the columns are separated by {word}, not by commas"
            _refuse(place, row, rule, "Save it again as CSV UTF-8 (comma delimited).")
    problems = [
        Problem(place, row, name, None, rule, step)
        for name, rule, step in _heading_faults(contract, names)
    ]
    if problems:
        raise InputError(problems)
    return names


def _heading_faults(contract: Contract, names: list[str]) -> Iterator[tuple[str | None, str, str]]:
    """Compare headings; a misspelt heading is one fault, not a missing and an unknown one."""
    missing = [name for name in contract.columns if name not in names]
    for number, name in enumerate(names, start=1):
        if not name:
            yield None, f"column {number} has no heading", "Give it one, or delete the column."
        elif names.index(name) + 1 < number:
            where = f"columns {names.index(name) + 1} and {number}"
            yield name, f"this heading is there twice ({where})", "Delete one of the two columns."
        elif name not in contract.columns:
            match = closest(name, missing)
            missing = [wanted for wanted in missing if wanted != match]
            step = f"Did you mean {match!r}?" if match else "Delete the column."
            yield name, "this column is not known", step
    for name in missing:
        yield name, "this column is missing", "Add the column, with its heading in this row."


def _ragged(rows: list[Row], width: int, place: str) -> Iterator[Problem]:
    step = "Put text that holds a comma in quotation marks; keep a comma for every empty cell."
    for row, cells in rows:
        if len(cells) != width:
            rule = f"the row has {len(cells)} cells where the heading has {width}"
            yield Problem(place, row, None, None, rule, step)


def _raw(contract: Contract, names: list[str], rows: list[Row]) -> pd.DataFrame:
    """Make a table of text, indexed by row number; of a ragged row only the key is kept."""
    in_key = [name in contract.key for name in names]
    cells = [cells if len(cells) == len(names) else _only_key(cells, in_key) for _, cells in rows]
    raw = pd.DataFrame(cells, columns=names, index=[row for row, _ in rows], dtype=str)
    return pd.DataFrame({name: raw[name].str.strip() for name in contract.columns})


def _only_key(cells: list[str], in_key: list[bool]) -> list[str]:
    padded = [*cells, *[""] * len(in_key)]
    return [cell if key else "" for cell, key in zip(padded, in_key, strict=False)]
