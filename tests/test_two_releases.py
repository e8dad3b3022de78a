"""The mid-term release and the final one, decided over and attacked together."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, run, write_run_file


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run as of the end of 2023, then one as of the end of the project."""
    chapters = ["02_how_we_evaluated", "04_reach_and_representation"]
    run_file = write_run_file(tmp_path_factory.mktemp("two"), chapters=chapters)
    for options in (("--data-cut", "2023-12-31"), ()):
        finished = run(run_file, *options)
        assert finished.returncode == 0, finished.stderr
    return run_file.parent


def entries(place: Path) -> list[dict[str, object]]:
    lines = (place / "outputs" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["entry"] for line in lines]


@pytest.mark.slow
def test_both_releases_are_recorded_in_order(place: Path) -> None:
    assert [entry["data_cut"] for entry in entries(place)] == ["2023-12-31", "2024-07-31"]
    ledger = place / "outputs" / "ledger.jsonl"
    assert ledger.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_no_shown_count_moved_by_a_few(place: Path) -> None:
    first, second = (entry["shown"] for entry in entries(place))
    both = first.keys() & second.keys()  # type: ignore[attr-defined]
    assert len(both) > 50
    assert [cell for cell in both if 0 < abs(first[cell] - second[cell]) < 5] == []  # type: ignore[index]


@pytest.mark.slow
def test_what_is_withheld_is_listed_with_its_reason_and_without_its_value(place: Path) -> None:
    page = (place / "outputs/example/release/withheld.html").read_text(encoding="utf-8")
    release = place / "outputs/example/release/results.json"
    withheld = [address for address, result in json.loads(release.read_text("utf-8")).items()
                if "withheld" in result]  # fmt: skip
    assert len(withheld) > 10
    assert all(address in page for address in withheld)
    assert "Small count" in page and "Differs little from before" in page


@pytest.mark.slow
def test_the_audit_of_both_finds_nothing(place: Path) -> None:
    finished = subprocess.run([*COMMAND, "audit", "run.yaml"], cwd=place, capture_output=True,
                              text=True, check=False, timeout=120)  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    assert "none given away" in finished.stdout


@pytest.mark.slow
def test_a_draft_is_marked_and_not_recorded(place: Path) -> None:
    before = entries(place)
    finished = run(place / "run.yaml", "--draft", "--data-cut", "2024-03-31")
    assert finished.returncode == 0, finished.stderr
    assert entries(place) == before
    pages = sorted((place / "outputs/example/draft").glob("*.html"))
    assert len(pages) == 4
    assert all("Draft, not for release." in page.read_text(encoding="utf-8") for page in pages)
    released = sorted((place / "outputs/example/release").glob("*.html"))
    assert not any("Draft" in page.read_text(encoding="utf-8") for page in released)


@pytest.mark.slow
def test_a_ledger_that_was_cut_short_stops_the_next_release(place: Path) -> None:
    ledger = place / "outputs" / "ledger.jsonl"
    before = ledger.read_text(encoding="utf-8")
    ledger.write_text(before.splitlines()[0] + "\n", encoding="utf-8")
    finished = run(place / "run.yaml")
    ledger.write_text(before, encoding="utf-8")
    assert finished.returncode == 2 and "Traceback" not in finished.stderr
    assert "missing or was replaced" in finished.stderr and "row 2" in finished.stderr
