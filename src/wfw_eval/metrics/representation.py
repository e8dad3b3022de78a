"""Who took part: shares, ratios to the population, bounds for what was not disclosed.

Priority groups overlap, so every figure is one group against the rest, never a partition.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from statsmodels.stats.proportion import proportion_confint

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import whole_number
from wfw_eval.metrics.result import Result, Unit, not_estimable

#: Participation ratios read as comparable (Jin et al. 2020, Circulation 141:540-548).
COMPARABLE = (0.8, 1.2)

#: Normal quantile of a two-sided 95 % interval.
Z95 = 1.959963984540054


@metric(
    "M01",
    name="Share with Wilson interval",
    unit="proportion",
    question="EQ3",
    formula="p = x/n; (2x + z² ± z√(z² + 4x(1 − p))) / (2(n + z²))",
    source="Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857-872",
    library="statsmodels",
)
def share(count: int, n: int, **about: Any) -> Result:
    """Return the share of ``n`` with a characteristic, with its 95 % Wilson interval.

    Args:
        count: How many have it, 0 to ``n``.
        n: How many disclosed whether they have it.
        **about: Further attributes of the result (``cell``, ``of``, ``inputs``, ...).

    Returns:
        A proportion; not estimable when ``n`` is 0.

    Raises:
        ValueError: the counts are not whole, are negative, or ``count`` is more than ``n``.

    Example:
        >>> result = share(12, 40)
        >>> print(f"{result.value:.2f} ({result.lower:.4f} to {result.upper:.4f})")
        0.30 (0.1807 to 0.4543)
    """
    count, n = _checked(count, n)
    known = {"count": count, "n": n, "method": "Wilson", **about}
    if n == 0:
        return not_estimable("M01", "proportion", "nobody disclosed it", **known)
    lower, upper = _wilson(count, n)
    return Result(
        metric="M01", unit="proportion", value=count / n, lower=lower, upper=upper, **known
    )


@metric(
    "M02",
    name="Participation-to-prevalence ratio",
    unit="ratio",
    question="EQ3",
    formula="PPR = (x/n) / q; q fixed: Wilson limits / q; q estimated: "
    "exp(ln PPR ± z√((1 − p)/(np) + se(q)²/q²))",
    source="Scott et al. 2018, JACC 71:1960-1969; Jin et al. 2020, Circulation 141:540-548",
    library="statsmodels for the Wilson limits",
)
def participation_ratio(
    count: int, n: int, reference_share: float, reference_se: float | None = None, **about: Any
) -> Result:
    """Return how much of its population share a group took of the places.

    A ratio of 1 is parity; 0.8 to 1.2 is read as comparable.

    Args:
        count: Participants in the group.
        n: Participants who disclosed whether they are in it.
        reference_share: The group's share of the population, in (0, 1].
        reference_se: Standard error of that share when it was estimated from a survey; without
            it the share is taken as known and the interval is Wilson's over the share.
        **about: Further attributes of the result.

    Returns:
        A ratio with its 95 % interval; not estimable when ``n`` is 0, or when ``count`` is 0
        and the reference share is itself an estimate.

    Raises:
        ValueError: counts, share or standard error outside their range.

    Example:
        >>> result = participation_ratio(12, 40, 0.22)
        >>> print(f"{result.value:.3f} ({result.lower:.3f} to {result.upper:.3f})")
        1.364 (0.822 to 2.065)
    """
    count, n = _checked(count, n)
    _check_share(reference_share)
    _check_se(reference_se)
    known = {"count": count, "n": n, **about}
    if n == 0:
        return not_estimable("M02", "ratio", "nobody disclosed it", **known)
    if reference_se:
        return _ratio_to_estimate(count, n, reference_share, reference_se, known)
    lower, upper = _wilson(count, n)
    return Result(
        metric="M02",
        unit="ratio",
        value=count / n / reference_share,
        lower=lower / reference_share,
        upper=upper / reference_share,
        method="Wilson limits over a known share",
        **known,
    )


def _ratio_to_estimate(count: int, n: int, q: float, se: float, known: Mapping[str, Any]) -> Result:
    if count == 0:
        return not_estimable("M02", "ratio", "no participant, against an estimated share", **known)
    p = count / n
    spread = Z95 * math.sqrt((1 - p) / (n * p) + (se / q) ** 2)
    return Result(
        metric="M02",
        unit="ratio",
        value=p / q,
        lower=p / q * math.exp(-spread),
        upper=p / q * math.exp(spread),
        method="log ratio, share estimated",
        **known,
    )


@metric(
    "M02",
    name="Participation-to-prevalence ratio against a range",
    unit="ratio",
    question="EQ3",
    formula="[lower limit of the ratio to q_high, upper limit of the ratio to q_low]",
    source="as the ratio; the ends of the population share are carried through as bounds",
    library="statsmodels for the Wilson limits",
)
def participation_range(
    count: int,
    n: int,
    reference_low: float,
    reference_high: float,
    low_se: float | None = None,
    high_se: float | None = None,
    **about: Any,
) -> Result:
    """Return the ratio when the population share is known only to lie in a range.

    There is no point estimate: any share in the range is possible, so the result is a range
    that also takes in the sampling interval.

    Args:
        count: Participants in the group.
        n: Participants who disclosed whether they are in it.
        reference_low: Smallest possible population share, in (0, 1].
        reference_high: Largest possible population share.
        low_se: Standard error of the smallest share, where a survey estimated it.
        high_se: Standard error of the largest share, where a survey estimated it.
        **about: Further attributes of the result.

    Raises:
        ValueError: counts or shares outside their range, or the range upside down.

    Example:
        >>> result = participation_range(12, 40, 0.08, 0.53)
        >>> result.value is None, round(result.lower, 3), round(result.upper, 3)
        (True, 0.341, 5.679)
    """
    count, n = _checked(count, n)
    if reference_high < reference_low:
        raise ValueError(f"the range {reference_low} to {reference_high} is upside down")
    at_low = participation_ratio(count, n, reference_low, low_se if count else None)
    at_high = participation_ratio(count, n, reference_high, high_se if count else None)
    known = {"count": count, "n": n, "interval": "bounds", **about}
    if n == 0:
        return not_estimable("M02", "ratio", "nobody disclosed it", **known)
    return Result(
        metric="M02",
        unit="ratio",
        lower=at_high.lower,
        upper=at_low.upper,
        method="range of population shares and sampling interval",
        **known,
    )


@metric(
    "M03",
    name="Bounds for undisclosed characteristics",
    unit="proportion",
    question="EQ3",
    formula="[x/n, (x + u)/n]",
    source="Manski 1989; Manski 2003",
)
def disclosure_bounds(
    yes: int, no: int, unknown: int, reference_share: float | None = None, **about: Any
) -> Result:
    """Return the shares (or ratios) possible if the undisclosed were all "no" or all "yes".

    Args:
        yes: Participants with the characteristic.
        no: Participants without it.
        unknown: Participants for whom it is not known, whatever the reason.
        reference_share: Population share; when given the bounds are on the ratio to it.
        **about: Further attributes of the result.

    Raises:
        ValueError: a count is negative or not whole, or the share is outside (0, 1].

    Example:
        >>> result = disclosure_bounds(12, 18, 10)
        >>> result.lower, result.upper
        (0.3, 0.55)
    """
    yes, no, unknown = whole_number(yes), whole_number(no), whole_number(unknown)
    n = yes + no + unknown
    unit: Unit = "proportion" if reference_share is None else "ratio"
    over = 1.0 if reference_share is None else reference_share
    _check_share(over)
    known = {"count": yes, "n": n, "interval": "bounds", "method": "worst case", **about}
    if n == 0:
        return not_estimable("M03", unit, "nobody took part", **known)
    return Result(
        metric="M03", unit=unit, lower=yes / n / over, upper=(yes + unknown) / n / over, **known
    )


@metric(
    "M04",
    name="Dissimilarity index",
    unit="index",
    question="EQ3",
    formula="D = ½ Σ |aᵢ/A − bᵢ/B|",
    source="Duncan & Duncan 1955, American Sociological Review 20:210-217",
)
def dissimilarity(first: ArrayLike, second: ArrayLike, **about: Any) -> Result:
    """Return the share of one distribution that would have to move to match the other.

    Args:
        first: Counts by category, shape ``(k,)``.
        second: Counts by the same categories, shape ``(k,)``.
        **about: Further attributes of the result.

    Returns:
        An index from 0 (alike) to 1 (nothing in common); not estimable if either adds up to 0.

    Raises:
        ValueError: the shapes differ, a count is negative or missing, or two series do not have
            the same categories in the same order.

    Example:
        >>> dissimilarity([10, 20, 30, 40], [40, 30, 20, 10]).value
        0.4
    """
    _check_categories(first, second)
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"two lists of counts of one length are needed, not {a.shape}, {b.shape}")
    if not (
        np.all(np.isfinite(a)) and np.all(np.isfinite(b)) and np.all(a >= 0) and np.all(b >= 0)
    ):
        raise ValueError("counts must be present and not negative")
    if a.sum() == 0 or b.sum() == 0:
        return not_estimable("M04", "index", "one of the two is empty", **about)
    value = 0.5 * float(np.abs(a / a.sum() - b / b.sum()).sum())
    # Shares of disjoint distributions can add up to a rounding error more than one.
    return Result(metric="M04", unit="index", value=min(value, 1.0), **{"n": int(a.sum()), **about})


@metric(
    "M06",
    name="Group coverage",
    unit="proportion",
    question="EQ3",
    formula="groups with at least k participants / groups",
    source="framework of this evaluation",
)
def group_coverage(
    counts: Sequence[int] | Mapping[str, int], minimum: int = 5, **about: Any
) -> Result:
    """Return the share of groups (or cells) that at least ``minimum`` participants came from.

    Args:
        counts: Participants per group.
        minimum: Fewest participants that count as covered.
        **about: Further attributes of the result.

    Returns:
        A proportion whose ``count`` is the groups covered and ``n`` the groups.

    Raises:
        ValueError: a count is negative or not whole.

    Example:
        >>> coverage = group_coverage({"urban": 40, "rural": 4})
        >>> coverage.value, coverage.count, coverage.n
        (0.5, 1, 2)
    """
    values = list(counts.values()) if isinstance(counts, Mapping) else list(counts)
    if not values:
        return not_estimable("M06", "proportion", "there are no groups", **about)
    covered = sum(whole_number(value) >= minimum for value in values)
    return Result(
        metric="M06",
        unit="proportion",
        value=covered / len(values),
        **{
            "count": covered,
            "n": len(values),
            "of": "groups",
            "method": f"at least {minimum}",
            **about,
        },
    )


@metric(
    "M07",
    name="Participation funnel",
    unit="proportion",
    question="EQ3",
    formula="step / step before, Wilson interval",
    source="Reach in RE-AIM: Glasgow, Vogt & Boles 1999",
    library="statsmodels",
)
def funnel(steps: Mapping[str, int], **about: Any) -> dict[str, Result]:
    """Return, for each step after the first, the share of the step before that reached it.

    Args:
        steps: People at each step, in order; no step may hold more than the one before.
        **about: Further attributes of each result.

    Raises:
        ValueError: fewer than two steps, or a step larger than the one before.

    Example:
        >>> {name: result.value for name, result in funnel({"invited": 80, "came": 60}).items()}
        {'came': 0.75}
    """
    if len(steps) < 2:
        raise ValueError("a funnel needs at least two steps")
    names = list(steps)
    return {name: _step(steps[name], steps[before], about) for before, name in pairwise(names)}


def _step(reached: int, before: int, about: Mapping[str, Any]) -> Result:
    result = share(reached, before, **about).about(metric="M07")
    return result if result.estimable else result.about(reason="nobody reached the step before")


def comparable_band() -> dict[str, Result]:
    """Return the ends of the band in which a participation ratio is read as comparable."""
    low, high = COMPARABLE
    return {"low": Result(metric="M02", unit="ratio", value=low),
            "high": Result(metric="M02", unit="ratio", value=high)}  # fmt: skip


def _wilson(count: int, n: int) -> tuple[float, float]:
    lower, upper = proportion_confint(count, n, alpha=0.05, method="wilson")
    # statsmodels can stop a rounding error short of 0 and 1 (20 of 20 gives 0.9999...).
    return (0.0 if count == 0 else float(lower)), (1.0 if count == n else float(upper))


def _checked(count: int, n: int) -> tuple[int, int]:
    count, n = whole_number(count), whole_number(n)
    if count > n:
        raise ValueError(f"a count lies between 0 and its base: {count} of {n}")
    return count, n


def _check_share(value: float) -> None:
    if not 0 < value <= 1:
        raise ValueError(f"a population share lies above 0 and is at most 1, not {value}")


def _check_se(value: float | None) -> None:
    if value is not None and not 0 <= value < math.inf:
        raise ValueError(f"a standard error is a number and not negative, as {value} is")


def _check_categories(first: ArrayLike, second: ArrayLike) -> None:
    if not (isinstance(first, pd.Series) and isinstance(second, pd.Series)):
        return
    if not first.index.equals(second.index):
        raise ValueError("the two series need the same categories in the same order")
