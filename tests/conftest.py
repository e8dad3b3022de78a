"""What several tests share: an executed chapter made by hand, and the project's folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from wfw_eval.chapters.record import (
    MIME,
    Column,
    Header,
    Provenance,
    Record,
    SayRecord,
    Stored,
    TableRecord,
    stored_rows,
)
from wfw_eval.metrics.result import Result

PROJECT = Path(__file__).parents[1]
POLICY = {"threshold": 5, "heightened_threshold": 10, "minimum_base": 10}

Outputs = list[Stored]


def header(**changes: Any) -> Header:
    known: dict[str, Any] = {
        "chapter": "09",
        "run": "test",
        "title": "A test run",
        "period": "1 January 2023 to 30 June 2024",
        "data_cut": "2024-06-30",
        "synthetic": True,
        "policy": POLICY,
        "version": "0.0",
    }
    return Header(**(known | changes))


def people(count: int, cell: str, **more: Any) -> Result:
    return Result(metric="M07", unit="count", value=count, count=count, cell=cell, **more)


def say(text: str, **more: Any) -> Stored:
    return Stored(SayRecord("text", text, **more), {})


def table(address: str, counts: dict[str, int], partition: bool = False) -> Stored:
    """Make a table of people by group, whose cells may add up to a known total."""
    rows = {key: {"label": key, "people": people(count, f"{address}={key}")}
            for key, count in counts.items()}  # fmt: skip
    cells, results = stored_rows(address, rows)
    record = TableRecord(
        address,
        "People by group",
        (Column("label", "Group"), Column("people", "People")),
        cells,
        "",
        Provenance(("a register (simulated)",), "one year"),
    )
    partitions = (tuple(f"{address}={key}" for key in counts),) if partition else ()
    return Stored(record, results, partitions)


def executed(
    *outputs: Stored | Record | str, title: str = "# A chapter", **changes: Any
) -> nbformat.NotebookNode:
    """Make an executed notebook; text becomes a Markdown cell, the rest a code cell's output."""
    cells = [new_markdown_cell(title)] if title else []
    for number, item in enumerate([Stored(header(**changes), {}), *outputs], start=1):
        cells.append(new_markdown_cell(item) if isinstance(item, str) else _code(item, number))
    return new_notebook(cells=cells)


def _code(item: Stored | Record, number: int) -> nbformat.NotebookNode:
    stored = item if isinstance(item, Stored) else Stored(item, {})
    output = new_output("display_data", data={MIME: stored.to_json()})
    return new_code_cell("chapter.say()", execution_count=number, outputs=[output])


@pytest.fixture
def write_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a hand-made executed notebook and returns its path."""

    def write(notebook: nbformat.NotebookNode, name: str = "09_test") -> Path:
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write
