"""Files of every kind: what is read, what is refused, and that the others load all the same."""

from __future__ import annotations

import csv
import datetime as dt
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from making_intake import (
    ALL,
    ATTENDANCE,
    EXAMPLE,
    RECEIVED,
    SENT,
    SESSION,
    attendance,
    session,
    take,
    text,
    workbook,
)

from wfw_eval.errors import InputError
from wfw_eval.records.intake import Intake, Repair, take_in, write_intake
from wfw_eval.records.intake.archive import LARGEST

TABLES = sorted(path.stem for path in EXAMPLE.glob("*.csv"))


def rows_of(table: str) -> list[list[str]]:
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def told(repairs: tuple[Repair, ...]) -> list[tuple[str | None, int | None, str]]:
    return [(repair.sheet, repair.row, repair.what) for repair in repairs]


def test_the_example_comes_back_byte_for_byte(tmp_path: Path) -> None:
    book = workbook(tmp_path / "example.xlsx", {name: rows_of(name) for name in TABLES})
    intake = take(book)
    write_intake(intake, tmp_path / "out")
    assert not intake.problems
    assert {repair.what.partition(";")[0] for repair in intake.repairs} == {
        "numbers stored as text"
    }
    for name in TABLES:
        written = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert written == (EXAMPLE / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet"])
def test_files_without_sheets_come_back_too(tmp_path: Path, ending: str) -> None:
    files = []
    for name in TABLES:
        files.append(tmp_path / f"{name}.{ending}")
        rows = rows_of(name)
        if ending == "parquet":
            pd.DataFrame(rows[1:], columns=rows[0]).to_parquet(files[-1])
        else:
            separator = "\t" if ending == "tsv" else ","
            files[-1].write_text(text(rows, separator), encoding="utf-8")
    intake = take(*files)
    write_intake(intake, tmp_path / "out")
    assert not intake.problems
    for name in TABLES:
        written = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert written == (EXAMPLE / f"{name}.csv").read_bytes()


def test_typed_parquet(tmp_path: Path) -> None:
    frame = pd.read_csv(EXAMPLE / "session.csv", dtype={"session_id": "category"})
    frame["date"] = pd.to_datetime(frame["date"])
    frame.loc[0, "area"] = "Ceres — east"
    frame.to_parquet(tmp_path / "session.parquet")
    intake = take(tmp_path / "session.parquet")
    assert not intake.problems and not intake.repairs
    table = intake.tables["session"]
    assert table["date"].tolist() == [f"{day:%Y-%m-%d}" for day in frame["date"]]
    assert table["hours"].astype(float).tolist() == frame["hours"].tolist()
    assert set(table["observed"]) <= {"true", "false"}
    assert table.at[0, "area"] == "Ceres — east"


LINES = text([SESSION, session(1, area="Café — east"), session(2)])
OTHERWISE = [
    ("utf-8", LINES.encode(), []),
    ("utf-8 with BOM", LINES.encode("utf-8-sig"), []),
    ("utf-16", LINES.encode("utf-16"), ["encoding of the file"]),
    ("utf-16 big", b"\xfe\xff" + LINES.encode("utf-16-be"), ["encoding of the file"]),
    ("utf-16 without mark", LINES.encode("utf-16-le"), ["encoding of the file"]),
    ("windows", LINES.encode("cp1252"), ["encoding of the file"]),
    ("semicolons", LINES.replace(",", ";").encode(), ["separator of the columns"]),
    ("tabs", LINES.replace(",", "\t").encode(), ["separator of the columns"]),
    ("line ends", LINES.replace("\n", "\r\n").encode(), []),
    ("excel's own line", b"sep=,\n" + LINES.encode(), ["row above the heading set aside"]),
    (
        "windows and semicolons",
        LINES.replace(",", ";").encode("cp1252"),
        ["encoding of the file", "separator of the columns"],
    ),
]


@pytest.mark.parametrize(("data", "what"), [case[1:] for case in OTHERWISE],
                         ids=[case[0] for case in OTHERWISE])  # fmt: skip
def test_encodings_and_separators(tmp_path: Path, data: bytes, what: list[str]) -> None:
    (tmp_path / "session.csv").write_bytes(data)
    intake = take(tmp_path / "session.csv")
    assert not intake.problems
    assert [repair.what for repair in intake.repairs] == what
    assert intake.tables["session"]["area"].tolist() == ["Café — east", "Levenmouth"]


def edit(old: str, new: str) -> bytes:
    lines = text([SESSION, *(session(number) for number in range(1, 5))])
    assert old in lines
    return lines.replace(old, new).encode()


#: Rows of a text file that cannot be read: its bytes, and the rows with a problem.
BROKEN_ROWS = [
    ("longer row", edit("S002,2023-04-30,", "S002,2023-04-30,a,"), [3]),
    ("shorter row", edit("S002,2023-04-30,", "S002,"), [3]),
    ("NUL byte", edit("S002", "S0\x0002"), [3]),
    ("byte that is no UTF-8", edit("S001,", "S00é,").replace(b"S002", b"S0\xff02"), [3]),
    ("open quote", edit("S002", '"S002'), [3]),
    ("open quote in the last row", edit("S004", '"S004'), [5]),
    ("text after a quote", edit("S002", '"S0"02'), [3]),
    ("two open quotes", edit("S002", '"S002').replace(b"S004", b'"S004'), [3, 5]),
]


@pytest.mark.parametrize(("data", "bad"), [case[1:] for case in BROKEN_ROWS],
                         ids=[case[0] for case in BROKEN_ROWS])  # fmt: skip
def test_broken_rows_stay_out_and_the_rest_loads(
    tmp_path: Path, data: bytes, bad: list[int]
) -> None:
    (tmp_path / "session.csv").write_bytes(data)
    intake = take(tmp_path / "session.csv")
    assert sorted({problem.row for problem in intake.problems}) == bad
    assert len(intake.tables["session"]) == 4 - len(bad)
    assert not [repair for repair in intake.repairs if "blank" in repair.what]


def test_sheets_of_one_kind_are_joined_and_named(tmp_path: Path) -> None:
    sheets = {
        "Read me": [["How to fill in"]],
        "Attendance Q1": [ATTENDANCE, attendance("P1", 1, hours=2)],
        "Attendance Q2": [ATTENDANCE, attendance("P1", 2, hours=2)],
        "Sessions": [SESSION, session(1, hours=2)],
        "Sheet4": [],
    }
    intake = take(workbook(tmp_path / "b.xlsx", sheets, hidden=["Attendance Q2"]))
    assert not intake.problems
    assert told(intake.repairs) == [
        ("Attendance Q2", None, "hidden sheet read like any other"),
        ("Attendance Q2", None, "rows joined with those of sheet 'Attendance Q1'"),
        ("Read me", None, "sheet without records, going by its name, set aside"),
    ] or sorted(told(intake.repairs), key=str) == sorted(
        [
            ("Read me", None, "sheet without records, going by its name, set aside"),
            ("Attendance Q2", None, "hidden sheet read like any other"),
            ("Attendance Q2", None, "rows joined with those of sheet 'Attendance Q1'"),
        ],
        key=str,
    )
    assert intake.files[0].rows == {"attendance": 2, "session": 1}
    assert intake.origins["attendance"]["sheet"].tolist() == ["Attendance Q1", "Attendance Q2"]


def test_same_rows_from_two_files_are_kept_once(tmp_path: Path) -> None:
    one, two = tmp_path / "a attendance.csv", tmp_path / "b attendance.csv"
    one.write_text(text([ATTENDANCE, attendance("P1", 1), attendance("P2", 1)]))
    mine = [attendance("P1", 1, source_org="org_b"), attendance("P2", 1, hours=3)]
    two.write_text(text([ATTENDANCE, *mine, attendance("P3", 1)]))
    intake = take(one, two)
    assert [(r.file, r.row, r.what) for r in intake.repairs] == [
        (str(two), 2, f"same row as in {one}, row 2, kept once")
    ]
    places = [(problem.place, problem.row) for problem in intake.problems]
    assert places == [(str(one), 3), (str(two), 3)]
    assert str(two) in intake.problems[0].rule and str(one) in intake.problems[1].rule
    assert intake.tables["attendance"]["person_id"].tolist() == ["P1", "P3"]
    counts = [(s.loaded, s.set_aside, s.left_out) for f in intake.files for s in f.sheets]
    assert counts == [(1, 1, 1), (1, 2, 1)]


def test_same_file_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("attendance.csv", "attendance copy.csv"):
        (tmp_path / name).write_text(text([ATTENDANCE, attendance("P1", 1)]))
    intake = take(tmp_path / "attendance.csv", tmp_path / "attendance copy.csv")
    assert [repair.what for repair in intake.repairs] == ["same file as another, read once"]
    assert len(intake.tables["attendance"]) == 1


def test_merged_cells_are_filled(tmp_path: Path) -> None:
    path = workbook(tmp_path / "attendance.xlsx", {"Sheet1": [
        ATTENDANCE, attendance("P1", 1, hours=2), attendance("P2", 1, hours=2),
        attendance("P3", 2, hours=2),
    ]})  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["Sheet1"].merge_cells("B2:B3")
    book.save(path)
    intake = take(path)
    assert not intake.problems
    assert told(intake.repairs) == [("Sheet1", 3, "filled from the merged cell above")]
    assert intake.tables["attendance"]["session_id"].tolist() == ["S001", "S001", "S002"]


def test_formulas(tmp_path: Path) -> None:
    rows = [SESSION, session(1, hours="=1+1"), session(2, hours=2), session(3, hours="#REF!")]
    intake = take(workbook(tmp_path / "session.xlsx", {"Sessions": rows}))
    found = [(p.row, p.column, p.value, p.rule) for p in intake.problems]
    assert found == [
        (2, "hours", "=1+1", "the formula in this cell has no result"),
        (4, "hours", "#REF!", "the formula in this cell gives an error"),
    ]
    assert "sheet 'Sessions'" in intake.problems[0].place
    assert intake.tables["session"]["session_id"].tolist() == ["S002"]


def test_a_month_is_enough_where_the_table_says_so(tmp_path: Path) -> None:
    heading = [*ALL["spend"].columns]
    row = ["P1", "org_a", 12, "March 2023", "Staff", "org_a", "2023-04-15", "recorded", "true"]
    intake = take(workbook(tmp_path / "b.xlsx", {"Spending": [heading, row]}))
    assert intake.tables["spend"].at[0, "date"] == "2023-03-31"
    assert "month read as its last day" in [repair.what for repair in intake.repairs]


def take_csv(tmp_path: Path, table: str, **cells: str) -> Intake:
    """Take in one row of a table, whose other cells are empty."""
    columns = ALL[table].columns
    path = tmp_path / f"{table}.csv"
    path.write_text(text([columns, [cells.get(name, "") for name in columns]]))
    return take(path)


def test_shares_and_lists(tmp_path: Path) -> None:
    intake = take_csv(tmp_path, "receipt", receipt_id="R1", org_id="a", period="2023-Q2",
                      due="2023-07-01", complete="45%")  # fmt: skip
    assert intake.tables["receipt"].at[0, "complete"] == "0.45"
    assert intake.repairs[-1].what == "percentage read as a share"
    intake = take_csv(tmp_path, "organisation", org_id="a", name="A; B", sector="Third sector",
                      area="Fife", priority_groups="Lone parent; mother under 25",
                      named_in="2.4a, 2.4b")  # fmt: skip
    row = intake.tables["organisation"].loc[0]
    assert row["priority_groups"] == "lone_parent|mother_under_25"
    assert (row["sector"], row["name"], row["named_in"]) == ("third", "A; B", "2.4a|2.4b")


def test_empty_provenance_is_filled_and_told_once(tmp_path: Path) -> None:
    rows = [SESSION, session(1, source_org=""), session(2), session(3, source_org=" ")]
    (tmp_path / "session.csv").write_text(text(rows))
    intake = take(tmp_path / "session.csv", source_org=None)
    assert not intake.problems
    found = [(r.row, r.column, r.after, r.what) for r in intake.repairs if r.after]
    assert found == [(2, "source_org", "session", "filled where empty; this is the first of 2")]
    assert intake.tables["session"]["source_org"].tolist() == ["session", "org_a", "session"]


def test_a_comma_between_digits_is_unclear_where_semicolons_separate(tmp_path: Path) -> None:
    rows = [ATTENDANCE, attendance("P1", 1, paid_gbp="1,250"), attendance("P2", 1)]
    (tmp_path / "attendance.csv").write_text(text(rows, ";"))
    intake = take(tmp_path / "attendance.csv")
    assert [(p.row, p.column) for p in intake.problems] == [(2, "paid_gbp")]
    assert "unclear" in intake.problems[0].rule


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Amount paid (£)", True),
        ("Paid £", True),
        ("Amount paid (if any)", True),
        ("Amount paid (£000s)", False),
        ("Amount paid (€)", False),
        ("Amount paid (k)", False),
    ],
)
def test_a_heading_in_another_unit_is_not_recognised(
    tmp_path: Path, heading: str, known: bool
) -> None:
    names = [name.replace("paid_gbp", heading) for name in ATTENDANCE]
    (tmp_path / "attendance.csv").write_text(text([names, attendance("P1", 1, paid_gbp="2")]))
    intake = take(tmp_path / "attendance.csv")
    left_out = "column that the table does not have, left out" in [r.what for r in intake.repairs]
    assert left_out is not known
    assert intake.tables["attendance"].at[0, "paid_gbp"] == ("2" if known else "")


def test_dates_a_spreadsheet_may_have_turned_round_are_problems(tmp_path: Path) -> None:
    real = [session(n, hours=1, date=dt.datetime(2023, n, 3)) for n in range(1, 7)]
    rows = [SESSION, *real, session(7, hours=1, date="13/04/2023")]
    intake = take(workbook(tmp_path / "session.xlsx", {"session": rows}))
    assert [p.row for p in intake.problems] == [2, 3, 5, 6, 7]
    assert "taken the day for the month" in intake.problems[0].rule
    assert intake.tables["session"]["date"].tolist() == ["2023-03-03", "2023-04-13"]


def test_a_file_without_records_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "session.csv").write_text(text([SESSION]))
    empty = workbook(tmp_path / "book.xlsx", {"Sheet1": []})
    cover = workbook(tmp_path / "cover.xlsx", {"Read me": [["Hello"]]})
    intake = take(tmp_path / "session.csv", empty, cover)
    assert [problem.rule for problem in intake.problems] == ["the file holds no records"] * 3
    assert not intake.tables


def test_a_workbook_as_excel_writes_it(tmp_path: Path) -> None:
    """Shared strings, results of formulas, empty results, and a prefix for every tag."""
    path = workbook(tmp_path / "attendance.xlsx", {"attendance": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    words = [*ATTENDANCE, "P1", "S001", *SENT[:1], *SENT[2:3]]
    main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = "".join(f"<x:si><x:t>{word}</x:t></x:si>" for word in words)
    members["xl/sharedStrings.xml"] = f"<x:sst {main}>{strings}</x:sst>".encode()
    top = "".join(f'<x:c r="{"ABCDEFGHI"[n]}1" t="s"><x:v>{n}</x:v></x:c>' for n in range(9))
    row = (
        '<x:c r="A2" t="s"><x:v>9</x:v></x:c><x:c r="B2" t="s"><x:v>10</x:v></x:c>'
        '<x:c r="C2"><x:f>1+1.5</x:f><x:v>2.5</x:v></x:c>'
        '<x:c r="D2" t="str"><x:f>IF(C2&gt;3,1,"")</x:f><x:v></x:v></x:c>'
        '<x:c r="E2" t="b"><x:v>1</x:v></x:c><x:c r="F2" t="s"><x:v>11</x:v></x:c>'
        '<x:c r="G2"><x:v>45031</x:v></x:c><x:c r="H2" t="s"><x:v>12</x:v></x:c>'
        '<x:c r="I2" t="b"><x:f>C2&gt;9</x:f><x:v>0</x:v></x:c>'
    )
    below = '<x:row r="3"><x:c r="D3" t="str"><x:f>IF(C3&gt;3,1,"")</x:f><x:v/></x:c></x:row>'
    members["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet {main}><x:dimension ref="A1:XFD1048576"/><x:sheetData>'
        f'<x:row r="1">{top}</x:row><x:row r="2">{row}</x:row>{below}</x:sheetData></x:worksheet>'
    ).encode()
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats'
        b'-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    intake = take(path)
    assert not intake.problems
    assert [repair.column for repair in intake.repairs] == ["received_on"]
    assert intake.tables["attendance"].loc[0].tolist() == [
        "P1", "S001", "2.5", "", "true", "org_a", "2023-04-15", "recorded", "false"
    ]  # fmt: skip


# Files that are refused


def as_macro(path: Path) -> Path:
    workbook(path.with_suffix(".xlsx"), {"session": [SESSION, session(9)]})
    with zipfile.ZipFile(path.with_suffix(".xlsx"), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return path.with_suffix(".xlsx")


def as_bomb(path: Path) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(LARGEST // 2**20 + 1):
            member.write(b" " * 2**20)
    return path


def as_small_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2**23)
    return path


def with_entities(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>')
    return path


def cut_short(path: Path) -> Path:
    workbook(path, {"session": [SESSION, session(9)]})
    path.write_bytes(path.read_bytes()[:-200])
    return path


def damaged_inside(path: Path) -> Path:
    workbook(path, {"session": [SESSION, session(9)]})
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 20] = b"x" * 20
    path.write_bytes(bytes(data))
    return path


def holding(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def folder(path: Path) -> Path:
    path.mkdir()
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = [
    ("locked.xlsx", holding(OLE), "password"),
    ("cut.xlsx", cut_short, "damaged"),
    ("damaged.xlsx", damaged_inside, "damaged"),
    ("text.xlsx", holding(b"<html>"), "no workbook"),
    ("zip.xlsx", holding(b"PK\x03\x04" + b"\0" * 100), "damaged"),
    ("bomb.xlsx", as_bomb, "unpack to 201 MB"),
    ("small.xlsx", as_small_bomb, "unpack to 8 MB"),
    ("entities.xlsx", with_entities, "damaged"),
    ("macro.xlsx", as_macro, "macros"),
    ("macro.xlsm", holding(b"PK\x03\x04"), "macros"),
    ("old.xls", holding(OLE), "before 2007"),
    ("sheet.ods", holding(b"PK\x03\x04"), "OpenDocument"),
    ("what.dat", holding(b"a"), "'.dat' are not read"),
    ("noending", holding(b"a"), "are not read"),
    ("empty.csv", holding(b""), "the file is empty"),
    ("empty.xlsx", holding(b""), "the file is empty"),
    ("blank.csv", holding(b"\n , \n"), "the file is empty"),
    ("book.csv", holding(b"PK\x03\x04"), "not what its ending '.csv' says"),
    ("bad.parquet", holding(b"PAR1xxxx"), "damaged"),
    ("folder.csv", folder, "folder"),
    ("none.csv", lambda path: path, "no such file"),
    ("letters.csv", holding(b"dear all\nplease find\n"), "neither its name nor its headings"),
    ("sessions.csv", holding(b"dear all\nplease find\n"), "no row holds the headings"),
]


@pytest.mark.parametrize(("name", "make", "rule"), REFUSED, ids=[case[0] for case in REFUSED])
def test_bad_files_are_refused_and_others_load(
    tmp_path: Path, name: str, make: Callable[[Path], Path], rule: str
) -> None:
    good = tmp_path / "attendance.csv"
    good.write_text(text([ATTENDANCE, attendance("P1", 1)]))
    bad = make(tmp_path / name)
    intake = take(bad, good)
    assert len(intake.problems) == 1
    problem = intake.problems[0]
    assert str(bad) in problem.place and rule in problem.rule and problem.next_step
    assert len(intake.tables["attendance"]) == 1
    assert [bool(file.why) for file in intake.files] == [True, False]


def test_no_file_at_all() -> None:
    with pytest.raises(InputError, match="no file is named"):
        take_in([], ALL, received_on=RECEIVED)


def test_an_unknown_or_ambiguous_sheet_is_a_problem(tmp_path: Path) -> None:
    vague = [
        ["id", "date", "text", "tier", "drafted by"],
        ["F1", "2023-01-01", "x", "none", "both"],
    ]
    swapped = [ATTENDANCE, attendance("P1", 1)]
    sheets = {"Sheet1": vague, "Session": swapped, "Attendance": swapped}
    intake = take(workbook(tmp_path / "b.xlsx", sheets))
    first, second = intake.problems
    assert "'finding' or 'recommendation'" in first.rule
    assert "that of 'session', but its headings are those of 'attendance'" in second.rule
    assert len(intake.tables["attendance"]) == 1


@pytest.mark.parametrize("name", ALL)
def test_every_table_is_known_by_its_headings(tmp_path: Path, name: str) -> None:
    path = tmp_path / "zz.csv"
    path.write_text(text([[*ALL[name].columns], ["?"] * len(ALL[name].columns)]))
    assert take(path).files[0].sheets[0].table == name


@pytest.mark.parametrize("name", ALL)
def test_every_table_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    spelt = ALL[name].title.title()
    path = workbook(tmp_path / "zz.xlsx", {spelt[:31]: [[*ALL[name].columns], ["?"]], "x": [["y"]]})
    assert take(path).files[0].sheets[0].table == name


def test_a_million_empty_rows_are_quick(tmp_path: Path) -> None:
    path = workbook(tmp_path / "session.xlsx", {"session": [SESSION, session(1, hours=2)]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577))
    members["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</sheetData>", f"{empty}</sheetData>"
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    start = time.monotonic()
    intake = take(path)
    assert time.monotonic() - start < 5
    assert len(intake.tables["session"]) == 1 and not intake.problems


def test_a_row_far_down_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "session.xlsx", {"session": [SESSION, session(1, hours=2)]})
    book = openpyxl.load_workbook(path)
    for column, cell in enumerate(session(2, hours=2), start=1):
        book["session"].cell(5000, column, cell)
    book.save(path)
    intake = take(path)
    assert intake.origins["session"]["row"].tolist() == [2, 5000]
    assert told(intake.repairs) == [("session", 3, "4,997 blank rows passed over")]


# Writing


def made(tmp_path: Path) -> Intake:
    path = tmp_path / "session.csv"
    path.write_text(text([SESSION, session(1, mode="Online"), session(2, hours="two")]))
    return take(path)


def test_written_lists(tmp_path: Path) -> None:
    write_intake(made(tmp_path), tmp_path / "out")
    read = {path.name: pd.read_csv(path, dtype=str) for path in (tmp_path / "out").iterdir()}
    assert set(read) == {
        "session.csv", "repairs.csv", "problems.csv", "files.csv", "rows.csv", "written.csv"
    }  # fmt: skip
    assert read["repairs.csv"]["after"].tolist() == ["online"]
    assert read["problems.csv"]["row"].tolist() == ["3"]
    assert read["files.csv"][["rows", "loaded", "left_out"]].values.tolist() == [["3", "1", "1"]]
    assert read["rows.csv"][["table_row", "row"]].values.tolist() == [["2", "2"]]
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_an_earlier_intake_is_replaced_but_nothing_else(tmp_path: Path) -> None:
    intake, out = made(tmp_path), tmp_path / "out"
    write_intake(intake, out)
    write_intake(intake, out)
    (out / "session.csv").write_text("corrected by hand")
    with pytest.raises(InputError, match="changed since"):
        write_intake(intake, out)
    assert (out / "session.csv").read_text() == "corrected by hand"
    other = tmp_path / "other"
    other.mkdir()
    write_intake(intake, other)
    (other / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="no earlier intake wrote"):
        write_intake(intake, other)
    with pytest.raises(InputError, match="not a folder"):
        write_intake(intake, tmp_path / "session.csv")


def test_a_failed_write_leaves_the_earlier_intake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake, out = made(tmp_path), tmp_path / "out"
    write_intake(intake, out)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(InputError, match="No space left"):
        write_intake(intake, out)
    assert (out / "session.csv").is_file()
    assert not list(tmp_path.glob(".intake-*"))


def test_large_tables_are_written_as_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfw_eval.records.intake.write.LARGE", 0)
    intake = made(tmp_path)
    write_intake(intake, tmp_path / "out")
    back = pd.read_parquet(tmp_path / "out" / "session.parquet")
    assert back.astype(str).values.tolist() == intake.tables["session"].values.tolist()


def test_dates_of_1904(tmp_path: Path) -> None:
    path = workbook(tmp_path / "session.xlsx", {"session": [SESSION, session(1, date=43557)]})
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    expected = dt.date(1904, 1, 1) + dt.timedelta(days=43557)
    assert take(path).tables["session"].at[0, "date"] == str(expected)
