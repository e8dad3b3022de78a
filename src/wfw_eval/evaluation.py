"""An opened evaluation: checked tables as they stood at the data cut."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from wfw_eval.errors import InputError, Problem, nearest
from wfw_eval.params import RunFile, load_run_file
from wfw_eval.records.contract import Contract
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.read import Loaded, load_table
from wfw_eval.records.rules import RULES, orphans

PLACE_COLUMNS = ["_place", "_row"]


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
        loaded = {name: self._load(name) for name in CONTRACTS}
        found = [problem for item in loaded.values() for problem in item.problems]
        clean = {name: item.frame for name, item in loaded.items() if not item.problems}
        for name in clean:
            found += orphans(CONTRACTS[name], clean)
        for rule, needs in RULES.items():
            if all(name in clean for name in needs):
                found += rule(clean, self.run_file.period)
        return found + self._boundary_problems()

    def _boundary_problems(self) -> list[Problem]:
        if self.run_file.boundaries is None or self.run_file.folder("boundaries").is_file():
            return []
        return [
            Problem(
                self.run_file.path.name,
                None,
                "boundaries",
                self.run_file.boundaries,
                "there is no such file",
                "Name a GeoJSON file, or leave the key out for a schematic map.",
            )
        ]

    def _load(self, name: str) -> Loaded:
        if name not in CONTRACTS:
            raise InputError(
                [
                    Problem(
                        name,
                        None,
                        None,
                        None,
                        "there is no such table",
                        nearest(name, list(CONTRACTS)),
                    )
                ]
            )
        if name not in self._loaded:
            self._loaded[name] = load_table(CONTRACTS[name], self.folders)
        return self._loaded[name]


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
            known = _dated_until(parent.contract, parent.frame, cut)[foreign.references]
            frame = frame[frame[foreign.column].isin(known)]
    return frame
