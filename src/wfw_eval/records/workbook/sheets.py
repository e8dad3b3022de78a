"""The sheets people fill in, one a table, and the hidden sheet of long lists of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wfw_eval.records.contract import Contract, Field, Kind
from wfw_eval.records.workbook import looks
from wfw_eval.records.workbook.columns import (
    CODES_SHEET,
    code_range,
    heading_message,
    is_for_team,
    needs_code_range,
    on_sheet,
    validation_of,
)
from wfw_eval.records.workbook.examples import Row, is_identifier

#: Rows below the heading that have drop-down lists and checks.
CHECKED_ROWS = 2_000

#: Cells are text wherever Excel would otherwise make a date, a number or TRUE of what is typed.
FORMATS: dict[Kind, str] = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}
AS_TEXT = "@"

WIDEST = 38
FILTER_BUTTON = 5


def add_table_sheet(
    book: Workbook, contract: Contract, examples: Sequence[Row], codes: Mapping[Field, str]
) -> None:
    """Add the sheet of one table: headings, checks, drop-down lists and example rows."""
    sheet = book.create_sheet(contract.name)
    for number, item in enumerate(on_sheet(contract), start=1):
        _add_column(sheet, contract, item, get_column_letter(number), codes.get(item))
        for row, example in enumerate(examples, start=2):
            cell = sheet.cell(row, number, example.get(item.name))
            cell.style = looks.EXAMPLE_ROW
            cell.number_format = FORMATS.get(item.kind, AS_TEXT)
    for row in range(1, len(examples) + 2):
        sheet.row_dimensions[row].height = 24 if row == 1 else 18
    _fold_away(sheet, contract)
    looks.mark_headings(sheet, contract.name, len(examples) + 1)


def add_codes_sheet(book: Workbook, contracts: Iterable[Contract]) -> dict[Field, str]:
    """Add the hidden sheet of lists too long for a cell's rule; return where each stands."""
    long = [
        (contract.name, item)
        for contract in contracts
        for item in on_sheet(contract)
        if needs_code_range(item)
    ]
    if not long:
        return {}
    sheet = book.create_sheet(CODES_SHEET)
    sheet.sheet_state = "hidden"
    for number, (table, item) in enumerate(long, start=1):
        for row, text in enumerate((f"{table}.{item.name}", *item.allowed), start=1):
            sheet.cell(row, number, text).number_format = AS_TEXT
    return {
        item: code_range(get_column_letter(number), len(item.allowed))
        for number, (_, item) in enumerate(long, start=1)
    }


def _add_column(
    sheet: Worksheet, contract: Contract, item: Field, letter: str, codes: str | None
) -> None:
    heading = sheet[f"{letter}1"]
    heading.value = item.name
    heading.style = _look(item)
    for validation, cells in (
        (heading_message(item), f"{letter}1"),
        (validation_of(item, codes), f"{letter}2:{letter}{CHECKED_ROWS + 1}"),
    ):
        validation.add(cells)
        sheet.add_data_validation(validation)
    column = sheet.column_dimensions[letter]
    column.width = _width(contract, item)
    column.number_format = FORMATS.get(item.kind, AS_TEXT)
    column.alignment = looks.ENTRY + Alignment(wrap_text=_is_prose(contract, item))


def _look(item: Field) -> str:
    if is_for_team(item):
        return looks.TEAM
    return looks.NEEDED if item.required else looks.OPTIONAL


def _fold_away(sheet: Worksheet, contract: Contract) -> None:
    """Fold away the columns of the evaluation team; the plus sign above the next unfolds them."""
    letters = [get_column_letter(number) for number, item in
               enumerate(on_sheet(contract), start=1) if is_for_team(item)]  # fmt: skip
    for letter in letters:
        column = sheet.column_dimensions[letter]
        column.outlineLevel, column.hidden = 1, True
    if letters:
        beyond = get_column_letter(len(on_sheet(contract)) + 1)
        sheet.column_dimensions[beyond].collapsed = True


def _is_prose(contract: Contract, item: Field) -> bool:
    return item.kind in ("text", "list", "codes") and not is_identifier(contract, item)


def _width(contract: Contract, item: Field) -> int:
    """Choose a width that shows the heading with its filter button, and most values."""
    values = 13
    if item.kind == "code":
        values = max(map(len, item.allowed)) + FILTER_BUTTON
    elif _is_prose(contract, item):
        values = WIDEST if item.kind == "codes" else 28
    elif is_identifier(contract, item):
        values = 18
    return max(min(values, WIDEST), len(item.name) + FILTER_BUTTON)
