"""Whatever is done to a good file, intake answers with tables and problems, and loses no row.

204 changed files in the normal run, 2,000 of each kind if WFW_EVAL_SOAK is set.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making_intake import ATTENDANCE, SESSION, attendance, session, take, text, workbook

from wfw_eval.records.intake import Intake, SheetRead, write_intake

SOAK = bool(os.environ.get("WFW_EVAL_SOAK"))
EXAMPLES = settings(
    max_examples=2_000 if SOAK else 34,
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=list(HealthCheck),
    database=None,
)
Grid = list[list[Any]]

#: What may turn up in a cell.
ODD = [
    None, "", " ", "Total", "Sum", "x", "yes", "03/04/2023", "13/04/2023", "04/13/2023", "#REF!",
    "£1,250.00", "12,5", "1 250", "n/a", "–", "S001", "P1", "In person", "session_id", "date",
    "hours", 0, 1, -1, 45019, 2.5, 1e300, True, False, dt.datetime(2023, 4, 3, 1), dt.time(2, 30),
    dt.timedelta(hours=30), "=1+1", "a\nb", "\u200b", "é\u00a0", '"', "April 2023", "1e400", "|",
    "a;b|c", "١٢", "²", "٣/٤/٢٠٢٣", "1_000", "nan", "inf", "0x1", "🙂", "\ud7ff", "(2)", "__",
]  # fmt: skip
PLACE = st.integers(0, 11)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            ["cell", "cell", "cell", "drop row", "copy row", "blank row", "insert row",
             "heading", "drop column", "copy column", "swap rows", "blank heading"]
        ),
        PLACE, PLACE, st.one_of(st.sampled_from(ODD), st.text(max_size=8).filter(str.isprintable)),
    ),
    max_size=6,
)  # fmt: skip
BYTES = st.lists(
    st.tuples(
        st.sampled_from(["alter", "insert", "delete", "cut"]),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=5,
)


def grids() -> dict[str, Grid]:
    return {
        "Session": [SESSION[:], *(session(n, hours=n) for n in range(1, 6))],
        "Attendance": [ATTENDANCE[:], *(attendance(f"P{n}", n, hours=n) for n in range(1, 6))],
    }


def change(grid: Grid, what: str, at: int, column: int, value: Any) -> None:
    if not grid or not grid[0]:
        return
    row = grid[at % len(grid)]
    place = column % len(grid[0])
    if what == "cell" and place < len(row):
        row[place] = value
    elif what == "drop row":
        grid.remove(row)
    elif what == "copy row":
        grid.append(row[:])
    elif what == "blank row":
        grid.insert(at, [None] * len(grid[0]))
    elif what == "insert row":
        grid.insert(at, [value])
    elif what == "heading" and place < len(grid[0]):
        grid[0][place] = value
    elif what == "blank heading":
        grid[0][place] = None
    elif what == "swap rows":
        grid[0], grid[at % len(grid)] = grid[at % len(grid)], grid[0]
    else:
        for line in grid:
            if place < len(line):
                line.insert(place, line[place]) if what == "copy column" else line.pop(place)


def damage(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for what, where, new in changes:
        at = int(where * len(data))
        if what == "alter":
            data = data[:at] + new + data[at + len(new) :]
        elif what == "insert":
            data = data[:at] + new + data[at:]
        elif what == "delete":
            data = data[:at] + data[at + len(new) :]
        elif at > len(data) // 2:
            data = data[:at]
    return data


def account(intake: Intake, folder: Path) -> None:
    """Check that every row is loaded, set aside with a repair, or left out with a problem."""
    for file in intake.files:
        assert file.sheets or file.why
        for sheet in file.sheets:
            assert sheet.rows == sheet.loaded + sheet.set_aside + sheet.left_out, sheet
            assert sheet.loaded == len(loaded(intake, file.file, sheet))
            if sheet.left_out:
                assert any(place(file.file, sheet) == p.place for p in intake.problems)
        if not file.sheets:
            assert any(problem.place == file.file for problem in intake.problems)
    for repair in intake.repairs:
        assert repair.what and isinstance(repair.before, str) and isinstance(repair.after, str)
    for problem in intake.problems:
        assert problem.rule and problem.next_step and str(problem)
    write_intake(intake, folder / "out")
    for name, table in intake.tables.items():
        assert len(table) and all(type(cell) is str for cell in table.to_numpy().flat)
        with (folder / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as written:
            assert len(list(csv.reader(written))) == len(table) + 1


def place(file: str, sheet: SheetRead) -> str:
    return file if sheet.sheet is None else f"{file}, sheet {sheet.sheet!r}"


def loaded(intake: Intake, file: str, sheet: SheetRead) -> set[int]:
    origin = intake.origins.get(sheet.table or "")
    if origin is None:
        return set()
    here = (origin["file"] == file) & (origin["sheet"] == (sheet.sheet or ""))
    return set(origin["row"][here])


def account_rows(intake: Intake, held: dict[str | None, set[int]]) -> None:
    """Check the rows one by one against those that were found by another reader."""
    for file in intake.files:
        for sheet in file.sheets:
            rows = held[sheet.sheet]
            assert sheet.rows == len(rows)
            if sheet.why:  # one problem, or one repair, for the sheet as a whole
                continue
            where = place(file.file, sheet)
            told = {p.row for p in intake.problems if p.place == where}
            told |= {r.row for r in intake.repairs if r.sheet == sheet.sheet and not r.after}
            silent = rows - loaded(intake, file.file, sheet) - told
            assert len(silent) <= 1, silent  # the heading itself


@EXAMPLES
@given(CHANGES, CHANGES, st.sampled_from(["Session", "Sheet1", "Sessions (2)", "Notes", "Ünï"]))
def test_changed_workbooks(first: list[Any], second: list[Any], name: str) -> None:
    sheets = grids()
    for grid, changes in zip(sheets.values(), (first, second), strict=True):
        for what in changes:
            change(grid, *what)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "sent.xlsx"
        workbook(path, {name: sheets["Session"], "Attendance": sheets["Attendance"]})
        intake = take(path)
        account(intake, Path(made))
        account_rows(intake, {sheet.title: filled(sheet) for sheet in openpyxl.load_workbook(path)})


def filled(sheet: Any) -> set[int]:
    signs = " \t\n\u00a0\u200b"
    return {
        number
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        if any(cell is not None and str(cell).strip(signs) for cell in row)
    }


@EXAMPLES
@given(
    CHANGES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_changed_text(changes: list[Any], separator: str, encoding: str) -> None:
    grid = grids()["Session"]
    for what in changes:
        change(grid, *what)
    written = text([["" if cell is None else cell for cell in row] for row in grid], separator)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "session.csv"
        path.write_bytes(written.encode(encoding, errors="replace"))
        intake = take(path)
        account(intake, Path(made))
        lines = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
        held = {n for n, row in enumerate(lines, 1) if any(c.strip(" \n\u00a0\u200b") for c in row)}
        if not any("separator" in repair.what for repair in intake.repairs) and separator != ",":
            return  # so much was changed that the separator cannot be told
        account_rows(intake, {None: held})


@EXAMPLES
@given(BYTES, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_damaged_text(changes: list[Any], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "session.csv"
        written = text(grids()["Session"]).replace("Levenmouth", "Café", 2)
        path.write_bytes(damage(written.encode(encoding), changes))
        account(take(path), Path(made))


@EXAMPLES
@given(BYTES)
def test_damaged_workbooks(changes: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = workbook(Path(made) / "sent.xlsx", grids())
        path.write_bytes(damage(path.read_bytes(), changes))
        account(take(path), Path(made))


@EXAMPLES
@given(BYTES, st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml",
                               "xl/worksheets/sheet2.xml", "[Content_Types].xml",
                               "xl/_rels/workbook.xml.rels"]))  # fmt: skip
def test_workbooks_damaged_inside(changes: list[Any], member: str) -> None:
    """The archive is whole, so that only the reader of the XML can notice."""
    with tempfile.TemporaryDirectory() as made:
        path = workbook(Path(made) / "sent.xlsx", grids())
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members[member] = damage(members[member], changes)
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        account(take(path), Path(made))


@EXAMPLES
@given(BYTES)
def test_damaged_parquet(changes: list[Any]) -> None:
    import pandas as pd

    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "session.parquet"
        rows = [[str(cell) for cell in row] for row in grids()["Session"]]
        pd.DataFrame(rows[1:], columns=rows[0]).to_parquet(path)
        path.write_bytes(damage(path.read_bytes(), changes))
        account(take(path), Path(made))
