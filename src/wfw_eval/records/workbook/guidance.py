"""The two sheets people read: what to do, and what every column holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from wfw_eval.records.contract import PROVENANCE, Contract
from wfw_eval.records.dictionary import dictionary_rows
from wfw_eval.records.suppliers import TITLES
from wfw_eval.records.workbook import looks
from wfw_eval.records.workbook.columns import (
    FOR_TEAM,
    TEAM_NOTE,
    asked_of,
    rule_in_workbook,
)
from wfw_eval.records.workbook.sheets import CHECKED_ROWS

README_SHEET = "Read me"
GUIDANCE_SHEET = "Guidance"
GUIDANCE = {"Table": 22, "Column": 24, "What it holds": 52, "Needed": 14, "Allowed values": 60,
            "Refers to": 28}  # fmt: skip
AT_INTAKE = "filled in by the evaluation team when the workbook arrives; leave empty"

HOW = (
    (
        "How to fill it in",
        "One sheet is one table, one row is one thing. Start in row 2. Select a heading or a cell "
        "to see what belongs there; the sheet Guidance lists every column. Do not rename, move or "
        "add sheets or columns. Where a cell offers a list, choose from it. A cell that cannot be "
        f"right is refused, and the message says why. The checks reach {CHECKED_ROWS:,} rows; for "
        "more, use a second copy of the workbook. Pasting over a cell removes its check, so paste "
        "values only.",
    ),
    (
        "Example rows",
        "Example rows are grey, in italics, and begin with EXAMPLE: delete them. They are "
        "invented.",
    ),
    (
        "Columns folded away",
        "At the right of each sheet four columns are folded away: who sent the row, when it came, "
        f"what kind of evidence it is and whether it is made up. {TEAM_NOTE}",
    ),
    (
        "Dates and numbers",
        "Write dates as 2023-04-30 (year-month-day). Write numbers with digits only: 12 or 2.5, "
        "without £ or 'hours'.",
    ),
    (
        "Several values",
        "Where a column takes several values, separate them with an upright bar: "
        "transport|childcare.",
    ),
    (
        "No answer is not a no",
        "Three codes say why there is no answer. None of them means no.\n"
        "unknown: no answer can be found, and nobody knows whether one was given.\n"
        "prefer_not: the person was asked and chose not to say.\n"
        "not_asked: the question was never put to the person.\n"
        "Write no only if the person said no. Never guess on anybody's behalf.",
    ),
    (
        "Pseudonyms only",
        "No names, addresses, postcodes, telephone numbers, e-mail addresses or dates of birth, "
        "in any cell, free text included. Give every person and family a pseudonym such as P001 "
        "or F001, and use the same one in every sheet and every return. Keep the list of who is "
        "who yourself, apart from this workbook, and do not send it.",
    ),
    (
        "Children and young people",
        "Children are entered by pseudonym, with an age group and never a date of birth. Enter "
        "somebody under 18 only if a parent or carer has consented and the child has agreed. In "
        "free text leave out whatever would let a neighbour, teacher or classmate recognise a "
        "child. A worry about a child's safety does not belong here: follow your child protection "
        "procedure, today.",
    ),
    (
        "Sending it back",
        "Save it as an Excel workbook (.xlsx) and send it only by the secure way agreed with the "
        "evaluation team, not as an ordinary e-mail attachment.",
    ),
)  # fmt: skip


def add_readme(
    book: Workbook, contracts: Sequence[Contract], title: str, supplier: str | None
) -> None:
    """Add the first sheet: what the workbook is, who fills it in and how."""
    sheet = book.create_sheet(README_SHEET)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 100
    sheet["A1"].value, sheet["A1"].style = title, looks.TITLE
    sheet.row_dimensions[1].height = 30
    _add_line(sheet, "Topic", "What to know", looks.SECTION, looks.SECTION)
    for topic, text in (*_about(supplier), *HOW):
        _add_line(sheet, topic, text)
    _add_line(sheet, "Colour key", "What it means", looks.SECTION, looks.SECTION)
    _add_key(sheet)
    _add_line(sheet, "Sheet", "What it holds", looks.SECTION, looks.SECTION)
    _add_link(sheet, GUIDANCE_SHEET, "every column: what it holds and what is allowed")
    for contract in contracts:
        key = " and ".join(contract.key)
        _add_link(sheet, contract.name, f"{contract.title}: one row for each {key}")
    sheet.sheet_view.showGridLines = False
    looks.set_up_page(sheet, landscape=False)


def add_guidance(book: Workbook, contracts: Sequence[Contract]) -> None:
    """Add the data dictionary: one row a column."""
    sheet = book.create_sheet(GUIDANCE_SHEET)
    for number, width in enumerate(GUIDANCE.values()):
        sheet.column_dimensions["ABCDEF"[number]].width = width
    for row, cells in enumerate([tuple(GUIDANCE), *_guidance_rows(contracts)], start=1):
        for number, text in enumerate(cells, start=1):
            cell = sheet.cell(row, number, text)
            cell.style = looks.SECTION if row == 1 else looks.PLAIN
        looks.fit_row(sheet, row)
    looks.mark_headings(sheet, GUIDANCE_SHEET, sheet.max_row)


def _about(supplier: str | None) -> Iterator[tuple[str, str]]:
    yield (
        "What this is",
        "The records the independent evaluation asks for. It shows who was invited, who took "
        "part and what came of it; it is not a test of anybody's work.",
    )
    who = TITLES.get(supplier, supplier) if supplier else "the organisation that holds the records"
    yield (
        "Who fills it in",
        f"For: {who}. Best filled in by the person who keeps the records. Leave a sheet empty if "
        "you keep no such records, and say so when you send the workbook back.",
    )


def _guidance_rows(contracts: Sequence[Contract]) -> Iterator[tuple[str, ...]]:
    for contract in contracts:
        known = {row["column"]: row for row in dictionary_rows([contract])}
        for item in asked_of(contract):
            rule = rule_in_workbook(item).removeprefix("must be ")
            needed = "needed" if item.required else "may be empty"
            refers_to = known[item.name]["refers_to"]
            yield contract.name, item.name, item.about, needed, rule, refers_to
    held = {item.name for contract in contracts for item in contract.fields}
    for item in PROVENANCE:
        if item.name in held & set(FOR_TEAM):
            yield "every table", item.name, item.about, "not by you", AT_INTAKE, ""


def _add_key(sheet: Worksheet) -> None:
    needed = "Dark blue heading, white upright letters: every row needs a value."
    empty = "Light blue heading, dark slanting letters: may be left empty."
    _add_line(sheet, "needed_column", needed, looks.NEEDED)
    _add_line(sheet, "column_may_be_empty", empty, looks.OPTIONAL)
    team = f"Small grey slanting letters on white, folded away at the right: {TEAM_NOTE}"
    _add_line(sheet, "column_of_the_team", team, looks.TEAM)
    example = "Grey slanting letters, beginning with EXAMPLE: an example row. Delete it."
    _add_line(sheet, "EXAMPLE-1", example, looks.EXAMPLE_ROW)


def _add_line(
    sheet: Worksheet, topic: str, text: str, style: str = looks.STRONG, beside: str = looks.PLAIN
) -> int:
    row: int = sheet.max_row + 1
    for column, value, name in ((1, topic, style), (2, text, beside)):
        cell = sheet.cell(row, column, value)
        cell.style = name
    looks.fit_row(sheet, row)
    return row


def _add_link(sheet: Worksheet, target: str, text: str) -> None:
    row = _add_line(sheet, target, text, looks.LINKED)
    sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{target}'!A1")
    sheet.cell(row, 1).style = looks.LINKED
