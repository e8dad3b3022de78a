"""A file is read as it is written; whatever is wrong with it becomes a problem, never a crash."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import PROJECT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfw_eval.errors import Problem
from wfw_eval.records.contract import (
    Contract,
    Field,
    Kind,
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
from wfw_eval.records.read import LARGEST_INTEGER, Loaded, empty_table, load_table

SMALL = Contract(
    "small",
    "a small table",
    ("records",),
    (
        text("id", "Identifier."),
        code("mode", "How.", ("online", "in_person")),
        date("day", "When.", required=False),
        number("hours", "How long.", required=False, low=0, high=24),
    ),
    key=("id",),
)
HEADING = "id,mode,day,hours\n"
ROW = "a,online,2023-01-05,2.5\n"

quick = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(data: str | bytes, contract: Contract = SMALL) -> Loaded:
    path = Path(f"{contract.name}.csv").absolute()
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load_table(contract, dict.fromkeys(contract.origins, path.parent))


def only(data: str | bytes, contract: Contract = SMALL) -> Problem:
    (problem,) = load(data, contract).problems
    return problem


def cell_of(kind: Kind, cell: str) -> Loaded:
    """Read one optional cell of a kind."""
    item = Field("cell", kind, "A cell.", False, ("x", "y") if kind.startswith("code") else ())
    contract = Contract("cells", "cells", ("records",), (text("id", "Key."), item), ("id",))
    frame = pd.DataFrame({"id": ["1"], "cell": [cell]})
    return load(frame.to_csv(index=False), contract)


class TestCells:
    @pytest.mark.parametrize(
        ("kind", "cell", "value"),
        [
            ("text", "  a b ", "a b"),
            ("text", "nan", "nan"),
            ("text", "NA", "NA"),
            ("text", "007", "007"),
            ("date", "2024-02-29", pd.Timestamp("2024-02-29")),
            ("date", "1990-01-01", pd.Timestamp("1990-01-01")),
            ("date", "2099-12-31", pd.Timestamp("2099-12-31")),
            ("number", "-2.50", -2.5),
            ("number", "1e-05", 1e-05),
            ("number", "+3", 3.0),
            ("integer", "12", 12),
            ("integer", "12.0", 12),
            ("integer", str(LARGEST_INTEGER), LARGEST_INTEGER),
            ("flag", "true", True),
            ("flag", "FALSE", False),
            ("list", "2.5| 3.1 |", ("2.5", "3.1")),
            ("list", "", ()),
            ("codes", "y|x", ("y", "x")),
        ],
    )
    def test_a_good_cell_is_read(self, kind: Kind, cell: str, value: object) -> None:
        loaded = cell_of(kind, cell)
        assert loaded.problems == ()
        assert loaded.frame["cell"].tolist() == [value]

    @pytest.mark.parametrize(
        ("kind", "cell"),
        [
            *[("date", cell) for cell in (
                "30/04/2023", "04/30/2023", "2023-02-30", "2023-02-29", "2023-4-5", "20230405",
                "2023-04-05 10:00", "1989-12-31", "2100-01-01", "1023-01-01", "2203-01-01",
                "0000-00-00", "9999-12-31", "٢٠٢٣-٠١-٠١", "soon", "45000",
            )],
            *[("number", cell) for cell in (
                "abc", "1e400", "-1e400", "nan", "NaN", "inf", "-inf", "Infinity", "£5", "2,5",
                "1,000", "1_000", "0x1F", "5 h", "true", "٣", "1e", "5.", "--5", "NA", "<NA>",
            )],
            *[("integer", cell) for cell in (
                "2.5", "1e400", "1e20", "-1e20", "nan", "two", str(LARGEST_INTEGER + 2),
            )],
            *[("flag", cell) for cell in ("yes", "no", "1", "0", "y", "t")],
            *[("code", cell) for cell in ("X", "z", "x|y", "nan")],
            *[("codes", cell) for cell in ("X", "x|z", "x;y", "x,y")],
        ],
    )  # fmt: skip
    def test_a_bad_cell_is_a_problem_and_left_empty(self, kind: Kind, cell: str) -> None:
        loaded = cell_of(kind, cell)
        (problem,) = loaded.problems
        assert problem.row == 2
        assert problem.column == "cell"
        assert problem.value == cell
        assert problem.rule.startswith("must be ")
        assert problem.next_step
        assert loaded.frame["cell"].isna().all()

    @pytest.mark.parametrize("hours", ["0", "24", "24.0"])
    def test_the_ends_of_a_range_belong_to_it(self, hours: str) -> None:
        assert load(f"{HEADING}a,online,,{hours}\n").problems == ()

    @pytest.mark.parametrize("hours", ["-0.01", "-1", "24.01", "25", "1e300"])
    def test_outside_a_range(self, hours: str) -> None:
        problem = only(f"{HEADING}a,online,,{hours}\n")
        assert problem.rule == "must be a number from 0 to 24"
        assert problem.value == hours

    def test_an_empty_required_cell(self) -> None:
        problem = only(f"{HEADING}a, ,2023-01-05,\n")
        assert (problem.row, problem.column, problem.value) == (2, "mode", None)
        assert problem.rule == "the cell is empty and must not be"
        assert problem.next_step == "Fill it; it must be one of: online, in_person."

    @settings(quick, max_examples=25)
    @given(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffd")), max_size=20)
    )
    def test_any_text_is_a_value_or_a_problem(self, cells: list[str]) -> None:
        makers = (date, number, integer, flag, listing)
        fields = [maker("x" + maker.__name__, "A cell.") for maker in makers]
        fields += [code("xcode", "A cell.", ("a", "b")), codes("xcodes", "A cell.", ("a", "b"))]
        contract = Contract("cells", "c", ("records",), (text("id", "Key."), *fields), ("id",))
        columns = {"id": [str(n) for n in range(len(cells))]}
        frame = pd.DataFrame(columns | {item.name: cells for item in fields})
        loaded = load(frame.to_csv(index=False, quoting=csv.QUOTE_ALL), contract)
        reported = {(problem.row, problem.column) for problem in loaded.problems}
        for item in fields:
            for row, value in zip(loaded.frame["_row"], loaded.frame[item.name], strict=True):
                empty = not isinstance(value, tuple) and pd.isna(value)
                assert empty == ((row, item.name) in reported)


class TestRows:
    def test_a_blank_row_is_left_out_and_the_numbers_stay_a_spreadsheets(self) -> None:
        loaded = load(f"{HEADING}{ROW}\n , ,,\nb,nowhere,,\n")
        assert loaded.frame["_row"].tolist() == [2, 5]
        assert [problem.row for problem in loaded.problems] == [5]

    def test_a_cell_of_several_lines_is_one_row_as_in_a_spreadsheet(self) -> None:
        loaded = load(f'{HEADING}"a\nb\n\nc",online,,\nd,nowhere,,\n')
        assert loaded.frame["id"].tolist() == ["a\nb\n\nc", "d"]
        assert [problem.row for problem in loaded.problems] == [3]

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_line_ends_of_any_system(self, end: str) -> None:
        loaded = load((HEADING + ROW + "b,nowhere,,\n").replace("\n", end))
        assert [problem.row for problem in loaded.problems] == [3]

    def test_blank_rows_above_the_heading(self) -> None:
        assert load(f"\n\n{HEADING}{ROW}").frame["_row"].tolist() == [4]

    def test_quoted_commas_and_quotation_marks(self) -> None:
        loaded = load(f'{HEADING}"a, ""b""",online,,\n5" wide,online,,\n')
        assert loaded.problems == ()
        assert loaded.frame["id"].tolist() == ['a, "b"', '5" wide']

    @pytest.mark.parametrize(
        ("row", "cells"), [("b,online,2023-01-05", 3), ("b", 1), ("b,online,,1,x", 5), (",,,,x", 5)]
    )
    def test_a_row_of_another_length(self, row: str, cells: int) -> None:
        problem = only(f"{HEADING}{ROW}{row}\nc,online,,\n")
        assert (problem.row, problem.column) == (3, None)
        assert problem.rule == f"the row has {cells} cells where the heading has 4"
        assert "quotation marks" in problem.next_step

    def test_of_a_row_of_another_length_only_the_key_is_kept(self) -> None:
        frame = load(f"{HEADING}{ROW}b,online,2023-01-05,2,5\nc,in_person\n").frame
        assert frame["id"].tolist() == ["a", "b", "c"]
        assert frame["hours"].isna().tolist() == [False, True, True]
        assert frame["mode"].isna().tolist() == [False, True, True]

    @pytest.mark.parametrize("row", ['b,"online,,\n', 'b,"on"line,,\n', 'b,"online" ,,\n'])
    def test_a_quotation_mark_that_is_not_closed(self, row: str) -> None:
        problem = only(HEADING + ROW + row + "c,online,,\n" * 3)
        assert problem.row == 3
        assert "quotation mark" in problem.rule
        assert "write it twice" in problem.next_step

    def test_a_quotation_mark_that_swallows_a_long_file(self) -> None:
        problem = only(f'{HEADING}{ROW}b,"online,,\n' + "c,online,,\n" * 20_000)
        assert problem.row == 3

    def test_problems_come_in_the_order_of_the_rows(self) -> None:
        loaded = load(f"{HEADING}a,x,,\nb,online,,99\nc\nd,x,soon,-1\n")
        assert [problem.row for problem in loaded.problems] == [2, 3, 4, 5, 5, 5]


class TestHeading:
    @pytest.mark.parametrize(
        ("heading", "column", "rule", "step"),
        [
            ("id,mode,day", "hours", "is missing", "Add the column"),
            ("id,mode,day,hours,hour", "hour", "not known", "Delete the column"),
            ("id,mode,day,hour", "hour", "not known", "Did you mean 'hours'?"),
            ("id,MODE,day,hours", "MODE", "not known", "Did you mean 'mode'?"),
            ("id,mode,day,hours,mode", "mode", "twice (columns 2 and 5)", "Delete one"),
            ("id,mode,day,hours,x,x", "x", "not known", "Delete the column"),
            ("id,mode,day,hours,", None, "column 5 has no heading", "delete the column"),
            ("id;mode;day;hours", None, "separated by semicolons", "comma delimited"),
            ("id\tmode\tday\thours", None, "separated by tabs", "comma delimited"),
        ],
    )
    def test_a_wrong_heading(self, heading: str, column: str, rule: str, step: str) -> None:
        loaded = load(f"{heading}\n{ROW}")
        problem = loaded.problems[0]
        assert (problem.row, problem.column) == (1, column)
        assert rule in problem.rule
        assert step in problem.next_step
        assert len(loaded.problems) == (2 if heading.endswith("x,x") else 1)
        assert loaded.frame.empty

    def test_columns_in_another_order(self) -> None:
        loaded = load("hours,day,mode,id\n2.5,2023-01-05,online,a\n")
        assert loaded.problems == ()
        assert loaded.frame.columns.tolist() == ["id", "mode", "day", "hours", "_place", "_row"]

    def test_blanks_round_a_heading(self) -> None:
        assert load(f' id ,mode,day,"hours\n"\n{ROW}').problems == ()


class TestFiles:
    @pytest.mark.parametrize(
        ("data", "row", "column", "rule", "step"),
        [
            (b"", None, None, "the file is empty", "export"),
            (b"\n \n,,\n", None, None, "the file is empty", "export"),
            (b"\xef\xbb\xbf", None, None, "the file is empty", "export"),
            (HEADING.encode(), None, None, "no rows", "export"),
            (HEADING.encode() + b",,,\n", None, None, "no rows", "export"),
            ((HEADING + ROW).encode("utf-16"), None, None, "UTF-16", "Save it again"),
            ((HEADING + ROW).encode("utf-16-le"), 1, None, "not UTF-8", "Save it again"),
            ((HEADING + ROW).encode() + b"b,online,,\xa35\n", 3, "hours", "UTF-8", "this cell"),
            ((HEADING + ROW).encode() + b"b,on\0line,,5\n", 3, "mode", "UTF-8", "this cell"),
            ((HEADING + ROW).encode() + b"b,online,,5,\0\n", 3, None, "UTF-8", "this cell"),
        ],
    )
    def test_an_unusable_file(
        self, data: bytes, row: int, column: str, rule: str, step: str
    ) -> None:
        problem = only(data)
        assert (problem.place, problem.row, problem.column) == ("small.csv", row, column)
        assert rule in problem.rule
        assert step in problem.next_step

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert load((HEADING + ROW).encode("utf-8-sig")).problems == ()

    def test_a_missing_file(self, here: Path) -> None:
        (problem,) = load_table(SMALL, {"records": here}).problems
        assert (problem.place, problem.rule) == ("small.csv", "there is no such file")
        assert problem.next_step == "Put small.csv there, or change the folder in the run file."

    def test_a_missing_file_that_is_there_as_a_workbook(self, here: Path) -> None:
        (here / "Small.xlsx").touch()
        (problem,) = load_table(SMALL, {"records": here}).problems
        assert problem.next_step == "Save Small.xlsx as small.csv (CSV UTF-8)."

    def test_a_folder_in_place_of_a_file(self, here: Path) -> None:
        (here / "small.csv").mkdir()
        (problem,) = load_table(SMALL, {"records": here}).problems
        assert problem.rule == "there is no such file"

    @quick
    @given(st.binary(max_size=6), st.integers(0, 60), st.integers(0, 10))
    def test_whatever_bytes_are_spoilt_there_is_no_crash(
        self, put: bytes, at: int, lost: int
    ) -> None:
        good = (HEADING + ROW + "b,in_person,,\n").encode()
        loaded = load(good[:at] + put + good[at + lost :])
        assert loaded.problems or not loaded.frame.empty


class TestKeys:
    def test_a_duplicate_names_the_first_row(self) -> None:
        problem = only(f"{HEADING}{ROW}b,online,,\n{ROW}")
        assert (problem.row, problem.column, problem.value) == (4, "id", "a")
        assert problem.rule == "the key is already in row 2"
        assert problem.next_step == "Keep one of the two rows."

    def test_every_later_one_is_reported(self) -> None:
        assert [problem.row for problem in load(HEADING + ROW * 3).problems] == [3, 4]

    def test_also_beside_other_problems(self) -> None:
        found = load(f"{HEADING}{ROW}a,nowhere,,\n").problems
        assert [problem.column for problem in found] == ["mode", "id"]

    def test_empty_keys_are_empty_and_not_the_same(self) -> None:
        found = load(f"{HEADING},online,,\n,online,,\n").problems
        assert [problem.rule for problem in found] == ["the cell is empty and must not be"] * 2

    def test_a_key_of_several_columns(self) -> None:
        contract = Contract("pair", "pairs", ("records",), (text("a", "A."), integer("b", "B.")),
                            key=("a", "b"))  # fmt: skip
        problem = only("a,b\nx,1\nx,2\ny,1\nx,1\n", contract)
        assert (problem.row, problem.column, problem.value) == (5, "a + b", "x + 1")
        assert problem.rule == "the key is already in row 2"

    def test_a_key_with_a_date(self) -> None:
        contract = Contract("days", "d", ("records",), (text("a", "A."), date("b", "B.")),
                            key=("a", "b"))  # fmt: skip
        assert only("a,b\nx,2023-01-05\nx,2023-01-05\n", contract).value == "x + 2023-01-05"

    def test_of_two_files_the_first_is_named(self, here: Path) -> None:
        contract = Contract("two", "t", ("documents", "records"), (text("a", "A."),), key=("a",))
        for folder in contract.origins:
            (here / folder).mkdir()
            (here / folder / "two.csv").write_text("a\nx\n", encoding="utf-8")
        (problem,) = load_table(contract, {name: here / name for name in contract.origins}).problems
        first = Path("documents/two.csv")
        assert problem.place == str(Path("records/two.csv"))
        assert problem.rule == f"the key is already in {first}, row 2"


def test_half_a_table_is_not_used(here: Path) -> None:
    contract = Contract("two", "t", ("documents", "records"), (text("a", "A."),), key=("a",))
    for folder, content in (("documents", "a\nx\n"), ("records", "")):
        (here / folder).mkdir()
        (here / folder / "two.csv").write_text(content, encoding="utf-8")
    loaded = load_table(contract, {name: here / name for name in contract.origins})
    assert loaded.frame.empty
    assert [problem.rule for problem in loaded.problems] == ["the file is empty"]


@pytest.mark.parametrize("name", ["organisation", "milestone", "denominator", "person", "session"])
def test_a_table_without_rows_has_the_types_of_one_with_rows(name: str) -> None:
    folders = {"documents": "documents", "reference": "reference", "records": "example"}
    paths = {origin: PROJECT / "data_raw" / folder for origin, folder in folders.items()}
    loaded, empty = load_table(CONTRACTS[name], paths), empty_table(CONTRACTS[name])
    columns = list(CONTRACTS[name].columns)
    assert loaded.problems == ()
    assert empty.columns.tolist() == loaded.frame.columns.tolist()
    assert empty[columns].dtypes.equals(loaded.frame[columns].dtypes)


def test_a_table_of_two_hundred_thousand_rows_is_read_in_seconds() -> None:
    rows = (
        f"P{n // 100},S{n % 100},2.50,,true,council,2023-04-15,recorded,true\n"
        for n in range(200_000)
    )
    heading = ",".join(CONTRACTS["attendance"].columns)
    data = heading + "\n" + "".join(rows)
    start = time.perf_counter()
    loaded = load(data, CONTRACTS["attendance"])
    assert time.perf_counter() - start < 8  # about 2 s; generous for a busy machine
    assert loaded.problems == ()
    assert len(loaded.frame) == 200_000
