"""What a chapter leaves behind: addressed results, and tables, figures and prose made of them.

Records hold addresses and templates, never finished numbers. They are stored in the executed
notebook's own outputs, and turned into words only after the disclosure gate has decided what
may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from wfw_eval.chapters.words import Form
from wfw_eval.metrics.result import Result

#: Notebook output type under which records are stored.
MIME = "application/vnd.wfw-eval.record+json"

Rows = Mapping[str, Mapping[str, Result | str]]
Partitions = tuple[tuple[str, ...], ...]
Role = Literal["text", "finding", "limit", "promise"]


@dataclass(frozen=True)
class Header:
    """Which chapter of which run this is, and under which policy."""

    chapter: str
    run: str
    title: str
    period: str
    data_cut: str
    synthetic: bool
    policy: Mapping[str, int]
    version: str


@dataclass(frozen=True)
class Column:
    """A column of a table: which result of each row it shows, and in which form."""

    key: str
    label: str
    of: str | None = None
    form: Form = "value"

    @property
    def source_key(self) -> str:
        """Key of the row's cell that the column shows."""
        return self.of or self.key


@dataclass(frozen=True)
class Provenance:
    """Where figures come from: tables or publications, and the period they cover."""

    sources: tuple[str, ...]
    period: str


@dataclass(frozen=True)
class StoredRow:
    """A row's key and its cells: per cell key, ``{"ref": address}`` or ``{"text": words}``."""

    key: str
    cells: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class TableRecord:
    """A table of addresses and texts.

    Attributes:
        address: Address of the table; a cell's is ``address.row.column``.
        caption: Template.
        columns: In order; the first is the row header.
        rows: In order; a notebook's file sorts its keys, so order is kept in a list.
        note: Template, shown under the table.
        provenance: Sources and period.
    """

    address: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[StoredRow, ...]
    note: str
    provenance: Provenance


@dataclass(frozen=True)
class FigureRecord:
    """A figure: what is drawn from which table, with its takeaway, alt text and base."""

    kind: str
    title: str
    alt: str
    base: str
    table: TableRecord
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SayRecord:
    """A piece of prose: a Markdown template whose fields are addresses."""

    role: Role
    text: str
    facts: tuple[str, ...] = ()


Record = Header | TableRecord | FigureRecord | SayRecord


@dataclass(frozen=True)
class Stored:
    """One notebook output: a record with the results it brings.

    Attributes:
        record: What is shown, or None where results are only registered.
        results: Results by full address.
        partitions: Lists of cells whose counts add up to a total that a reader knows.
    """

    record: Record | None
    results: Mapping[str, Result]
    partitions: Partitions = ()

    def to_json(self) -> dict[str, Any]:
        """Return the form stored in the notebook."""
        stored: dict[str, Any] = {
            "results": {address: result.to_json() for address, result in self.results.items()}
        }
        if self.partitions:
            stored["partitions"] = _without_tuples(self.partitions)
        if self.record is not None:
            stored["kind"] = type(self.record).__name__
            stored["record"] = _without_tuples(asdict(self.record))
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Stored:
        """Rebuild a record from :meth:`to_json`."""
        results = {
            address: Result.from_json(result) for address, result in stored["results"].items()
        }
        kind = stored.get("kind")
        return cls(
            None if kind is None else _BUILDERS[kind](stored["record"]),
            results,
            tuple(tuple(cells) for cells in stored.get("partitions", ())),
        )


def stored_rows(address: str, rows: Rows) -> tuple[tuple[StoredRow, ...], dict[str, Result]]:
    """Split rows into what a table stores (texts and addresses) and the results it brings."""
    results = {
        f"{address}.{key}.{name}": cell
        for key, row in rows.items()
        for name, cell in row.items()
        if isinstance(cell, Result)
    }
    stored = tuple(
        StoredRow(key, {name: _stored_cell(f"{address}.{key}.{name}", cell)
                        for name, cell in row.items()})
        for key, row in rows.items()
    )  # fmt: skip
    return stored, results


def _stored_cell(address: str, cell: Result | str) -> dict[str, str]:
    return {"ref": address} if isinstance(cell, Result) else {"text": cell}


def _table(stored: Mapping[str, Any]) -> TableRecord:
    return TableRecord(
        address=stored["address"],
        caption=stored["caption"],
        columns=tuple(Column(**column) for column in stored["columns"]),
        rows=tuple(StoredRow(**row) for row in stored["rows"]),
        note=stored["note"],
        provenance=Provenance(
            tuple(stored["provenance"]["sources"]), stored["provenance"]["period"]
        ),
    )


def _figure(stored: Mapping[str, Any]) -> FigureRecord:
    return FigureRecord(
        stored["kind"],
        stored["title"],
        stored["alt"],
        stored["base"],
        _table(stored["table"]),
        stored["options"],
    )


def _say(stored: Mapping[str, Any]) -> SayRecord:
    return SayRecord(stored["role"], stored["text"], tuple(stored["facts"]))


_BUILDERS: dict[str, Any] = {
    "Header": lambda stored: Header(**stored),
    "TableRecord": _table,
    "FigureRecord": _figure,
    "SayRecord": _say,
}


def _without_tuples(value: Any) -> Any:
    """Return the value as JSON will give it back, so that a rerun compares equal."""
    if isinstance(value, Mapping):
        return {key: _without_tuples(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_tuples(item) for item in value]
    return value
