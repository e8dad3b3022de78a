"""Rows of results, and the few words and counts that every analysis makes them of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from wfw_eval.metrics.result import Result, Unit, not_estimable

#: One row: results and words under the names of their cells.
Cells = dict[str, Result | str]
#: Rows by their keys, in the order shown.
Rows = dict[str, Cells]


def counted(metric: str, count: int, of: str, **about: Any) -> Result:
    """Return a count of something as a result."""
    return Result(metric=metric, unit="count", value=int(count), count=int(count), of=of, **about)


def share_of_all(metric: str, count: int, n: int, of: str) -> Result:
    """Return a share of things that are all known: it has no sampling interval."""
    unit: Unit = "proportion"
    if n == 0:
        return not_estimable(metric, unit, f"there are no {of}", count=count, n=n, of=of)
    return Result(metric=metric, unit=unit, value=count / n, count=count, n=n, of=of,
                  method="complete count")  # fmt: skip


def number(cell: Result | str) -> int:
    """Return what a cell counts; words count nothing."""
    return int(cell.count or 0) if isinstance(cell, Result) else 0


def column(rows: Mapping[str, Cells], name: str) -> list[Result]:
    """Return the results that stand in one column."""
    found = [row[name] for row in rows.values()]
    return [cell for cell in found if isinstance(cell, Result)]


def cells_of(rows: Mapping[str, Cells], name: str) -> list[str]:
    """Return the cells that one column counts: they add up to a total a reader knows."""
    return [result.cell for result in column(rows, name) if result.cell is not None]


def with_labels(rows: Mapping[str, Cells], labels: Mapping[str, str]) -> Rows:
    """Return the rows with other labels."""
    return {key: {**row, "label": labels[key]} for key, row in rows.items()}


def stated(value: object, missing: str) -> str:
    """Return the words of a table's cell, or others where it is empty."""
    return missing if pd.isna(value) else str(value)  # type: ignore[call-overload]


def capital(words: str) -> str:
    """Begin words with a capital, and leave the rest as it is.

    >>> capital("the NHS in Fife")
    'The NHS in Fife'
    """
    return words[:1].upper() + words[1:]


def key_of(name: object) -> str:
    """Turn a name into the part of an address.

    >>> key_of("North East Fife")
    'north_east_fife'
    """
    return re.sub(r"[^a-z0-9]+", "_", str(name).lower()).strip("_")
