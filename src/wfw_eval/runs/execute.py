"""Executing one chapter's notebook with papermill."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from wfw_eval.errors import RunError, nearest

#: Seconds one cell may take.
CELL_TIMEOUT = 600


#: A kernel's own log says nothing that a failed cell does not say better.
QUIET = ["--log-level=CRITICAL"]


@dataclass(frozen=True)
class Outcome:
    """How a chapter went.

    Attributes:
        name: Notebook name without ending.
        seconds: Wall-clock time.
        notebook: The executed notebook, in place if it is done, set aside if it failed.
        failure: What went wrong, or None.
    """

    name: str
    seconds: float
    notebook: Path
    failure: str | None = None


def execute(notebook: Path, folder: Path, parameters: Mapping[str, Any]) -> Outcome:
    """Execute a notebook; it reaches its place only when every cell is done.

    papermill writes as it goes and can mark a killed notebook as completed, so it works on a
    file aside, and what counts is whether it returned.

    Args:
        notebook: The chapter's source.
        folder: Where executed notebooks are kept.
        parameters: Values for the notebook's parameters cell.
    """
    _check_parameters(notebook, parameters)
    started = time.monotonic()
    aside = folder / "failed" / notebook.name
    aside.parent.mkdir(parents=True, exist_ok=True)
    failure = _papermill(notebook, aside, parameters)
    place = aside if failure else folder / notebook.name
    if failure is None:
        _settle(aside, place)
    elif not aside.exists():
        shutil.copy(notebook, aside)  # a kernel that died leaves papermill nothing to write
    return Outcome(notebook.stem, time.monotonic() - started, place, failure)


def _papermill(notebook: Path, target: Path, parameters: Mapping[str, Any]) -> str | None:
    """Return what went wrong, or None; a kernel's death is an error like any other."""
    try:
        with _transport() as config:
            papermill.execute_notebook(
                str(notebook),
                str(target),
                parameters=dict(parameters),
                progress_bar=False,
                execution_timeout=CELL_TIMEOUT,
                request_save_on_cell_execute=False,
                config=config,
                extra_arguments=QUIET,
            )
    except PapermillExecutionError as error:
        begins = error.source.strip().splitlines()[0]
        return f"{error.ename}: {error.evalue}\n  in the cell that begins: {begins}"
    except Exception as error:  # papermill and nbclient raise many kinds when a kernel dies
        return f"{type(error).__name__}: {error}"
    return None


@contextmanager
def _transport() -> Iterator[Config]:
    """Talk to the kernel through files in a private folder, where the system can.

    Kernels over TCP race for ports when several start at once, and speak in the clear.
    """
    if os.name == "nt":
        yield Config()
        return
    with tempfile.TemporaryDirectory(prefix="wfw-") as folder:
        yield Config(KernelManager={"transport": "ipc", "ip": str(Path(folder) / "kernel")})


def _settle(aside: Path, place: Path) -> None:
    """Drop what differs from run to run, and move the notebook into place."""
    notebook = nbformat.read(aside, as_version=4)
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        cell.id = f"cell-{number:02d}"
    nbformat.write(notebook, aside)
    aside.replace(place)
    shutil.rmtree(aside.parent, ignore_errors=True)


def _check_parameters(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Refuse a parameter that the notebook does not have; papermill would only warn."""
    known = list(papermill.inspect_notebook(str(notebook)))
    for name in parameters:
        if name not in known:
            hint = nearest(name, known) if known else "Tag a cell 'parameters' that sets it."
            raise RunError(f"{notebook.name} has no parameter '{name}'. {hint}")
