"""From an executed notebook to the page it stands for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from wfw_eval.chapters.blocks import (
    Block,
    Heading,
    Numbering,
    figure_block,
    finding_block,
    markdown_blocks,
    table_block,
)
from wfw_eval.chapters.prose import typed_digit
from wfw_eval.chapters.record import (
    MIME,
    FigureRecord,
    Header,
    Record,
    SayRecord,
    Stored,
    TableRecord,
)
from wfw_eval.chapters.view import View
from wfw_eval.chapters.words import long_date
from wfw_eval.errors import ChapterError
from wfw_eval.params import DisclosurePolicy


@dataclass(frozen=True)
class Markdown:
    """A Markdown cell, with its place in the notebook."""

    text: str
    cell: int


@dataclass(frozen=True)
class Executed:
    """What an executed notebook holds: prose cells and stored records, in order.

    Attributes:
        name: Notebook name without ending, for messages.
        header: Which chapter of which run it is.
        items: Markdown cells and stored records.
    """

    name: str
    header: Header
    items: tuple[Markdown | Stored, ...]

    @property
    def stored(self) -> list[Stored]:
        """The stored records alone."""
        return [item for item in self.items if isinstance(item, Stored)]

    @property
    def policy(self) -> DisclosurePolicy:
        """The disclosure policy of the run, never weaker than the package's floor."""
        return DisclosurePolicy(**self.header.policy)


@dataclass(frozen=True)
class Page:
    """A chapter ready to be written: its header, title and gated blocks."""

    header: Header
    title: str
    blocks: tuple[Block, ...]
    name: str

    @property
    def facts(self) -> str:
        """Which chapter of which period this is, in a line; some pages are of no one chapter."""
        cut = long_date(dt.date.fromisoformat(self.header.data_cut))
        chapter = [f"Chapter {self.header.chapter}"] if self.header.chapter else []
        return " · ".join([*chapter, self.header.period, f"records as they stood on {cut}"])


def read_notebook(notebook: Any, name: str) -> Executed:
    """Read the records an executed notebook holds.

    Args:
        notebook: An nbformat node.
        name: Notebook name without ending.

    Raises:
        ChapterError: a cell was not executed or failed, prose holds a typed digit, or the
            notebook is not a chapter.
    """
    items = tuple(
        item
        for number, cell in enumerate(notebook.cells, start=1)
        for item in _items(cell, number, name)
    )
    _refuse_shared_addresses(items, name)
    headers = [
        item.record
        for item in items
        if isinstance(item, Stored) and isinstance(item.record, Header)
    ]
    if len(headers) != 1:
        raise ChapterError(
            f"{name}: a chapter opens once, with open_chapter; this notebook does "
            f"so {len(headers)} times. notebooks/ holds examples."
        )
    return Executed(name, headers[0], items)


def build_page(executed: Executed, view: View) -> Page:
    """Turn a chapter into gated blocks.

    Raises:
        ChapterError: prose names an address that no result has, or the headings are not in
            order.
    """
    numbering = Numbering()
    chapter = executed.header.chapter
    blocks = [block for item in executed.items for block in _blocks(item, view, chapter, numbering)]
    return Page(executed.header, _title(blocks, executed.name), tuple(blocks), executed.name)


def record_blocks(
    record: Record | None, view: View, chapter: str, numbering: Numbering
) -> list[Block]:
    """Turn one record into blocks, counting tables, figures and findings as they come."""
    if isinstance(record, TableRecord):
        numbering.tables += 1
        return [table_block(record, view, chapter, numbering.tables)]
    if isinstance(record, FigureRecord):
        numbering.figures += 1
        return [figure_block(record, view, chapter, numbering.figures)]
    if isinstance(record, SayRecord) and record.role == "finding":
        numbering.findings += 1
        return [finding_block(record, view, chapter, numbering.findings)]
    if isinstance(record, SayRecord):
        return markdown_blocks(record.text, view, chapter, record.role)
    return []


def _refuse_shared_addresses(items: Iterable[Markdown | Stored], name: str) -> None:
    addresses = Counter(address for item in items if isinstance(item, Stored)
                        for address in item.results)  # fmt: skip
    twice = [address for address, times in addresses.items() if times > 1]
    if twice:
        raise ChapterError(f"{name}: the address '{twice[0]}' is used by two cells. Give each its "
                           "own.")  # fmt: skip


def _items(cell: Any, number: int, name: str) -> Iterator[Markdown | Stored]:
    if cell.cell_type == "markdown":
        digit = typed_digit(cell.source)
        if digit is not None:
            raise ChapterError(
                f"{name}, cell {number}: a digit is typed in prose: '…{digit}…'. "
                "Say it with chapter.say and the address of a result."
            )
        yield Markdown(cell.source, number)
    elif cell.cell_type == "code" and cell.source.strip():
        if cell.execution_count is None:
            raise ChapterError(
                f"{name}, cell {number} was never executed. Run the notebook "
                "first, with papermill or with Run All in JupyterLab."
            )
        for output in cell.outputs:
            yield from _stored(output, number, name)


def _stored(output: Any, number: int, name: str) -> Iterator[Stored]:
    if output.output_type == "error":
        raise ChapterError(
            f"{name}, cell {number} failed: {output.ename}: {output.evalue}. "
            "Mend the cell and run the notebook again."
        )
    if MIME in output.get("data", {}):
        yield Stored.from_json(output["data"][MIME])


def _blocks(item: Markdown | Stored, view: View, chapter: str, numbering: Numbering) -> list[Block]:
    if isinstance(item, Markdown):
        return markdown_blocks(item.text, view, chapter)
    return record_blocks(item.record, view, chapter, numbering)


def _title(blocks: list[Block], name: str) -> str:
    """Return the title, once the headings are seen to start at one and never to skip."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    levels = [heading.level for heading in headings]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        raise ChapterError(f"{name}: a chapter has one title, '# …', in its first cell.")
    for before, level in pairwise(levels):
        if level > before + 1:
            raise ChapterError(f"{name}: a heading skips from level {before} to {level}.")
    return "".join(span.text for span in headings[0].spans)
