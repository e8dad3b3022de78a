"""From an executed notebook to a gated page."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from conftest import executed, people, say, table

from wfw_eval.chapters.blocks import Paragraph, Table
from wfw_eval.chapters.page import Page, build_page, read_notebook
from wfw_eval.chapters.record import SayRecord, Stored
from wfw_eval.chapters.view import gated
from wfw_eval.errors import ChapterError


def page_of(notebook: nbformat.NotebookNode) -> Page:
    chapter = read_notebook(notebook, "09_test")
    return build_page(chapter, gated(chapter.stored, chapter.policy))


def words(page: Page) -> str:
    return " ".join(span.text for block in page.blocks if isinstance(block, Paragraph)
                    for span in block.spans)  # fmt: skip


def test_prose_takes_its_numbers_from_results() -> None:
    page = page_of(executed(table("09/t", {"a": 40}), say("There were {t.a.people} of them.")))
    assert words(page).split() == ["There", "were", "40", "of", "them."]
    assert page.title == "A chapter"


def test_a_withheld_number_is_withheld_in_the_table_and_in_prose() -> None:
    page = page_of(executed(table("09/t", {"a": 40, "b": 3}), say("Only {t.b.people}.")))
    shown = next(block for block in page.blocks if isinstance(block, Table))
    assert [row.cells[1].text for row in shown.rows] == ["40", "[c]"]
    assert shown.rows[1].cells[1].value is None
    assert shown.marks[0].startswith("[c] withheld")
    assert "[c]" in words(page)


def test_order_of_rows_survives_a_file_that_sorts_its_keys() -> None:
    notebook = executed(table("09/t", {"z": 40, "a": 50, "m": 60}))
    again = nbformat.reads(nbformat.writes(notebook), as_version=4)
    shown = next(block for block in page_of(again).blocks if isinstance(block, Table))
    assert [row.key for row in shown.rows] == ["z", "a", "m"]


def test_text_of_a_result_is_never_markup() -> None:
    hostile = Stored(None, {"09/x": people(40, "x"), "09/name": _text("**bold** <b> {t}")})
    page = page_of(executed(hostile, say("It is {name}, {x}.")))
    block = next(block for block in page.blocks if isinstance(block, Paragraph))
    assert [(span.text, span.style) for span in block.spans][1] == ("**bold** <b> {t}", "number")


def _text(value: str) -> Any:
    from wfw_eval.metrics.result import Result

    return Result(metric="words", unit="text", value=value)


def _unexecuted() -> nbformat.NotebookNode:
    notebook = executed(say("Words."))
    notebook.cells[-1].execution_count = None
    return notebook


def _failed() -> nbformat.NotebookNode:
    notebook = executed(say("Words."))
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    notebook.cells[-1].outputs = [error]
    return notebook


@pytest.mark.parametrize(
    ("notebook", "message"),
    [
        (_unexecuted(), "cell 3 was never executed"),
        (_failed(), "cell 3 failed: KeyError"),
        (nbformat.v4.new_notebook(), "opens once"),
        (executed("In 2023 they met."), "cell 3: a digit is typed"),
        (executed(say("Hello {nowhere}.")), "no result has the address '09/nowhere'"),
        (executed(say("Hello 12.")), "a digit is typed"),
        (executed(title=""), "one title"),
        (executed("# Another title"), "one title"),
        (executed("## A section", "#### Too deep"), "skips from level 2 to 4"),
        (executed(table("09/t", {"a": 40}), table("09/t", {"a": 41})), "used by two cells"),
        (executed(policy={"threshold": 1, "heightened_threshold": 1, "minimum_base": 1}),
         "threshold"),
    ],
)  # fmt: skip
def test_a_notebook_that_cannot_be_published_is_refused(
    notebook: nbformat.NotebookNode, message: str
) -> None:
    with pytest.raises((ChapterError, ValueError), match=message):
        page_of(notebook)


def test_a_record_survives_storage() -> None:
    stored = table("09/t", {"a": 40, "b": 3}, partition=True)
    assert Stored.from_json(stored.to_json()) == stored
    finding = Stored(SayRecord("finding", "So.", ("09/t.a.people",)), {})
    assert Stored.from_json(finding.to_json()) == finding
