"""How unevenly something is spread over people: Gini coefficient and normalised entropy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import numbers
from wfw_eval.metrics.result import Result, not_estimable


@metric(
    "M12",
    name="Gini coefficient",
    unit="index",
    question="EQ4",
    formula="G = ΣΣ|xᵢ − xⱼ| / (2n²x̄); for small groups times n/(n − 1)",
    source="Gini 1912; Tausczik & Pennebaker 2013 for conversation; Deltas 2003 for small groups",
)
def gini(values: Any, *, corrected: bool = False, **about: Any) -> Result:
    """Return how unevenly turns (sessions, hours) are spread over people.

    Args:
        values: What each person had, shape ``(n,)``; 0 for those who stayed silent, who count.
            Missing values are left out.
        corrected: Whether to multiply by n/(n − 1), so that one person having all gives 1
            however small the group.
        **about: Further attributes of the result.

    Returns:
        An index, 0 where all had the same; not estimable where nobody had anything, or where
        it is corrected and there is one person only.

    Raises:
        ValueError: a value is negative or infinite, or no number.

    Example:
        >>> gini([10, 10, 20, 60]).value, round(gini([10, 10, 20, 60], corrected=True).value, 4)
        (0.4, 0.5333)
    """
    amounts = _amounts(values)
    n, total = amounts.size, float(amounts.sum())
    known = {"n": int(n), **({"method": "times n/(n − 1)"} if corrected else {}), **about}
    if n == 0 or total == 0:
        return not_estimable("M12", "index", "nobody had anything", **known)
    if corrected and n == 1:
        return not_estimable("M12", "index", "one person only", **known)
    value = _spread(amounts) / ((n - 1) if corrected else n) / total
    return Result(metric="M12", unit="index", value=min(max(value, 0.0), 1.0), **known)


@metric(
    "M13",
    name="Normalised entropy",
    unit="index",
    question="EQ4",
    formula="−Σ p ln p / ln n",
    source="Shannon 1948; Pielou 1966 for the evenness",
    library="numpy",
)
def normalised_entropy(values: Any, **about: Any) -> Result:
    """Return how evenly turns (sessions, hours) are spread over people: 1 is evenly.

    Args:
        values: What each person had, shape ``(n,)``; 0 for those who stayed silent, who count.
            Missing values are left out.
        **about: Further attributes of the result.

    Returns:
        An index from 0 (one person had all) to 1; not estimable with fewer than two people, or
        where nobody had anything.

    Raises:
        ValueError: a value is negative or infinite, or no number.

    Example:
        >>> round(normalised_entropy([1, 2, 3, 4]).value, 5)
        0.92322
    """
    amounts = _amounts(values)
    n, total = amounts.size, float(amounts.sum())
    known = {"n": int(n), **about}
    if total == 0:
        return not_estimable("M13", "index", "nobody had anything", **known)
    if n < 2:
        return not_estimable("M13", "index", "one person only", **known)
    p = amounts[amounts > 0] / total
    value = float(-(p * np.log(p)).sum() / np.log(n))
    return Result(metric="M13", unit="index", value=min(max(value, 0.0), 1.0), **known)


def _amounts(values: Any) -> NDArray[Any]:
    found = numbers(list(values.values()) if isinstance(values, dict) else values, "values")
    if found.dtype.kind == "f" and np.isnan(found).any():
        found = found[~np.isnan(found)]
    if found.size and not (found.min() >= 0 and found.max() < np.inf):
        raise ValueError("values must be finite and not negative")
    return found


def _spread(amounts: NDArray[Any]) -> float:
    """Return Σ (2i − n − 1) x over the values in ascending order."""
    n = amounts.size
    if amounts.dtype.kind in "iu" and amounts.max() <= 4 * n + 1_000:
        return _counted_spread(np.bincount(amounts))
    ordered = np.sort(amounts).astype(float, copy=False)
    weights = np.arange(1 - n, n, 2, dtype=float)
    return float(weights @ ordered)


def _counted_spread(counts: NDArray[Any]) -> float:
    """Do the same from how many had each whole amount."""
    upto = np.cumsum(counts).astype(float)
    # The ranks of a run of equal values average to half its first and last.
    centred = 2 * upto - counts - upto[-1]
    return float((centred * counts) @ np.arange(counts.size, dtype=float))
