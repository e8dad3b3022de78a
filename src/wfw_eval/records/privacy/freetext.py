"""Finding in free text what identifies people, and putting its kind in its place.

What is found is named by its place, never by its words. Nicknames, misspelt names, names of people
who are in no register, and stories only one family has are not found: a human reads the text, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from wfw_eval.records.privacy.identifiers_in_text import Hit, Kind, search
from wfw_eval.records.privacy.names_in_text import KnownNames, known_names


@dataclass(frozen=True)
class Finding:
    """Where something that may identify a person stands.

    Attributes:
        table: The table.
        row: Row number as a spreadsheet shows it (the heading is row 1).
        column: The column.
        kind: What it is.
        start: First character.
        end: Character after the last.
        sure: Whether there is little doubt; an ordinary word such as May may be a name or not.
    """

    table: str
    row: int
    column: str
    kind: Kind
    start: int
    end: int
    sure: bool = True

    def __str__(self) -> str:
        doubt = "" if self.sure else "possible "
        where = f"{self.table}, row {self.row}, {self.column}, characters {self.start + 1}"
        return f"{where} to {self.end}: {doubt}{self.kind}"


def scan(
    frame: pd.DataFrame, columns: Sequence[str], names: Iterable[str] | KnownNames, table: str = ""
) -> list[Finding]:
    """Search columns of a table, top to bottom.

    Args:
        frame: The table; empty cells are passed over, lists are searched as the text ``a|b``.
        columns: The columns to search.
        names: Names of the people to look for.
        table: What to call the table.
    """
    known = names if isinstance(names, KnownNames) else known_names(names)
    found: list[Finding] = []
    for column in columns:
        hits: dict[str, list[Hit]] = {"": []}
        for row, cell in enumerate(frame[column].tolist(), start=2):
            text = cell_text(cell)
            if text not in hits:  # columns of codes say the same again and again
                hits[text] = search(text, known)
            found += [Finding(table, row, column, *hit) for hit in hits[text]]
    return sorted(found, key=lambda item: item.row)


def mask(frame: pd.DataFrame, findings: Iterable[Finding]) -> pd.DataFrame:
    """Put ``[e-mail]``, ``[name]`` and so on in the place of what was found."""
    by_cell: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        by_cell.setdefault((finding.row, finding.column), []).append(finding)
    columns = {name: frame[name].astype(object).tolist() for _, name in by_cell}
    for (row, name), hits in by_cell.items():
        columns[name][row - 2] = _masked(columns[name][row - 2], hits)
    new = {name: pd.Series(cells, frame.index, dtype=object) for name, cells in columns.items()}
    return frame.assign(**new)


def _masked(cell: object, hits: Iterable[Finding]) -> object:
    text = cell_text(cell)
    for hit in sorted(hits, key=lambda item: item.start, reverse=True):
        text = f"{text[: hit.start]}[{hit.kind}]{text[hit.end :]}"
    return tuple(text.split("|")) if isinstance(cell, tuple | list) else text


def cell_text(cell: object) -> str:
    """Return the text of a cell, empty if there is none."""
    if isinstance(cell, tuple | list):
        return "|".join(map(str, cell))
    return cell if isinstance(cell, str) else ""
