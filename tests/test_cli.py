"""The installed command: what it prints where, and how it ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

from wfw_eval.errors import LISTED

COMMAND = str(Path(sys.executable).with_name("wfw-eval"))
RUN_FILE = "params/example.yaml"
PERSON = "data_raw/example/person.csv"
SESSION = "data_raw/example/session.csv"

#: In which file what is replaced by what, and what the message must hold.
BAD_INPUT = {
    "mistyped key": (RUN_FILE, "records:", "recrods:",
                     [f"{RUN_FILE}, line 11, recrods", "Did you mean 'records'?", "2 problems"]),
    "weaker policy": (RUN_FILE, "threshold: 5", "threshold: 3",
                      ["line 19, disclosure.threshold", "(found '3')", "never weaker"]),
    "tab": (RUN_FILE, "  threshold", "\tthreshold", ["line 19", "YAML", "Mend the file"]),
    "Python object": (RUN_FILE, "name: example", "name: !!python/object:os.system x",
                      ["line 3", "tags", "Write the value out"]),
    "missing folder": (RUN_FILE, "data_raw/example", "data_raw/exmple",
                       ["1 problem:", "line 11, records", "Did you mean 'example'?"]),
    "unknown code": (PERSON, ",parent,", ",PARENT,",
                     [f"{PERSON}, row 2, role", "(found 'PARENT')", "Did you mean 'parent'?"]),
    "nothing left": (SESSION, None, "", [f"{SESSION}: the file is empty", "export"]),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the example's data and run file."""
    for folder in ("documents", "reference", "example"):
        shutil.copytree(PROJECT / "data_raw" / folder, tmp_path / "data_raw" / folder)
    (tmp_path / "params").mkdir()
    shutil.copy(PROJECT / RUN_FILE, tmp_path / "params")
    return tmp_path


def wfw_eval(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [COMMAND, *arguments], cwd=project, capture_output=True, text=True, encoding="utf-8"
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def refused(project: Path, *arguments: str) -> str:
    """Run a command that must end with exit code 2 and words on the error stream only."""
    done = wfw_eval(project, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    return done.stderr


@pytest.mark.parametrize(("file", "old", "new", "words"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input(project: Path, file: str, old: str | None, new: str, words: list[str]) -> None:
    text = (project / file).read_text(encoding="utf-8")
    spoilt = new if old is None else text.replace(old, new, 1)
    (project / file).write_text(spoilt, encoding="utf-8")
    message = refused(project, "check", RUN_FILE)
    assert [word for word in words if word not in message] == []


def test_the_good_example(project: Path) -> None:
    done = wfw_eval(project, "check", RUN_FILE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No problems found.\n", "")


@pytest.mark.parametrize(
    ("run_file", "words"),
    [
        ("params/exmaple.yaml", ["no such run file", "Did you mean 'params/example.yaml'?"]),
        ("params", ["is a folder, not a run file", "such as 'params/example.yaml'"]),
    ],
)
def test_no_run_file(project: Path, run_file: str, words: list[str]) -> None:
    message = refused(project, "check", run_file)
    assert [word for word in words if word not in message] == []


def test_a_bad_data_cut_is_named(project: Path) -> None:
    message = refused(project, "check", RUN_FILE, "--data-cut", "30/06/2024")
    assert "data_cut: must be a date as YYYY-MM-DD" in message
    assert "(found '30/06/2024')" in message


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", RUN_FILE, "--data-kut", "2024-01-01"], "--data-cut"),
        (["chek", RUN_FILE], "check"),
        (["check"], "RUN_FILE"),
        (["simulate", "--seed", "many"], "Invalid value for '--seed'"),
    ],
)
def test_a_mistyped_command(project: Path, arguments: list[str], words: str) -> None:
    assert words in refused(project, *arguments)


def test_very_many_problems_are_counted(project: Path) -> None:
    text = (project / PERSON).read_text(encoding="utf-8")
    (project / PERSON).write_text(text.replace(",true\n", ",yes\n"), encoding="utf-8")
    message = refused(project, "check", RUN_FILE)
    assert message.startswith("400 problems:")
    assert message.count("row ") == LISTED
    assert f"{PERSON}, synthetic: and 380 more like these" in message


def test_a_run_with_bad_records_writes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    text = (project / PERSON).read_text(encoding="utf-8")
    (project / PERSON).write_text(text.replace(",parent,", ",PARENT,", 1), encoding="utf-8")
    assert f"{PERSON}, row 2, role" in refused(project, "run", RUN_FILE)
    assert sorted(project.rglob("*")) == before


def test_a_place_that_cannot_be_written_to_is_named(project: Path) -> None:
    done = wfw_eval(project, "simulate", "--to", RUN_FILE)
    assert done.returncode == 1
    assert RUN_FILE in done.stderr


def test_help_needs_no_library_of_the_report(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", COMMAND, "--help"],
        cwd=project, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("check", "run", "simulate"))
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "wfw_eval.cli" in imported
    assert imported.isdisjoint({"pandas", "numpy", "papermill", "nbconvert", "pandera"})
