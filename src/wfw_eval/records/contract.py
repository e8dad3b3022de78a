"""What a table must look like: columns, key, foreign keys, in the evaluator's words.

A contract is data. The same contract reads a file, checks it, and describes it in the data
dictionary, so the three cannot drift apart. The rules themselves are run by pandera.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import pandera.pandas as pa

from wfw_eval.errors import closest
from wfw_eval.params import DATE_IN_WORDS

Kind = Literal["text", "code", "codes", "list", "date", "integer", "number", "flag"]

Origin = Literal["documents", "reference", "records"]

EVIDENCE_CLASSES = ("observed", "recorded", "reported", "claimed", "planned")


@dataclass(frozen=True)
class Field:
    """One column of a table.

    Attributes:
        name: Column name in the file.
        kind: How the text in the file is read; ``list`` and ``codes`` are split at ``|``.
        about: What the column holds, for the data dictionary.
        required: Whether an empty cell is a problem.
        allowed: The codes a ``code`` or ``codes`` column may hold.
        low: Smallest allowed number.
        high: Largest allowed number.
    """

    name: str
    kind: Kind
    about: str
    required: bool = True
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values must stand in another table's column (lists: each of them)."""

    column: str
    table: str
    references: str


@dataclass(frozen=True)
class Contract:
    """One table: what it is, its columns, its key and what it points to.

    Attributes:
        name: Table and file name, without ending.
        title: What a reader calls it, used in source lines.
        origins: Which folders of the run file may hold it; rows of several are put together.
        fields: The columns, in order.
        key: The columns that together name a row.
        foreign: Where values must exist elsewhere.
        dated_by: The column whose date decides whether a row stands at the data cut.
    """

    name: str
    title: str
    origins: tuple[Origin, ...]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...] = ()
    dated_by: str | None = None
    schema: pa.DataFrameSchema = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", _schema(self.fields))

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(item.name for item in self.fields)

    def field(self, name: str) -> Field:
        """Return the column called ``name``."""
        return next(item for item in self.fields if item.name == name)


def _schema(fields: Iterable[Field]) -> pa.DataFrameSchema:
    """Build the pandera schema; types are settled when the file is read."""
    columns = {
        item.name: pa.Column(nullable=not item.required, checks=_checks(item)) for item in fields
    }
    return pa.DataFrameSchema(columns, strict=True)


def _checks(item: Field) -> list[pa.Check]:
    checks = []
    if item.kind == "code":
        checks.append(pa.Check.isin(item.allowed))
    if item.kind == "codes":
        checks.append(
            pa.Check(lambda cell: set(cell) <= set(item.allowed), element_wise=True, error="codes")
        )
    if item.low is not None:
        checks.append(pa.Check.ge(item.low))
    if item.high is not None:
        checks.append(pa.Check.le(item.high))
    return checks


def rule_of(item: Field) -> str:
    """Say in words what a cell of this column must hold.

    >>> rule_of(Field("hours", "number", "Hours attended.", low=0, high=24))
    'must be a number from 0 to 24'
    >>> rule_of(Field("mode", "code", "How people met.", allowed=("online", "hybrid")))
    'must be one of: online, hybrid'
    """
    if item.allowed:
        several = "one or more of (separated by '|')" if item.kind == "codes" else "one of"
        return f"must be {several}: {', '.join(item.allowed)}"
    words = {
        "text": "text",
        "list": "values separated by '|'",
        "date": DATE_IN_WORDS,
        "integer": "a whole number",
        "number": "a number",
        "flag": "true or false",
    }
    return f"must be {words[item.kind]}{_range(item)}"


def step_for(item: Field, cell: str) -> str:
    """Say what to do about a cell that breaks the rule of its column.

    >>> step_for(Field("mode", "code", "How people met.", allowed=("online", "hybrid")), "Onlin")
    "Did you mean 'online'?"
    """
    if item.allowed:
        parts = [part.strip() for part in cell.split("|")] if item.kind == "codes" else [cell]
        match = closest(next(part for part in parts if part not in item.allowed), item.allowed)
        return f"Did you mean {match!r}?" if match else "Use one of these codes."
    words = {
        "date": "year-month-day, such as 2023-04-30",
        "integer": "digits only, such as 12",
        "number": "digits only, such as 2.5",
        "flag": "true or false",
    }
    return f"Correct the cell: write {words[item.kind]}."


def in_words(value: object) -> str:
    """Write a value as it would stand in a cell.

    >>> in_words(2.0), in_words(pd.Timestamp("2023-01-05"))
    ('2', '2023-01-05')
    """
    form = {pd.Timestamp: "%Y-%m-%d", float: ".12g"}.get(type(value), "")
    return format(value, form)


def _range(item: Field) -> str:
    if item.low is None and item.high is None:
        return ""
    if item.high is None:
        return f" of at least {item.low:g}"
    if item.low is None:
        return f" of at most {item.high:g}"
    return f" from {item.low:g} to {item.high:g}"


def text(name: str, about: str, *, required: bool = True) -> Field:
    """Make a column of free text or identifiers."""
    return Field(name, "text", about, required)


def code(name: str, about: str, allowed: Iterable[str], *, required: bool = True) -> Field:
    """Make a column that holds one of a fixed set of codes."""
    return Field(name, "code", about, required, tuple(allowed))


def codes(name: str, about: str, allowed: Iterable[str]) -> Field:
    """Make a column that holds any number of codes, separated by ``|``."""
    return Field(name, "codes", about, False, tuple(allowed))


def listing(name: str, about: str) -> Field:
    """Make a column that holds any number of values, separated by ``|``."""
    return Field(name, "list", about, False)


def date(name: str, about: str, *, required: bool = True) -> Field:
    """Make a column of ISO dates."""
    return Field(name, "date", about, required)


def flag(name: str, about: str, *, required: bool = True) -> Field:
    """Make a column of true and false."""
    return Field(name, "flag", about, required)


def number(
    name: str,
    about: str,
    *,
    required: bool = True,
    low: float | None = None,
    high: float | None = None,
) -> Field:
    """Make a column of numbers."""
    return Field(name, "number", about, required, (), low, high)


def integer(
    name: str,
    about: str,
    *,
    required: bool = True,
    low: float | None = None,
    high: float | None = None,
) -> Field:
    """Make a column of whole numbers."""
    return Field(name, "integer", about, required, (), low, high)


#: Who supplied a row, when, what kind of evidence it is, and whether it is simulated.
PROVENANCE = (
    text("source_org", "Organisation that supplied the row."),
    date("received_on", "Day the evaluator received it."),
    code("evidence_class", "What kind of evidence it is.", EVIDENCE_CLASSES),
    flag("synthetic", "Whether the row is simulated."),
)

#: Provenance of the documentary record: the document itself is named in each table.
DOCUMENTARY = PROVENANCE[2:]
