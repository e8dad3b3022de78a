"""How a record looks inside a notebook: the page's own HTML, and plain text."""

from __future__ import annotations

from typing import Any

from wfw_eval.chapters.blocks import (
    Block,
    Figure,
    Finding,
    Heading,
    Listing,
    Numbering,
    Paragraph,
    Table,
)
from wfw_eval.chapters.figures import draw
from wfw_eval.chapters.fragments import html_fragment
from wfw_eval.chapters.page import record_blocks
from wfw_eval.chapters.record import MIME, Header, Stored
from wfw_eval.chapters.view import View

Bundle = tuple[dict[str, Any], dict[str, Any]]


def bundle(stored: Stored, view: View, chapter: str, numbering: Numbering) -> Bundle:
    """Return the output of one record: stored form, HTML, plain text, and a picture."""
    blocks = record_blocks(stored.record, view, chapter, numbering)
    data: dict[str, Any] = {MIME: stored.to_json(), "text/plain": _plain(stored, blocks)}
    metadata: dict[str, Any] = {}
    figure = next((block for block in blocks if isinstance(block, Figure)), None)
    if figure is not None:
        data["image/png"] = draw(figure, "png")
        metadata["image/png"] = {"alt": figure.alt}
    elif blocks:
        data["text/html"] = html_fragment(blocks)
    return data, metadata


def _plain(stored: Stored, blocks: list[Block]) -> str:
    if isinstance(stored.record, Header):
        return f"Chapter {stored.record.chapter} of {stored.record.title}"
    if not blocks:
        return f"{len(stored.results)} results registered"
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return f"{block.title}\n{block.alt}\n{_table(block.table)}"
    if isinstance(block, Listing):
        return "\n".join("* " + "".join(span.text for span in item) for item in block.items)
    assert isinstance(block, Heading | Paragraph | Finding)
    return "".join(span.text for span in block.spans)


def _table(table: Table) -> str:
    lines = [table.columns, *(tuple(cell.text for cell in row.cells) for row in table.rows)]
    return table.caption + "\n" + "\n".join(" | ".join(line) for line in lines)
