"""Opening workbooks, sheet by sheet, as they are: without running, calculating or guessing."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from wfw_eval.errors import Problem
from wfw_eval.records.intake.archive import check_archive, refuse_damaged
from wfw_eval.records.intake.model import Repair, Sheet, Unreadable
from wfw_eval.records.intake.sheet_xml import Layout, read_layout
from wfw_eval.records.intake.words import clean

HIDDEN = "hidden sheet read like any other"

Record = tuple[int, tuple[object, ...]]


def open_workbook(path: Path, place: str) -> list[Sheet]:
    """Read every sheet of a workbook.

    A sheet that cannot be read is there with its problem, so that the others still count.

    Raises:
        InputError: the workbook as a whole cannot be opened.
    """
    check_archive(path, place)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and charts, which nobody needs here
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except Exception:  # each kind of damage makes openpyxl stumble over something else
            refuse_damaged(place)
        try:
            return [_open_sheet(book, sheet, path, place) for sheet in book.worksheets]
        finally:
            book.close()


def _open_sheet(book: Any, sheet: Any, path: Path, place: str) -> Sheet:
    name = str(sheet.title)
    try:
        layout = _layout(book, sheet)
        if not layout.in_order:
            raise ValueError("rows out of order")
        records = _with_formulas(list(_records(sheet, layout.last_row)), layout)
    except Exception:  # as above, for what is read only now
        return _unread(path, place, name)
    hidden = sheet.sheet_state != "visible"
    told = Repair(place, name, None, None, sheet.sheet_state, "", HIDDEN)
    return Sheet(
        place,
        name,
        path.stem,
        _frame(records),
        typed=True,
        epoch_1904=book.epoch == CALENDAR_MAC_1904,
        merged=layout.merged,
        repairs=(told,) if hidden else (),
    )


def _unread(path: Path, place: str, name: str) -> Sheet:
    where = f"{place}, sheet {name!r}"
    step = "Open the workbook in a spreadsheet program and save it again as .xlsx."
    problem = Problem(where, None, None, None, "the sheet is damaged and cannot be read", step)
    return Sheet(place, name, path.stem, pd.DataFrame(), typed=True, problems=(problem,))


def _layout(book: Any, sheet: Any) -> Layout:
    with book._archive.open(sheet._worksheet_path) as content:
        return read_layout(content.read())


def _records(sheet: Any, last_row: int | None) -> Iterator[Record]:
    """Go through rows that hold anything; the size a sheet gives for itself is often wrong."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if last_row is not None and number > last_row:
            return
        if any(cell is not None for cell in cells):
            yield number, cells


def _with_formulas(records: list[Record], layout: Layout) -> list[Record]:
    """Mark the cells whose formula has no result; the reader takes them for empty."""
    if not layout.uncalculated:
        return records
    rows = {number: list(cells) for number, cells in records}
    for (number, column), formula in layout.uncalculated.items():
        cells = rows.setdefault(number, [])
        cells += [None] * (column + 1 - len(cells))
        cells[column] = Unreadable(
            formula,
            "the formula in this cell has no result",
            "Open the workbook in a spreadsheet program, save it, and send it again.",
        )
    return [(number, tuple(rows[number])) for number in sorted(rows)]


def _frame(records: list[Record]) -> pd.DataFrame:
    filled = [(row, _trimmed(cells)) for row, cells in records if not _blank(cells)]
    width = max((len(cells) for _, cells in filled), default=0)
    padded = [[*cells, *[None] * (width - len(cells))] for _, cells in filled]
    return pd.DataFrame(padded, index=[row for row, _ in filled], dtype=object)


def _blank(cells: tuple[object, ...]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not clean(cell)) for cell in cells)


def _trimmed(cells: tuple[object, ...]) -> tuple[object, ...]:
    """Leave out the empty cells at the end; a coloured row may have 16,384 of them."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]
