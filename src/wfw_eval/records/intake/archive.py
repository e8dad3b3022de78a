"""Checks of a workbook before anything in it is unpacked: a workbook is a zip archive of XML."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NoReturn

from wfw_eval.errors import InputError, Problem

#: The most a workbook may hold once unpacked, in bytes; a full sheet of records holds less.
LARGEST = 200 * 2**20

#: The most that packing may have shrunk it. Real sheets shrink 5 to 40 times.
DENSEST = 150

#: Below this size it does not matter how far it was shrunk.
HARMLESS = 2 * 2**20


def check_archive(path: Path, place: str) -> None:
    """Refuse a workbook that is damaged, that would fill the memory, or that holds macros.

    Raises:
        InputError: it is not safe or not possible to open it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(members, place)
            for member in members:
                _check_member(archive, member, place)
    except InputError:
        raise
    except Exception:  # whatever a damaged archive makes the reader stumble over
        refuse_damaged(place)


def _check_sizes(members: list[zipfile.ZipInfo], place: str) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > LARGEST or (unpacked > HARMLESS and unpacked > DENSEST * packed):
        rule = f"the workbook would unpack to {unpacked / 2**20:,.0f} MB, which no records need"
        _refuse(place, rule, "Save the sheets as CSV UTF-8, or delete rows that are empty.")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str) -> None:
    if member.filename.casefold().endswith("vbaproject.bin"):
        rule = "the workbook holds macros"
        _refuse(place, rule, "Save it as Excel Workbook (.xlsx), without macros.")
    if member.filename.endswith((".xml", ".rels")):
        with archive.open(member) as content:
            if b"<!DOCTYPE" in content.read(2048):  # the way to make little XML grow without end
                refuse_damaged(place)


def refuse_damaged(place: str) -> NoReturn:
    """Refuse a workbook that cannot be opened."""
    rule = "the workbook is damaged and cannot be opened"
    _refuse(place, rule, "Open it in a spreadsheet program and save it again as .xlsx.")


def _refuse(place: str, rule: str, next_step: str) -> NoReturn:
    raise InputError([Problem(place, None, None, None, rule, next_step)])
