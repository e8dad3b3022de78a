"""An opened evaluation: checked tables as they stood at the data cut."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from wfw_eval.errors import InputError, Problem, closest, nearest
from wfw_eval.params import RunFile, load_run_file
from wfw_eval.records.contract import Contract
from wfw_eval.records.contracts import CONTRACTS, NEEDED
from wfw_eval.records.process_rules import observations_between, problems_between
from wfw_eval.records.read import PLACE_COLUMNS, Loaded, empty_table, load_table
from wfw_eval.records.rules import RULES, orphans
from wfw_eval.records.standing import standing_rows


class Evaluation:
    """The tables of one run file, read when asked for and checked as they are read."""

    def __init__(self, run_file: RunFile) -> None:
        self.run_file = run_file
        self._loaded: dict[str, Loaded] = {}
        self._stands: dict[str, pd.DataFrame | None] = {}

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
        if not loaded.files and not loaded.problems:
            raise InputError([_not_there(loaded.contract, self.folders)])
        standing = self._standing(name)
        assert standing is not None
        return standing.drop(columns=PLACE_COLUMNS).reset_index(drop=True)

    def has(self, name: str) -> bool:
        """Say whether a table was received at all."""
        return bool(self._load(name).files)

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
        found += problems_between(tables, self.run_file)
        found += self._boundary_problems()
        return list(dict.fromkeys(found))  # a missing folder is found once for each table in it

    def observations(self) -> list[Problem]:
        """Return what does not add up in the records, and is a finding rather than a fault."""
        tables = {name: self._load(name).frame for name in CONTRACTS}
        return list(observations_between(tables, self.run_file))

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
        loaded = load_table(contract, self.folders)
        if not loaded.files and contract.name not in NEEDED:
            return Loaded(contract, loaded.frame, (), ())
        return loaded

    def _standing(self, name: str) -> pd.DataFrame | None:
        """Return the rows that stand at the data cut, or None where there is no such table."""
        if name not in self._stands:
            loaded = self._load(name)
            if loaded.problems:  # rows that hang on it would be left out without a word
                raise InputError(loaded.problems)
            cut = pd.Timestamp(self.run_file.data_cut)
            self._stands[name] = (
                standing_rows(loaded.contract, loaded.frame, cut, self._standing)
                if loaded.files
                else None
            )
        return self._stands[name]


def _not_there(contract: Contract, folders: dict[str, Path]) -> Problem:
    folder = folders[contract.origins[-1]]
    step = f"Put {contract.name}.csv into {folder.name}/, or leave out what needs it."
    return Problem(f"{contract.name}.csv", None, None, None, "this table was not received", step)


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
