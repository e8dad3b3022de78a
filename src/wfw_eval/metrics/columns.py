"""Counts, and columns of numbers and of labels, as callers pass them."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Flags = NDArray[np.bool_]


def whole_number(value: object) -> int:
    """Return a count of people or things as a whole number.

    Raises:
        ValueError: it is not whole, or negative.
    """
    # True is a whole number to Python, but it is an answer and not a count of one.
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise ValueError(f"counts are whole numbers, not {value!r}")
    if int(value) < 0:
        raise ValueError(f"a count is not negative, as {value} is")
    return int(value)


def numbers(values: Any, name: str) -> NDArray[Any]:
    """Return a column as numbers, shape ``(n,)``; what is missing becomes NaN.

    Raises:
        ValueError: the column is not one-dimensional, or holds what is no number.
    """
    found = values.to_numpy() if isinstance(values, pd.Series) else np.asarray(values)
    if found.dtype.kind not in "fiub" or isinstance(
        values, pd.Series | pd.api.extensions.ExtensionArray
    ):
        found = _converted(values, name)
    if found.ndim != 1:
        raise ValueError(f"{name} must be one column, not of shape {found.shape}")
    return found


def flags(values: Any, name: str) -> Floats:
    """Return a column of yes and no as 1 and 0, shape ``(n,)``; missing becomes NaN.

    Raises:
        ValueError: it holds anything but true, false, 1, 0 and missing.
    """
    found = numbers(values, name)
    if found.dtype.kind == "b":
        return found.astype(float)
    found = found.astype(float)
    if not np.all((found == 0) | (found == 1) | np.isnan(found)):
        raise ValueError(f"{name} must be true or false (1 or 0)")
    return found


def labels(values: Any) -> tuple[Whole, pd.Index]:
    """Return the place of each label among the labels, -1 where it is missing, and the labels.

    A categorical column keeps its categories and is not read label by label.
    """
    column = values if isinstance(values, pd.Series) else pd.Series(values)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.intp), column.cat.categories
    places, found = pd.factorize(column, sort=False)
    return places.astype(np.intp, copy=False), pd.Index(found)


def check_lengths(**columns: Any) -> None:
    """Check that the columns that are given are equally long.

    Raises:
        ValueError: they are not.
    """
    sizes = {name: len(column) for name, column in columns.items() if column is not None}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ValueError(f"the columns must be equally long, not {told}")


def _converted(values: Any, name: str) -> NDArray[Any]:
    column = values if isinstance(values, pd.Series) else pd.Series(values)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiub":
        return column.to_numpy()
    try:
        return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers: {error}") from error
