"""A page as a tagged PDF: PDF/UA-1 and PDF/A-2a, made by typst from wheels alone."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib
import pikepdf
import typst

from wfw_eval.chapters.blocks import Block, Figure, Finding, Heading, Paragraph, Table
from wfw_eval.chapters.figures import draw
from wfw_eval.chapters.fragments import ROLES
from wfw_eval.chapters.page import Page
from wfw_eval.publish.standing import LICENCE_LINE, Standing, banners, policy_line

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]

#: A table with more columns than this gets a page on its side.
UPRIGHT_COLUMNS = 7


def pdf_page(page: Page, standing: Standing) -> bytes:
    """Return a page as PDF; the same page gives the same bytes."""
    template = (files("wfw_eval.publish") / "templates" / "page.typ").read_bytes()
    compiled = typst.compile(
        template,
        format="pdf",
        sys_inputs={"page": json.dumps(_page(page, standing))},
        font_paths=_fonts(),
        pdf_standards=STANDARDS,
        timestamp=_timestamp(page),
    )
    return _with_row_headers(compiled)


def _fonts() -> typst.Fonts:
    """Use the fonts that come with matplotlib: the same on every machine."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


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
        "widths": _widths(table),
        "marks": [f"{mark}." for mark in table.marks],
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
        "notes": table.notes,
        "wide": len(table.columns) > UPRIGHT_COLUMNS,
    }


def _widths(table: Table) -> list[int]:
    """Give each column room in proportion to what it holds: words may wrap, numbers may not."""
    return [_width([row.cells[index].text for row in table.rows], heading, table.numeric[index])
            for index, heading in enumerate(table.columns)]  # fmt: skip


def _width(cells: list[str], heading: str, numeric: bool) -> int:
    longest = max(len(cell) for cell in cells)
    word = max(len(word) for text in (heading, *cells) for word in text.split() or [""])
    return max(word, longest if numeric else min(longest, 48)) + 3


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


def _with_row_headers(compiled: bytes) -> bytes:
    """Mark the first cell of each body row as its header, which typst cannot do from a wheel."""
    with pikepdf.open(io.BytesIO(compiled)) as pdf:
        _mark_rows(pdf.Root.StructTreeRoot, pdf, in_body=False)
        saved = io.BytesIO()
        pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


def _mark_rows(node: Any, pdf: pikepdf.Pdf, *, in_body: bool) -> None:
    kind = node.get("/S") if isinstance(node, pikepdf.Dictionary) else None
    if in_body and kind == "/TR":
        first = next(iter(_children(node)))
        first.S = pikepdf.Name.TH
        first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        return
    for child in _children(node):
        _mark_rows(child, pdf, in_body=in_body or kind == "/TBody")


def _children(node: Any) -> list[Any]:
    """Return a structure element's own children that are elements."""
    kids = node.get("/K") if isinstance(node, pikepdf.Dictionary) else None
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
