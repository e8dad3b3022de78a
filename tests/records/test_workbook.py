"""The workbook holds people to the contracts, says why, and is the same bytes every time."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import PROJECT
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    Field,
    code,
    codes,
    date,
    flag,
    integer,
    listing,
    number,
    text,
)
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.read import LARGEST_INTEGER
from wfw_eval.records.workbook import write_template
from wfw_eval.records.workbook.columns import (
    FOR_TEAM,
    LONGEST_ERROR,
    LONGEST_PROMPT,
    LONGEST_TITLE,
    needs_code_range,
    prompt_for,
)
from wfw_eval.records.workbook.examples import EXAMPLE, cell_value, example_rows
from wfw_eval.records.workbook.sheets import CHECKED_ROWS

LONG = tuple(f"a_rather_long_code_number_{n}" for n in range(40))

#: A table with every kind of column.
EVERYTHING = Contract(
    "everything",
    "a table with every kind of column",
    ("records",),
    (
        text("thing_id", "Identifier."),
        text("note", "A note.", required=False),
        code("mode", "How people met.", ("online", "in_person")),
        code("level", "A level, or N.", ("3", "2", "1", "N"), required=False),
        code("long", "One of many codes. " * 20, LONG, required=False),
        codes("many", "Any of many codes.", LONG),
        listing("names", "Any number of values."),
        date("day", "A day."),
        integer("count", "A count.", low=1, high=5),
        integer("any_count", "Any whole number.", required=False),
        number("share", "A share.", low=0, high=1),
        number("gbp", "Pounds.", required=False, low=0),
        number("a_column_with_a_very_long_heading", "A number.", required=False, high=10),
        flag("paid", "Whether it was paid."),
        *PROVENANCE,
    ),
    key=("thing_id",),
)
RECORDS = [contract for contract in CONTRACTS.values() if "records" in contract.origins]
TABLES = [*RECORDS, EVERYTHING]
EXAMPLE_FILES = sorted((PROJECT / "data_raw" / "example").glob("*.csv"))


def asked(contract: Contract) -> list[Field]:
    return [item for item in contract.fields if item.name not in FOR_TEAM]


def columns() -> list[Any]:
    pairs = [(contract, item) for contract in TABLES for item in contract.fields]
    return [pytest.param(*pair, id=f"{pair[0].name}.{pair[1].name}") for pair in pairs]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "records.xlsx"
    write_template(path, TABLES, title="Records wanted", supplier="partner")
    return path


@pytest.fixture(scope="module")
def book(template: Path) -> Workbook:
    return load_workbook(template)


def headings(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[1] if cell.value is not None]


def validation(sheet: Worksheet, contract: Contract, item: Field, row: int = 2) -> DataValidation:
    """Find the one rule of a cell."""
    cell = sheet.cell(row, contract.fields.index(item) + 1).coordinate
    (found,) = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    return found


def offered(book: Workbook, rule: DataValidation) -> list[str]:
    """Follow a drop-down list to what it offers."""
    formula = rule.formula1
    if formula.startswith('"'):
        return str(formula).strip('"').split(",")
    sheet, cells = formula.replace("$", "").replace("'", "").split("!")
    return [cell.value for (cell,) in book[sheet][cells]]


def words(sheet: Worksheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_one_sheet_a_table_between_the_sheets_people_read_and_the_hidden_codes(
    book: Workbook,
) -> None:
    tables = [contract.name for contract in TABLES]
    assert book.sheetnames == ["Read me", "Guidance", *tables, "Codes"]
    assert book.active is book["Read me"]
    assert [name for name in book.sheetnames if book[name].sheet_state != "visible"] == ["Codes"]


def test_no_sheet_of_codes_where_no_list_is_long(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", [CONTRACTS["session"]], title="Sessions")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Read me", "Guidance", "session"]


@pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.name)
class TestTableSheet:
    def test_headings_are_the_contract_s(self, book: Workbook, contract: Contract) -> None:
        assert headings(book[contract.name]) == list(contract.columns)

    def test_columns_of_the_team_are_last_folded_away_and_look_otherwise(
        self, book: Workbook, contract: Contract
    ) -> None:
        sheet = book[contract.name]
        count = len(asked(contract))
        for place, cell in enumerate(sheet[1]):
            column, team = sheet.column_dimensions[cell.column_letter], place >= count
            assert (column.hidden, column.outlineLevel) == (team, int(team))
            assert (cell.style == "wfw evaluation team") is team
            assert (cell.value in FOR_TEAM) is team
        beyond = sheet.column_dimensions[get_column_letter(len(contract.fields) + 1)]
        assert beyond.collapsed and not beyond.hidden

    def test_heading_row_is_marked(self, book: Workbook, contract: Contract) -> None:
        sheet = book[contract.name]
        own = sheet[1][: len(asked(contract))]
        assert all(cell.font.bold and cell.fill.fill_type == "solid" for cell in own)
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        table = sheet.tables[contract.name]
        assert table.ref == sheet.dimensions
        assert table.autoFilter.ref == sheet.dimensions
        assert table.column_names == headings(sheet)
        assert not sheet.merged_cells.ranges

    def test_needed_is_told_by_more_than_colour(self, book: Workbook, contract: Contract) -> None:
        own = book[contract.name][1][: len(asked(contract))]
        for cell, item in zip(own, asked(contract), strict=True):
            assert cell.font.italic is not item.required
            assert ("Needed." in prompt_for(item)) is item.required

    def test_example_rows_are_grey_italic_and_named(
        self, book: Workbook, contract: Contract
    ) -> None:
        sheet = book[contract.name]
        rows = list(sheet.iter_rows(min_row=2))
        assert len(rows) == 2
        for row in rows:
            assert str(row[0].value).startswith(EXAMPLE)
            assert all(cell.font.italic and cell.font.color.rgb == "00595959" for cell in row)
        assert rows[0][0].value != rows[1][0].value or len(contract.key) > 1

    def test_example_rows_keep_the_contract(self, book: Workbook, contract: Contract) -> None:
        for row in book[contract.name].iter_rows(min_row=2, values_only=True):
            count = len(asked(contract))
            assert set(row[count:]) == {None}
            for item, value in zip(asked(contract), row[:count], strict=True):
                assert not (item.required and value is None), item.name
                if value is None:
                    continue
                if item.kind == "code":
                    assert value in item.allowed
                if item.kind == "codes":
                    assert set(value.split("|")) <= set(item.allowed)
                if item.kind in ("integer", "number"):
                    low, high = item.low, item.high
                    assert (low is None or value >= low) and (high is None or value <= high)


@pytest.mark.parametrize(("contract", "item"), columns())
def test_every_cell_is_held_to_its_column_s_rule(
    book: Workbook, contract: Contract, item: Field
) -> None:
    sheet = book[contract.name]
    rule = validation(sheet, contract, item)
    last = validation(sheet, contract, item, CHECKED_ROWS + 1)
    assert (last.formula1, last.prompt) == (rule.formula1, rule.prompt)
    match item.kind:
        case "code":
            assert rule.type == "list"
            assert offered(book, rule) == list(item.allowed)
        case "flag":
            assert rule.type == "list"
            assert offered(book, rule) == ["true", "false"]
        case "date":
            assert (rule.type, rule.operator) == ("date", "between")
            days = [pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(formula))
                    for formula in (rule.formula1, rule.formula2)]  # fmt: skip
            assert days == [pd.Timestamp("2020-01-01"), pd.Timestamp("2030-12-31")]
        case "integer" | "number":
            kind = "whole" if item.kind == "integer" else "decimal"
            low = -LARGEST_INTEGER if item.low is None else item.low
            high = LARGEST_INTEGER if item.high is None else item.high
            assert (rule.type, rule.operator) == (kind, "between")
            assert (float(rule.formula1), float(rule.formula2)) == (low, high)
        case _:
            assert rule.type is None
    if rule.type:
        assert rule.showErrorMessage
        assert rule.errorStyle in (None, "stop")
        assert not rule.showDropDown  # in the file format, this hides the arrow


@pytest.mark.parametrize(("contract", "item"), columns())
def test_heading_and_cells_say_what_belongs_there(
    book: Workbook, contract: Contract, item: Field
) -> None:
    for row in (1, 2):
        rule = validation(book[contract.name], contract, item, row)
        assert rule.showInputMessage
        assert rule.prompt.startswith(item.about[:100])
        assert "It must be" in rule.prompt


def test_no_text_is_longer_than_excel_holds(book: Workbook) -> None:
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert len(rules) == 2 * len(columns())
    for rule in rules:
        assert len(rule.formula1 or "") <= 255
        assert len(rule.prompt) <= LONGEST_PROMPT == 255
        assert len(rule.error or "") <= LONGEST_ERROR == 225
        assert len(rule.promptTitle) <= LONGEST_TITLE == 32
        assert len(rule.errorTitle or "") <= LONGEST_TITLE
    assert all(len(name) <= 31 for name in book.sheetnames)


@pytest.mark.parametrize(("length", "moved"), [(252, False), (253, False), (254, True)])
def test_a_list_moves_to_the_sheet_of_codes_beyond_255_characters(length: int, moved: bool) -> None:
    item = code("mode", "How.", ("x" * 100, "y" * (length - 101)))
    assert needs_code_range(item) is moved


def test_cells_are_text_where_excel_would_guess(book: Workbook) -> None:
    sheet = book["everything"]
    formats = {
        item.name: sheet.column_dimensions[cell.column_letter].number_format
        for item, cell in zip(EVERYTHING.fields, sheet[1], strict=True)
    }
    assert formats["day"] == "yyyy-mm-dd"
    assert (formats["count"], formats["share"]) == ("0", "General")
    assert {formats[name] for name in ("thing_id", "note", "mode", "paid", "many")} == {"@"}


def test_guidance_has_every_column_and_says_what_is_left_empty(book: Workbook) -> None:
    rows = list(book["Guidance"].iter_rows(min_row=2, values_only=True))
    described = [(row[0], row[1], row[3]) for row in rows]
    for contract in TABLES:
        for item in asked(contract):
            needed = "needed" if item.required else "may be empty"
            assert (contract.name, item.name, needed) in described
    assert [(row[0], row[1]) for row in rows[-4:]] == [("every table", name) for name in FOR_TEAM]
    assert all("filled in by the evaluation team" in row[4] for row in rows[-4:])
    assert all("leave empty" in row[4] for row in rows[-4:])


@pytest.mark.parametrize(
    "said",
    [
        "For: funded partners",
        "Example rows are grey, in italics, and begin with EXAMPLE: delete them.",
        "None of them means no",
        "unknown: ",
        "prefer_not: ",
        "not_asked: ",
        "2023-04-30",
        "No names, addresses",
        "Children are entered by pseudonym",
        "Light blue heading, dark slanting letters: may be left empty.",
        "four columns are folded away",
        "For the evaluation team; leave empty.",
    ],
)
def test_read_me_says(book: Workbook, said: str) -> None:
    assert said in words(book["Read me"])


def test_read_me_links_to_every_sheet(book: Workbook) -> None:
    links = {cell.hyperlink.location for (cell, *_) in book["Read me"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in ["Guidance", *(table.name for table in TABLES)]}


def test_properties_name_no_person_and_no_day(book: Workbook) -> None:
    made = book.properties
    assert (made.title, made.creator, made.lastModifiedBy) == ("Records wanted", "wfw_eval", None)
    assert made.created == made.modified == dt.datetime(2023, 1, 1)


WRITE = """
import sys
from pathlib import Path
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.workbook import write_template
tables = [table for table in CONTRACTS.values() if "records" in table.origins]
write_template(Path(sys.argv[1]), tables, title="Records wanted")
"""


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        changed = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        subprocess.run([sys.executable, "-c", WRITE, str(path)], check=True, env=changed)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_examples_are_taken_from_rows_as_text_or_typed(tmp_path: Path) -> None:
    raw = {"thing_id": "T1", "mode": "online", "day": "2024-02-29", "count": "3", "gbp": "",
           "share": "0.5", "paid": "TRUE", "many": "a|b"}  # fmt: skip
    typed = {"thing_id": "T1", "mode": "online", "day": pd.Timestamp("2024-02-29"), "count": 3,
             "gbp": float("nan"), "share": 0.5, "paid": True, "many": ("a", "b")}  # fmt: skip
    expected = {"thing_id": "EXAMPLE-T1", "mode": "online", "many": "a|b", "count": 3,
                "day": dt.date(2024, 2, 29), "share": 0.5, "gbp": None, "paid": "true"}  # fmt: skip
    for row in (raw, typed):
        assert example_rows(EVERYTHING, pd.DataFrame([row])) == [expected]
    write_template(
        tmp_path / "a.xlsx", [EVERYTHING], title="A", examples={"everything": pd.DataFrame([raw])}
    )
    sheet = load_workbook(tmp_path / "a.xlsx")["everything"]
    assert (sheet["A2"].value, sheet.max_row) == ("EXAMPLE-T1", 2)


def test_examples_are_made_up_where_there_are_no_rows() -> None:
    assert example_rows(EVERYTHING, pd.DataFrame()) == example_rows(EVERYTHING)


@pytest.fixture(scope="module")
def filled(template: Path) -> Path:
    """Fill the workbook from the simulated example, as a careful supplier would."""
    book = load_workbook(template)
    for path in EXAMPLE_FILES:
        for row, cells in enumerate(example_cells(path), start=2):
            for column, value in enumerate(cells, start=1):
                book[path.stem].cell(row, column).value = value
    path = template.with_name("filled.xlsx")
    book.save(path)
    return path


def example_cells(path: Path) -> list[list[Any]]:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    fields = CONTRACTS[path.stem].fields
    rows = zip(*(frame[item.name] for item in fields), strict=True)
    return [[cell_value(*pair) for pair in zip(fields, row, strict=True)] for row in rows]


def read_back(book: Workbook, table: str) -> list[list[Any]]:
    return [
        [value.date() if isinstance(value, dt.datetime) else value for value in row]
        for row in book[table].iter_rows(min_row=2, values_only=True)
        if any(value is not None for value in row)
    ]


def test_what_is_filled_in_is_read_back(filled: Path) -> None:
    book = load_workbook(filled)
    assert EXAMPLE_FILES
    for path in EXAMPLE_FILES:
        assert read_back(book, path.stem) == example_cells(path)


@pytest.mark.slow
def test_libreoffice_opens_it_and_keeps_what_is_in_it(
    filled: Path, book: Workbook, tmp_path: Path
) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed (package libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    done = subprocess.run([*convert, str(filled)], capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stdout + done.stderr
    kept = load_workbook(tmp_path / filled.name)
    assert kept.sheetnames == book.sheetnames
    for contract in TABLES:
        assert headings(kept[contract.name]) == headings(book[contract.name])
        for item in contract.fields:
            rule = validation(kept[contract.name], contract, item)
            if item.kind in ("code", "flag"):
                expected = offered(book, validation(book[contract.name], contract, item))
                assert offered(kept, rule) == expected
    for path in EXAMPLE_FILES:
        assert read_back(kept, path.stem) == example_cells(path)
