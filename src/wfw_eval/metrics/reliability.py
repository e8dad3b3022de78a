"""How far the items of a scale hang together: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.special import fdtri

from wfw_eval.metrics.answers import Answers, cluster_error, complete_answers
from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats
from wfw_eval.metrics.one_factor import Factor, heywood, influence, one_factor
from wfw_eval.metrics.result import Result, not_estimable

#: Fewest people with complete answers, and fewest items, for which reliability is printed.
FEWEST_PEOPLE = 30
FEWEST_ITEMS = 3


@metric(
    "M33",
    name="Cronbach's alpha",
    unit="index",
    question="EQ6",
    formula="α = k/(k − 1)·(1 − Σσᵢ²/σ_T²); limits 1 − (1 − α)·F(n − 1, (n − 1)(k − 1))",
    source="Cronbach 1951, Psychometrika 16:297-334; Feldt 1965, Psychometrika 30:357-370",
)
def cronbach_alpha(
    items: Any = None,
    *,
    covariance: Any = None,
    n: int | None = None,
    clusters: Any = None,
    minimum: int = FEWEST_PEOPLE,
    minimum_items: int = FEWEST_ITEMS,
    **about: Any,
) -> Result:
    """Return how far the items of a scale hang together, from their variances and that of the sum.

    Args:
        items: Answers, shape ``(people, items)``; negatively worded items already reversed.
            People with a missing answer are left out.
        covariance: Covariances of the items, shape ``(items, items)``, in place of the answers.
        n: How many people the covariances are from.
        clusters: Family (or partner) of each person. The interval then is by the delta method
            with squares summed within clusters, free of the assumption of normal answers.
        minimum: Fewest people for which there is a value.
        minimum_items: Fewest items for which there is a value, at least 2.
        **about: Further attributes of the result.

    Returns:
        An index of at most 1 (it can be negative) with Feldt's interval, which is exact for
        normal, equally correlated items; not estimable with too few people or items, or where
        all sums are the same.

    Raises:
        ValueError: neither or both of items and covariances, covariances that are not
            symmetric or without ``n``, or clusters of another length.

    Coverage:
        Feldt's interval held the truth in 94 to 96 % of simulated data sets, on five steps and
        with items of unequal strength too. With clusters it was 92 % with 20 families of 2 to
        4, and 93 to 95 % from 50.

    Example:
        >>> covariance = [[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]]
        >>> result = cronbach_alpha(covariance=covariance, n=100)
        >>> print(f"{result.value:.4f} ({result.lower:.3f} to {result.upper:.3f})")
        0.8136 (0.746 to 0.867)
    """
    data = complete_answers(items, covariance, n, clusters)
    known: dict[str, Any] = {"n": data.n, **about}
    if reason := _too_little(data, minimum, minimum_items):
        return not_estimable("M33", "index", reason, **known)
    alpha = _alpha(data.covariance)
    if alpha is None:
        return not_estimable("M33", "index", "all sums are the same", **known)
    if data.clusters is None:
        lower, upper = _feldt(alpha, data.n, data.k)
        return _index("M33", alpha, lower, upper, "Feldt", known)
    spread = _clustered_spread(data)
    if spread is None:
        return _index("M33", alpha, None, None, "clustered: no interval", known)
    lower, upper = 1 - (1 - alpha) * math.exp(spread), 1 - (1 - alpha) * math.exp(-spread)
    return _index("M33", alpha, lower, upper, "delta method, clustered, ln(1 − α)", known)


@metric(
    "M33",
    name="Alpha without each item",
    unit="index",
    question="EQ6",
    formula="alpha of the other k − 1 items",
    source="Cronbach 1951; Feldt 1965",
)
def alpha_if_dropped(
    items: Any = None,
    *,
    covariance: Any = None,
    n: int | None = None,
    minimum: int = FEWEST_PEOPLE,
    minimum_items: int = FEWEST_ITEMS,
    **about: Any,
) -> dict[str, Result]:
    """Return Cronbach's alpha of the scale without each of its items in turn.

    An alpha higher than that of the whole scale marks an item that does not belong.

    Args:
        items: Answers, shape ``(people, items)``, as for :func:`cronbach_alpha`.
        covariance: Covariances of the items in place of the answers.
        n: How many people the covariances are from.
        minimum: Fewest people for which there is a value.
        minimum_items: Fewest items of the whole scale for which there are values.
        **about: Further attributes of each result.

    Returns:
        An index for each item, under the name of its column or, without one, ``item 1`` and on.

    Raises:
        ValueError: as for :func:`cronbach_alpha`.

    Example:
        >>> covariance = [[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]]
        >>> dropped = alpha_if_dropped(covariance=covariance, n=100)
        >>> [round(result.value, 4) for result in dropped.values()]
        [0.75, 0.7606, 0.7714, 0.7826]
    """
    data = complete_answers(items, covariance, n, None)
    known: dict[str, Any] = {"n": data.n, **about}
    reason = _too_little(data, minimum, minimum_items)
    found = {}
    for at, name in enumerate(data.names):
        rest = np.delete(np.delete(data.covariance, at, axis=0), at, axis=1)
        alpha = None if reason or data.k < 3 else _alpha(rest)
        why = reason or ("too few items are left" if data.k < 3 else "all sums are the same")
        found[name] = (
            not_estimable("M33", "index", why, **known)
            if alpha is None
            else _index("M33", alpha, *_feldt(alpha, data.n, data.k - 1), "Feldt", known)
        )
    return found


@metric(
    "M34",
    name="McDonald's omega",
    unit="index",
    question="EQ6",
    formula="ω = (Σλ)² / ((Σλ)² + Σθ)",
    source="McDonald 1999, Test Theory; Raykov 2002, Structural Equation Modeling 9:195-212",
    library="statsmodels (Factor, maximum likelihood)",
)
def mcdonald_omega(
    items: Any = None,
    *,
    loadings: Any = None,
    uniquenesses: Any = None,
    covariance: Any = None,
    n: int | None = None,
    clusters: Any = None,
    minimum: int = FEWEST_PEOPLE,
    minimum_items: int = FEWEST_ITEMS,
    **about: Any,
) -> Result:
    """Return the share of the variance of the sum that one common factor explains.

    The loadings are those of the answers themselves, not of standardised answers, since it is
    the plain sum whose reliability is asked for.

    Args:
        items: Answers, shape ``(people, items)``; negatively worded items already reversed.
            People with a missing answer are left out.
        loadings: Loadings known from elsewhere, in place of answers.
        uniquenesses: Residual variances that go with them; without, the loadings are taken as
            standardised and these are ``1 − λ²``.
        covariance: Covariances of the items, in place of answers.
        n: How many people the covariances are from.
        clusters: Family (or partner) of each person, for the interval.
        minimum: Fewest people for which there is a value, where it is estimated.
        minimum_items: Fewest items for which there is a value, at least 3.
        **about: Further attributes of the result.

    Returns:
        An index from 0 to 1. Estimated from answers, it has an interval by the delta method on
        the logit, robust to answers that are not normal. Not estimable with too few people or
        items, where an item never varies, or in a Heywood case (an item without a residual).

    Raises:
        ValueError: not exactly one of items, loadings and covariances; loadings that are no
            list, or standardised ones beyond 1; negative residual variances; and as for
            :func:`cronbach_alpha`.

    Coverage:
        93 to 95 % of simulated data sets of 30 to 200 people, a little under 93 % with 30 people
        and items so unequal that a third of the data sets had no value at all (Heywood cases).

    Example:
        >>> round(mcdonald_omega(loadings=[0.7, 0.6, 0.8, 0.5]).value, 6)
        0.749446
    """
    if loadings is not None:
        if items is not None or covariance is not None:
            raise ValueError("give loadings or answers, not both")
        return _omega_of_loadings(loadings, uniquenesses, minimum_items, about)
    data = complete_answers(items, covariance, n, clusters)
    known: dict[str, Any] = {"n": data.n, **about}
    if reason := _too_little(data, minimum, max(minimum_items, 3)):
        return not_estimable("M34", "index", reason, **known)
    if np.diag(data.covariance).min() <= 0:
        return not_estimable("M34", "index", "an item never varies", **known)
    factor = one_factor(data.covariance)
    if factor is None:
        return not_estimable("M34", "index", "the factor model did not converge", **known)
    if heywood(factor, data.covariance):
        reason = "Heywood case: the factor leaves an item no residual"
        return not_estimable("M34", "index", reason, **known)
    return _omega_with_interval(data, factor, known)


def _omega_of_loadings(
    loadings: Any, uniquenesses: Any, minimum_items: int, about: dict[str, Any]
) -> Result:
    strength = np.asarray(loadings, dtype=float)
    if strength.ndim != 1 or not np.all(np.isfinite(strength)):
        raise ValueError("loadings must be one list of numbers")
    if uniquenesses is None and np.any(np.abs(strength) > 1):
        raise ValueError("loadings beyond 1 are not standardised: give uniquenesses too")
    rest = 1 - strength**2 if uniquenesses is None else np.asarray(uniquenesses, dtype=float)
    if rest.shape != strength.shape or not np.all(rest >= 0):
        raise ValueError("uniquenesses must be one for each loading and not negative")
    if strength.size < minimum_items:
        return not_estimable("M34", "index", f"fewer than {minimum_items} items", **about)
    if rest.min() == 0:
        reason = "Heywood case: the factor leaves an item no residual"
        return not_estimable("M34", "index", reason, **about)
    return _index("M34", _omega(strength, rest), None, None, "of given loadings", about)


def _omega(loadings: Floats, residuals: Floats) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(residuals.sum()))


def _omega_with_interval(data: Answers, factor: Factor, known: dict[str, Any]) -> Result:
    omega = _omega(factor.loadings, factor.residuals)
    moved = influence(data, factor)
    if moved is None or not 0 < omega < 1:
        return _index("M34", omega, None, None, "one factor, maximum likelihood", known)
    total, rest = factor.loadings.sum(), factor.residuals.sum()
    # logit ω = 2 ln |Σλ| − ln Σθ
    slope = np.concatenate((np.full(data.k, 2 / total), np.full(data.k, -1 / rest)))
    spread = cluster_error(moved @ slope, data.clusters)
    if spread is None:
        return _index("M34", omega, None, None, "one cluster: no interval", known)
    centre = math.log(omega / (1 - omega))
    lower, upper = (1 / (1 + math.exp(-(centre + side * spread))) for side in (-1, 1))
    told = "one factor, maximum likelihood; robust delta method on the logit"
    told += ", clustered" if data.clusters is not None else ""
    return _index("M34", omega, lower, upper, told, known)


def _too_little(data: Answers, minimum: int, minimum_items: int) -> str | None:
    if data.k < max(minimum_items, 2):
        return f"fewer than {max(minimum_items, 2)} items"
    if data.n < max(minimum, 2):
        return f"fewer than {max(minimum, 2)} people answered all items"
    return None


def _alpha(covariance: Floats) -> float | None:
    k, total = covariance.shape[0], float(covariance.sum())
    own = float(np.trace(covariance))
    if own <= 0 or total <= 1e-12 * own:
        return None
    return float(k / (k - 1) * (1 - own / total))


def _feldt(alpha: float, n: int, k: int) -> tuple[float, float]:
    df = n - 1, (n - 1) * (k - 1)
    return (
        1 - (1 - alpha) * float(fdtri(*df, 0.975)),
        1 - (1 - alpha) * float(fdtri(*df, 0.025)),
    )


def _clustered_spread(data: Answers) -> float | None:
    """Return half the width of the interval of ln(1 − α)."""
    assert data.centred is not None
    spread = data.covariance * (data.n - 1) / data.n
    own, total = float(np.trace(spread)), float(spread.sum())
    apart = data.k * own - total
    if apart <= 1e-9 * total:
        return None
    # 1 − α = (k·own/total − 1)/(k − 1), so that its logarithm moves more than that of own/total.
    moved = (data.centred**2).sum(axis=1) / own - data.centred.sum(axis=1) ** 2 / total
    return cluster_error((moved - moved.mean()) * (data.k * own / apart), data.clusters)


def _index(
    metric_id: str,
    value: float,
    lower: float | None,
    upper: float | None,
    method: str,
    known: dict[str, Any],
) -> Result:
    return Result(
        metric=metric_id, unit="index", value=value, lower=lower, upper=upper,
        **{"method": method, **known},
    )  # fmt: skip
