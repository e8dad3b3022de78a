"""Reading one column of a sheet: its text, its repairs and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wfw_eval.errors import Problem
from wfw_eval.records.contract import Contract, Field, rule_of
from wfw_eval.records.intake.amounts import number_reader
from wfw_eval.records.intake.codes import code_reader, codes_reader, list_reader
from wfw_eval.records.intake.dates import date_reader
from wfw_eval.records.intake.model import Repair, Sheet
from wfw_eval.records.intake.synonyms import MONTHS_ALLOWED, NOTHING
from wfw_eval.records.intake.values import (
    DASH,
    SPACES,
    Cell,
    Reader,
    broken,
    flag_reader,
    text_reader,
)
from wfw_eval.records.intake.words import clean, fold, plain_dashes

PLACEHOLDER = "sign for nothing read as empty"
AS_TEXT = "numbers stored as text; this is the first of {count:,}"

Key = tuple[type, object]


@dataclass(frozen=True)
class Column:
    """A column as read.

    Attributes:
        text: Canonical form of each cell.
        told: What is told once for the whole column.
        repairs: Cells that stood there otherwise.
        problems: Cells that cannot be read, each with its row.
    """

    text: list[str]
    told: list[Repair]
    repairs: list[Repair]
    problems: list[Problem]


def read_column(
    sheet: Sheet, contract: Contract, item: Field, rows: Sequence[int], values: Sequence[object]
) -> Column:
    """Read every cell of a column; each different content is read once, however many rows."""
    keys: list[Key] = [(type(value), value) for value in values]
    seen = dict.fromkeys(keys)
    reader = _reader(sheet, contract, item, [value for _, value in seen])
    cells = {key: read_cell(item, key[1], reader) for key in seen}
    repairs = [
        sheet.repair(row, item.name, key[1], cell.text, cell.what)
        for row, key, cell in _those(rows, keys, cells, lambda cell: bool(cell.what))
    ]
    problems = [
        sheet.problem(row, item.name, key[1], cell.rule, cell.next_step)
        for row, key, cell in _those(rows, keys, cells, lambda cell: bool(cell.rule))
    ]
    return Column(
        [cells[key].text for key in keys],
        _stored_as_text(sheet, item, rows, keys, cells),
        repairs,
        problems,
    )


def _those(
    rows: Sequence[int],
    keys: Sequence[Key],
    cells: dict[Key, Cell],
    wanted: Callable[[Cell], bool],
) -> Iterator[tuple[int, Key, Cell]]:
    which = {key for key, cell in cells.items() if wanted(cell)}
    if not which:  # the usual case, and a column may have millions of rows
        return
    for row, key in zip(rows, keys, strict=True):
        if key in which:
            yield row, key, cells[key]


def read_cell(item: Field, value: object, reader: Reader) -> Cell:
    """Read a cell; say what was done to it only if its text is now another."""
    unreadable = broken(value)
    if unreadable is not None:
        return unreadable
    written = clean(value) if isinstance(value, str) else value
    if written is None or written == "":
        return _empty(item, value)
    cell = reader(written)
    if cell.rule:
        return _nothing(item, written) or cell
    if not isinstance(value, str):
        return cell
    if cell.text == value:
        return Cell(cell.text)
    return Cell(cell.text, _what(cell, str(written)))


def _what(cell: Cell, written: str) -> str:
    return cell.what if cell.what and cell.text != written else SPACES


def _empty(item: Field, value: object) -> Cell:
    if item.required:
        step = f"Fill it; it {rule_of(item)}."
        return Cell("", rule="the cell is empty and must not be", next_step=step)
    return Cell("", SPACES if value else "")


def _nothing(item: Field, written: object) -> Cell | None:
    """Read "n/a" or a dash as empty, where a cell may be empty."""
    if item.required or not isinstance(written, str):
        return None
    if fold(written) in NOTHING or set(plain_dashes(written)) == {"-"}:
        return Cell("", PLACEHOLDER)
    return None


def _stored_as_text(
    sheet: Sheet, item: Field, rows: Sequence[int], keys: Sequence[Key], cells: dict[Key, Cell]
) -> list[Repair]:
    """Tell once of numbers that a workbook holds as text, since their digits stay the same."""
    if not sheet.typed or item.kind not in {"number", "integer"}:
        return []
    same = {key for key, cell in cells.items() if key[0] is str and key[1] and cell.text == key[1]}
    found = [(row, key) for row, key in zip(rows, keys, strict=True) if key in same]
    if not found:
        return []
    row, (_, value) = found[0]
    return [sheet.repair(row, item.name, value, str(value), AS_TEXT.format(count=len(found)))]


def _reader(sheet: Sheet, contract: Contract, item: Field, seen: Sequence[object]) -> Reader:
    identifies = item.name in _identifiers(contract)
    if item.kind == "date":
        return date_reader(
            item,
            seen,
            months_allowed=(contract.name, item.name) in MONTHS_ALLOWED,
            epoch_1904=sheet.epoch_1904,
        )
    if item.kind in {"number", "integer"}:
        return number_reader(item, decimal_comma=sheet.decimal_comma)
    if item.kind == "list":
        return list_reader(item, identifies=identifies)
    if item.kind == "text":
        return _text(item, identifies)
    return {"code": code_reader, "codes": codes_reader, "flag": flag_reader}[item.kind](item)


def _identifiers(contract: Contract) -> set[str]:
    """Columns whose cells name things in this table or another."""
    linked = {link.column for link in contract.foreign}
    named = {item.name for item in contract.fields if item.name.endswith("_id")}
    return {*contract.key, *linked, *named}


def _text(item: Field, identifies: bool) -> Reader:
    """Read text; of an identifier, dashes are made plain and signs for nothing are no name."""
    read = text_reader(item, identifies=identifies)
    if not identifies:
        return read

    def identifier(value: object) -> Cell:
        empty = _nothing(item, value)
        if empty is not None:
            return empty
        plain = plain_dashes(value) if isinstance(value, str) else value
        cell = read(plain)
        return Cell(cell.text, DASH) if plain != value else cell

    return identifier
