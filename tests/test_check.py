"""One thing spoilt in the records is the one problem reported, with its place and a next step."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT

from wfw_eval import evaluation
from wfw_eval.errors import InputError, Problem
from wfw_eval.records.contract import Contract
from wfw_eval.records.read import Loaded, load_table

Spoil = Callable[[Path], object]

RUN_FILE = "params/example.yaml"
ATTENDANCE = "data_raw/example/attendance.csv"
BODY = "data_raw/documents/body.csv"
CHARACTERISTIC = "data_raw/example/family_characteristic.csv"
COMMITMENT = "data_raw/documents/commitment.csv"
DENOMINATOR = "data_raw/reference/denominator.csv"
DISCREPANCY = "data_raw/documents/discrepancy.csv"
MILESTONE = "data_raw/documents/milestone.csv"
ORGANISATION = "data_raw/example/organisation.csv"
PERSON = "data_raw/example/person.csv"
SESSION = "data_raw/example/session.csv"
TILE = "data_raw/reference/area_tile.csv"

TRAIL = "sim_council,2023-04-15,recorded,true"
NEW_PERSON = "P9001,,manager,professional,sim_council,{},{},,adult,Kirkcaldy,urban,," + TRAIL
NEW_CHILD = "P9001,,child_u12,lived,,2023-02-01,,,adult,Kirkcaldy,urban,1," + TRAIL
NEW_SESSION = "S901,{},workshop,design,design,online,Kirkcaldy,sim_council,2.00,false," + TRAIL


def spoil(name: str, change: Callable[[str], str]) -> Spoil:
    """Change the text of a file."""
    path = Path(name)
    return lambda project: (project / path).write_text(
        change((project / path).read_text(encoding="utf-8")), encoding="utf-8"
    )


def cell(name: str, row: int, column: str, value: str) -> Spoil:
    """Put a value into one cell; rows as a spreadsheet numbers them."""

    def change(project: Path) -> None:
        with (project / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        rows[row - 1][rows[0].index(column)] = value
        with (project / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return change


def replace(name: str, old: str, new: str) -> Spoil:
    return spoil(name, lambda text: text.replace(old, new, 1))


def append(name: str, line: str) -> Spoil:
    return spoil(name, lambda text: text + line + "\n")


def repeat(name: str, row: int) -> Spoil:
    """Put a row a second time at the end."""
    return spoil(name, lambda text: text + text.splitlines(keepends=True)[row - 1])


def write(name: str, data: bytes) -> Spoil:
    return lambda project: (project / name).write_bytes(data)


def all_of(*spoils: Spoil) -> Spoil:
    return lambda project: [each(project) for each in spoils]


#: What is spoilt, then the place, row, column, value and parts of the rule and next step.
CASES: dict[str, tuple[Spoil, str, int | None, str | None, str | None, str, str]] = {
    # Files
    "missing table": (lambda project: (project / ATTENDANCE).unlink(),
                      ATTENDANCE, None, None, None, "no such file", "Put attendance.csv there"),
    "table kept as a workbook": (
        lambda project: (project / SESSION).rename(project / "data_raw/example/Session.xlsx"),
        SESSION, None, None, None, "no such file", "Save Session.xlsx as session.csv"),
    "file of no bytes": (write(SESSION, b""), SESSION, None, None, None, "empty", "export"),
    "heading only": (spoil(PERSON, lambda text: text.splitlines()[0] + "\n"),
                     PERSON, None, None, None, "no rows", "export"),
    "heading only in one of two files": (spoil(ORGANISATION, lambda text: text.splitlines()[0]),
                                         ORGANISATION, None, None, None, "no rows", "export"),
    "UTF-16": (lambda project: (project / PERSON).write_text("person_id\nP1", encoding="utf-16"),
               PERSON, None, None, None, "UTF-16", "CSV UTF-8"),
    "pound sign of Windows": (
        lambda project: (project / ATTENDANCE).write_bytes(
            (project / ATTENDANCE).read_bytes().replace(b"S001,2.50,,", b"S001,2.50,\xa35,", 1)),
        ATTENDANCE, 3, "paid_gbp", "\ufffd5", "not UTF-8", "look at this cell"),
    "NUL": (replace(SESSION, "S002", "S0\x0002"),
            SESSION, 3, "session_id", "S0\x0002", "not UTF-8", "look at this cell"),
    "semicolons": (spoil(SESSION, lambda text: text.replace(",", ";")),
                   SESSION, 1, None, None, "semicolons", "comma delimited"),
    # Headings
    "missing column": (
        spoil(TILE, lambda text: "".join(line.rsplit(",", 1)[0] + "\n"
                                         for line in text.splitlines())),
        TILE, 1, "row", None, "is missing", "Add the column"),
    "misspelt column": (replace(PERSON, "left_reason", "left_reasons"),
                        PERSON, 1, "left_reasons", None, "not known", "'left_reason'"),
    "column in capitals": (replace(ATTENDANCE, "hours", "HOURS"),
                           ATTENDANCE, 1, "HOURS", None, "not known", "'hours'"),
    "extra column": (
        spoil(TILE, lambda text: text.replace("\n", ",\n").replace("row,", "row,rows", 1)),
        TILE, 1, "rows", None, "not known", "Delete the column"),
    "column without a heading": (spoil(TILE, lambda text: text.replace("\n", ",\n")),
                                 TILE, 1, None, None, "column 5 has no heading", "delete"),
    "column twice": (
        spoil(TILE, lambda text: text.replace("\n", ",1\n").replace("row,1", "row,row", 1)),
        TILE, 1, "row", None, "twice (columns 4 and 5)", "Delete one"),
    # Rows
    "row too short": (append(ATTENDANCE, "P0327,S002,1.00"),
                      ATTENDANCE, 1607, None, None, "3 cells where the heading has 9", "comma"),
    "row too long": (replace(PERSON, "P0001,F001,parent", "P0001,F001,parent,carer"),
                     PERSON, 2, None, None, "17 cells where the heading has 16", "quotation"),
    "blank row before a fault": (
        all_of(cell(SESSION, 5, "mode", "by_post"),
               spoil(SESSION, lambda text: text.replace("\nS002", "\n\n\nS002", 1))),
        SESSION, 7, "mode", "by_post", "must be one of: in_person", "Use one of these codes"),
    "cell of several lines before a fault": (
        all_of(cell(ORGANISATION, 2, "name", "Partner\nA"), cell(ORGANISATION, 3, "sector", "4th")),
        ORGANISATION, 3, "sector", "4th", "third, public, other", "Use one of these codes"),
    "quotation mark not closed": (replace(ORGANISATION, "Simulated partner B", '"Partner B'),
                                  ORGANISATION, 3, None, None, "quotation mark", "Close"),
    # Cells
    "unknown code": (cell(SESSION, 2, "kind", "trainning"),
                     SESSION, 2, "kind", "trainning", "must be one of", "'training'"),
    "code in capitals": (cell(PERSON, 2, "role", "PARENT"),
                         PERSON, 2, "role", "PARENT", "must be one of", "'parent'"),
    "unknown code in a list": (cell(ORGANISATION, 2, "priority_groups", "lone_parent|mothers"),
                               ORGANISATION, 2, "priority_groups", "lone_parent|mothers",
                               "one or more of", "Use one of these codes"),
    "code that is a key": (cell(CHARACTERISTIC, 2, "char", "lone_parents"),
                           CHARACTERISTIC, 2, "char", "lone_parents", "one of", "'lone_parent'"),
    "date day first": (cell(PERSON, 2, "joined_on", "15/06/2023"),
                       PERSON, 2, "joined_on", "15/06/2023", "YYYY-MM-DD", "year-month-day"),
    "date that does not exist": (cell(PERSON, 2, "left_on", "2023-02-30"),
                                 PERSON, 2, "left_on", "2023-02-30", "YYYY-MM-DD", "Correct"),
    "date a thousand years early": (cell(PERSON, 2, "joined_on", "1023-06-15"),
                                    PERSON, 2, "joined_on", "1023-06-15", "from 1990", "Correct"),
    "date two hundred years late": (cell(PERSON, 2, "joined_on", "2203-06-15"),
                                    PERSON, 2, "joined_on", "2203-06-15", "to 2099", "Correct"),
    "date of a session unreadable": (cell(SESSION, 2, "date", "26 Jan 2023"),
                                     SESSION, 2, "date", "26 Jan 2023", "YYYY-MM-DD", "Correct"),
    "number in words": (cell(ATTENDANCE, 2, "hours", "five"),
                        ATTENDANCE, 2, "hours", "five", "number from 0 to 24", "digits only"),
    "number without end": (cell(ATTENDANCE, 2, "hours", "1e400"),
                           ATTENDANCE, 2, "hours", "1e400", "number from 0 to 24", "digits"),
    "nan": (cell(SESSION, 2, "hours", "nan"), SESSION, 2, "hours", "nan", "number", "digits"),
    "inf": (cell(ATTENDANCE, 2, "paid_gbp", "inf"),
            ATTENDANCE, 2, "paid_gbp", "inf", "number of at least 0", "digits"),
    "hours below nought": (cell(SESSION, 2, "hours", "-1"),
                           SESSION, 2, "hours", "-1", "number from 0 to 24", "Correct"),
    "hours of more than a day": (cell(ATTENDANCE, 2, "hours", "25"),
                                 ATTENDANCE, 2, "hours", "25", "number from 0 to 24", "Correct"),
    "whole number with a fraction": (cell(PERSON, 2, "simd_quintile", "2.5"),
                                     PERSON, 2, "simd_quintile", "2.5", "whole number", "digits"),
    "whole number beyond all": (cell(DENOMINATOR, 2, "numerator", "1e20"),
                                DENOMINATOR, 2, "numerator", "1e20", "whole number", "digits"),
    "sixth fifth": (cell(PERSON, 2, "simd_quintile", "6"),
                    PERSON, 2, "simd_quintile", "6", "from 1 to 5", "Correct"),
    "percentage for a share": (cell(DENOMINATOR, 2, "share", "5.57"),
                               DENOMINATOR, 2, "share", "5.57", "from 0.0001 to 1", "Correct"),
    "yes for true": (cell(ATTENDANCE, 2, "paid", "yes"),
                     ATTENDANCE, 2, "paid", "yes", "true or false", "write true or false"),
    "empty cell": (cell(PERSON, 2, "area", " "),
                   PERSON, 2, "area", None, "empty and must not be", "Fill it; it must be text"),
    # Keys
    "row twice": (repeat(PERSON, 2),
                  PERSON, 402, "person_id", "P0001", "already in row 2", "Keep one"),
    "row twice, key of two columns": (
        repeat(ATTENDANCE, 2), ATTENDANCE, 1607, "person_id + session_id", "P0327 + S001",
        "already in row 2", "Keep one"),
    "organisation in both files": (
        append(ORGANISATION, f"barnardos,Barnardo's,third,,,,{TRAIL}"), ORGANISATION, 8, "org_id",
        "barnardos", f"already in {Path('data_raw/documents/organisation.csv')}, row 3",
        "Keep one"),
    "orphan": (cell(SESSION, 2, "org_id", "sim_counsel"), SESSION, 2, "org_id", "sim_counsel",
               "not in table organisation, column org_id", "add the row to organisation.csv"),
    "orphan attendance": (append(ATTENDANCE, f"P9999,S001,1.00,,true,{TRAIL}"), ATTENDANCE, 1607,
                          "person_id", "P9999", "not in table person", "Correct it, or add"),
    "orphan in a list": (cell(BODY, 2, "named_in", "2.5|9.9"),
                         BODY, 2, "named_in", "9.9", "not in table clause", "Correct it, or add"),
    "orphan owner in a list": (cell(MILESTONE, 3, "owner_body_ids", "fife_council|nobody"),
                               MILESTONE, 3, "owner_body_ids", "nobody", "not in table body",
                               "Correct it, or add"),
    "orphan clause": (cell(COMMITMENT, 2, "claim_clause_id", "W99"), COMMITMENT, 2,
                      "claim_clause_id", "W99", "not in table clause", "Correct it, or add"),
    "orphan on one side": (cell(DISCREPANCY, 2, "clause_b", "2.10z"), DISCREPANCY, 2, "clause_b",
                           "2.10z", "not in table clause", "Correct it, or add"),
    # Rules between columns and tables
    "session before the period": (append(SESSION, NEW_SESSION.format("2022-12-31")),
                                  SESSION, 82, "date", "2022-12-31",
                                  "within the period of the run file (2023-01-01 to 2024-06-30)",
                                  "or the period in the run file"),
    "session after the period": (append(SESSION, NEW_SESSION.format("2024-07-01")),
                                 SESSION, 82, "date", "2024-07-01", "within the period", "Correct"),
    "left before joining": (append(PERSON, NEW_PERSON.format("2023-02-02", "2023-02-01")),
                            PERSON, 402, "left_on", "2023-02-01",
                            "not be before joined_on (2023-02-02)", "Correct one"),
    "attended before joining": (
        all_of(append(PERSON, NEW_PERSON.format("2023-01-27", "")),
               append(ATTENDANCE, f"P9001,S001,1.00,,true,{TRAIL}")),
        ATTENDANCE, 1607, "session_id", "S001", "2023-01-26, when P9001 was not involved",
        "Correct the attendance, or the person's dates"),
    "attended longer than the session": (cell(ATTENDANCE, 2, "hours", "5.01"),
                                         ATTENDANCE, 2, "hours", "5.01", "session's 5 hours",
                                         "Correct the hours"),
    "child with an adult's consent": (append(PERSON, NEW_CHILD),
                                      PERSON, 402, "consent", "adult", "assent_plus_parent",
                                      "Ask for the consent form"),
    # The run file
    "council without figures": (
        replace(RUN_FILE, "S12000047", "S12000049"), RUN_FILE, 5, "council", "S12000049",
        "no rows in area_population (holds 1 area), area_tile (holds 1 area)", "add the council's"),
    "council of nowhere": (
        replace(RUN_FILE, "S12000047", "S12999999"), RUN_FILE, 5, "council", "S12999999",
        "denominator (holds 33 areas)", "Correct the code"),
    "no folder of records": (replace(RUN_FILE, "data_raw/example", "data_raw/exmple"),
                             RUN_FILE, 11, "records", "../data_raw/exmple", "no such folder",
                             "'example'? Folders are relative to the run file"),
    "no folder of documents": (lambda project: shutil.rmtree(project / "data_raw/documents"),
                               RUN_FILE, 9, "documents", "../data_raw/documents",
                               "no such folder", "relative to the run file"),
    "no folder of reference figures": (replace(RUN_FILE, "../data_raw/reference", "/no/where"),
                                       RUN_FILE, 10, "reference", "/no/where",
                                       "no such folder", "Name a folder that exists"),
    "folder that is a file": (replace(RUN_FILE, "data_raw/example", "data_raw/example/person.csv"),
                              RUN_FILE, 11, "records", "../data_raw/example/person.csv",
                              "is a file, not a folder", "relative to the run file"),
    "no file of boundaries": (replace(RUN_FILE, "# boundaries: ", "boundaries: "),
                              RUN_FILE, 16, "boundaries", "../my_areas.geojson", "no such file",
                              "or leave the key out"),
}  # fmt: skip

_read: dict[Any, Loaded] = {}


def load_once(contract: Contract, folders: dict[str, Path]) -> Loaded:
    """Read a table, but only once while its folders hold the same bytes."""
    files = [folders[origin] / f"{contract.name}.csv" for origin in contract.origins]
    held = tuple(path.read_bytes() if path.is_file() else None for path in files)
    if None in held or (contract.name, held) not in _read:  # of a missing file the folder tells
        _read[contract.name, held] = load_table(contract, folders)
    return _read[contract.name, held]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the example's data and run file, and stand beside them."""
    for origin in ("documents", "reference", "example"):
        to = tmp_path / "data_raw" / origin
        to.mkdir(parents=True)
        for path in (PROJECT / "data_raw" / origin).glob("*.csv"):
            shutil.copy(path, to)
    (tmp_path / "params").mkdir()
    shutil.copy(PROJECT / RUN_FILE, tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(evaluation, "load_table", load_once)
    return tmp_path


def check() -> list[Problem]:
    return evaluation.open_evaluation(RUN_FILE).problems()


def test_the_example_has_no_problems(project: Path) -> None:
    assert check() == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_spoilt_is_the_one_problem(project: Path, case: tuple[Any, ...]) -> None:
    spoil_it, place, row, column, value, rule, step = case
    spoil_it(project)
    (problem,) = check()
    assert problem.place == str(Path(place))
    assert (problem.row, problem.column, problem.value) == (row, column, value)
    assert rule in problem.rule
    assert step in problem.next_step


@pytest.mark.parametrize(
    "line", [NEW_SESSION.format("2023-01-01"), NEW_SESSION.format("2024-06-30")]
)
def test_both_days_of_the_period_belong_to_it(project: Path, line: str) -> None:
    append(SESSION, line)(project)
    assert check() == []


def test_problems_of_several_tables_are_listed_at_once(project: Path) -> None:
    """A fault in one table hides neither its other faults nor those of what refers to it."""
    names = ["orphan attendance", "unknown code", "child with an adult's consent", "yes for true",
             "orphan in a list", "date day first", "attended longer than the session",
             "no file of boundaries", "percentage for a share"]  # fmt: skip
    for name in names:
        CASES[name][0](project)
    found = [(problem.place, problem.column, problem.value) for problem in check()]
    wanted = [(str(Path(CASES[name][1])), *CASES[name][3:5]) for name in names]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_a_key_that_is_gone_is_missed_where_it_is_used(project: Path) -> None:
    cell(ORGANISATION, 2, "org_id", "")(project)
    found = {(problem.place, problem.column) for problem in check()}
    assert {(str(Path(ORGANISATION)), "org_id"), (str(Path(PERSON)), "org_id")} <= found


def test_reading_one_table_names_its_problems(project: Path) -> None:
    cell(PERSON, 2, "role", "PARENT")(project)
    opened = evaluation.open_evaluation(RUN_FILE)
    assert len(opened.read("session")) == 80
    with pytest.raises(InputError, match=r"row 2, role: .* \(found 'PARENT'\)"):
        opened.read("person")


def test_a_table_is_not_read_without_the_people_it_hangs_on(project: Path) -> None:
    (project / PERSON).unlink()
    with pytest.raises(InputError, match=r"person\.csv: there is no such file"):
        evaluation.open_evaluation(RUN_FILE).read("attendance")


def test_an_unknown_table_is_refused_with_the_nearest(project: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'attendance'"):
        evaluation.open_evaluation(RUN_FILE).read("atendance")


def test_very_many_problems_are_all_counted_and_some_of_them_listed(project: Path) -> None:
    line = "P{:05},S001,five,,maybe,sim_council,15/04/2023,recordid,true"
    append(ATTENDANCE, "\n".join(map(line.format, range(10_000))))(project)
    start = time.perf_counter()
    problems = check()
    message = str(InputError(problems))
    assert time.perf_counter() - start < 10  # about 2 s; generous for a busy machine
    assert len(problems) == 50_000
    assert message.startswith("50,000 problems:")
    assert len(message.splitlines()) == 1 + 5 * 21
    assert "attendance.csv, hours: and 9,980 more like these" in message
