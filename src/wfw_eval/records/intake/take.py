"""Taking in what people sent: from files to tables, with everything told that was done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.records.contract import Contract
from wfw_eval.records.intake.headings import Heading, Rows, find_heading
from wfw_eval.records.intake.matching import Unmatched, holds_no_records, match
from wfw_eval.records.intake.model import FileRead, Intake, Repair, Sheet, SheetRead
from wfw_eval.records.intake.opening import open_file
from wfw_eval.records.intake.tables import Part, default_provenance, read_part
from wfw_eval.records.intake.together import Taking, put_together

#: Rows among which the heading is looked for.
TOP = 50

JOINED = "rows joined with those of sheet {first!r}"
NO_RECORDS = "sheet without records, going by its name, set aside"
SAME_FILE = "same file as another, read once"


def take_in(
    files: Sequence[Path],
    contracts: Mapping[str, Contract],
    *,
    received_on: date,
    source_org: str | None = None,
) -> Intake:
    """Read the files people sent into tables of text in canonical form.

    A file or row that cannot be used is a problem, and the others are read all the same.

    Args:
        files: Workbooks (.xlsx), CSV, TSV and Parquet files.
        contracts: The tables they may hold, by name.
        received_on: Day they came, for files that do not say.
        source_org: Who sent them, for files that do not say; else the name of each file.

    Returns:
        The tables, with every repair and problem, and what each file gave.

    Raises:
        InputError: no file is named.
    """
    if not files:
        rule = "no file is named"
        raise InputError([Problem("intake", None, None, None, rule, "Name the files to read.")])
    taking = Taking(contracts, received_on, source_org)
    for path in files:
        _take_file(taking, Path(path))
    return put_together(taking)


def _take_file(taking: Taking, path: Path) -> None:
    place = shown(path)
    try:
        earlier = _same_bytes(taking, path, place)
        if earlier is not None:
            taking.repairs.append(Repair(place, None, None, None, place, earlier, SAME_FILE))
            taking.files.append(FileRead(place, why=f"{SAME_FILE}: {earlier}"))
            return
        sheets = open_file(path, place, lambda rows: _recognised(rows, taking.contracts))
    except InputError as error:
        taking.problems += error.problems
        taking.files.append(FileRead(place, why=error.problems[0].rule))
        return
    number, known = len(taking.files), len(taking.problems)
    alone = sum(not sheet.cells.empty for sheet in sheets) == 1
    read = [_take_sheet(taking, number, at, sheet, alone) for at, sheet in enumerate(sheets)]
    why = "" if any(sheet.table for sheet in read) else "no sheet holds a known table"
    taking.files.append(FileRead(place, tuple(read), why))
    if len(taking.problems) == known and not any(sheet.loaded for sheet in read):
        step = "Check that it is the right file, and that it was saved."
        taking.problems.append(Problem(place, None, None, None, "the file holds no records", step))
    taking.repairs += _joined(place, read)


def _same_bytes(taking: Taking, path: Path, place: str) -> str | None:
    """Name the file with the same content that was read before, if there is one."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # said in words when it is opened
        return None
    earlier = taking.hashes.setdefault(digest, place)
    empty = hashlib.sha256().hexdigest()
    known = any(file.file == earlier for file in taking.files)
    return earlier if known and digest != empty else None


def _recognised(rows: Rows, contracts: Mapping[str, Contract]) -> int:
    """Count the headings of the table that recognises most."""
    headings = (find_heading(contract, rows) for contract in contracts.values())
    return max((len(heading.found) for heading in headings if heading is not None), default=0)


def _take_sheet(taking: Taking, file: int, at: int, sheet: Sheet, alone: bool) -> SheetRead:
    taking.repairs += sheet.repairs
    rows = len(sheet.cells) + len(sheet.broken)
    if sheet.cells.empty:
        taking.problems += sheet.problems
        why = "it is damaged" if sheet.problems else "it is empty"
        return SheetRead(sheet.name, None, rows, left_out=rows, why=why)
    found = match(_names(sheet, alone), _top(sheet), taking.contracts)
    if isinstance(found, Unmatched):
        return _unmatched(taking, sheet, found, rows)
    part = _part(taking, sheet, found)
    taking.repairs += part.repairs
    taking.problems += part.problems
    taking.parts.append((file, at, sheet, part))
    name = part.contract.name
    why = part.why or ("" if part.left_out or len(part.frame) else "no rows below the heading")
    return SheetRead(sheet.name, name, rows, len(part.frame), part.set_aside, part.left_out, why)


def _names(sheet: Sheet, alone: bool) -> list[str]:
    """What may name the table: the sheet, and the file if it holds no other."""
    names = [] if sheet.name is None else [sheet.name]
    return [*names, sheet.stem] if alone else names


def _top(sheet: Sheet) -> Rows:
    top = islice(sheet.cells.itertuples(index=True, name=None), TOP)
    return [(int(row[0]), row[1:]) for row in top]


def _unmatched(taking: Taking, sheet: Sheet, found: Unmatched, rows: int) -> SheetRead:
    if sheet.name is not None and holds_no_records(sheet.name):
        told = sheet.repair(None, None, sheet.name, "", NO_RECORDS)
        taking.repairs.append(told)
        return SheetRead(sheet.name, None, rows, set_aside=rows, why=NO_RECORDS)
    taking.problems += [
        sheet.problem(None, None, None, found.rule, found.next_step),
        *sheet.problems,
    ]
    return SheetRead(sheet.name, None, rows, left_out=rows, why=found.rule)


def _part(taking: Taking, sheet: Sheet, heading: Heading) -> Part:
    source = taking.source_org or sheet.stem
    return read_part(sheet, heading, default_provenance(taking.received_on, source))


def _joined(place: str, read: Sequence[SheetRead]) -> list[Repair]:
    """Tell of sheets of one file that hold the same table."""
    first: dict[str, str] = {}
    told = []
    for sheet in read:
        if sheet.table is None or sheet.sheet is None:
            continue
        one = first.setdefault(sheet.table, sheet.sheet)
        if one != sheet.sheet:
            what = JOINED.format(first=one)
            told.append(Repair(place, sheet.sheet, None, None, sheet.sheet, sheet.table, what))
    return told
