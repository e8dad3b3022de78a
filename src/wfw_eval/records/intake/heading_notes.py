"""What is told, and what is refused, about the headings of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from wfw_eval.errors import Problem, closest
from wfw_eval.records.intake.headings import FILLED, Heading
from wfw_eval.records.intake.model import Repair, Sheet

HEADING = "heading read as its column"
UNKNOWN = "column that the table does not have, left out"
ABSENT = "column that is not there, left empty"


def columns_twice(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    """Report columns that are there more than once."""
    for name in heading.contract.columns:
        places = [at for at, column in enumerate(heading.columns) if column == name]
        if len(places) > 1:
            written = " and ".join(repr(heading.names[at]) for at in places)
            where = " and ".join(str(at + 1) for at in places)
            rule = f"this column is there {len(places)} times: columns {where}, headed {written}"
            yield sheet.problem(heading.row, name, None, rule, "Keep one of them.")


def columns_missing(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    """Report columns without which no row can be used."""
    for name in heading.missing:
        near = _near(heading, name)
        step = f"Is it {near!r}? Then rename that." if near else "Add it, with its heading there."
        rule = f"this column of the table {heading.contract.name!r} is missing"
        yield sheet.problem(heading.row, name, None, rule, step)


def _near(heading: Heading, name: str) -> str | None:
    unknown = [
        text for text, column in zip(heading.names, heading.columns, strict=True)
        if text and column is None
    ]  # fmt: skip
    return closest(name.replace("_", " "), unknown)


def columns_misspelt(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    """Report unknown headings that may be misspelt ones of columns that are not there."""
    for name in _absent(heading):
        near = _near(heading, name)
        if near is not None:
            rule = f"this column is not known, and {name!r} is not there"
            step = f"Rename it to {name!r} if that is meant, else to something unlike it."
            yield sheet.problem(heading.row, near, None, rule, step)


def _absent(heading: Heading) -> list[str]:
    own = heading.contract.columns
    return [name for name in own if name not in heading.found and name not in FILLED]


def headings_told(sheet: Sheet, heading: Heading) -> Iterator[Repair]:
    """Tell which headings were read as which columns, and which columns are left out or empty."""
    for text, column in zip(heading.names, heading.columns, strict=True):
        if column is not None and text != column:
            yield sheet.repair(heading.row, column, text, column, HEADING)
        elif column is None and text:
            yield sheet.repair(heading.row, text, text, "", UNKNOWN)
    for name in _absent(heading):
        if name not in heading.missing:
            yield sheet.repair(heading.row, name, "", "", ABSENT)


def columns_headless(sheet: Sheet, heading: Heading, cells: pd.DataFrame) -> Iterator[Problem]:
    """Report columns that hold something but have no heading."""
    for at in range(len(cells.columns)):
        if at < len(heading.names) and heading.names[at]:
            continue
        held = cells[at]
        filled = held[held.notna() & (held.astype(str).str.strip() != "")]
        within = sheet.widths is None or at < int(sheet.widths[heading.row])
        if len(filled) and within:  # a longer row of a text file is a problem of its own
            rule = f"column {at + 1} has no heading but holds something in {len(filled):,} rows"
            step = "Give it a heading, or delete what is in it."
            yield sheet.problem(int(filled.index[0]), None, filled.iloc[0], rule, step)
