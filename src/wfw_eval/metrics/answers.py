"""Answers to the items of a scale: people by items, without the incomplete ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from wfw_eval.metrics.columns import Floats, Whole, labels


@dataclass(frozen=True)
class Answers:
    """Complete answers, or what is left of them in their covariances.

    Attributes:
        covariance: Covariances of the items, divisor n − 1, shape ``(k, k)``.
        n: People with complete answers.
        names: Names of the items.
        centred: Answers less their means, shape ``(n, k)``, where they were given.
        clusters: Number of each person's cluster, where they were given.
    """

    covariance: Floats
    n: int
    names: tuple[str, ...]
    centred: Floats | None = None
    clusters: Whole | None = None

    @property
    def k(self) -> int:
        """How many items there are."""
        return len(self.names)


def complete_answers(items: Any, covariance: Any, n: int | None, clusters: Any) -> Answers:
    """Return the answers of those who answered all items.

    Raises:
        ValueError: neither or both of items and covariances, no table of numbers, infinite
            values, covariances that are not symmetric or without ``n``, or clusters of another
            length.
    """
    if (items is None) == (covariance is None):
        raise ValueError("give the answers or their covariances, one of the two")
    if items is None:
        return _from_covariance(covariance, n, clusters)
    table, names = item_table(items)
    kept = None
    if np.isnan(table.sum()):
        kept = ~np.isnan(table).any(axis=1)
    groups = None if clusters is None else _clusters(clusters, table.shape[0])
    if groups is not None and groups.min(initial=0) < 0:
        kept = (groups >= 0) if kept is None else kept & (groups >= 0)
    if kept is not None:
        table, groups = table[kept], None if groups is None else groups[kept]
    if np.isinf(table).any():
        raise ValueError("answers must be finite")
    centred = table - table.mean(axis=0) if table.shape[0] else table
    spread = centred.T @ centred / max(table.shape[0] - 1, 1)
    return Answers(spread, table.shape[0], names, centred, groups)


def item_table(items: Any) -> tuple[Floats, tuple[str, ...]]:
    """Return answers as numbers, shape ``(people, items)``, missing as NaN, and item names.

    Raises:
        ValueError: it is no table of numbers.
    """
    named = items.columns if isinstance(items, pd.DataFrame) else None
    try:
        if isinstance(items, pd.DataFrame):
            # In the order of rows, so that sums round alike whatever the answers came in.
            table = np.ascontiguousarray(items.to_numpy(dtype=float, na_value=np.nan))
        else:
            table = np.asarray(items, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"answers must be numbers: {error}") from error
    if table.ndim != 2:
        raise ValueError(f"answers must be people by items, not of shape {table.shape}")
    found = named if named is not None else [f"item {at + 1}" for at in range(table.shape[1])]
    return table, tuple(map(str, found))


def cluster_error(moved: Floats, clusters: Whole | None) -> float | None:
    """Return half the width of a 95 % interval of a mean of linearised values.

    Args:
        moved: What each person adds, with a mean of 0, shape ``(n,)``.
        clusters: Number of each person's cluster; without, people stand for themselves.

    Returns:
        Student's t of one fewer than there are clusters, times the standard error; None with
        fewer than two clusters.
    """
    n = moved.size
    sums = moved if clusters is None else np.bincount(clusters, weights=moved)
    held = n if clusters is None else int(np.count_nonzero(np.bincount(clusters)))
    if held < 2:
        return None
    error = float(np.sqrt((sums**2).sum() * held / (held - 1))) / n
    return float(stdtrit(held - 1, 0.975)) * error


def _clusters(clusters: Any, n: int) -> Whole:
    codes = labels(clusters)[0]
    if codes.size != n:
        raise ValueError(f"clusters must be one for each of the {n} people, not {codes.size}")
    return codes


def _from_covariance(covariance: Any, n: int | None, clusters: Any) -> Answers:
    spread, names = item_table(covariance)
    if spread.shape[0] != spread.shape[1] or not np.all(np.isfinite(spread)):
        raise ValueError(f"covariances must be a full square, not of shape {spread.shape}")
    if not np.allclose(spread, spread.T) or np.any(np.diag(spread) < 0):
        raise ValueError("covariances must be symmetric, and variances not negative")
    if n is None:
        raise ValueError("with covariances, n must say how many people they are from")
    if clusters is not None:
        raise ValueError("clusters need the answers themselves")
    return Answers(spread, int(n), names)
