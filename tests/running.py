"""Runs of the worked example, as a user starts them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from conftest import PROJECT

COMMAND = [str(Path(sys.executable).parent / "wfw-eval")]


def write_run_file(folder: Path, **changes: Any) -> Path:
    """Write a run file like the example's, whose outputs go to the folder."""
    values = yaml.safe_load((PROJECT / "params/example.yaml").read_text(encoding="utf-8"))
    values |= {key: str(PROJECT / "params" / values[key])
               for key in ("documents", "reference", "records", "notebooks")}  # fmt: skip
    path = folder / "run.yaml"
    text = yaml.safe_dump(values | {"outputs": str(folder / "outputs")} | changes)
    path.write_text(text, encoding="utf-8")
    return path


def run(run_file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, "run", run_file.name, *options], cwd=run_file.parent,
                          capture_output=True, text=True, check=False, timeout=300)  # fmt: skip
