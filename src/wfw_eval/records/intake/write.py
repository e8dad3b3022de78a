"""Writing what was taken in: the tables, and the lists of what was done."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.records.intake.model import FileRead, Intake

#: Tables with more rows are written as Parquet.
LARGE = 1_000_000

#: The list of what was written, by which an earlier intake is known.
LISTED = "written.csv"

Rows = Iterable[Sequence[object]]


def write_intake(intake: Intake, folder: Path) -> None:
    """Write the tables, ``repairs.csv``, ``problems.csv`` and ``files.csv``: all or nothing.

    ``rows.csv`` says for each row of a table which row of which file it was, and ``written.csv``
    what was written. An earlier intake in the folder is replaced.

    Raises:
        InputError: the folder holds something else, or an intake that was changed since.
    """
    folder = Path(folder)
    _check_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".intake-") as aside:
            made = Path(aside) / "made"
            made.mkdir(mode=0o700)  # records of people: for nobody else's eyes
            _write(intake, made)
            _put(made, folder, Path(aside) / "old")
    except OSError as error:
        rule = f"the folder cannot be written ({error.strerror})"
        raise _refusal(folder, rule, "Choose another folder, or free some space.") from None


def _refusal(place: Path, rule: str, next_step: str) -> InputError:
    return InputError([Problem(shown(place), None, None, None, rule, next_step)])


def _put(made: Path, folder: Path, old: Path) -> None:
    """Put the new intake where the old one was; if that fails, the old one is still there."""
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _check_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _refusal(folder, "this is not a folder", "Choose a new folder.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    listed = _listed(folder)
    for path in sorted(folder.iterdir()):
        if path.name == LISTED and listed:
            continue
        if path.name not in listed:
            rule = "the folder holds something that no earlier intake wrote"
            raise _refusal(path, rule, "Choose a new folder, or move this elsewhere.")
        if _digest(path) != listed[path.name]:
            rule = "the file was changed since an earlier intake wrote it"
            raise _refusal(path, rule, "Choose a new folder, so that no correction is lost.")


def _listed(folder: Path) -> dict[str, str]:
    """What an earlier intake wrote there, by name."""
    try:
        with (folder / LISTED).open(encoding="utf-8", newline="") as file:
            return {row["file"]: row["sha256"] for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError, csv.Error):
        return {}


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(intake: Intake, folder: Path) -> None:
    for name, table in intake.tables.items():
        _write_table(table, folder, name)
    _write_rows(
        folder / "repairs.csv",
        ("file", "sheet", "row", "column", "before", "after", "what"),
        (
            (one.file, one.sheet, one.row, one.column, one.before, one.after, one.what)
            for one in intake.repairs
        ),
    )
    _write_rows(
        folder / "problems.csv",
        ("place", "row", "column", "value", "rule", "next_step"),
        (
            (one.place, one.row, one.column, one.value, one.rule, one.next_step)
            for one in intake.problems
        ),
    )
    _write_rows(
        folder / "files.csv",
        ("file", "sheet", "table", "rows", "loaded", "set_aside", "left_out", "why"),
        _logged(intake.files),
    )
    _write_rows(folder / "rows.csv", ("table", "table_row", "file", "sheet", "row"), _rows(intake))
    written = sorted(folder.iterdir())
    _write_rows(
        folder / LISTED, ("file", "sha256"), ((path.name, _digest(path)) for path in written)
    )


def _write_table(table: pd.DataFrame, folder: Path, name: str) -> None:
    if len(table) > LARGE:
        table.to_parquet(folder / f"{name}.parquet", index=False)
    else:
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _logged(files: Iterable[FileRead]) -> Iterator[Sequence[object]]:
    for file in files:
        for one in file.sheets:
            counts = (one.rows, one.loaded, one.set_aside, one.left_out)
            yield (file.file, one.sheet, one.table, *counts, one.why)
        if not file.sheets:
            yield (file.file, None, None, None, 0, None, None, file.why)


def _rows(intake: Intake) -> Iterator[Sequence[object]]:
    """Number the rows of each table as a spreadsheet shows them: the heading is row 1."""
    for name, origin in intake.origins.items():
        places = origin[["file", "sheet", "row"]].itertuples(index=False, name=None)
        for number, place in enumerate(places, start=2):
            yield (name, number, *place)


def _write_rows(path: Path, heading: Sequence[str], rows: Rows) -> None:
    """Write a list; what people typed may hold half a character, which UTF-8 cannot."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
