"""A whole run, from records to a release, and what happens when it goes wrong."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from conftest import PROJECT

from wfw_eval.chapters.words import FORMS, shown
from wfw_eval.metrics.result import Result

COMMAND = [str(Path(sys.executable).parent / "wfw-eval")]
CHAPTERS = [path.stem for path in sorted((PROJECT / "notebooks").glob("*.ipynb"))]
BOUNDARIES = PROJECT.parent / "shared" / "reference" / "fife_area_committees.geojson"


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


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run every chapter of the worked example once."""
    folder = tmp_path_factory.mktemp("whole")
    finished = run(write_run_file(folder))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines()[-1].endswith("outputs/example/release/index.html")
    return folder / "outputs" / "example"


def test_each_chapter_is_published_under_its_notebooks_name(whole: Path) -> None:
    published = {path.name for path in (whole / "release").iterdir()}
    chapters = {f"{name}.{ending}" for name in CHAPTERS for ending in ("html", "pdf")}
    assert published == chapters | {"index.html", "results.json"}


def test_what_is_not_suppressed_is_for_its_owner_alone(whole: Path) -> None:
    assert stat.S_IMODE((whole / "restricted").stat().st_mode) == 0o700
    assert {path.name for path in (whole / "restricted").glob("*.ipynb")} == {
        f"{name}.ipynb" for name in CHAPTERS
    }


def test_nothing_withheld_reaches_the_release(whole: Path) -> None:
    released = json.loads((whole / "release" / "results.json").read_text(encoding="utf-8"))
    secret = json.loads((whole / "restricted" / "results.json").read_text(encoding="utf-8"))
    withheld = [address for address, result in released.items() if result.get("withheld")]
    assert withheld and set(released) == set(secret)
    assert all(released[address] == {"withheld": True, "shown": "[c]"} for address in withheld)
    html = "".join(path.read_text(encoding="utf-8")
                   for path in (whole / "release").glob("*.html"))  # fmt: skip
    for address in withheld:
        assert set(re.findall(f'data-address="{re.escape(address)}">([^<]*)<', html)) <= {"[c]"}


@pytest.mark.parametrize("name", CHAPTERS)
def test_numbers_in_prose_and_tables_are_the_results(whole: Path, name: str) -> None:
    html = (whole / "release" / f"{name}.html").read_text(encoding="utf-8")
    released = json.loads((whole / "release" / "results.json").read_text(encoding="utf-8"))
    prose = re.findall(r'<span class="number" data-address="([^"]*)">([^<]*)<', html)
    cells = re.findall(r'<td[^>]* data-address="([^"]*)">([^<]*)<', html)
    assert prose and cells
    for address, text in prose + cells:
        assert unescape(text) in _forms(released[address]), address


def test_the_chapters_say_what_the_sources_say(whole: Path) -> None:
    """The slip of the whole project and the two readings of timeline row T10."""
    html = (whole / "release" / "03_delivery_to_plan.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))
    for figure in ("91 days", "1.1996", "0 days", "1.0000", "16 months", "4 months"):
        assert figure in text, figure


def test_the_same_run_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    again = write_run_file(tmp_path, chapters=[CHAPTERS[-1]], name="again")
    assert run(again).returncode == 0
    once = whole / "restricted" / f"{CHAPTERS[-1]}.ipynb"
    twice = tmp_path / "outputs" / "again" / "restricted" / once.name
    assert _without_run_name(once) == _without_run_name(twice)
    before = write_run_file(tmp_path, chapters=[CHAPTERS[-1]])
    assert run(before).returncode == 0
    for ending in ("html", "pdf"):
        name = f"{CHAPTERS[-1]}.{ending}"
        alone = tmp_path / "outputs" / "example" / "release" / name
        assert alone.read_bytes() == (whole / "release" / name).read_bytes(), name


@pytest.mark.skipif(not BOUNDARIES.is_file(), reason="needs ../shared/reference: true boundaries")
def test_true_boundaries_are_drawn_when_the_run_file_names_them(tmp_path: Path) -> None:
    run_file = write_run_file(tmp_path, boundaries=str(BOUNDARIES),
                              chapters=["04_reach_and_representation"])  # fmt: skip
    finished = run(run_file)
    assert finished.returncode == 0, finished.stderr
    notebook = tmp_path / "outputs/example/restricted/04_reach_and_representation.ipynb"
    assert "boundary_map" in notebook.read_text(encoding="utf-8")


BROKEN = {
    "raises": (
        "raise KeyError('nothing here')",
        "KeyError: 'nothing here'\n  in the cell that begins: raise",
    ),
    "kills its kernel": ("import os; os._exit(1)", "DeadKernelError"),
    "types a digit": ("chapter.say('There were 12 of them.')", "a digit is typed in prose"),
    "names nothing": ("chapter.say('There were {nobody} of them.')", "stands in prose"),
}


@pytest.mark.parametrize(("code", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_failed_chapter_is_kept_aside_and_nothing_is_released(
    code: str, message: str, tmp_path: Path
) -> None:
    run_file = write_run_file(tmp_path, notebooks=str(tmp_path / "notebooks"))
    write_chapter(tmp_path / "notebooks", code)
    release = tmp_path / "outputs" / "example" / "release"
    release.mkdir(parents=True)
    (release / "earlier.html").write_text("an earlier release", encoding="utf-8")
    finished = run(run_file)
    assert finished.returncode == 1 and "Traceback" not in finished.stderr
    assert message in finished.stderr and "Nothing was released." in finished.stderr
    assert [path.name for path in release.iterdir()] == ["earlier.html"]
    restricted = tmp_path / "outputs" / "example" / "restricted"
    assert not (restricted / "07_broken.ipynb").exists()
    assert (restricted / "failed" / "07_broken.ipynb").exists()


def test_a_notebook_without_the_parameter_is_refused(tmp_path: Path) -> None:
    run_file = write_run_file(tmp_path, notebooks=str(tmp_path / "notebooks"))
    write_chapter(tmp_path / "notebooks", "x = 1", parameters="runfile = 'x'")
    finished = run(run_file)
    assert finished.returncode == 1
    assert "has no parameter 'run_file'. Did you mean 'runfile'?" in finished.stderr


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


def write_chapter(
    folder: Path, code: str, parameters: str = "run_file = 'params/example.yaml'"
) -> None:
    cells = [
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("# A broken chapter"),
        nbformat.v4.new_code_cell("from wfw_eval import open_chapter\n"
                                  "chapter = open_chapter('07', run_file)"),
        nbformat.v4.new_code_cell(code),
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel),
                   folder / "07_broken.ipynb")  # fmt: skip


def _forms(released: dict[str, Any]) -> set[str]:
    """Return every way a released result may read."""
    if released.get("withheld"):
        return {released["shown"]}
    result = Result.from_json(released)
    return {shown(result, form) for form in FORMS}


def _without_run_name(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace('"run": "again"', '"run": "example"')
