"""A page as a tagged PDF: PDF/UA-1 and PDF/A-2a, made by typst from wheels alone."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

import pikepdf
import typst

from wfw_eval.chapters.blocks import Block, Figure, Finding, Heading, Paragraph, Table
from wfw_eval.chapters.figures import draw
from wfw_eval.chapters.fragments import ROLES
from wfw_eval.chapters.page import Page
from wfw_eval.publish.columns import FONTS, hyphenated, sideways, widths
from wfw_eval.publish.standing import LICENCE_LINE, Standing, banners, policy_line

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def pdf_page(page: Page, standing: Standing) -> bytes:
    """Return a page as PDF; the same page gives the same bytes."""
    template = (files("wfw_eval.publish") / "templates" / "page.typ").read_bytes()
    compiled = typst.compile(
        template,
        format="pdf",
        sys_inputs={"page": json.dumps(_page(page, standing))},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
        pdf_standards=STANDARDS,
        timestamp=_timestamp(page),
    )
    return _with_mended_tables(compiled)


def _page(page: Page, standing: Standing) -> dict[str, Any]:
    header = page.header
    day = dt.date.fromisoformat(header.data_cut)
    shown = banners(header, standing)
    return {
        "title": page.title,
        "author": f"wfw_eval {header.version}",
        "run": header.title,
        "running": " ".join(banner.lead for banner in shown),
        "date": [day.year, day.month, day.day],
        "facts": page.facts,
        "banners": [asdict(banner) for banner in shown],
        "blocks": [_block(block) for block in page.blocks if not _is_title(block)],
        "closing": [policy_line(page), LICENCE_LINE, f"Made by wfw_eval {header.version}."],
    }


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return _figure(block)
    found = asdict(block)
    if isinstance(block, Paragraph):
        found["lead"] = ROLES.get(block.role, "")
    if isinstance(block, Finding):
        found["lead"] = f"Finding {block.number}."
    return found


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "label": f"Table {table.number}. " if table.number else "",
        "caption": table.caption,
        "columns": table.columns,
        "numeric": table.numeric,
        "widths": [round(width, 1) for width in widths(table)],
        "hyphenate": hyphenated(table),
        "marks": [f"{mark}." for mark in table.marks],
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
        "notes": table.notes,
        "wide": sideways(table),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "label": f"Figure {figure.number}. ",
        "title": figure.title,
        "alt": figure.alt,
        "svg": draw(figure, "svg").decode("utf-8"),
        "notes": figure.notes,
        "table": _table(figure.table) | {"label": f"Data behind figure {figure.number}. "},
    }


def _timestamp(page: Page) -> int:
    """Date the file by its data cut, so that the same input gives the same bytes."""
    day = dt.date.fromisoformat(page.header.data_cut)
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())


def _with_mended_tables(compiled: bytes) -> bytes:
    """Mend the structure of tables in ways that typst cannot from a wheel."""
    with pikepdf.open(io.BytesIO(compiled)) as pdf:
        _mend(pdf.Root.StructTreeRoot, in_body=False)
        saved = io.BytesIO()
        pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


def _mend(node: Any, *, in_body: bool) -> None:
    kind = node.get("/S") if isinstance(node, pikepdf.Dictionary) else None
    if kind == "/TR":
        _drop_keeper(node)
        if in_body:
            _mark_row_header(node)
        return
    for child in _children(node):
        _mend(child, in_body=in_body or kind == "/TBody")


def _drop_keeper(row: Any) -> None:
    """Take the column without width, which only keeps rows on one page, out of a row."""
    cells = _children(row)
    row.K = pikepdf.Array([cell for cell in cells if not _spans(cell, "/RowSpan")])
    for cell in cells:
        for attributes in _spans(cell, "/ColSpan"):
            del attributes["/ColSpan"]


def _mark_row_header(row: Any) -> None:
    """Mark the first cell of a row as its header."""
    first = next(iter(_children(row)))
    first.S = pikepdf.Name.TH
    first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _spans(cell: Any, kind: str) -> list[Any]:
    """Return the attributes that say over how many rows or columns a cell spans."""
    given = cell.get("/A")
    listed = list(given) if isinstance(given, pikepdf.Array) else [given]
    return [each for each in listed if isinstance(each, pikepdf.Dictionary) and kind in each]


def _children(node: Any) -> list[Any]:
    """Return a structure element's own children that are elements."""
    kids = node.get("/K") if isinstance(node, pikepdf.Dictionary) else None
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
