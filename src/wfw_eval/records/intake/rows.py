"""Which rows of a sheet are records, and what is done with those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.intake.headings import Heading
from wfw_eval.records.intake.model import Repair, Sheet
from wfw_eval.records.intake.words import clean, fold
from wfw_eval.records.workbook.examples import EXAMPLE

TITLE = "row above the heading set aside"
TOTAL = "row of totals set aside"
LEFT_OVER = "example row of the form set aside"
AGAIN = "heading repeated among the rows set aside"
BLANK = "{count:,} blank row{s} passed over"
MERGED = "filled from the merged cell above"

_TOTAL = re.compile(r"\s*(grand |sub[- ]?)?(totals?|sum|average|mean|count)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Records:
    """The records of a sheet.

    Attributes:
        cells: Their cells, by row number.
        set_aside: Number of rows that are not records: titles, totals, repeated headings.
        repairs: What was set aside, and what was filled from merged cells.
        problems: Rows of the wrong length.
    """

    cells: pd.DataFrame
    set_aside: int
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]


def find_records(sheet: Sheet, heading: Heading) -> Records:
    """Separate the records of a sheet from what stands above, between and below them."""
    above = sheet.cells[sheet.cells.index < heading.row]
    cells = sheet.cells[sheet.cells.index > heading.row]
    cells, filled = _fill_merged(sheet, heading, cells)
    totals, again = _totals(heading, cells), _repeated(heading, cells)
    examples = _examples(heading, cells)
    kept = cells.drop(index=[*totals, *again, *examples])
    ragged = list(_ragged(sheet, heading, [int(row) for row in kept.index]))
    repairs = [
        *_set_aside(sheet, above, [int(row) for row in above.index], TITLE),
        *_set_aside(sheet, cells, totals, TOTAL),
        *_set_aside(sheet, cells, examples, LEFT_OVER),
        *_set_aside(sheet, cells, again, AGAIN),
        *_blank(sheet, heading, cells.index),
        *filled,
    ]
    aside = len(above) + len(totals) + len(again) + len(examples)
    return Records(kept, aside, tuple(repairs), tuple(ragged))


def _set_aside(
    sheet: Sheet, cells: pd.DataFrame, rows: Sequence[int], what: str
) -> Iterator[Repair]:
    for row, held in _contents(cells, rows):
        yield sheet.repair(row, None, _shown(held), "", what)


def _contents(cells: pd.DataFrame, rows: Sequence[int]) -> Iterator[tuple[int, list[object]]]:
    """Give the cells of some rows, with the number of each."""
    return zip(rows, cells.loc[list(rows)].to_numpy().tolist(), strict=True)


def _shown(cells: Iterable[object]) -> str:
    return " | ".join(clean(str(cell)) for cell in cells if not _is_empty(cell))


def _places(heading: Heading, names: Sequence[str]) -> list[int]:
    return [heading.columns.index(name) for name in names if name in heading.found]


def _totals(heading: Heading, cells: pd.DataFrame) -> list[int]:
    """Find rows that begin with a word such as "Total" and name no record.

    A record may begin with such a word too; it has its key, and all that a record needs.
    """
    key = _places(heading, heading.contract.key)
    needed = _places(heading, [item.name for item in heading.contract.fields if item.required])
    places = {0, *key} & set(cells.columns)
    found = sorted({row for place in places for row in _total_words(cells[place])})
    return [
        row
        for row, held in _contents(cells, found)
        if any(_is_empty(held[place]) for place in needed)
        and any(_is_empty(held[place]) or _is_total(held[place]) for place in key)
    ]


def _total_words(column: pd.Series) -> list[int]:
    words = {cell for cell in column if _is_total(cell)}
    return [int(row) for row in column.index[column.isin(words)]] if words else []


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and _TOTAL.match(cell) is not None


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


def _examples(heading: Heading, cells: pd.DataFrame) -> list[int]:
    """Find the example rows of the form that nobody deleted: their key says so."""
    marked = [
        cells[place].map(lambda cell: isinstance(cell, str) and cell.startswith(f"{EXAMPLE}-"))
        for place in _places(heading, heading.contract.key)
        if place in cells.columns
    ]
    return sorted({int(row) for column in marked for row in column.index[column]})


def _repeated(heading: Heading, cells: pd.DataFrame) -> list[int]:
    """Find rows that say the same as the heading, as printed pages do."""
    places = [at for at, name in enumerate(heading.columns) if name and at in cells.columns]
    if not places:
        return []
    first = cells[places[0]]
    alike = [int(row) for row in first.index[first == heading.names[places[0]]]]
    wanted = [fold(heading.names[at]) for at in places]
    return [
        row
        for row, held in _contents(cells, alike)
        if [fold(str(held[at])) for at in places] == wanted
    ]


def _blank(sheet: Sheet, heading: Heading, rows: Iterable[int]) -> Iterator[Repair]:
    """Tell of blank rows between records; those below the last are of no interest."""
    before = heading.row
    for row in sorted({*map(int, rows), *(row for row in sheet.broken if row > heading.row)}):
        count = row - before - 1
        if count:
            what = BLANK.format(count=count, s="" if count == 1 else "s")
            yield sheet.repair(before + 1, None, "", "", what)
        before = row


def _ragged(sheet: Sheet, heading: Heading, rows: list[int]) -> Iterator[Problem]:
    """Report rows with fewer cells than the heading, or with more that are not all empty."""
    if sheet.widths is None:
        return
    width = int(sheet.widths[heading.row])
    step = "Put text that holds the separator in quotation marks; keep one for every empty cell."
    widths = sheet.widths.loc[rows]
    other = widths[widths != width]
    counts = dict(zip(other.index.tolist(), other.tolist(), strict=True))
    for row, held in _contents(sheet.cells, list(counts)):
        if counts[row] < width or not all(map(_is_empty, held[width:])):
            rule = f"the row has {counts[row]} cells where the heading has {width}"
            yield sheet.problem(row, None, None, rule, step)


def _fill_merged(
    sheet: Sheet, heading: Heading, cells: pd.DataFrame
) -> tuple[pd.DataFrame, list[Repair]]:
    """Give every row its share of a cell that was merged downwards; it stands in the first."""
    repairs: list[Repair] = []
    columns = {at: cells[at].tolist() for _, _, at in sheet.merged if at in cells.columns}
    rows = [int(row) for row in cells.index]
    places = {row: place for place, row in enumerate(rows)}
    for top, bottom, at in sheet.merged:
        name = heading.columns[at] if at < len(heading.columns) else None
        if name is None or top not in places:
            continue
        column = columns[at]
        value = column[places[top]]
        for row in range(top + 1, min(bottom, rows[-1]) + 1):
            if row in places and _is_empty(column[places[row]]) and not _is_empty(value):
                column[places[row]] = value
                repairs.append(sheet.repair(row, name, "", str(value), MERGED))
    held = {at: pd.Series(values, cells.index, dtype=object) for at, values in columns.items()}
    return (_with(cells, held) if held else cells), repairs


def _with(cells: pd.DataFrame, columns: dict[int, pd.Series]) -> pd.DataFrame:
    filled = cells.copy()
    for at, column in columns.items():
        filled[at] = column
    return filled
