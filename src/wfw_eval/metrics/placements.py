"""Two groups' ordered answers side by side: where each answer stands among the other group's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import stdtrit

from wfw_eval.metrics.columns import Floats, Whole, labels, numbers

Z95 = 1.959963984540054

#: Whole answers over a range up to this are counted without being sorted.
COUNTED_RANGE = 10_000

#: Scales up to this long are counted step by step.
FEW_LEVELS = 8

#: Fewest clusters for which there is an interval.
FEWEST_CLUSTERS = 3


@dataclass(frozen=True)
class Compared:
    """How many of each group gave each answer.

    Attributes:
        counts: Of each group by level in ascending order, shape ``(2, levels)``.
        codes: Level of each person, of each group, where clusters are to be kept apart.
        clusters: Cluster of each person, of each group, numbered together.
    """

    counts: Floats
    codes: tuple[Whole, Whole] | None = None
    clusters: tuple[Whole, Whole] | None = None


@dataclass(frozen=True)
class Interval:
    """The probability of superiority with its interval, and how it came about."""

    n: int
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    method: str = ""


def compared(first: Any, second: Any, clusters: Any = None) -> Compared:
    """Count the answers of two groups.

    Raises:
        ValueError: as for :func:`ordered`, or clusters that are no pair or of other lengths.
    """
    if isinstance(first, pd.Series) and isinstance(second, pd.Series):
        check_categories(first, second)
    sides = [ordered(first, "first"), ordered(second, "second")]
    groups = None if clusters is None else cluster_pair(clusters, *(side.size for side in sides))
    for at, side in enumerate(sides):
        kept = None
        if side.dtype.kind == "f" and side.size and np.isnan(side.min()):
            kept = ~np.isnan(side)
        if groups is not None:
            kept = groups[at] >= 0 if kept is None else kept & (groups[at] >= 0)
            groups[at] = groups[at][kept]
        sides[at] = side if kept is None else side[kept]
    if groups is None and (quick := _few_levels(*sides)) is not None:
        return Compared(quick)
    codes, levels = _codes(*sides)
    counts = np.array([np.bincount(one, minlength=levels) for one in codes], dtype=float)
    if groups is None:
        return Compared(counts)
    return Compared(counts, codes, (groups[0], groups[1]))


def ordered(values: Any, name: str) -> NDArray[Any]:
    """Return ordered answers as numbers; of an ordered categorical, the places of its levels.

    Raises:
        ValueError: a categorical without an order, infinite values, or no column of numbers.
    """
    if isinstance(values, pd.Categorical):
        values = pd.Series(values)
    if isinstance(values, pd.Series) and isinstance(values.dtype, pd.CategoricalDtype):
        if values.cat.ordered:
            codes = values.cat.codes.to_numpy().astype(float)
            return np.where(codes < 0, np.nan, codes)
        values = values.astype(object)
    found = numbers(values, name)
    if found.dtype.kind == "f" and not _bounded(found):
        raise ValueError(f"{name} must be finite")
    return found.astype(np.intp) if found.dtype.kind == "b" else found


def check_categories(first: pd.Series, second: pd.Series) -> None:
    """Check that two ordered categoricals have the same levels.

    Raises:
        ValueError: they do not, or only one of the two is an ordered categorical.
    """
    kinds = [
        one.dtype if isinstance(one.dtype, pd.CategoricalDtype) and one.dtype.ordered else None
        for one in (first, second)
    ]
    if kinds[0] != kinds[1]:
        raise ValueError("both groups need the same ordered categories")


def cluster_pair(clusters: Any, first: int, second: int) -> list[Whole]:
    """Return the clusters of two groups, numbered together; -1 where missing.

    Raises:
        ValueError: they are no pair, or not as long as the groups.
    """
    if not isinstance(clusters, list | tuple) or len(clusters) != 2:
        raise ValueError("clusters must be a pair: of the first group and of the second")
    sizes = tuple(len(one) for one in clusters)
    if sizes != (first, second):
        raise ValueError(f"clusters must be {first} and {second} long, not {sizes}")
    together = pd.concat([pd.Series(one, dtype=object) for one in clusters], ignore_index=True)
    codes = labels(together)[0]
    return [codes[:first], codes[first:]]


def superiority_interval(data: Compared) -> Interval:
    """Return P(first > second) + ½ P(equal) with a 95 % interval."""
    m, n = (float(total) for total in data.counts.sum(axis=1))
    size = int(m + n)
    if m == 0 or n == 0:
        return Interval(size)
    above, below = _standing(data.counts[1]), _standing(data.counts[0])
    # Place of each answer among the other group's: the share below it, ties half.
    placed, other = above / n, 1 - below / m
    theta = float(data.counts[0] @ placed) / m
    theta = min(max(theta, 0.0), 1.0)
    if data.clusters is not None and data.codes is not None:
        first = (placed[data.codes[0]] - theta) / m
        second = (other[data.codes[1]] - theta) / n
        return _clustered(theta, size, (m, n), first, second, data.clusters)
    if min(m, n) < 2:
        return Interval(size, theta, method="a group of one: no interval")
    own = float(data.counts[0] @ (placed - theta) ** 2) / (m - 1) / m
    others = float(data.counts[1] @ (other - theta) ** 2) / (n - 1) / n
    if own + others <= 1e-14:
        return _newcombe(theta, size, m, n)
    df = (own + others) ** 2 / (own**2 / (m - 1) + others**2 / (n - 1))
    return _logit(theta, size, own + others, df, "logit, Brunner-Munzel variance, t")


def _few_levels(first: NDArray[Any], second: NDArray[Any]) -> Floats | None:
    """Count answers on a short scale of whole steps, one comparison a step and no copies."""
    if not (first.size and second.size):
        return None
    low = min(first.min(), second.min())
    steps = float(max(first.max(), second.max())) - float(low) + 1
    if not steps <= FEW_LEVELS:
        return None
    levels = [low + step for step in range(int(steps))]
    counts = [[np.count_nonzero(side == level) for level in levels] for side in (first, second)]
    found = np.array(counts, dtype=float)
    return found if found.sum() == first.size + second.size else None


def _codes(first: NDArray[Any], second: NDArray[Any]) -> tuple[tuple[Whole, Whole], int]:
    if first.size and second.size:
        low = min(first.min(), second.min())
        high = max(first.max(), second.max())
        whole = [_whole(one) for one in (first, second)] if high - low < COUNTED_RANGE else []
        if len(whole) == 2 and whole[0] is not None and whole[1] is not None:
            # Levels nobody chose cost nothing; a copy of the answers does.
            start = int(low) if not 0 <= low < COUNTED_RANGE else 0
            moved = (whole[0] - start, whole[1] - start) if start else (whole[0], whole[1])
            return moved, int(high) - start + 1
    values, codes = np.unique(np.concatenate((first, second)), return_inverse=True)
    codes = codes.astype(np.intp, copy=False)
    return (codes[: first.size], codes[first.size :]), int(values.size)


def _bounded(values: NDArray[Any]) -> bool:
    # The sum tells it without a copy; where a value is missing, the slow way.
    return bool(np.isfinite(values.sum())) or not bool(np.isinf(values).any())


def _whole(values: NDArray[Any]) -> Whole | None:
    whole = values.astype(np.intp, copy=False)
    return whole if values.dtype.kind in "iu" or bool((whole == values).all()) else None


def _standing(counts: Floats) -> Floats:
    """Return how many stand below each level, those at it counted half."""
    upto: Floats = np.cumsum(counts)
    return upto - counts / 2


def _clustered(
    theta: float,
    size: int,
    sizes: tuple[float, float],
    first: Floats,
    second: Floats,
    clusters: tuple[Whole, Whole],
) -> Interval:
    count = int(max(one.max(initial=-1) for one in clusters)) + 1
    sums = np.bincount(clusters[0], weights=first, minlength=count)
    sums = sums + np.bincount(clusters[1], weights=second, minlength=count)
    held = np.unique(np.concatenate(clusters)).size
    if held < FEWEST_CLUSTERS:
        return Interval(size, theta, method=f"fewer than {FEWEST_CLUSTERS} clusters: no interval")
    variance = float((sums**2).sum()) * held / (held - 1)
    if variance <= 1e-14:
        # People of one cluster may be copies of each other: only clusters count.
        each = [float(np.unique(one).size) for one in clusters]
        return _newcombe(theta, size, *each)
    told = f"logit, summed within {held} clusters, t"
    return _logit(theta, size, variance, held - 1, told)


def _logit(theta: float, size: int, variance: float, df: float, method: str) -> Interval:
    if not 0 < theta < 1:
        return Interval(size, theta, method="no interval")
    centre = math.log(theta / (1 - theta))
    spread = float(stdtrit(df, 0.975)) * math.sqrt(variance) / (theta * (1 - theta))
    lower, upper = (1 / (1 + math.exp(min(-(centre + side * spread), 700))) for side in (-1, 1))
    return Interval(size, theta, lower, upper, method)


def _newcombe(theta: float, size: int, m: float, n: float) -> Interval:
    """Return the score interval of Newcombe 2006 (his fifth), which needs no variance."""
    extra = (m + n) / 2 - 1

    def beyond(true: float) -> float:
        spread = 1 + extra * ((1 - true) / (2 - true) + true / (1 + true))
        return (theta - true) ** 2 - Z95**2 * true * (1 - true) * spread / (m * n)

    lower = 0.0 if theta <= 0 else float(brentq(beyond, 0.0, theta - 1e-9))
    upper = 1.0 if theta >= 1 else float(brentq(beyond, theta + 1e-9, 1.0))
    return Interval(size, theta, lower, upper, "Newcombe's score interval, no variance seen")
