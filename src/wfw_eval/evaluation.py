"""An opened evaluation: checked tables as they stood at the data cut."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from wfw_eval.errors import InputError, Problem, closest, nearest
from wfw_eval.params import RunFile, load_run_file
from wfw_eval.records.contract import Contract
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.read import PLACE_COLUMNS, Loaded, empty_table, load_table
from wfw_eval.records.rules import RULES, orphans


class Evaluation:
    """The tables of one run file, read when asked for and checked as they are read."""

    def __init__(self, run_file: RunFile) -> None:
        self.run_file = run_file
        self._loaded: dict[str, Loaded] = {}

    @cached_property
    def folders(self) -> dict[str, Path]:
        """The folder of each origin of tables."""
        return {
            origin: self.run_file.folder(origin) for origin in ("documents", "reference", "records")
        }

    def read(self, name: str) -> pd.DataFrame:
        """Return a table as it stood at the data cut.

        Args:
            name: Table name, as in the contracts.

        Raises:
            InputError: there is no such table, or it breaks its contract.
        """
        loaded = self._load(name)
        if loaded.problems:
            raise InputError(loaded.problems)
        return _at_data_cut(loaded, self).drop(columns=PLACE_COLUMNS).reset_index(drop=True)

    def synthetic(self, name: str) -> bool:
        """Say whether any row of a table is simulated."""
        frame = self._load(name).frame
        return "synthetic" in frame and bool(frame["synthetic"].fillna(False).any())

    @cached_property
    def any_synthetic(self) -> bool:
        """Whether any record of this evaluation is simulated."""
        return any(
            self.synthetic(name)
            for name, contract in CONTRACTS.items()
            if "records" in contract.origins
        )

    def problems(self) -> list[Problem]:
        """Check every table and every rule between tables; return everything found."""
        loaded = [self._load(name) for name in CONTRACTS]
        tables = {item.contract.name: item.frame for item in loaded}
        found = [problem for item in loaded for problem in item.problems]
        for contract in CONTRACTS.values():
            found += orphans(contract, tables)
        for rule in RULES:
            found += rule(tables, self.run_file)
        found += self._boundary_problems()
        return list(dict.fromkeys(found))  # a missing folder is found once for each table in it

    def _boundary_problems(self) -> list[Problem]:
        if self.run_file.boundaries is None or self.run_file.folder("boundaries").is_file():
            return []
        step = "Name a GeoJSON file, or leave the key out for a schematic map."
        return [self.run_file.problem("boundaries", "there is no such file", step)]

    @cached_property
    def _missing_folders(self) -> dict[str, Problem]:
        return {
            origin: _missing_folder(self.run_file, origin, folder)
            for origin, folder in self.folders.items()
            if not folder.is_dir()
        }

    def _load(self, name: str) -> Loaded:
        if name not in CONTRACTS:
            rule, step = "there is no such table", nearest(name, list(CONTRACTS))
            raise InputError([Problem(name, None, None, None, rule, step)])
        if name not in self._loaded:
            self._loaded[name] = self._read(CONTRACTS[name])
        return self._loaded[name]

    def _read(self, contract: Contract) -> Loaded:
        missing = [self._missing_folders.get(origin) for origin in contract.origins]
        problems = tuple(problem for problem in missing if problem is not None)
        if problems:
            return Loaded(contract, empty_table(contract), problems, ())
        return load_table(contract, self.folders)


def _missing_folder(run_file: RunFile, origin: str, folder: Path) -> Problem:
    rule = "is a file, not a folder" if folder.is_file() else "there is no such folder"
    match = closest(folder.name, [item.name for item in folder.parent.glob("*/")])
    step = f"Did you mean {match!r}?" if match else "Name a folder that exists."
    return run_file.problem(origin, rule, f"{step} Folders are relative to the run file.")


def open_evaluation(run_file: str | Path, **overrides: Any) -> Evaluation:
    """Open the evaluation that a run file describes.

    Raises:
        InputError: the run file cannot be used.
    """
    return Evaluation(load_run_file(run_file, **overrides))


def _at_data_cut(loaded: Loaded, evaluation: Evaluation) -> pd.DataFrame:
    """Leave out what is dated after the data cut, and what hangs on it."""
    cut = pd.Timestamp(evaluation.run_file.data_cut)
    kept = _dated_until(loaded.contract, loaded.frame, cut)
    if "records" in loaded.contract.origins:
        kept = _with_parents(loaded.contract, kept, evaluation._load, cut)
    return kept


def _dated_until(contract: Contract, frame: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    if contract.dated_by is None:
        return frame
    kept = frame[frame[contract.dated_by] <= cut]
    if "left_on" in kept:
        later = kept["left_on"] > cut
        kept = kept.assign(
            left_on=kept["left_on"].mask(later), left_reason=kept["left_reason"].mask(later)
        )
    return kept


def _with_parents(
    contract: Contract, frame: pd.DataFrame, load: Callable[[str], Loaded], cut: pd.Timestamp
) -> pd.DataFrame:
    """Keep the rows whose dated parents stand at the data cut."""
    for foreign in contract.foreign:
        parent = load(foreign.table)
        if parent.contract.dated_by is not None:
            if parent.problems:  # rows that hang on it would be left out without a word
                raise InputError(parent.problems)
            known = _dated_until(parent.contract, parent.frame, cut)[foreign.references]
            frame = frame[frame[foreign.column].isin(known)]
    return frame
