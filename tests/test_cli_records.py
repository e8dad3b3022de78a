"""Forms handed out, returns taken in, names replaced: from the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import PROJECT

COMMAND = str(Path(sys.executable).parent / "wfw-eval")
EXAMPLE = PROJECT / "data_raw" / "example"


def wfw(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *words], cwd=folder, capture_output=True, text=True,
                          check=False, timeout=120)  # fmt: skip


def test_a_supplier_gets_a_workbook_of_its_own_tables(tmp_path: Path) -> None:
    assert wfw(tmp_path, "template", "form.xlsx", "--supplier", "partner").returncode == 0
    sheets = openpyxl.load_workbook(tmp_path / "form.xlsx").sheetnames
    assert {"attendance", "support", "spend"} <= set(sheets) and "award" not in sheets


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("template", "form.xlsx", "--supplier", "parner"), "Did you mean 'partner'?"),
        (("template", "form.csv"), "must end in .xlsx"),
        (("intake", "nothing.xlsx", "--to", "out"), "nothing.xlsx"),
        (("intake", "x.csv", "--to", "out", "--received-on", "31/07/2024"), "YYYY-MM-DD"),
        (("pseudonymise", ".", "--to", "out", "--key", "no-key"), "no-key"),
    ],
)
def test_a_refusal_is_a_message_and_exit_status_two(
    words: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    refused = wfw(tmp_path, *words)
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
    assert message in refused.stderr
    assert not (tmp_path / "out").exists()


def test_the_example_comes_back_byte_for_byte(tmp_path: Path) -> None:
    files = sorted(str(path) for path in EXAMPLE.glob("*.csv"))
    taken = wfw(tmp_path, "intake", *files, "--to", "out", "--received-on", "2024-07-31")
    assert taken.returncode == 0, taken.stderr
    for path in EXAMPLE.glob("*.csv"):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_rows_that_cannot_be_read_are_problems_and_the_rest_loads(tmp_path: Path) -> None:
    frame = pd.read_csv(EXAMPLE / "session.csv", dtype=str).head(5)
    frame.loc[2, "date"] = "some day in May"
    frame.to_csv(tmp_path / "session.csv", index=False)
    taken = wfw(tmp_path, "intake", "session.csv", "--to", "out", "--received-on", "2024-07-31")
    assert taken.returncode == 1
    assert "session.csv" in taken.stderr and "some day in May" in taken.stderr
    assert len(pd.read_csv(tmp_path / "out" / "session.csv")) == 4


def test_names_become_pseudonyms_under_a_key_of_ones_own(tmp_path: Path) -> None:
    people = pd.read_csv(EXAMPLE / "person.csv", dtype=str, keep_default_na=False).head(3)
    people["name"] = ["Ada Example", "Ben Example", "Cy Example"]
    (tmp_path / "raw").mkdir()
    people.to_csv(tmp_path / "raw" / "person.csv", index=False)
    assert wfw(tmp_path, "new-key", "key").returncode == 0
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    done = wfw(tmp_path, "pseudonymise", "raw", "--to", "safe", "--key", "key")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "safe" / "person.csv").read_text(encoding="utf-8")
    assert "Example" not in written and "P0001" not in written


def test_the_printed_data_dictionary_is_the_contracts() -> None:
    printed = wfw(PROJECT, "dictionary").stdout
    assert printed == (PROJECT / "docs" / "data_dictionary.md").read_text(encoding="utf-8"), (
        "A contract changed: wfw-eval dictionary > docs/data_dictionary.md"
    )


def fill(workbook: Path, tables: dict[str, pd.DataFrame], first_row: int) -> None:
    """Type tables into the form below its heading, as somebody with the form open would."""
    book = openpyxl.load_workbook(workbook)
    for name, frame in tables.items():
        sheet = book[name]
        for place, values in enumerate(frame.to_numpy().tolist(), start=first_row):
            for column, value in enumerate(values, start=1):
                sheet.cell(place, column).value = value or None
    book.save(workbook)


def test_a_filled_form_comes_back_byte_for_byte(tmp_path: Path) -> None:
    """Every table of the example, each row filled in from the first column to the last."""
    assert wfw(tmp_path, "template", "form.xlsx").returncode == 0
    sheets = openpyxl.load_workbook(tmp_path / "form.xlsx", read_only=True)
    tables = {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
              for path in sorted(EXAMPLE.glob("*.csv"))}  # fmt: skip
    filled = {name: frame.reindex(columns=_headings(sheets[name]), fill_value="")
              for name, frame in tables.items()}  # fmt: skip
    fill(tmp_path / "form.xlsx", filled, first_row=2)
    taken = wfw(tmp_path, "intake", "form.xlsx", "--to", "out", "--received-on", "2024-07-31")
    assert taken.returncode == 0, taken.stderr
    assert len(filled) == 35
    for path in sorted(EXAMPLE.glob("*.csv")):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_example_rows_left_in_the_form_are_set_aside_and_told(tmp_path: Path) -> None:
    assert wfw(tmp_path, "template", "form.xlsx", "--supplier", "partner").returncode == 0
    row = pd.DataFrame([["P0001", "S001", "2", "", "false"]])
    fill(tmp_path / "form.xlsx", {"attendance": row}, first_row=4)
    taken = wfw(tmp_path, "intake", "form.xlsx", "--to", "out", "--received-on", "2024-07-31")
    assert "example row of the form set aside" in taken.stdout
    assert len(pd.read_csv(tmp_path / "out" / "attendance.csv")) == 1


def _headings(sheet: object) -> list[str]:
    return [cell.value for cell in next(sheet.iter_rows(max_row=1))]  # type: ignore[attr-defined]
