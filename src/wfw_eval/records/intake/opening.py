"""Opening any file, or saying why it cannot be opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wfw_eval.errors import InputError, Problem
from wfw_eval.records.intake.model import Sheet
from wfw_eval.records.intake.open_parquet import open_parquet
from wfw_eval.records.intake.open_text import Score, open_text
from wfw_eval.records.intake.open_workbook import open_workbook

AS_XLSX = "Open it, choose Save As, and save it as Excel Workbook (.xlsx)."
AS_CSV = "Save each sheet as CSV UTF-8, or the whole as Excel Workbook (.xlsx)."

READABLE = (".xlsx", ".csv", ".tsv", ".parquet")

#: Endings of files that are refused, with what they are and what to do.
REFUSED: Mapping[str, tuple[str, str]] = {
    ".xlsm": ("a workbook that may hold macros is not opened", AS_XLSX),
    ".xltm": ("a workbook that may hold macros is not opened", AS_XLSX),
    ".xls": ("the file is in the format of Excel before 2007", AS_XLSX),
    ".xlsb": ("the file is a binary workbook", AS_XLSX),
    ".ods": ("the file is an OpenDocument sheet", AS_CSV),
    ".numbers": ("the file is a Numbers sheet", AS_CSV),
    ".zip": ("the file is an archive", "Unpack it, and name the files in it."),
    ".pdf": ("records cannot be read out of a PDF", "Ask for the sheet it was made from."),
    ".docx": ("records cannot be read out of a document", "Copy the table into a workbook."),
}

#: How files begin, whatever their name says.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PARQUET = b"PAR1"


def open_file(path: Path, place: str, score: Score) -> list[Sheet]:
    """Read a file into sheets.

    Raises:
        InputError: the file cannot be opened.
    """
    ending = path.suffix.lower()
    try:
        begin = _begin(path, place, ending)
        _check_begin(begin, place, ending)
        if ending == ".xlsx":
            return open_workbook(path, place)
        if ending == ".parquet":
            return [open_parquet(path, place)]
        return [open_text(path, place, score)]
    except OSError as error:
        step = "Close it elsewhere, and check that you may read it."
        rule = f"the file cannot be opened ({error.strerror})"
        raise _refusal(place, rule, step) from None


def _refusal(place: str, rule: str, next_step: str) -> InputError:
    return InputError([Problem(place, None, None, None, rule, next_step)])


def _begin(path: Path, place: str, ending: str) -> bytes:
    """Return the first bytes of a file that may be read at all."""
    if path.is_dir():
        raise _refusal(place, "this is a folder, not a file", "Name the files in it.")
    if not path.exists():
        raise _refusal(place, "there is no such file", "Check its name and folder.")
    if ending in REFUSED:
        raise _refusal(place, *REFUSED[ending])
    if ending not in READABLE:
        known = ", ".join(READABLE)
        raise _refusal(place, f"files ending in {ending!r} are not read", f"Save it as {known}.")
    if not path.is_file():
        raise _refusal(place, "this is not a file that can be read", "Name a file.")
    with path.open("rb") as file:
        return file.read(8)


def _check_begin(begin: bytes, place: str, ending: str) -> None:
    """Compare how the file begins with what its name says."""
    if not begin:
        raise _refusal(place, "the file is empty", "Check that the export worked.")
    if begin.startswith(OLE):
        rule = "the workbook is protected with a password, or in the format of Excel before 2007"
        raise _refusal(place, rule, f"Take the password away. {AS_XLSX}")
    if ending == ".xlsx" and not begin.startswith(ZIP):
        raise _refusal(place, "the file is no workbook, or a damaged one", AS_XLSX)
    found = {ZIP: ".xlsx", PARQUET: ".parquet"}
    for sign, right in found.items():
        if begin.startswith(sign) and ending != right:
            rule = f"the file is not what its ending {ending!r} says"
            raise _refusal(place, rule, f"If it is what it seems, rename it to end in {right!r}.")
