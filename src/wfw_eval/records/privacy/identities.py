"""Who is who: from suppliers' own numbers, names and dates of birth to pseudonyms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.privacy.identifying import Identifying
from wfw_eval.records.privacy.normal_forms import (
    initials,
    name_words,
    normal_date,
    normal_name,
    normal_telephone,
)
from wfw_eval.records.privacy.pseudonyms import pseudonym, pseudonym_of_id

Thing = TypeVar("Thing")

PARTS = ("name", "email", "telephone", "date_of_birth")

#: What registers write where there is no name.
PLACEHOLDERS = frozenset(("notknown", "nametbc", "noname", "nonegiven", "notgiven", "notasked"))

#: A column as text, one entry a row; empty where there is nothing.
Texts = list[str]


@dataclass(frozen=True)
class Register:
    """The people of the register.

    Attributes:
        by_number: Pseudonym by supplier (empty if numbers are shared) and number.
        by_identity: Pseudonym by each identity the person can be known by.
    """

    by_number: Mapping[tuple[str, str], str]
    by_identity: Mapping[str, str]


def texts(frame: pd.DataFrame, column: str) -> Texts:
    """Return a column as text; a column that is not there is empty.

    >>> texts(pd.DataFrame({"a": [" x ", None]}), "a"), texts(pd.DataFrame({"a": [1]}), "b")
    (['x', ''], [''])
    """
    if column not in frame.columns:
        return [""] * len(frame)
    cells = frame[column].tolist()
    return ["" if cell is None or cell != cell or cell is pd.NA else _text(cell) for cell in cells]


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()  # a column of numbers with a gap
    return str(int(cell)) if whole else str(cell).strip()  # type: ignore[call-overload]


def attributes(frame: pd.DataFrame, table: str, rules: Identifying) -> dict[str, Texts]:
    """Collect what a table says about people: name, e-mail, telephone and date of birth."""
    found = {part: [""] * len(frame) for part in (*rules.headings, *PARTS)}
    for column in frame.columns:
        if part := rules.part(table, str(column)):
            cells = zip(found[part], texts(frame, column), strict=True)
            found[part] = [before or cell for before, cell in cells]
    both = zip(found["name"], found["first_name"], found["last_name"], strict=True)
    found["name"] = [name or (f"{a} {b}" if a and b else "") for name, a, b in both]
    return {part: [cell if _says(part, cell) else "" for cell in found[part]] for part in PARTS}


def _says(part: str, cell: str) -> bool:
    """Whether a cell can tell people apart: not "unknown", "none" or only a first name."""
    if part == "name":
        return len(name_words(cell)) > 1 and normal_name(cell) not in PLACEHOLDERS
    if part == "telephone":
        return len(normal_telephone(cell)) > 8
    return "@" in cell if part == "email" else bool(cell)


def unreadable_births(known: Mapping[str, Texts], place: str) -> Iterator[Problem]:
    """Report dates of birth that cannot be read, without showing them."""
    for row, cell in enumerate(known["date_of_birth"], start=2):
        if cell and not normal_date(cell):
            rule, step = "cannot be read as a date", "Write it as year-month-day or day/month/year."
            yield Problem(place, row, "date of birth", None, rule, step)


def identities(key: bytes, known: Mapping[str, Texts], rules: Identifying) -> list[Texts]:
    """Return the pseudonyms a person can be known by, the best first; empty if parts lack."""
    births = [normal_date(cell) for cell in known["date_of_birth"]]
    parts = {**known, "date_of_birth": births}
    made: dict[tuple[str, ...], str] = {}
    return [
        [
            _identity(key, wanted, row, made)
            for row in zip(*(parts[part] for part in wanted), strict=True)
        ]
        for wanted in rules.identity
    ]


def _identity(
    key: bytes, wanted: tuple[str, ...], row: tuple[str, ...], made: dict[tuple[str, ...], str]
) -> str:
    if not all(row):
        return ""
    index = (*wanted, *row)
    if index not in made:
        made[index] = pseudonym(key, "person", *row)
    return made[index]


def read_register(
    person: pd.DataFrame, key: bytes, rules: Identifying
) -> tuple[Register, Texts, list[Problem]]:
    """Give everybody in the register a pseudonym.

    Somebody without an identity has the pseudonym of the number, if the number says who it is.
    """
    known = attributes(person, "person", rules)
    ways = identities(key, known, rules)
    best = [next(filter(None, way), "") for way in zip(*ways, strict=True)]
    numbers = scoped(person, "person_id", rules)
    named = _only_one(zip(numbers, best, strict=True))
    chosen = [
        way or (number[1] and named.get(number)) or _of_number(key, "person", number)
        for way, number in zip(best, numbers, strict=True)
    ]
    aliases = [(alias, who) for way in ways for alias, who in zip(way, chosen, strict=True)]
    by_number = _only_one(zip(numbers, chosen, strict=True))
    problems = [*unreadable_births(known, "person.csv"), *_unclear(numbers, chosen, by_number)]
    return Register(by_number, _only_one(aliases)), chosen, problems


def scoped(frame: pd.DataFrame, column: str, rules: Identifying) -> list[tuple[str, str]]:
    """Pair every number with its supplier, if suppliers number people for themselves."""
    suppliers = texts(frame, "source_org") if rules.ids_per_supplier else [""] * len(frame)
    return list(zip(suppliers, texts(frame, column), strict=True))


def number_pseudonyms(key: bytes, kind: str) -> Callable[[tuple[str, str]], str]:
    """Return a function that names what has a number; what has none stays empty."""
    made: dict[tuple[str, str], str] = {}

    def name(number: tuple[str, str]) -> str:
        if number not in made:
            made[number] = _of_number(key, kind, number)
        return made[number]

    return name


def matching_traits(
    person: pd.DataFrame, pseudonyms: Texts, area: Texts, key: bytes, rules: Identifying
) -> pd.DataFrame:
    """Hash what near-duplicates share, so that neither birth month nor initials can be read."""
    known = attributes(person, "person", rules)
    months = [normal_date(cell)[:7] for cell in known["date_of_birth"]]
    letters = [initials(cell) for cell in known["name"]]
    hashed = {
        "birth_month": [pseudonym_of_id(key, "month", month) if month else "" for month in months],
        "initials": [pseudonym_of_id(key, "initials", two) if two else "" for two in letters],
    }
    source = {"person_id": pseudonyms, "source_org": texts(person, "source_org")}
    return pd.DataFrame({**source, **hashed, "area": area}, dtype=str)


def _of_number(key: bytes, kind: str, number: tuple[str, str]) -> str:
    return pseudonym_of_id(key, kind, *number) if number[1] else ""


def _only_one(pairs: Iterable[tuple[Thing, str]]) -> dict[Thing, str]:
    """Map each thing to its one pseudonym; leave out what has none or several."""
    one: dict[Thing, str] = {}
    several: set[Thing] = set()
    for thing, who in pairs:
        if who and one.setdefault(thing, who) != who:
            several.add(thing)
    return {thing: who for thing, who in one.items() if thing not in several}


def _unclear(
    numbers: list[tuple[str, str]], chosen: Texts, by_number: Mapping[tuple[str, str], str]
) -> Iterator[Problem]:
    for row, (number, who) in enumerate(zip(numbers, chosen, strict=True), start=2):
        if not who:
            rule, step = "nothing says who this is", "Give a number, or a name and date of birth."
            yield Problem("person.csv", row, "person_id", None, rule, step)
        elif number[1] and number not in by_number:
            rule = "this number stands for two people"
            step = "Correct it; if suppliers number people for themselves, say ids per supplier."
            yield Problem("person.csv", row, "person_id", None, rule, step)
