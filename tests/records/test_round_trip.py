"""The form handed out, filled from the example in every column, comes back byte for byte."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from openpyxl import load_workbook

from wfw_eval.records.contract import PROVENANCE
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.intake import Intake, take_in, write_intake
from wfw_eval.records.suppliers import SUPPLIERS
from wfw_eval.records.workbook import write_template

EXAMPLE = PROJECT / "data_raw" / "example"
TABLES = sorted(path.stem for path in EXAMPLE.glob("*.csv"))
RECORDS = {name: item for name, item in CONTRACTS.items() if "records" in item.origins}
RECEIVED = dt.date(2024, 7, 31)
TEAM = tuple(item.name for item in PROVENANCE)

Table = list[dict[str, str]]


def example(table: str) -> Table:
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kind(table: str, column: str) -> str:
    return RECORDS[table].field(column).kind


def typed(table: str, column: str, cell: str) -> Any:
    """Write a cell as a spreadsheet holds it once somebody has typed it: real days and numbers."""
    match kind(table, column):
        case "date" if cell:
            return dt.date.fromisoformat(cell)
        case "integer" | "number" if cell:
            return int(cell) if cell.isdecimal() else float(cell)
    return cell or None


def as_text(table: str, column: str, cell: str) -> str | None:
    return cell or None


def shortest(table: str, column: str, cell: str) -> str:
    """Write a number as it is once it was a number: 2.50 is 2.5."""
    if kind(table, column) not in ("integer", "number") or not cell:
        return cell
    text = f"{Decimal(cell):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fill(path: Path, tables: dict[str, Table], written: Any) -> None:
    """Type tables into the form under its headings, over the example rows."""
    book = load_workbook(path)
    for name, rows in tables.items():
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
        for number, row in enumerate(rows, start=2):
            for column, cell in row.items():
                sheet.cell(number, columns[column]).value = written(name, column, cell)
        for left in range(len(rows) + 2, 4):  # an example row that no record took the place of
            sheet.delete_rows(left)
    book.save(path)


def as_file(rows: Table, folder: Path) -> bytes:
    path = folder / "expected.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path.read_bytes()


def taken(form: Path, out: Path) -> Intake:
    intake = take_in([form], RECORDS, received_on=RECEIVED)
    write_intake(intake, out)
    assert intake.problems == ()
    return intake


def told(intake: Intake) -> set[str]:
    return {repair.what.partition(";")[0] for repair in intake.repairs}


#: What is told of every form: its sheets that hold no records.
#: What is told of every form: its hidden sheet of codes is looked at, and set aside.
FORM = {
    "hidden sheet read like any other",
    "sheet without records, going by its name, set aside",
}


def form_of(folder: Path, supplier: str | None) -> tuple[Path, list[str]]:
    names = list(SUPPLIERS[supplier]) if supplier else TABLES
    form = folder / "form.xlsx"
    write_template(form, [RECORDS[name] for name in names], title="Records", supplier=supplier)
    return form, names


@pytest.mark.parametrize("supplier", [None, *SUPPLIERS], ids=lambda name: name or "all")
def test_the_form_filled_from_the_example_comes_back_byte_for_byte(
    supplier: str | None, tmp_path: Path
) -> None:
    form, names = form_of(tmp_path, supplier)
    fill(form, {name: example(name) for name in names}, as_text)
    intake = taken(form, tmp_path / "out")
    assert told(intake) <= FORM | {"numbers stored as text"}
    assert sorted(intake.tables) == sorted(names)
    for name in names:
        back = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert back == (EXAMPLE / f"{name}.csv").read_bytes(), name


def test_every_table_of_the_records_is_in_the_example() -> None:
    assert set(TABLES) == set(RECORDS) and len(TABLES) == 35


@pytest.fixture(scope="module")
def typed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    form, names = form_of(tmp_path_factory.mktemp("form"), None)
    fill(form, {name: example(name) for name in names}, typed)
    return form


def check_typed(intake: Intake, folder: Path) -> None:
    """Real numbers have no trailing zeros; in all else the bytes are those of the example."""
    assert told(intake) <= FORM
    for name in TABLES:
        rows = [{column: shortest(name, column, cell) for column, cell in row.items()}
                for row in example(name)]  # fmt: skip
        assert (folder / "out" / f"{name}.csv").read_bytes() == as_file(rows, folder), name


def test_real_days_and_numbers_come_back_too(typed_in: Path, tmp_path: Path) -> None:
    check_typed(taken(typed_in, tmp_path / "out"), tmp_path)


@pytest.mark.slow
def test_the_form_comes_back_through_libreoffice(typed_in: Path, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed (package libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saved = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    done = subprocess.run([*saved, str(typed_in)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0 and "Error" not in done.stdout + done.stderr
    assert (tmp_path / "form.xlsx").read_bytes() != typed_in.read_bytes()
    check_typed(taken(tmp_path / "form.xlsx", tmp_path / "out"), tmp_path)


def test_provenance_is_taken_where_given_and_filled_where_empty(tmp_path: Path) -> None:
    form, _ = form_of(tmp_path, "council")
    given, empty = example("award")[:2]
    fill(form, {"award": [given, empty | dict.fromkeys(TEAM, "")], "response": []}, as_text)
    intake = take_in([form], RECORDS, received_on=RECEIVED, source_org="sim_council")
    first, second = intake.tables["award"].to_dict("records")
    assert first == given
    assert [second[name] for name in TEAM] == ["sim_council", "2024-07-31", "reported", "false"]
    filled = [(r.row, r.column, r.after) for r in intake.repairs if r.column in TEAM]
    assert filled == [(3, name, second[name]) for name in TEAM]
