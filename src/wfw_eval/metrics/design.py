"""What a model predicts from: a table of predictors, and the matrix it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.columns import Floats


def predictor_table(predictors: Any) -> pd.DataFrame:
    """Return predictors as a table; columns without a name become ``x1`` and on.

    Raises:
        ValueError: they are no column or table.
    """
    if isinstance(predictors, pd.DataFrame):
        table = predictors
    elif isinstance(predictors, pd.Series):
        table = predictors.to_frame("x1" if predictors.name is None else predictors.name)
    elif isinstance(predictors, Mapping):
        table = pd.DataFrame(dict(predictors))
    else:
        values = np.asarray(predictors)
        if values.ndim not in (1, 2):
            raise ValueError(f"predictors must be a column or a table, not of {values.shape}")
        values = values[:, None] if values.ndim == 1 else values
        table = pd.DataFrame(values, columns=[f"x{at + 1}" for at in range(values.shape[1])])
    return table.reset_index(drop=True).set_axis([str(name) for name in table.columns], axis=1)


def design(table: pd.DataFrame) -> tuple[list[str], Floats]:
    """Return the columns of a model without its intercept, shape ``(n, p)``, and their names.

    Words and categories become one column for each category but the first (in the order of a
    categorical, else in alphabetical order), named ``column[category]``.

    Raises:
        ValueError: a number is infinite.
    """
    names: list[str] = []
    parts: list[Floats] = []
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column.dtype):
            names.append(name)
            parts.append(column.to_numpy(dtype=float)[:, None])
        else:
            held = column.astype("category").cat.remove_unused_categories()
            others = list(held.cat.categories)[1:]
            names += [f"{name}[{category}]" for category in others]
            codes = held.cat.codes.to_numpy()
            parts.append((codes[:, None] == np.arange(1, len(others) + 1)).astype(float))
    matrix = np.hstack(parts) if parts else np.zeros((len(table), 0))
    if not np.all(np.isfinite(matrix)):
        raise ValueError("predictors must be finite")
    return names, matrix


def full_rank(matrix: Floats) -> bool:
    """Return whether no column follows from the others."""
    scale = np.linalg.norm(matrix, axis=0)
    if matrix.shape[1] == 0:
        return True
    if np.any(scale == 0):
        return False
    return bool(np.linalg.matrix_rank(matrix / scale, tol=1e-9) == matrix.shape[1])
