"""A whole run: check the records, execute the chapters, publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wfw_eval.errors import InputError, Problem, RunError, nearest
from wfw_eval.evaluation import open_evaluation
from wfw_eval.params import RunFile, load_run_file
from wfw_eval.runs.execute import Outcome, execute
from wfw_eval.runs.release import Audited, audit_chapters, publish
from wfw_eval.runs.releases import Releases


@dataclass(frozen=True)
class Progress:
    """What a run tells as it goes."""

    started: Callable[[str], None]
    finished: Callable[[Outcome], None]


def run(run_file: str, data_cut: str | None, progress: Progress, *, draft: bool = False) -> Path:
    """Carry out a run and return the folder of the release, or of the draft.

    Args:
        run_file: The run file, as the user named it.
        data_cut: Date that replaces the run file's data cut, or None.
        progress: Told as chapters start and finish.
        draft: Whether to try things out: the pages are marked, and no release is recorded.

    Raises:
        InputError: the run file or the records have problems; nothing is executed.
        RunError: a chapter failed; the earlier release stays as it was.
    """
    evaluation = open_evaluation(run_file, data_cut=data_cut)
    problems = evaluation.problems()
    if problems:
        raise InputError(problems)
    notebooks = chapter_notebooks(evaluation.run_file)
    Releases.of(evaluation.run_file).earlier()  # a ledger that was changed is refused at once
    restricted, release = _folders(evaluation.run_file, "draft" if draft else "release")
    parameters = {"run_file": run_file} | ({"data_cut": data_cut} if data_cut else {})
    outcomes = _execute_all(notebooks, restricted, parameters, progress)
    _refuse_failures(outcomes)
    releases = Releases.of(evaluation.run_file)
    publish([outcome.notebook for outcome in outcomes], restricted, release, releases, draft)
    return release


def chapter_notebooks(run_file: RunFile) -> list[Path]:
    """Return the notebooks of a run, in order.

    Raises:
        InputError: there are none, or the run file names one that does not exist.
    """
    folder = run_file.folder("notebooks")
    found = {path.stem: path for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))}
    if not found:
        raise InputError(
            [
                Problem(
                    str(run_file.path.name),
                    None,
                    "notebooks",
                    str(folder),
                    "the folder holds no chapter (NN_name.ipynb)",
                    "Name the folder of the notebooks.",
                )
            ]
        )
    wanted = list(found) if run_file.chapters is None else list(run_file.chapters)
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise InputError(
            [
                Problem(
                    run_file.path.name,
                    None,
                    "chapters",
                    name,
                    "there is no such chapter",
                    nearest(name, list(found)),
                )
                for name in unknown
            ]
        )
    return [found[name] for name in wanted]


def _folders(run_file: RunFile, shared: str) -> tuple[Path, Path]:
    """Make the run's folders; what is not suppressed is for its owner's eyes only."""
    folder = run_file.folder("outputs") / run_file.name
    restricted = folder / "restricted"
    restricted.mkdir(parents=True, exist_ok=True)
    restricted.chmod(0o700)
    return restricted, folder / shared


def _execute_all(
    notebooks: Sequence[Path], restricted: Path, parameters: dict[str, str], progress: Progress
) -> list[Outcome]:
    outcomes = []
    # One thread per kernel: faster for small data, and the same sums on every machine.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    for notebook in notebooks:
        progress.started(notebook.stem)
        outcomes.append(execute(notebook, restricted, parameters))
        progress.finished(outcomes[-1])
    return outcomes


def _refuse_failures(outcomes: Sequence[Outcome]) -> None:
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed:
        lines = [
            f"{outcome.name}: {outcome.failure}\n  kept at {outcome.notebook}" for outcome in failed
        ]
        raise RunError("\n".join([*lines, "Nothing was released."]))


def audit_run(run_file: str, data_cut: str | None) -> Audited:
    """Attack what a run would release, with all that was released before; write nothing.

    Args:
        run_file: The run file, as the user named it.
        data_cut: Date that replaces the run file's data cut, or None.

    Raises:
        InputError: the run file or the ledger cannot be used.
        RunError: a chapter of the run was not executed yet.
    """
    loaded = load_run_file(run_file, data_cut=data_cut)
    restricted = loaded.folder("outputs") / loaded.name / "restricted"
    executed = [restricted / notebook.name for notebook in chapter_notebooks(loaded)]
    missing = [path.stem for path in executed if not path.exists()]
    if missing:
        raise RunError(f"{missing[0]} was not executed yet. First: wfw-eval run {run_file}")
    return audit_chapters(executed, Releases.of(loaded).earlier())
