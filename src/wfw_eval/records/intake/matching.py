"""Which table a sheet holds: by its name, and else by its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wfw_eval.records.contract import Contract
from wfw_eval.records.intake.headings import Heading, Rows, find_heading
from wfw_eval.records.intake.synonyms import ASIDE, TABLES
from wfw_eval.records.intake.words import contains, fold, singular

#: What a workbook leaves of a longer name of a sheet.
LONGEST_NAME = 31

#: A sheet whose name is that of a table must show at least so many of its headings.
FEWEST = 2


@dataclass(frozen=True)
class Unmatched:
    """Why a sheet was not taken for a table."""

    rule: str
    next_step: str


def match(
    names: Iterable[str], rows: Rows, contracts: Mapping[str, Contract]
) -> Heading | Unmatched:
    """Find the table a sheet holds, and its heading.

    Args:
        names: What may name the table: the sheet, then the file.
        rows: The first rows of the sheet.
        contracts: The tables it may hold.
    """
    found = {name: find_heading(contract, rows) for name, contract in contracts.items()}
    headings = {name: heading for name, heading in found.items() if heading is not None}
    name, named = _first_named(names, contracts)
    usable = [headings[table] for table in named if _shows_enough(headings.get(table))]
    alike = [heading for heading in headings.values() if _plausible(heading)]
    if usable:
        exact = any(_is_called(one.contract, name, singular(fold(name))) for one in usable)
        return _named(_best(usable), alike, exact)
    if named and not alike:
        rule = f"its name is that of {_listed(named)}, but no row holds the headings of it"
        return Unmatched(rule, f"Write one heading row: {', '.join(contracts[named[0]].columns)}.")
    return _alike(alike)


def _first_named(
    names: Iterable[str], contracts: Mapping[str, Contract]
) -> tuple[str, tuple[str, ...]]:
    for name in names:
        named = tables_named(name, contracts)
        if named:
            return name, named
    return "", ()


def tables_named(name: str, contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """Name the tables whose name stands in the name of a sheet or file, the longest of them.

    >>> from wfw_eval.records.sessions import ATTENDANCE, SESSION
    >>> known = {"attendance": ATTENDANCE, "session": SESSION}
    >>> tables_named("Partner B - Attendance register (Q2)", known)
    ('attendance',)
    """
    words = singular(fold(name))
    exact = tuple(
        contract.name for contract in contracts.values() if _is_called(contract, name, words)
    )
    if exact:
        return exact
    lengths = {
        contract.name: max(
            (len(form) for form in _forms(contract) if contains(words, form)), default=0
        )
        for contract in contracts.values()
    }
    longest = max(lengths.values(), default=0)
    return tuple(table for table, length in lengths.items() if length == longest > 0)


def _is_called(contract: Contract, name: str, words: tuple[str, ...]) -> bool:
    """Say whether a name is that of a table and nothing else, or all of it that fits."""
    if words in _forms(contract):
        return True
    return len(name) == LONGEST_NAME and fold(contract.title).startswith(fold(name))


def holds_no_records(name: str) -> bool:
    """Say whether a sheet is a cover, a list of codes or the like, going by its name.

    >>> holds_no_records("Read me"), holds_no_records("Sessions")
    (True, False)
    """
    return fold(name) in ASIDE


def _forms(contract: Contract) -> set[tuple[str, ...]]:
    names = (contract.name, contract.title, *TABLES.get(contract.name, ()))
    return {singular(fold(name)) for name in names}


def _shows_enough(heading: Heading | None) -> bool:
    return heading is not None and len(heading.found) >= min(FEWEST, len(heading.contract.columns))


def _plausible(heading: Heading) -> bool:
    """Without a name, the key must be there, and all that is needed or half of all columns."""
    if not set(heading.contract.key) <= heading.found:
        return False
    return not heading.missing or heading.likeness >= 0.5


def _rank(heading: Heading) -> tuple[bool, int]:
    return not heading.missing, heading.shown


def _best(headings: list[Heading]) -> list[Heading]:
    """Keep those that explain most headings; several cannot be told apart."""
    best = max(map(_rank, headings))
    return [heading for heading in headings if _rank(heading) == best]


def _named(best: list[Heading], alike: list[Heading], exact: bool) -> Heading | Unmatched:
    """Take the table of that name, unless the headings are clearly those of another."""
    if len(best) > 1:
        return _ambiguous(best)
    chosen = best[0]
    others = [heading for heading in alike if heading.contract != chosen.contract]
    rivals = [heading for heading in others if not heading.missing]
    if not chosen.missing or not rivals:
        return chosen
    if not exact:  # the name only holds a word that may mean something else
        return _alike(rivals)
    of = _listed(heading.contract.name for heading in _best(rivals))
    rule = f"its name is that of {chosen.contract.name!r}, but its headings are those of {of}"
    return Unmatched(rule, "Rename the sheet or file after the table it holds.")


def _alike(alike: list[Heading]) -> Heading | Unmatched:
    if not alike:
        rule = "neither its name nor its headings are those of a known table"
        return Unmatched(rule, "Rename it after the table it holds, or leave it out.")
    best = _best(alike)
    return best[0] if len(best) == 1 else _ambiguous(best)


def _ambiguous(headings: list[Heading]) -> Unmatched:
    names = _listed(heading.contract.name for heading in headings)
    return Unmatched(
        f"it could be any of the tables {names}",
        "Rename the sheet or file after the table it holds.",
    )


def _listed(names: Iterable[str]) -> str:
    return " or ".join(map(repr, names))
