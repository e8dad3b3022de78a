"""Messy sheets: each loads with exactly the repairs that are listed, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from making_intake import ATTENDANCE, PROVENANCE, SESSION, Rows, attendance, session, take, workbook

Told = tuple[int | None, str | None, str, str, str]

LABEL = "label or other spelling read as its code"
HEADING = "heading read as its column"
TITLE = "row above the heading set aside"
TOTAL = "row of totals set aside"
YES = "yes or no read as true or false"
NUMBER = "number written with other signs"
SPACES = "spaces or invisible signs taken away"
DAY_FIRST = "date read day first"
SPELT = "date written otherwise"
AS_TEXT = "numbers stored as text; this is the first of {}"

#: The numbers of the rows made here are text, so that this is told of each sheet.
HOURS_TEXT: Told = (2, "hours", "2.5", "2.5", AS_TEXT.format(1))


@dataclass(frozen=True)
class Mess:
    """A sheet of sessions or attendance, and what must come of it."""

    name: str
    rows: Rows
    repairs: list[Told] = field(default_factory=list)
    cells: dict[tuple[int, str], str] = field(default_factory=dict)
    problems: list[tuple[int | None, str | None]] = field(default_factory=list)
    loaded: int = 1
    table: str = "session"


def one(column: str, value: Any, after: str, what: str) -> Mess:
    """Make the mess of one cell in row 2."""
    repair = (2, column, str(value), after, what)
    listed = [] if column == "hours" else [HOURS_TEXT]
    rows = [SESSION, session(1, **{column: value})]
    listed += [repair] if what else []
    return Mess(f"{column} {value}", rows, listed, {(0, column): after})


def bad(column: str, value: Any, table: str = "session") -> Mess:
    """Make a cell that cannot be read, between two rows that can."""
    rows = [SESSION, session(1), session(2, **{column: value}), session(3)]
    hours = [(2, "hours", "2.5", "2.5", AS_TEXT.format(2 if column == "hours" else 3))]
    return Mess(f"{column} {value} refused", rows, hours, {}, [(3, column)], loaded=2)


DATES = [
    one("date", "03/04/2023", "2023-04-03", DAY_FIRST),
    one("date", "3/4/23", "2023-04-03", DAY_FIRST),
    one("date", "03.04.2023", "2023-04-03", DAY_FIRST),
    one("date", "13/04/2023", "2023-04-13", DAY_FIRST),
    one("date", "04/13/2023", "2023-04-13", "date that can only be read month first"),
    one("date", "3 April 2023", "2023-04-03", SPELT),
    one("date", "Monday 3rd April 2023", "2023-04-03", SPELT),
    one("date", "3-Apr-23", "2023-04-03", SPELT),
    one("date", "3–Apr–23", "2023-04-03", SPELT),
    one("date", "April 3, 2023", "2023-04-03", SPELT),
    one("date", "5 Sept 2023", "2023-09-05", SPELT),
    one("date", "2023/04/03", "2023-04-03", SPELT),
    one("date", 20230403, "2023-04-03", SPELT),
    one("date", "2023-04-03 00:00:00", "2023-04-03", SPELT),
    one("date", "2023-04-03T18:30:00", "2023-04-03", "time of day left out"),
    one("date", 45019, "2023-04-03", "serial number of a spreadsheet read as a date"),
    one("date", "45019", "2023-04-03", "serial number of a spreadsheet read as a date"),
    one("date", dt.datetime(2023, 4, 3), "2023-04-03", ""),
    one("date", dt.date(2023, 4, 3), "2023-04-03", ""),
    one("date", dt.datetime(2023, 4, 3, 18, 30), "2023-04-03", "time of day left out"),
    *(bad("date", value) for value in (
        "April 2023", "31/02/2023", "soon", "2023", "13/13/2023", 12, True, "3 Foo 2023",
        "1/4/1023", dt.time(3, 4), "2023-02-30", "#REF!",
    )),
]  # fmt: skip
FLAGS = [
    *(one("observed", value, "true", YES) for value in ("Yes", "y", "TRUE", "T", "☑", "✔️", 1)),
    *(one("observed", value, "false", YES) for value in ("NO", "n", "False", "☐", 0)),
    one("observed", True, "true", ""),
    one("observed", " true", "true", SPACES),
    *(bad("observed", value) for value in ("x", "maybe", 2, "")),
]
NUMBERS = [
    one("hours", 2.5, "2.5", ""),
    one("hours", "2.50 hours", "2.50", NUMBER),
    one("hours", "2h", "2", NUMBER),
    one("hours", dt.time(2, 30), "2.5", "time of the clock read as a length in hours"),
    one("hours", " 3 ", "3", SPACES),
    one("hours", "+3", "3", NUMBER),
    *(bad("hours", value) for value in ("12,5", "two", "25", -1, "45%", "1e400", True, "2-3")),
]
CODES = [
    one("mode", "In person", "in_person", LABEL),
    one("mode", "in-person", "in_person", LABEL),
    one("mode", "Face to face", "in_person", LABEL),
    one("kind", "FOCUS GROUP", "focus_group", LABEL),
    one("stage", "Set–up", "set_up", LABEL),
    *(bad("mode", value) for value in ("onlin", "telepathy", 3, "")),
]
TEXT = [
    one("area", "Levenmouth\u00a0 ", "Levenmouth", SPACES),
    one("area", "Kirkcaldy – east", "Kirkcaldy – east", ""),
    one("session_id", "S–001", "S-001", "dash written as a hyphen"),
    one("session_id", 1001, "1001", ""),
    one("session_id", 1001.0, "1001", ""),
    one("org_id", "n/a", "", "sign for nothing read as empty"),
    one("org_id", "–", "", "sign for nothing read as empty"),
    *(bad("session_id", value) for value in ("", dt.datetime(2023, 1, 2), "#N/A", 1.5e17)),
]
SHAPES = [
    Mess(
        "title rows",
        [["Sessions 2023"], [], ["Partner A", "", "made by JB"], SESSION, session(1)],
        [
            (1, None, "Sessions 2023", "", TITLE),
            (3, None, "Partner A | made by JB", "", TITLE),
            (5, "hours", "2.5", "2.5", AS_TEXT.format(1)),
        ],
    ),
    Mess(
        "blank rows and totals",
        [
            SESSION,
            session(1, hours=2),
            [],
            [" "],
            session(2, hours=3),
            ["Total", *[""] * 7, 5],
            [],
            [],
        ],
        [
            (6, None, "Total | 5", "", TOTAL),
            (3, None, "", "", "2 blank rows passed over"),
        ],
        loaded=2,
    ),
    Mess(
        "heading repeated",
        [SESSION, session(1, hours=2), SESSION, session(2, hours=2)],
        [(3, None, " | ".join(SESSION), "", "heading repeated among the rows set aside")],
        loaded=2,
    ),
    Mess(
        "headings in words",
        [
            ["Session ID", "Date of session", "TYPE", "Co type", " stage ", "Mode", "Locality",
             "Organisation", "Hours (to the half)", "Observer present?", *PROVENANCE],
            session(1, hours=2),
        ],
        [
            (1, "session_id", "Session ID", "session_id", HEADING),
            (1, "date", "Date of session", "date", HEADING),
            (1, "kind", "TYPE", "kind", HEADING),
            (1, "co_type", "Co type", "co_type", HEADING),
            (1, "mode", "Mode", "mode", HEADING),
            (1, "area", "Locality", "area", HEADING),
            (1, "org_id", "Organisation", "org_id", HEADING),
            (1, "hours", "Hours (to the half)", "hours", HEADING),
            (1, "observed", "Observer present?", "observed", HEADING),
        ],
    ),
    Mess(
        "no provenance, one column more, one optional column less",
        [[n for n in SESSION[:10] if n != "org_id"] + ["Weather"],
         [*session(1, hours=2)[:7], 2, "false", "rain"]],
        [
            (1, "Weather", "Weather", "", "column that the table does not have, left out"),
            (1, "org_id", "", "", "column that is not there, left empty"),
            (None, "source_org", "", "sender", "column that is not there, filled for every row"),
            (None, "received_on", "", "2024-04-15",
             "column that is not there, filled for every row"),
            (None, "evidence_class", "", "reported",
             "column that is not there, filled for every row"),
            (None, "synthetic", "", "false", "column that is not there, filled for every row"),
        ],
        {(0, "source_org"): "sender", (0, "synthetic"): "false"},
    ),
    Mess(
        "month first in a column: what is unclear is refused",
        [SESSION, session(1, hours=2, date="04/13/2023"), session(2, hours=2, date="03/04/2023"),
         session(3, hours=2, date="05/05/2023"), session(4, hours=2, date="2023-04-03")],
        [
            (2, "date", "04/13/2023", "2023-04-13", "date that can only be read month first"),
            (4, "date", "05/05/2023", "2023-05-05", DAY_FIRST),
        ],
        problems=[(3, "date")],
        loaded=3,
    ),
    Mess(
        "pounds and thousands",
        [ATTENDANCE, attendance("P1", 1, hours=2, paid_gbp="£1,250.00"),
         attendance("P2", 1, hours=2, paid_gbp="1 250"),
         attendance("P3", 1, hours=2, paid_gbp="1\u00a0250.5"),
         attendance("P4", 1, hours=2, paid_gbp="GBP 12"),
         attendance("P5", 1, hours=2, paid_gbp=12.1)],
        [
            (2, "paid_gbp", "£1,250.00", "1250.00", NUMBER),
            (3, "paid_gbp", "1 250", "1250", NUMBER),
            (4, "paid_gbp", "1\u00a0250.5", "1250.5", NUMBER),
            (5, "paid_gbp", "GBP 12", "12", NUMBER),
        ],
        loaded=5,
        table="attendance",
    ),
    Mess(
        "one key, two contents; and the same row twice",
        [ATTENDANCE, attendance("P1", 1, hours=2), attendance("P1", 1, hours=3),
         attendance("P2", 1, hours=2), attendance("P2", 1, hours=2)],
        [(5, "person_id + session_id", "P2 + S001", "", "same row as in row 4, kept once")],
        problems=[(2, "person_id + session_id"), (3, "person_id + session_id")],
        loaded=1,
        table="attendance",
    ),
    Mess("duplicate heading", [[*SESSION, "Mode"], [*session(1, hours=2), "online"]],
         [(1, "mode", "Mode", "mode", HEADING)], problems=[(1, "mode")], loaded=0),
    Mess("needed column missing", [SESSION[:8] + SESSION[9:], session(1)[:8] + session(1)[9:]],
         [], problems=[(1, "hours")], loaded=0),
    Mess("misspelt optional heading",
         [[n.replace("org_id", "orgid_") for n in SESSION], session(1, hours=2)],
         [(1, "orgid_", "orgid_", "", "column that the table does not have, left out"),
          (1, "org_id", "", "", "column that is not there, left empty")],
         problems=[(1, "orgid_")]),
    Mess("column without a heading", [SESSION, [*session(1, hours=2), "ask Jo"]],
         [], problems=[(2, None)]),
]  # fmt: skip

CASES = [*DATES, *FLAGS, *NUMBERS, *CODES, *TEXT, *SHAPES]


@pytest.mark.parametrize("mess", CASES, ids=lambda mess: mess.name)
def test_mess_loads_with_exactly_its_repairs(mess: Mess, tmp_path: Path) -> None:
    sheet = mess.table.title()
    intake = take(workbook(tmp_path / "sent.xlsx", {sheet: mess.rows}))
    told = [(r.row, r.column, r.before, r.after, r.what) for r in intake.repairs]
    assert told == mess.repairs
    assert [(p.row, p.column) for p in intake.problems] == mess.problems
    table = intake.tables.get(mess.table)
    assert (0 if table is None else len(table)) == mess.loaded
    if table is not None:
        assert {key: table.at[key] for key in mess.cells} == mess.cells
