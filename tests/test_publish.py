"""Pages as HTML and PDF: accessible, self-contained, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pikepdf
import pytest
from conftest import executed, say, table

from wfw_eval.chapters.blocks import Cell, Row, Table
from wfw_eval.chapters.page import Page, build_page, read_notebook
from wfw_eval.chapters.record import (
    Column,
    FigureRecord,
    Provenance,
    SayRecord,
    Stored,
    TableRecord,
    stored_rows,
)
from wfw_eval.chapters.view import gated
from wfw_eval.metrics.representation import share
from wfw_eval.publish.columns import (
    BOLD,
    SIDEWAYS,
    UPRIGHT,
    hyphenated,
    printed,
    sideways,
    widths,
    words,
)
from wfw_eval.publish.exporters import WfwHTMLExporter, WfwPDFExporter
from wfw_eval.publish.html import html_page
from wfw_eval.publish.pdf import pdf_page

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    '#eval("1")',
    "#panic()",
    "$x^2$ *strong* _emph_ `raw` @ref <label>",
    "\\u{202e}abc",
    "&amp; &lt;b&gt;",
    "</table></main>",
]


def figure() -> Stored:
    """A funnel of two steps, the second of them too small to show."""
    rows = {
        "first": {"label": "Invited", "people": _count(40, "f1"), "share": _none()},
        "second": {"label": "Came", "people": _count(3, "f2"), "share": share(3, 40, cell="f2")},
    }
    cells, results = stored_rows("09/f", rows)
    data = TableRecord(
        "09/f", "Data", (Column("label", "Step"), Column("people", "People")), cells, "",
        Provenance(("a register",), "one year"),
    )  # fmt: skip
    return Stored(FigureRecord("funnel", "Few came", "Two bars", "Base: all", data), results)


def _count(count: int, cell: str) -> Any:
    from conftest import people

    return people(count, cell)


def _none() -> Any:
    from wfw_eval.metrics.result import not_estimable

    return not_estimable("M07", "proportion", "first step")


def notebook(*more: Stored | str, **changes: Any) -> nbformat.NotebookNode:
    finding = Stored(SayRecord("finding", "So it is.", ("09/t.a.people",)), {})
    return executed(table("09/t", {"a": 40, "b": 3}), say("There were {t.a.people}; {t.b.people}."),
                    "## Section\n\n* one\n* two", figure(), finding, *more, **changes)  # fmt: skip


def page(*more: Stored | str, **changes: Any) -> Page:
    chapter = read_notebook(notebook(*more, **changes), "09_test")
    return build_page(chapter, gated(chapter.stored, chapter.policy))


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_html_needs_no_network_and_runs_no_script() -> None:
    html = html_page(page(), "release")
    tags = Tags(html)
    assert not tags.of("script") and not tags.of("link") and not tags.of("iframe")
    addresses = [value for _, attributes in tags.found for key, value in attributes.items()
                 if key in ("src", "href", "srcset", "action")]  # fmt: skip
    assert all(str(value).startswith(("#", "data:image/svg+xml;base64,")) for value in addresses)
    assert "url(" not in html and "@import" not in html
    assert not any(key.startswith("on") for _, attributes in tags.found for key in attributes)


def test_html_is_built_for_everyone() -> None:
    tags = Tags(html_page(page(), "release"))
    assert tags.of("html")[0]["lang"] == "en-GB"
    assert len(tags.of("h1")) == len(tags.of("main")) == len(tags.of("title")) == 1
    assert all(image["alt"] for image in tags.of("img"))
    assert all(cell.get("scope") in ("col", "row") for cell in tags.of("th"))
    assert len(tags.of("caption")) == len(tags.of("table"))
    assert len(tags.of("figcaption")) == len(tags.of("figure")) == 1
    anchors = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("standing", "synthetic", "expected"),
    [
        ("draft", True, ["Simulated records.", "Draft, not for release."]),
        ("release", True, ["Simulated records."]),
        ("release", False, []),
    ],
)
def test_banners_say_what_the_page_is(standing: Any, synthetic: bool, expected: list[str]) -> None:
    html = html_page(page(synthetic=synthetic), standing)
    assert re.findall(r'role="note"><strong>([^<]*)', html) == expected


def test_a_withheld_count_is_nowhere_in_the_page() -> None:
    html = html_page(page(), "release")
    assert re.search(r'data-address="09/t\.b\.people">\[c\]', html)
    main = re.search(r"<main.*</main>", html, flags=re.DOTALL)
    assert main is not None
    numbers = re.findall(r"\d+", re.sub(r"<[^>]*>", " ", main.group()))
    assert "40" in numbers and "3" not in numbers


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_records_is_shown_as_text(text: str) -> None:
    cells, results = stored_rows("09/h", {"r": {"label": text, "note": text}})
    record = TableRecord("09/h", "Texts", (Column("label", "Label"), Column("note", "Note")),
                         cells, "", Provenance((text,), "one year"))  # fmt: skip
    shown = page(Stored(record, results))
    html = html_page(shown, "release")
    assert Tags(html).found.count(("script", {})) == 0
    assert not any("onerror" in attributes for _, attributes in Tags(html).found)
    assert len(Tags(html).of("main")) == 1
    assert pdf_page(shown, "release").startswith(b"%PDF")


def test_pdf_carries_the_identifiers_of_both_standards() -> None:
    with pikepdf.open(io.BytesIO(pdf_page(page(), "release"))) as pdf:
        with pdf.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"
            assert (str(metadata["pdfaid:part"]), metadata["pdfaid:conformance"]) == ("2", "A")
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "A chapter"


def test_pdf_tells_figures_and_table_headers_apart() -> None:
    with pikepdf.open(io.BytesIO(pdf_page(page(), "release"))) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        kinds = [str(element.S) for element in elements]
        assert kinds.count("/Title") == 1 and "/H1" in kinds
        alts = [str(element.Alt) for element in elements if "/Alt" in element]
        assert alts == ["Two bars"]
        scopes = [str(_scope(element)) for element in elements if str(element.S) == "/TH"]
        assert set(scopes) == {"/Column", "/Row"}
        rows = [element for element in elements if str(element.S) == "/TR"]
        assert all(str(next(iter(element.K)).S) == "/TH" for element in rows)


@pytest.mark.parametrize("count", range(1, 8))
def test_pdf_tables_keep_no_trace_of_what_holds_their_rows_together(count: int) -> None:
    long = table("09/long", {f"r{place}": 40 for place in range(count)})
    with pikepdf.open(io.BytesIO(pdf_page(page(long), "release"))) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        rows = [element for element in elements if str(element.S) == "/TR"]
        assert {len(list(_elements_of(row))) for row in rows} == {2}
        cells = [element for element in elements if str(element.S) in ("/TH", "/TD")]
        assert not any(key in str(cell.A) for cell in cells for key in ("RowSpan", "ColSpan"))


def a_table(columns: list[str], *rows: list[str], numeric: str = "") -> Table:
    """Make a table of words; ``numeric`` says of each column whether it holds numbers (1)."""
    kinds = tuple(kind == "1" for kind in numeric.ljust(len(columns), "0"))
    made = tuple(Row(str(place), tuple(Cell(text) for text in row))
                 for place, row in enumerate(rows))  # fmt: skip
    return Table(1, "t", "A caption", tuple(columns), kinds, made, (), ())


CROWDED = a_table(
    ["Discrepancy", "Clauses", "What disagrees", "Treatment", "Needed", "Simulated", "Share"],
    ["D01", "2.4, 2.11 against 2.10d", "The plan " * 12, "Shown both ways " * 9, "5", "0",
     "43% (16% to 75%)"],
    numeric="0000111",
)  # fmt: skip


def test_columns_hold_their_longest_word_and_whole_numbers() -> None:
    assert not hyphenated(CROWDED)
    found = widths(CROWDED)
    assert sum(found) == pytest.approx(UPRIGHT)
    for index, width in enumerate(found):
        headed = max(printed(word, BOLD) for word in words(CROWDED.columns[index]))
        text = CROWDED.rows[0].cells[index].text
        held = [text] if CROWDED.numeric[index] else words(text)
        assert width > max(headed, *(printed(piece) for piece in held))


def test_short_lines_stay_whole_before_long_ones_get_more() -> None:
    prose = "A long account of what was planned and what came of it. " * 4
    found = widths(a_table(["When", "What", "Why"], ["30 September 2023", prose, prose]))
    assert found[0] > printed("30 September 2023")
    assert found[1] == pytest.approx(found[2])
    assert sum(found) == pytest.approx(UPRIGHT)


def test_what_is_too_wide_lies_on_its_side_and_only_then_breaks_words() -> None:
    eight = a_table(["Column"] * 8, ["word"] * 8)
    long = a_table(["Incomprehensibility"] * 6, ["word"] * 6)
    longest = a_table(["Incomprehensibilities"] * 12, ["word"] * 12)
    assert [sideways(each) for each in (CROWDED, eight, long, longest)] == [False, True, True, True]
    assert [hyphenated(each) for each in (eight, long, longest)] == [False, False, True]
    assert sum(widths(longest)) == pytest.approx(SIDEWAYS)
    assert max(widths(longest)) == pytest.approx(min(widths(longest)))


def test_a_wide_table_gets_a_page_on_its_side() -> None:
    columns = [Column("label", "Label"), *(Column(f"c{place}", "More") for place in range(8))]
    cells, results = stored_rows("09/w", {"r": {each.key: "word" for each in columns}})
    wide = TableRecord(
        "09/w", "Wide", tuple(columns), cells, "", Provenance(("a register",), "a year")
    )
    with pikepdf.open(io.BytesIO(pdf_page(page(Stored(wide, results)), "release"))) as pdf:
        boxes = [[float(edge) for edge in each.mediabox] for each in pdf.pages]
    assert any(right > top for _, _, right, top in boxes)
    assert any(right < top for _, _, right, top in boxes)


def test_pdf_fonts_come_from_packages() -> None:
    with pikepdf.open(io.BytesIO(pdf_page(page(), "release"))) as pdf:
        fonts = {str(item.BaseFont) for item in pdf.objects
                 if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
                 and "/BaseFont" in item}  # fmt: skip
    assert fonts and all("DejaVu" in name for name in fonts)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert html_page(page(), "release") == html_page(page(), "release")
    assert pdf_page(page(), "release") == pdf_page(page(), "release")


@pytest.mark.parametrize("exporter", [WfwHTMLExporter, WfwPDFExporter])
def test_an_exporter_alone_makes_a_draft(
    exporter: Any, write_notebook: Callable[..., Path]
) -> None:
    made = exporter()
    output, resources = made.from_filename(str(write_notebook(notebook())))
    assert resources["output_extension"] == made.file_extension
    if isinstance(output, str):
        assert "Draft, not for release." in output
    else:
        assert output.startswith(b"%PDF")


def _elements(node: Any) -> Iterator[Any]:
    for kid in _elements_of(node):
        yield kid
        yield from _elements(kid)


def _elements_of(node: Any) -> Iterator[Any]:
    kids = node.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _scope(element: Any) -> Any:
    attributes = element.A
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next(item.Scope for item in listed if "/Scope" in item)
