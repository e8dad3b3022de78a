"""The committed reference run is whole, was executed, and is what the notebooks say today.

nbval runs every cell of it again and compares the outputs; but nbval lets a notebook pass that
was never executed, or that lost its cells. These tests close that gap.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import PROJECT

from wfw_eval.chapters.page import read_notebook
from wfw_eval.chapters.record import MIME
from wfw_eval.errors import ChapterError

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
REFERENCE = PROJECT / "outputs" / "reference"


#: Every call that leaves a record in its cell's outputs.
SPEAKS = [f"chapter.{verb}(" for verb in
          ("say", "promise", "limit", "finding", "table", "figure", "register")]  # fmt: skip
SPEAKS.append('open_chapter("')


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def sources(notebook: Any) -> list[tuple[str, str]]:
    """Return the cells as written, without the parameters that papermill adds."""
    return [(cell.cell_type, cell.source) for cell in notebook.cells
            if "injected-parameters" not in cell.metadata.get("tags", [])]  # fmt: skip


def test_every_chapter_has_a_reference_run_and_nothing_else_does() -> None:
    assert NOTEBOOKS
    assert [path.name for path in sorted(REFERENCE.glob("*.ipynb"))] == [
        path.name for path in NOTEBOOKS
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_reference_run_is_of_the_notebook_as_it_stands(path: Path) -> None:
    assert sources(read(REFERENCE / path.name)) == sources(read(path)), (
        "The notebook changed: make reference, and look at what changed in the outputs."
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_reference_run_was_executed_and_holds_its_results(path: Path) -> None:
    executed = read_notebook(read(REFERENCE / path.name), path.stem)
    assert len(executed.stored) > 5
    stored = json.loads((REFERENCE / "results.json").read_text(encoding="utf-8"))
    results = {address: result.to_json() for item in executed.stored
               for address, result in item.results.items()}  # fmt: skip
    chapter = f"{path.stem[:2]}/"
    assert results == {key: value for key, value in stored.items() if key.startswith(chapter)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_speaks_left_its_record(path: Path) -> None:
    for number, cell in enumerate(read(REFERENCE / path.name).cells, start=1):
        if cell.cell_type == "code":
            expected = sum(cell.source.count(call) for call in SPEAKS)
            found = sum(MIME in output.get("data", {}) for output in cell.outputs)
            # A cell that says one thing or another leaves one of its records, not all.
            chooses = any(line.lstrip().startswith("if ") for line in cell.source.splitlines())
            fewest = min(expected, 1) if chooses else expected
            assert fewest <= found <= expected, f"cell {number}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs_and_hold_no_function(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
            assert "def " not in cell.source and "lambda" not in cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_that_was_never_executed_is_refused(path: Path) -> None:
    with pytest.raises(ChapterError, match="never executed"):
        read_notebook(read(path), path.stem)
