"""The semantic model of a page: blocks that every writer renders, already gated.

A block holds words, never templates; no writer sees a result that was withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import mistune

from wfw_eval.chapters.prose import Number, parts
from wfw_eval.chapters.record import (
    Column,
    FigureRecord,
    Role,
    SayRecord,
    StoredRow,
    TableRecord,
)
from wfw_eval.chapters.view import View
from wfw_eval.chapters.words import MARKS


@dataclass(frozen=True)
class Span:
    """A run of text in one style: "", strong, emphasis, code, number or link."""

    text: str
    style: str = ""
    target: str | None = None


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the page's title."""

    level: int
    spans: Spans
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``role`` says whether it is plain text, a promise or a limit."""

    spans: Spans
    role: Role = "text"
    kind: str = "paragraph"


@dataclass(frozen=True)
class Listing:
    """A bulleted or numbered list."""

    items: tuple[Spans, ...]
    ordered: bool = False
    kind: str = "list"


@dataclass(frozen=True)
class Finding:
    """A numbered finding with the facts it rests on."""

    number: int
    spans: Spans
    facts: tuple[Span, ...]
    kind: str = "finding"


@dataclass(frozen=True)
class Cell:
    """A table cell: its words, its address, and what a figure needs to draw it."""

    text: str
    address: str | None = None
    value: Any = None
    lower: float | None = None
    upper: float | None = None
    interval: str | None = None


@dataclass(frozen=True)
class Row:
    """A table row; its first cell is the row header.

    Attributes:
        key: Key of the row.
        cells: What each column shows.
        drawn: The same row by cell key, for figures.
    """

    key: str
    cells: tuple[Cell, ...]
    drawn: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A captioned table with its notes and the marks it uses."""

    number: int | None
    anchor: str
    caption: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]
    marks: tuple[str, ...]
    notes: tuple[str, ...]
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A figure: how to draw it, and its text equivalents."""

    number: int
    anchor: str
    title: str
    alt: str
    drawing: str
    options: Mapping[str, Any]
    table: Table
    notes: tuple[str, ...]
    kind: str = "figure"


Block = Heading | Paragraph | Listing | Finding | Table | Figure


@dataclass
class Numbering:
    """Running numbers of one chapter's tables, figures and findings."""

    tables: int = 0
    figures: int = 0
    findings: int = 0


def markdown_blocks(text: str, view: View, chapter: str, role: Role = "text") -> list[Block]:
    """Turn Markdown with fields into blocks; raw HTML in it stays text."""
    fields: list[Span] = []
    template = "".join(_placeholder(part, fields, view) for part in parts(text, chapter))
    tokens: Any = mistune.create_markdown(renderer=None)(template)
    return [block for token in tokens for block in _block(token, fields, role)]


def finding_block(record: SayRecord, view: View, chapter: str, number: int) -> Finding:
    """Turn a finding into a block that lists the facts behind it."""
    spans = [
        span
        for block in markdown_blocks(record.text, view, chapter)
        for span in getattr(block, "spans", ())
    ]
    facts = tuple(
        Span(f"{address}: {view.text(address, 'with_interval')}", "fact", address)
        for address in record.facts
    )
    return Finding(number, tuple(spans), facts)


def table_block(record: TableRecord, view: View, chapter: str, number: int | None) -> Table:
    """Turn a table record into words."""
    rows = tuple(_row(row, record.columns, view) for row in record.rows)
    used = {cell.text for row in rows for cell in row.cells}
    note = view.plain(record.note, chapter)
    return Table(
        number=number,
        anchor=_anchor(record.address),
        caption=view.plain(record.caption, chapter),
        columns=tuple(column.label for column in record.columns),
        numeric=tuple(_numeric(column, record) for column in record.columns),
        rows=rows,
        marks=tuple(f"{mark} {words}" for mark, words in MARKS.items() if mark in used),
        notes=tuple(line for line in (note, _source(record)) if line),
    )


def figure_block(record: FigureRecord, view: View, chapter: str, number: int) -> Figure:
    """Turn a figure record into words and a drawing instruction."""
    table = table_block(record.table, view, chapter, None)
    return Figure(
        number=number,
        anchor=_anchor(record.table.address) + "-figure",
        title=view.plain(record.title, chapter),
        alt=view.plain(record.alt, chapter),
        drawing=record.kind,
        options=record.options,
        table=replace(table, notes=()),  # they stand under the picture
        notes=(view.plain(record.base, chapter), *table.notes),
    )


def _row(row: StoredRow, columns: tuple[Column, ...], view: View) -> Row:
    shown = tuple(_cell(row.cells[column.source_key], column, view) for column in columns)
    drawn = {name: _cell(cell, Column(name, name), view) for name, cell in row.cells.items()}
    return Row(row.key, shown, drawn)


def _cell(stored: Mapping[str, str], column: Column, view: View) -> Cell:
    if "text" in stored:
        return Cell(stored["text"], value=stored["text"])
    address = stored["ref"]
    text, result = view.text(address, column.form), view.result(address)
    if result is None or not result.estimable:
        return Cell(text, address)
    return Cell(text, address, result.value, result.lower, result.upper, result.interval)


def _numeric(column: Column, record: TableRecord) -> bool:
    return any("ref" in row.cells[column.source_key] for row in record.rows)


def _source(record: TableRecord) -> str:
    provenance = record.provenance
    return f"Source: {'; '.join(provenance.sources)}. Period: {provenance.period}."


def _anchor(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")


def _placeholder(part: Any, fields: list[Span], view: View) -> str:
    """Stand a private-use character in for a field, so that its words are never parsed."""
    if isinstance(part, Number):
        fields.append(Span(view.text(part.address, part.form), "number", part.address))
        return chr(0xE000 + len(fields) - 1)
    return str(part.text)


def _block(token: Mapping[str, Any], fields: list[Span], role: Role) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading":
        yield Heading(token["attrs"]["level"], _spans(token, fields))
    elif kind in ("paragraph", "block_text"):
        yield Paragraph(_spans(token, fields), role)
    elif kind == "list":
        items = tuple(_spans(item, fields) for item in token["children"])
        yield Listing(items, bool(token["attrs"].get("ordered")))
    elif kind in ("block_quote", "list_item"):
        for child in token["children"]:
            yield from _block(child, fields, role)
    elif "raw" in token and kind != "blank_line":
        yield Paragraph((Span(token["raw"].strip()),), role)


def _spans(
    token: Mapping[str, Any], fields: list[Span], style: str = "", target: str | None = None
) -> Spans:
    styles = {"strong": "strong", "emphasis": "emphasis", "link": "link", "codespan": "code"}
    found: list[Span] = []
    for child in token.get("children", ()):
        kind = child["type"]
        here = styles.get(kind, style)
        href = child["attrs"]["url"] if kind == "link" else target
        if "children" in child:
            found += _spans(child, fields, here, href)
        else:
            text = " " if kind in ("softbreak", "linebreak") else child.get("raw", "")
            found += _with_fields(text, fields, here, href)
    return tuple(found)


def _with_fields(text: str, fields: list[Span], style: str, href: str | None) -> Iterator[Span]:
    for piece in re.split(r"([\uE000-\uF8FF])", text):
        if len(piece) == 1 and 0 <= ord(piece) - 0xE000 < len(fields):
            yield fields[ord(piece) - 0xE000]
        elif piece:
            yield Span(piece, style, href)
