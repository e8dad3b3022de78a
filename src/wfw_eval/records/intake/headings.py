"""Recognising the headings of a table, and the row they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wfw_eval.records.contract import PROVENANCE, Contract, Field
from wfw_eval.records.intake.synonyms import HEADINGS, IDENTIFIERS, OTHER_UNITS, THINGS
from wfw_eval.records.intake.words import clean, fold, without_brackets

#: Columns that intake can fill in.
FILLED = tuple(item.name for item in PROVENANCE)

#: Longer text heads no column.
LONGEST = 300

Rows = Sequence[tuple[int, Sequence[object]]]


@dataclass(frozen=True)
class Heading:
    """A row read as the heading of one table.

    Attributes:
        contract: The table.
        row: Row number.
        names: Text of each cell.
        columns: Column of the contract each cell heads, if any.
    """

    contract: Contract
    row: int
    names: tuple[str, ...]
    columns: tuple[str | None, ...]

    @property
    def found(self) -> frozenset[str]:
        """Columns of the contract that are there."""
        return frozenset(name for name in self.columns if name is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which no row can be used."""
        wanted = (item.name for item in self.contract.fields if item.required)
        return tuple(name for name in wanted if name not in self.found and name not in FILLED)

    @property
    def shown(self) -> int:
        """Number of columns that are there, provenance left aside."""
        return len(self.found - set(FILLED))

    @property
    def likeness(self) -> float:
        """Share of columns that heading and contract have in common, provenance left aside."""
        own = {name for name in self.contract.columns if name not in FILLED}
        shared = len(own & self.found)
        unknown = sum(1 for name, column in self._pairs if name and column is None)
        return shared / (len(own) + unknown) if own else 0.0

    @property
    def _pairs(self) -> Iterable[tuple[str, str | None]]:
        return zip(self.names, self.columns, strict=True)


def find_heading(contract: Contract, rows: Rows) -> Heading | None:
    """Find the row that holds most headings of a table; the first of several."""
    forms = known_headings(contract)
    found = [_heading(contract, forms, number, cells) for number, cells in rows]
    best = max(found, key=lambda heading: len(heading.found), default=None)
    return best if best is not None and best.found else None


def _heading(
    contract: Contract, forms: Mapping[str, str], number: int, cells: Sequence[object]
) -> Heading:
    names = tuple(clean(cell) if isinstance(cell, str) else "" for cell in cells)
    return Heading(contract, number, names, tuple(recognise(name, forms) for name in names))


def recognise(heading: str, forms: Mapping[str, str]) -> str | None:
    """Name the column a heading stands for, if it is known.

    >>> from wfw_eval.records.sessions import SESSION
    >>> recognise("Date of session", known_headings(SESSION))
    'date'
    """
    return next((forms[form] for form in _spellings(heading) if form in forms), None)


@lru_cache(maxsize=10_000)  # each cell that may be a heading is compared with every table
def _spellings(heading: str) -> tuple[str, ...]:
    if not 0 < len(heading) <= LONGEST:
        return ()
    if OTHER_UNITS & set(fold(heading).split()):
        return heading, fold(heading)
    return heading, fold(heading), fold(without_brackets(heading))


@lru_cache(maxsize=1_000)
def known_headings(contract: Contract) -> dict[str, str]:
    """Map every known heading of a table to its column.

    A heading that two columns could have is left out.
    """
    own = {fold(name): name for name in contract.columns}
    others: dict[str, set[str]] = {}
    for item in contract.fields:
        for form in _others(contract, item):
            others.setdefault(fold(form), set()).add(item.name)
    clear = {form: names.pop() for form, names in others.items() if len(names) == 1 and form}
    return clear | own


def _others(contract: Contract, item: Field) -> Iterator[str]:
    yield from HEADINGS.get(f"{contract.name}.{item.name}", ())
    yield from HEADINGS.get(item.name, ())
    yield re.split(r"[.;,] |\.$", item.about)[0]
    stem, _, ending = item.name.rpartition("_")
    if ending == "id":
        for thing in (stem, *THINGS.get(stem, ())):
            yield thing
            yield from (f"{thing} {word}" for word in IDENTIFIERS)
        if contract.key == (item.name,):
            yield from IDENTIFIERS[:4]
