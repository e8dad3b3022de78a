"""Opening Parquet files, which hold registers too large for a workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from wfw_eval.errors import InputError, Problem
from wfw_eval.records.intake.model import Sheet

#: The most a file may hold once unpacked, in bytes.
LARGEST = 8 * 2**30

Objects = np.ndarray[Any, np.dtype[np.object_]]


def open_parquet(path: Path, place: str) -> Sheet:
    """Read a Parquet file; its column names are row 1, as if it were a sheet.

    Raises:
        InputError: it is damaged, or too large.
    """
    try:
        table = _read(path)
        columns = [_column(name, table.column(at)) for at, name in enumerate(table.column_names)]
    except Exception:  # Arrow has one exception for each kind of damage
        rule = "the Parquet file is damaged, or too large to read"
        step = "Write it again, or split it."
        raise InputError([Problem(place, None, None, None, rule, step)]) from None
    cells = pd.DataFrame(dict(enumerate(columns)), dtype=object)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Sheet(place, None, path.stem, _filled(cells), typed=True)


def _read(path: Path) -> Any:
    with pq.ParquetFile(path) as file:
        meta = file.metadata
        groups = (meta.row_group(number) for number in range(meta.num_row_groups))
        if sum(group.total_byte_size for group in groups) > LARGEST:
            raise ValueError("too large")
        return file.read()


def _column(name: str, column: Any) -> Objects:
    """Make Python values of a column; each different value is made once."""
    values = np.empty(len(column) + 1, dtype=object)
    values[0] = name
    encoded = column if pa.types.is_nested(column.type) else _encoded(column)
    start = 1
    for chunk in encoded.chunks:
        values[start : start + len(chunk)] = _values(chunk)
        start += len(chunk)
    return values


def _encoded(column: Any) -> Any:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _values(chunk: Any) -> Objects:
    if not pa.types.is_dictionary(chunk.type):
        return _objects([_plain(value) for value in chunk.to_pylist()])
    found = [_plain(value) for value in chunk.dictionary.to_pylist()]
    known = _objects([*found, None])  # the last stands for a missing value
    at = np.asarray(chunk.indices.fill_null(len(found)), dtype=np.int64)
    return _objects(known.take(at).tolist())


def _objects(values: list[object]) -> Objects:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _plain(value: object) -> object:
    """Write lists as the CSV files do; leave only kinds of values a sheet has too."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, list):
        return "|".join(str(part) for part in value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if isinstance(value, str | bool | int | float | dt.date | dt.time | dt.timedelta):
        return value
    return str(value)


def _filled(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave out rows without anything in them."""
    empty = cells.isna() | (cells == "")
    return cells[~empty.all(axis=1)]
