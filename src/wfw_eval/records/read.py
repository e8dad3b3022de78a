"""Reading a table: from cells of text to typed columns, every fault listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors

from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.params import DATE
from wfw_eval.records.cells import read_cells
from wfw_eval.records.contract import Contract, Field, in_words, rule_of, step_for

PLACE_COLUMNS = ["_place", "_row"]
NUMBER = r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?"

#: Numbers up to here are exact as whole numbers.
LARGEST_INTEGER = 2**53


@dataclass(frozen=True)
class Loaded:
    """A table as read, with what is wrong with it.

    Attributes:
        contract: What the table should be.
        frame: One row per line, typed; columns ``_place`` and ``_row`` say where from. Cells that
            break the contract are empty; there are no rows if a file could not be used.
        problems: Everything found, in file order.
        files: The files that were read.
    """

    contract: Contract
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def load_table(contract: Contract, folders: Mapping[str, Path]) -> Loaded:
    """Read one table from the folders that may hold it.

    Args:
        contract: The table.
        folders: Folder per origin (``documents``, ``reference``, ``records``).
    """
    wanted = [folders[origin] / f"{contract.name}.csv" for origin in contract.origins]
    files = tuple(path for path in wanted if path.is_file())
    if not files:
        return Loaded(contract, empty_table(contract), (_missing(wanted[0]),), ())
    parts = [_load_file(contract, path) for path in files]
    problems = [problem for _, found in parts for problem in found]
    frame = pd.concat([part for part, _ in parts], ignore_index=True)
    if any(part.empty for part, _ in parts):  # half a table would orphan what refers to the rest
        frame = empty_table(contract)
    return Loaded(contract, frame, (*problems, *_duplicate_keys(contract, frame)), files)


def empty_table(contract: Contract) -> pd.DataFrame:
    """Return a table without rows, with the columns and types of its contract."""
    columns = {item.name: _READERS[item.kind](pd.Series([], dtype=str)) for item in contract.fields}
    return pd.DataFrame(columns).assign(_place="", _row=0)


def _missing(wanted: Path) -> Problem:
    beside = [p.name for p in wanted.parent.glob("*") if p.stem.casefold() == wanted.stem]
    step = f"Put {wanted.name} there, or change the folder in the run file."
    if beside:
        step = f"Save {beside[0]} as {wanted.name} (CSV UTF-8)."
    return Problem(shown(wanted), None, None, None, "there is no such file", step)


def _load_file(contract: Contract, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    place = shown(path)
    try:
        raw, ragged = read_cells(contract, path, place)
    except InputError as error:
        return empty_table(contract), list(error.problems)
    frame, found = _typed(contract, raw, place)
    uncertain = {problem.row for problem in ragged}
    problems = ragged + [problem for problem in found if problem.row not in uncertain]
    return frame, sorted(problems, key=lambda problem: problem.row or 0)


def _typed(contract: Contract, raw: pd.DataFrame, place: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Turn text into typed columns; a cell that breaks the contract is emptied and reported."""
    frame = pd.DataFrame(
        {item.name: _READERS[item.kind](raw[item.name]) for item in contract.fields}
    )
    broken = _broken_rules(contract, frame)
    problems: list[Problem] = []
    for item in contract.fields:
        cells = raw[item.name]
        bad = (frame[item.name].isna() & (cells != "")) | cells.index.isin(broken[item.name])
        if bad.any():
            frame[item.name] = frame[item.name].mask(bad)
            problems += _cell_problems(item, cells[bad], place)
    return frame.assign(_place=place, _row=raw.index), problems


def _broken_rules(contract: Contract, frame: pd.DataFrame) -> dict[str, list[int]]:
    """Run the contract's pandera schema; return the rows that break it, by column."""
    rows: dict[str, list[int]] = {name: [] for name in contract.columns}
    try:
        contract.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        for column, row in zip(cases["column"], cases["index"], strict=True):
            rows[column].append(int(row))
    return rows


def _cell_problems(item: Field, cells: pd.Series[str], place: str) -> Iterator[Problem]:
    rule = rule_of(item)
    for row, cell in zip(cells.index.tolist(), cells.tolist(), strict=True):
        if cell:
            yield Problem(place, row, item.name, cell, rule, step_for(item, cell))
        else:
            empty = "the cell is empty and must not be"
            yield Problem(place, row, item.name, None, empty, f"Fill it; it {rule}.")


def _duplicate_keys(contract: Contract, frame: pd.DataFrame) -> Iterator[Problem]:
    key = list(contract.key)
    keyed = frame.dropna(subset=key)
    again = keyed.duplicated(key)
    if not again.any():  # grouping takes time
        return
    first = keyed.groupby(key, sort=False)[PLACE_COLUMNS].transform("first")[again]
    places = first.itertuples(index=False, name=None)
    rows = keyed.loc[again, [*PLACE_COLUMNS, *key]].itertuples(index=False, name=None)
    for (place, row, *values), (first_place, first_row) in zip(rows, places, strict=True):
        before = f"row {first_row}" if place == first_place else f"{first_place}, row {first_row}"
        rule, step = f"the key is already in {before}", "Keep one of the two rows."
        value = " + ".join(map(in_words, values))
        yield Problem(place, row, " + ".join(key), value, rule, step)


def _read_date(cells: pd.Series[str]) -> pd.Series:
    iso = cells.where(cells.str.fullmatch(DATE))
    dates = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce")
    return dates.astype("datetime64[us]")  # pandas has another unit for a column without dates


def _read_number(cells: pd.Series[str]) -> pd.Series:
    numbers = pd.to_numeric(cells.where(cells.str.fullmatch(NUMBER)), errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))  # 1e400 is infinite


def _read_integer(cells: pd.Series[str]) -> pd.Series:
    numbers = _read_number(cells)
    whole = (numbers % 1 == 0) & (numbers.abs() <= LARGEST_INTEGER)
    return numbers.where(whole).astype("Int64")


def _read_flag(cells: pd.Series[str]) -> pd.Series:
    """Read true and false; spreadsheets write them in capitals."""
    return cells.str.lower().map({"true": True, "false": False}).astype("boolean")


def _read_text_cells(cells: pd.Series[str]) -> pd.Series:
    return cells.where(cells != "")


def _read_list(cells: pd.Series[str]) -> pd.Series:
    parts = [tuple(part.strip() for part in cell.split("|") if part.strip()) for cell in cells]
    return pd.Series(parts, index=cells.index, dtype=object)


_READERS: dict[str, Callable[[pd.Series[str]], pd.Series]] = {
    "text": _read_text_cells,
    "code": _read_text_cells,
    "codes": _read_list,
    "list": _read_list,
    "date": _read_date,
    "number": _read_number,
    "integer": _read_integer,
    "flag": _read_flag,
}
