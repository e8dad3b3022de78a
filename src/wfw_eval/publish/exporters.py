"""nbconvert exporters: ``jupyter nbconvert --to wfw-html`` and ``--to wfw-pdf``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, Instance, default

from wfw_eval.chapters.page import Page, build_page, read_notebook
from wfw_eval.chapters.view import View, gated
from wfw_eval.publish.html import html_page
from wfw_eval.publish.pdf import pdf_page
from wfw_eval.publish.standing import Standing


class _ChapterExporter(Exporter):
    """An executed chapter as a page.

    By itself an exporter sees one notebook: it withholds small counts and marks the page a
    draft. A run hands it the view decided over the whole release.
    """

    view = Instance(View, allow_none=True, help="What may be seen, decided over a release.")
    draft = Bool(False, help="Whether the page is a draft although a view was handed to it.")

    @default("view")
    def _no_view(self) -> None:
        return None

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Turn an executed notebook into a page."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name") or "notebook"
        executed = read_notebook(notebook, name)
        standing: Standing = "draft" if self.draft or self.view is None else "release"
        view = self.view or gated(executed.stored, executed.policy)
        return self.write(build_page(executed, view), standing), resources

    write: Callable[[Page, Standing], str | bytes]


class WfwHTMLExporter(_ChapterExporter):
    """An executed chapter as one accessible HTML file."""

    export_from_notebook = "Evaluation chapter (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    def write(self, page: Page, standing: Standing) -> str:
        """Write the page."""
        return html_page(page, standing)


class WfwPDFExporter(_ChapterExporter):
    """An executed chapter as a tagged PDF."""

    export_from_notebook = "Evaluation chapter (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".pdf"

    def write(self, page: Page, standing: Standing) -> bytes:
        """Write the page."""
        return pdf_page(page, standing)
