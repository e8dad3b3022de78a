"""Making files such as people send; by openpyxl and csv alone, not by the code under test."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from wfw_eval.records import (
    documents,
    figures,
    governance,
    instruments,
    judgements,
    meetings,
    network,
    partners,
    people,
    protected,
    recommendations,
    sessions,
    support,
    voices,
)
from wfw_eval.records.contract import Contract
from wfw_eval.records.intake import Intake, take_in

EXAMPLE = Path(__file__).parents[3] / "data_raw" / "example"
RECEIVED = date(2024, 4, 15)

MODULES = (
    documents, figures, governance, instruments, judgements, meetings, network, partners, people,
    protected, recommendations, sessions, support, voices,
)  # fmt: skip
ALL: dict[str, Contract] = {
    value.name: value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, Contract)
}

PROVENANCE = ["source_org", "received_on", "evidence_class", "synthetic"]
SENT = ["org_a", "2023-04-15", "recorded", "true"]

SESSION = [*ALL["session"].columns]
ATTENDANCE = [*ALL["attendance"].columns]

Rows = Sequence[Sequence[Any]]


def session(number: int, **changes: Any) -> list[Any]:
    """Make a row of the session log as it should be, but for some cells."""
    row = [
        f"S{number:03}", "2023-04-30", "workshop", "design", "design", "in_person", "Levenmouth",
        "org_a", "2.5", "false", *SENT,
    ]  # fmt: skip
    for name, value in changes.items():
        row[SESSION.index(name)] = value
    return row


def attendance(person: str, number: int, **changes: Any) -> list[Any]:
    row = [person, f"S{number:03}", "2.5", "", "false", *SENT]
    for name, value in changes.items():
        row[ATTENDANCE.index(name)] = value
    return row


def workbook(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def text(rows: Rows, separator: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return file.getvalue()


def take(*files: Path, source_org: str | None = "sender") -> Intake:
    return take_in(files, ALL, received_on=RECEIVED, source_org=source_org)
