"""The package's own descriptions agree, and it speaks of itself alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT

PACKAGE = PROJECT / "src" / "wfw_eval"
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
CARD = ["jupyterlab", "papermill", "pandas", "statsmodels", "seaborn", "nbconvert", "pytest",
        "nbval"]  # fmt: skip

#: The floors of the house, from the top: a floor imports only from floors above it.
FLOORS = ["errors", "params", "records", "simulate", "evaluation", "metrics", "analysis",
          "disclosure", "chapters", "publish", "runs", "cli"]  # fmt: skip


def locked() -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", LOCK, flags=re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {match.group().lower().replace("_", "-") for match in found if match}


def test_everything_that_is_needed_is_locked() -> None:
    project = PYPROJECT["project"]
    wanted = names(project["dependencies"]) | names(project["optional-dependencies"]["dev"])
    assert wanted <= locked()
    assert set(CARD) <= names(project["dependencies"])


def test_every_locked_package_has_hashes_and_the_lock_names_no_registry() -> None:
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK and "--index" not in LOCK and "find-links" not in LOCK


def test_conda_users_get_the_same_lock_and_an_allowed_python() -> None:
    environment = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))
    pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert pip == ["-r requirements.lock"]
    assert "python=3.12" in environment["dependencies"]
    assert PYPROJECT["project"]["requires-python"] == ">=3.11,<3.14"


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_run_one_way(path: Path) -> None:
    floor = _floor(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    if floor is None:
        return
    for module in _imported(path):
        above = _floor(module)
        assert above is None or above <= floor, f"{path.name} imports {module}"


def test_the_package_can_be_imported_without_the_notebook_machinery() -> None:
    code = (
        "import sys, wfw_eval.metrics.representation, wfw_eval.metrics.delivery; "
        "sys.exit(any(name in sys.modules for name in ('papermill', 'nbconvert', 'typst')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _floor(name: str) -> int | None:
    return FLOORS.index(name) if name in FLOORS else None


def _imported(path: Path) -> list[str]:
    """Return the floors that a module imports, wherever in it the import stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wfw_eval."):
            found.append(str(node.module).split(".")[1])
    return found
