"""One key, one row: what to do where several rows have the same key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.contract import Contract
from wfw_eval.records.intake.model import Repair

#: Two rows that differ only in who sent them when say the same.
SENDER = ("source_org", "received_on")

SAME = "same row as in {where}, kept once"


@dataclass(frozen=True)
class Unique:
    """Which rows stay: of the same rows the first, of contradicting rows none.

    Attributes:
        again: Rows that were there before.
        contested: Rows whose key another row has with another content.
        repairs: One for each row that was there before.
        problems: One for each contested row, naming another.
    """

    again: pd.Series
    contested: pd.Series
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]


def find_unique(contract: Contract, frame: pd.DataFrame, origins: pd.DataFrame) -> Unique:
    """Compare the rows of a table that came from several places.

    Args:
        contract: The table.
        frame: All its rows.
        origins: Where each came from: file, sheet and row.
    """
    key = list(contract.key)
    content = [name for name in contract.columns if name not in SENDER]
    again = frame.duplicated(content)
    contested = frame[~again].duplicated(key, keep=False).reindex(frame.index, fill_value=False)
    shared = frame.duplicated(key, keep=False)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in _rows(contract, frame, origins, shared, again):
        groups.setdefault(row.key, []).append(row)
    repairs = [repair for group in groups.values() for repair in _same(contract, group)]
    problems = [found for group in groups.values() for found in _contested(contract, group)]
    return Unique(again, contested, tuple(repairs), tuple(problems))


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shares its key with another."""

    key: tuple[str, ...]
    content: tuple[str, ...]
    file: str
    sheet: str
    row: int
    again: bool

    @property
    def place(self) -> str:
        """The sheet or file in words."""
        return f"{self.file}, sheet {self.sheet!r}" if self.sheet else self.file

    def seen_from(self, other: Row) -> str:
        """Say where the row is, as short as it can be said from where another is."""
        row = f"row {self.row}"
        return row if self.place == other.place else f"{self.place}, {row}"


def _rows(
    contract: Contract,
    frame: pd.DataFrame,
    origins: pd.DataFrame,
    shared: pd.Series,
    again: pd.Series,
) -> Iterator[Row]:
    keys = frame.loc[shared, list(contract.key)].itertuples(index=False, name=None)
    own = [name for name in contract.columns if name not in SENDER]
    contents = frame.loc[shared, own].itertuples(index=False, name=None)
    places = origins.loc[shared, ["file", "sheet", "row"]].itertuples(index=False, name=None)
    there = again[shared].tolist()
    for key, content, place, before in zip(keys, contents, places, there, strict=True):
        file, sheet, row = place
        yield Row(key, content, file, sheet, row, before)


def _same(contract: Contract, group: list[Row]) -> Iterator[Repair]:
    first = {row.content: row for row in group if not row.again}
    for row in group:
        if row.again:
            what = SAME.format(where=first[row.content].seen_from(row))
            key, value = " + ".join(contract.key), " + ".join(row.key)
            yield Repair(row.file, row.sheet or None, row.row, key, value, "", what)


def _contested(contract: Contract, group: list[Row]) -> Iterator[Problem]:
    """Report rows that contradict each other; each names the first of the others."""
    different = [row for row in group if not row.again]
    if len(different) < 2:
        return
    own = [name for name in contract.columns if name not in SENDER]
    step = "Find out which of the two is right, and correct or delete the other."
    for row in different:
        other = different[0] if row is not different[0] else different[1]
        pairs = zip(own, row.content, other.content, strict=True)
        differing = ", ".join(name for name, one, two in pairs if one != two)
        where = other.seen_from(row)
        rule = f"{where} has the same key but other content ({differing}), so neither was taken"
        key, value = " + ".join(contract.key), " + ".join(row.key)
        yield Problem(row.place, row.row, key, value, rule, step)
