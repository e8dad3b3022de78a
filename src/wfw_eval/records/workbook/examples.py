"""Two example rows a table, and how a value of a table is written into a workbook cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from wfw_eval.records.contract import Contract, Field
from wfw_eval.records.workbook.columns import asked_of

EXAMPLE = "EXAMPLE"
ROWS = (1, 2)
DAY_BEFORE = dt.date(2023, 4, 29)

Cell = str | float | int | dt.date | None
Row = dict[str, Cell]

#: Cells of made-up rows that would otherwise contradict another cell of their row.
FITTING: dict[str, tuple[Cell, Cell]] = {
    "role": ("parent", "practitioner"),
    "consent": ("adult", "adult"),
    "value": ("26_to_44", "no"),
    "na_reason": (None, None),
    "to_id": (f"{EXAMPLE}-2", f"{EXAMPLE}-1"),
}


def example_rows(contract: Contract, frame: pd.DataFrame | None = None) -> list[Row]:
    """Return two example rows whose identifiers begin with ``EXAMPLE``.

    Args:
        contract: The table.
        frame: Rows to take them from, as read by ``load_table`` or as text; made up if there are
            none.
    """
    if frame is None or frame.empty:
        return [_invented(contract, number) for number in ROWS]
    columns = [item for item in asked_of(contract) if item.name in frame]
    rows: Iterable[tuple[object, ...]] = zip(
        *(frame[item.name].head(len(ROWS)) for item in columns), strict=True
    )
    return [
        {
            item.name: _as_example(contract, item, cell_value(item, value))
            for item, value in zip(columns, row, strict=True)
        }
        for row in rows
    ]


def cell_value(item: Field, value: object) -> Cell:
    """Turn a value of a table into what a workbook cell holds: real dates, real numbers.

    >>> cell_value(Field("paid", "flag", "Whether it was paid."), True)
    'true'
    >>> cell_value(Field("date", "date", "Day."), "2023-04-30")
    datetime.date(2023, 4, 30)
    """
    if isinstance(value, (tuple, list)):
        return "|".join(map(str, value)) or None
    if pd.isna(value) or value == "":  # type: ignore[call-overload]
        return None
    if item.kind == "date":
        return value.date() if isinstance(value, dt.datetime) else dt.date.fromisoformat(str(value))
    if item.kind == "integer":
        return int(str(value))
    if item.kind == "number":
        return float(str(value))
    return str(value).lower() if item.kind == "flag" else str(value)


def is_identifier(contract: Contract, item: Field) -> bool:
    """Say whether a column names something: part of the key, or pointing to another table."""
    pointing = {key.column for key in contract.foreign}
    named = item.name in contract.key or item.name in pointing or item.name.endswith("_id")
    return item.kind == "text" and named


def _as_example(contract: Contract, item: Field, value: Cell) -> Cell:
    marked = value is not None and is_identifier(contract, item)
    return f"{EXAMPLE}-{value}" if marked else value


def _invented(contract: Contract, number: int) -> Row:
    """Make up a row: the first fills every column, the second only those that are needed."""
    return {
        item.name: _invented_cell(contract, item, number)
        for item in asked_of(contract)
        if number == 1 or item.required
    }


def _invented_cell(contract: Contract, item: Field, number: int) -> Cell:
    fitting = FITTING.get(item.name, ("", ""))[number - 1]
    if fitting in item.allowed or fitting is None or (fitting and item.kind == "text"):
        return fitting
    match item.kind:
        case "code":
            return item.allowed[(number - 1) % len(item.allowed)]
        case "codes":
            return "|".join(item.allowed[:2])
        case "list":
            return "first|second"
        case "flag":
            return ("true", "false")[number - 1]
        case "date":
            return DAY_BEFORE + dt.timedelta(days=_nth_date(contract, item) * 31 + number)
        case "integer" | "number":
            return min((item.low or 0) + number, number if item.high is None else item.high)
        case _:
            invented = f"invented {item.name.replace('_', ' ')}"
            return f"{EXAMPLE}-{number}" if is_identifier(contract, item) else invented


def _nth_date(contract: Contract, item: Field) -> int:
    """Count the dates before a column, so that what ends does so after it began."""
    return [field.name for field in contract.fields if field.kind == "date"].index(item.name)
