"""What happens when a chapter goes wrong: it is kept aside, and nothing is released."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from running import run, write_run_file

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
