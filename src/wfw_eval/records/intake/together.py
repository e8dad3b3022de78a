"""Putting together what several files gave to the same tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.contract import Contract
from wfw_eval.records.intake.keys import find_unique
from wfw_eval.records.intake.model import FileRead, Intake, Repair, Sheet
from wfw_eval.records.intake.tables import Part


@dataclass
class Taking:
    """What has been taken in so far."""

    contracts: Mapping[str, Contract]
    received_on: date
    source_org: str | None
    parts: list[tuple[int, int, Sheet, Part]] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)


def put_together(taking: Taking) -> Intake:
    """Make tables of what all files gave, and keep one row for each key."""
    tables: dict[str, pd.DataFrame] = {}
    origins: dict[str, pd.DataFrame] = {}
    for name, contract in taking.contracts.items():
        parts = [item for item in taking.parts if item[3].contract.name == contract.name]
        if any(len(part.frame) for *_, part in parts):
            tables[name], origins[name] = _one_table(taking, contract, parts)
    tables = {name: table for name, table in tables.items() if len(table)}
    return Intake(
        tables,
        tuple(taking.repairs),
        tuple(taking.problems),
        tuple(taking.files),
        {name: origins[name] for name in tables},
    )


def _one_table(
    taking: Taking, contract: Contract, parts: Sequence[tuple[int, int, Sheet, Part]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = pd.concat([part.frame for *_, part in parts], ignore_index=True)
    origins = pd.concat([_origin(*item) for item in parts], ignore_index=True)
    unique = find_unique(contract, frame, origins)
    taking.repairs += unique.repairs
    taking.problems += unique.problems
    for file, at, *_ in parts:
        here = (origins["_file"] == file) & (origins["_at"] == at)
        again, contested = int(unique.again[here].sum()), int(unique.contested[here].sum())
        _recount(taking, file, at, again, contested)
    kept = ~(unique.again | unique.contested)
    places = origins.loc[kept, ["file", "sheet", "row"]].reset_index(drop=True)
    return frame[kept].reset_index(drop=True), places


def _origin(file: int, at: int, sheet: Sheet, part: Part) -> pd.DataFrame:
    count = len(part.frame)
    return pd.DataFrame(
        {
            "_file": file,
            "_at": at,
            "file": [sheet.file] * count,
            "sheet": [sheet.name or ""] * count,
            "row": [int(row) for row in part.frame.index],
        }
    )


def _recount(taking: Taking, file: int, at: int, again: int, contested: int) -> None:
    """Take from what a sheet gave the rows that were there before or are contested."""
    read = taking.files[file]
    sheet = read.sheets[at]
    counted = replace(
        sheet,
        loaded=sheet.loaded - again - contested,
        set_aside=sheet.set_aside + again,
        left_out=sheet.left_out + contested,
    )
    sheets = (*read.sheets[:at], counted, *read.sheets[at + 1 :])
    taking.files[file] = replace(read, sheets=sheets)
