"""A whole run, from records to a release."""

from __future__ import annotations

import json
import re
import stat
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from running import run, write_run_file

from wfw_eval.chapters.words import FORMS, shown
from wfw_eval.metrics.result import Result

CHAPTERS = [path.stem for path in sorted((PROJECT / "notebooks").glob("*.ipynb"))]
BOUNDARIES = PROJECT.parent / "shared" / "reference" / "fife_area_committees.geojson"


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
    assert published == chapters | {"index.html", "results.json", "withheld.html"}


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
    name = CHAPTERS[-1]
    assert run(write_run_file(tmp_path, chapters=[name])).returncode == 0
    again = tmp_path / "outputs" / "example"
    for file in (f"restricted/{name}.ipynb", f"release/{name}.html", f"release/{name}.pdf"):
        assert (again / file).read_bytes() == (whole / file).read_bytes(), file


@pytest.mark.skipif(not BOUNDARIES.is_file(), reason="needs ../shared/reference: true boundaries")
def test_true_boundaries_are_drawn_when_the_run_file_names_them(tmp_path: Path) -> None:
    run_file = write_run_file(tmp_path, boundaries=str(BOUNDARIES),
                              chapters=["04_reach_and_representation"])  # fmt: skip
    finished = run(run_file)
    assert finished.returncode == 0, finished.stderr
    notebook = tmp_path / "outputs/example/restricted/04_reach_and_representation.ipynb"
    assert "boundary_map" in notebook.read_text(encoding="utf-8")


def _forms(released: dict[str, Any]) -> set[str]:
    """Return every way a released result may read."""
    if released.get("withheld"):
        return {released["shown"]}
    result = Result.from_json(released)
    return {shown(result, form) for form in FORMS}
