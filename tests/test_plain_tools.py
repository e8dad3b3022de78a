"""The plain tools of the ecosystem work on a chapter, without our command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import PROJECT

CHAPTERS = [path.stem for path in sorted((PROJECT / "notebooks").glob("*.ipynb"))]


def test_plain_tools_work_on_a_chapter(tmp_path: Path) -> None:
    """papermill and nbconvert, from their own command lines."""
    tools = Path(sys.executable).parent
    source = PROJECT / "notebooks" / f"{CHAPTERS[0]}.ipynb"
    done = tmp_path / "done.ipynb"
    commands: list[list[Any]] = [
        [tools / "papermill", "--no-progress-bar", source, done],
        [tools / "jupyter", "nbconvert", "--to", "wfw-html", done],
        [tools / "jupyter", "nbconvert", "--to", "wfw-pdf", done],
        [tools / "jupyter", "nbconvert", "--to", "notebook", "--execute", source, "--output-dir",
         tmp_path],
    ]  # fmt: skip
    for command in commands:
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, timeout=200)
    assert "Draft, not for release." in (tmp_path / "done.html").read_text(encoding="utf-8")
    assert (tmp_path / "done.pdf").read_bytes().startswith(b"%PDF")
