"""Reading a table: from text in a file to typed columns, every fault listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors

from wfw_eval.errors import Problem, nearest
from wfw_eval.records.contract import Contract, Field, rule_of

FIRST_ROW = 2  # the heading is row 1, as a spreadsheet shows it


@dataclass(frozen=True)
class Loaded:
    """A table as read, with what is wrong with it.

    Attributes:
        contract: What the table should be.
        frame: One row per usable line, typed; columns ``_place`` and ``_row`` say where from.
        problems: Everything found, in file order.
        files: The files that were read.
    """

    contract: Contract
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def load_table(contract: Contract, folders: dict[str, Path]) -> Loaded:
    """Read one table from the folders that may hold it.

    Args:
        contract: The table.
        folders: Folder per origin (``documents``, ``reference``, ``records``).
    """
    wanted = [folders[origin] / f"{contract.name}.csv" for origin in contract.origins]
    files = tuple(path for path in wanted if path.is_file())
    if not files:
        step = f"Put {contract.name}.csv there, or change the folder in the run file."
        missing = Problem(_shown(wanted[0]), None, None, None, "there is no such file", step)
        return Loaded(contract, _empty(contract), (missing,), ())
    parts = [_load_file(contract, path) for path in files]
    frame = pd.concat([part for part, _ in parts], ignore_index=True)
    problems = [problem for _, found in parts for problem in found]
    if not problems:
        problems = list(_duplicate_keys(contract, frame))
    return Loaded(contract, frame, tuple(problems), files)


def _load_file(contract: Contract, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    place = _shown(path)
    raw, problem = _read_text(path, place)
    if problem is not None:
        return _empty(contract), [problem]
    headings = list(_heading_problems(contract, list(raw.columns), place))
    if headings:
        return _empty(contract), headings
    frame, unreadable = _typed(contract, raw[list(contract.columns)], place)
    problems = unreadable + _broken_rules(contract, frame, place, unreadable)
    if raw.empty:
        step = "Fill it, or check that the export worked."
        problems = [Problem(place, None, None, None, "the table has no rows", step)]
    return frame.assign(_place=place, _row=raw.index + FIRST_ROW), problems


def _read_text(path: Path, place: str) -> tuple[pd.DataFrame, Problem | None]:
    """Read every cell as text, so that nothing is guessed."""
    try:
        raw = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False
        )
    except pd.errors.EmptyDataError:
        step = "Fill it, or check that the export worked."
        return pd.DataFrame(), Problem(place, None, None, None, "the file is empty", step)
    except UnicodeDecodeError:
        step = "Save it again as CSV UTF-8."
        return pd.DataFrame(), Problem(place, None, None, None, "the file is not UTF-8 text", step)
    except (pd.errors.ParserError, OSError) as error:
        rule = f"the file cannot be read as CSV: {str(error).strip()}"
        return pd.DataFrame(), Problem(place, None, None, None, rule, "Mend the line named.")
    if not isinstance(raw.index, pd.RangeIndex):
        rule = "rows have more cells than the heading"
        return raw, Problem(place, FIRST_ROW, None, None, rule, "Put text with commas in quotes.")
    text = raw.fillna("").apply(lambda column: column.str.strip())
    return text[(text != "").any(axis=1)], None  # blank lines keep their row numbers


def _heading_problems(contract: Contract, found: list[str], place: str) -> Iterator[Problem]:
    for name in contract.columns:
        if name not in found:
            yield Problem(
                place,
                1,
                name,
                None,
                "this column is missing",
                "Add the column, with its heading in row 1.",
            )
    for name in found:
        if name not in contract.columns:
            yield Problem(
                place, 1, name, None, "this column is not known", nearest(name, contract.columns)
            )


def _typed(contract: Contract, raw: pd.DataFrame, place: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Turn text into typed columns; what cannot be read becomes empty and a problem."""
    columns, problems = {}, []
    for item in contract.fields:
        cells = raw[item.name]
        columns[item.name] = _READERS[item.kind](cells)
        lost = columns[item.name].isna() & (cells != "")
        problems += _cell_problems(item, cells[lost], place)
    return pd.DataFrame(columns, index=raw.index), problems


def _cell_problems(item: Field, cells: pd.Series, place: str) -> list[Problem]:
    return [
        Problem(
            place, int(row) + FIRST_ROW, item.name, str(value), rule_of(item), "Correct the cell."
        )
        for row, value in cells.items()
    ]


def _broken_rules(
    contract: Contract, frame: pd.DataFrame, place: str, known: list[Problem]
) -> list[Problem]:
    """Run the contract's pandera schema; skip cells already reported as unreadable."""
    try:
        contract.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        reported = {(problem.row, problem.column) for problem in known}
        found = [
            _broken_rule(contract, case, frame, place) for case in error.failure_cases.itertuples()
        ]
        return [problem for problem in found if (problem.row, problem.column) not in reported]
    return []


def _broken_rule(contract: Contract, case: object, frame: pd.DataFrame, place: str) -> Problem:
    column, index = str(case.column), int(case.index)  # type: ignore[attr-defined]
    value = frame.loc[index, column]
    if not isinstance(value, tuple) and pd.isna(value):
        rule = "the cell is empty and must not be"
        return Problem(place, index + FIRST_ROW, column, None, rule, "Fill it.")
    item = contract.field(column)
    shown = "|".join(value) if isinstance(value, tuple) else f"{value}"
    step = nearest(shown, item.allowed) if item.allowed else "Correct the cell."
    return Problem(place, index + FIRST_ROW, column, shown, rule_of(item), step)


def _duplicate_keys(contract: Contract, frame: pd.DataFrame) -> Iterator[Problem]:
    key = list(contract.key)
    again = frame.duplicated(key)
    if not again.any():
        return
    first = frame[~again].set_index(key)[["_place", "_row"]]
    for row in frame[again].itertuples():
        values = tuple(getattr(row, name) for name in key)
        before = first.loc[values if len(values) > 1 else values[0]]
        rule = f"the key is already in {before['_place']}, row {before['_row']}"
        yield Problem(
            str(row[-2]),
            int(row[-1]),
            " + ".join(key),
            " + ".join(map(str, values)),
            rule,
            "Keep one of the two rows.",
        )


def _empty(contract: Contract) -> pd.DataFrame:
    columns = {item.name: _READERS[item.kind](pd.Series([], dtype=str)) for item in contract.fields}
    return pd.DataFrame(columns).assign(_place="", _row=0)


def _shown(path: Path) -> str:
    """Show a path as short as it can be from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _read_date(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(
        cells.where(cells.str.fullmatch(r"\d{4}-\d{2}-\d{2}")), format="%Y-%m-%d", errors="coerce"
    )


def _read_number(cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def _read_integer(cells: pd.Series) -> pd.Series:
    numbers = _read_number(cells)
    return numbers.where(numbers % 1 == 0).astype("Int64")


def _read_flag(cells: pd.Series) -> pd.Series:
    return cells.map({"true": True, "false": False}).astype("boolean")


def _read_text_cells(cells: pd.Series) -> pd.Series:
    return cells.where(cells != "")


def _read_list(cells: pd.Series) -> pd.Series:
    parts = [tuple(part.strip() for part in cell.split("|") if part.strip()) for cell in cells]
    return pd.Series(parts, index=cells.index, dtype=object)


_READERS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "text": _read_text_cells,
    "code": _read_text_cells,
    "codes": _read_list,
    "list": _read_list,
    "date": _read_date,
    "number": _read_number,
    "integer": _read_integer,
    "flag": _read_flag,
}
