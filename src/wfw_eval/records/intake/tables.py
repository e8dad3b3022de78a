"""From the records of a sheet to rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.contract import Contract
from wfw_eval.records.intake.columns import Column, read_column
from wfw_eval.records.intake.heading_notes import (
    columns_headless,
    columns_missing,
    columns_misspelt,
    columns_twice,
    headings_told,
)
from wfw_eval.records.intake.headings import FILLED, Heading
from wfw_eval.records.intake.model import Repair, Sheet
from wfw_eval.records.intake.rows import Records, find_records

FILLED_ALL = "column that is not there, filled for every row"
FILLED_SOME = "filled where empty; this is the first of {count:,}"


@dataclass(frozen=True)
class Part:
    """What one sheet gives to its table.

    Attributes:
        contract: The table.
        frame: Its rows in canonical form, by row number of the sheet.
        set_aside: Number of rows that are not records.
        left_out: Number of rows with a problem.
        repairs: What was read otherwise than it stood there.
        problems: What could not be read.
        why: Why no row could be used, if so.
    """

    contract: Contract
    frame: pd.DataFrame
    set_aside: int
    left_out: int
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]
    why: str = ""


def read_part(sheet: Sheet, heading: Heading, defaults: dict[str, str]) -> Part:
    """Read the rows of a sheet whose table and heading are known.

    Args:
        sheet: The sheet.
        heading: Its heading.
        defaults: What provenance columns hold where the sheet says nothing.
    """
    refused = [*columns_twice(sheet, heading), *columns_missing(sheet, heading)]
    records = find_records(sheet, heading)
    told = [*headings_told(sheet, heading), *records.repairs]
    if refused:
        why = "its columns are not those of the table"
        problems = (*refused, *sheet.problems)
        left = len(records.cells) + len(sheet.broken)
        empty = pd.DataFrame(columns=list(heading.contract.columns), dtype=object)
        aside = records.set_aside + 1
        return Part(heading.contract, empty, aside, left, tuple(told), problems, why)
    return _read(sheet, heading, records, told, defaults)


def _read(
    sheet: Sheet, heading: Heading, records: Records, told: list[Repair], defaults: dict[str, str]
) -> Part:
    contract = heading.contract
    ragged = {problem.row for problem in records.problems}
    cells = records.cells[~records.cells.index.isin(ragged)]
    columns = _columns(sheet, heading, cells)
    problems = [problem for column in columns.values() for problem in column.problems]
    out = {problem.row for problem in problems}
    frame = pd.DataFrame(
        {name: column.text for name, column in columns.items()}, index=cells.index, dtype=object
    )
    frame = frame[~frame.index.isin(out)]
    frame, filled = _filled(sheet, contract, frame, heading, defaults)
    broken = [problem for problem in sheet.problems if (problem.row or 0) > heading.row]
    above = [problem for problem in sheet.problems if (problem.row or 0) <= heading.row]
    found = sorted([*records.problems, *broken, *problems], key=lambda problem: problem.row or 0)
    return Part(
        contract,
        frame[list(contract.columns)],
        records.set_aside + 1,
        len(out) + len(ragged) + len(sheet.broken),
        (*told, *filled, *_repairs(columns, out)),
        (
            *above,
            *columns_headless(sheet, heading, records.cells),
            *columns_misspelt(sheet, heading),
            *found,
        ),
    )


def _columns(sheet: Sheet, heading: Heading, cells: pd.DataFrame) -> dict[str, Column]:
    """Read the columns that are there; provenance may be empty, and is filled afterwards."""
    rows = [int(row) for row in cells.index]
    columns = {}
    for item in heading.contract.fields:
        if item.name in heading.found:
            values = cells[heading.columns.index(item.name)].tolist()
            wanted = replace(item, required=item.required and item.name not in FILLED)
            columns[item.name] = read_column(sheet, heading.contract, wanted, rows, values)
        elif item.name not in FILLED:
            columns[item.name] = Column([""] * len(rows), [], [], [])
    return columns


def _repairs(columns: dict[str, Column], out: set[int | None]) -> Iterator[Repair]:
    """List repairs row by row, but none of rows that are left out."""
    for column in columns.values():
        yield from column.told
    found = [repair for column in columns.values() for repair in column.repairs]
    yield from sorted(
        (repair for repair in found if repair.row not in out), key=lambda repair: repair.row or 0
    )


def _filled(
    sheet: Sheet,
    contract: Contract,
    frame: pd.DataFrame,
    heading: Heading,
    defaults: dict[str, str],
) -> tuple[pd.DataFrame, list[Repair]]:
    """Fill in provenance, and tell of each column once."""
    told = []
    for name in (name for name in FILLED if name in contract.columns):
        value = defaults[name]
        if name not in heading.found:
            frame = frame.assign(**{name: value})
            told.append(sheet.repair(None, name, "", value, FILLED_ALL))
            continue
        empty = frame[name] == ""
        if empty.any():
            first, count = int(frame.index[empty][0]), int(empty.sum())
            frame = frame.assign(**{name: frame[name].mask(empty, value)})
            told.append(sheet.repair(first, name, "", value, FILLED_SOME.format(count=count)))
    return frame, told


def default_provenance(received_on: dt.date, source_org: str) -> dict[str, str]:
    """What provenance columns hold where a file says nothing: the least that can be claimed."""
    return {
        "source_org": source_org,
        "received_on": received_on.isoformat(),
        "evidence_class": "reported",
        "synthetic": "false",
    }
