"""Putting pseudonyms into the columns of a table that hold people and families."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.privacy.identifying import Identifying
from wfw_eval.records.privacy.identities import (
    Register,
    Texts,
    attributes,
    identities,
    number_pseudonyms,
    scoped,
    unreadable_births,
)


@dataclass(frozen=True)
class Named:
    """A table with pseudonyms, and the rows in which somebody is not known."""

    frame: pd.DataFrame
    problems: list[Problem]


@dataclass(frozen=True)
class Namer:
    """What is needed to name people and families alike in every table.

    Attributes:
        key: The secret key.
        rules: What identifies people.
        register: The people of the register.
        bodies: Names of bodies, which may stand where a rater's could, and stay.
    """

    key: bytes
    rules: Identifying
    register: Register
    bodies: frozenset[str]

    def named(self, frame: pd.DataFrame, table: str, chosen: Texts | None) -> Named:
        """Put pseudonyms in all columns of a table; the register's own have been chosen."""
        columns, problems = self._families(frame), list[Problem]()
        if chosen is not None:
            columns["person_id"] = chosen
        else:
            for column in self.rules.person_columns(table):
                if column in frame.columns or self._names_people(frame, table, column):
                    columns[column], found = self._people(frame, table, column)
                    problems += found
        for column in self.rules.raters.get(table, ()):
            if column in frame.columns:
                columns[column] = self._raters(frame, column)
        return Named(_put(frame, columns), problems)

    def _names_people(self, frame: pd.DataFrame, table: str, column: str) -> bool:
        """Whether a table without numbers has names in their place."""
        if column != "person_id" or column not in self.rules.columns.get(table, ()):
            return False
        return any(attributes(frame, table, self.rules)["name"])

    def _families(self, frame: pd.DataFrame) -> dict[str, Texts]:
        if "family_id" not in frame.columns:
            return {}
        name = number_pseudonyms(self.key, "family")
        return {"family_id": [name(number) for number in scoped(frame, "family_id", self.rules)]}

    def _raters(self, frame: pd.DataFrame, column: str) -> Texts:
        name = number_pseudonyms(self.key, "person")
        return [
            number[1]
            if number[1] in self.bodies
            else self.register.by_number.get(number) or name(number)
            for number in scoped(frame, column, self.rules)
        ]

    def _people(self, frame: pd.DataFrame, table: str, column: str) -> tuple[Texts, list[Problem]]:
        """Name people by number or, where there is none, by name; report who is not known."""
        numbers = scoped(frame, column, self.rules)
        by_number = [self.register.by_number.get(number, "") for number in numbers]
        known = attributes(frame, table, self.rules)
        ways = identities(self.key, known, self.rules) if column == "person_id" else []
        best = [next(filter(None, way), "") for way in zip(*ways, strict=True)] or [""] * len(frame)
        by_name = [self._by_name(way) for way in zip(*ways, strict=True)] or [""] * len(frame)
        number_only = number_pseudonyms(self.key, "person")
        cells = [
            counted or (number_only(number) if number[1] else named or way)
            for counted, named, way, number in zip(by_number, by_name, best, numbers, strict=True)
        ]
        problems = [*unreadable_births(known, f"{table}.csv")] if column == "person_id" else []
        if self.register.by_number or self.register.by_identity:  # else its absence is reported
            problems += _unknown(table, column, numbers, by_number, by_name, best)
        return cells, problems

    def _by_name(self, way: tuple[str, ...]) -> str:
        found = (self.register.by_identity.get(alias, "") for alias in way if alias)
        return next(filter(None, found), "")


def _put(frame: pd.DataFrame, columns: dict[str, Texts]) -> pd.DataFrame:
    """Put columns in their place; a column that was not there comes first."""
    made = {name: pd.Series(cells, frame.index, dtype=object) for name, cells in columns.items()}
    made = {name: cells.where(cells != "") for name, cells in made.items()}
    new = [name for name in made if name not in frame.columns]
    return frame.assign(**made)[[*new, *frame.columns]]


def _unknown(
    table: str,
    column: str,
    numbers: list[tuple[str, str]],
    by_number: Texts,
    by_name: Texts,
    best: Texts,
) -> Iterator[Problem]:
    place = f"{table}.csv"
    rows = zip(numbers, by_number, by_name, best, strict=True)
    for row, (number, counted, named, way) in enumerate(rows, start=2):
        if counted and named and counted != named:
            rule = "the number is one person's, and the name another's"
            yield Problem(place, row, column, None, rule, "Correct one of the two.")
        elif (number[1] and not counted) or (not number[1] and way and not named):
            rule, step = "is not in the register of people", "Correct it, or add the person."
            yield Problem(place, row, column, None, rule, step)
