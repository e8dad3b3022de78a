"""The score interval of the ratio of two rates (Koopman 1984)."""

from __future__ import annotations

import math

from scipy.optimize import brentq

#: How far from 1, as a logarithm, the ends of a ratio are looked for.
FAR = 50.0


def ratio_of_rates(
    x1: float, n1: float, x0: float, n0: float, *, quantile: float = 1.959963984540054
) -> tuple[float, float]:
    """Return the ends of the score interval of (x1/n1) / (x0/n0); they can be 0 and infinite.

    Counts need not be whole, as when they were divided by a design effect.

    Args:
        x1: Cases in the first group, 0 to ``n1``.
        n1: Its size, above 0.
        x0: Cases in the second group.
        n0: Its size, above 0.
        quantile: Standard errors the ends are away.

    >>> [round(end, 2) for end in ratio_of_rates(36, 40, 16, 80)]
    [2.94, 7.15]
    """

    def beyond(place: float) -> float:
        return _score(math.exp(place), x1, n1, x0, n0) - quantile

    def short(place: float) -> float:
        return _score(math.exp(place), x1, n1, x0, n0) + quantile

    # The score falls as the ratio grows: it is the quantile at the lower end, and less it at the
    # upper one.
    if x1 + x0 == 0:
        return 0.0, math.inf
    lower = 0.0 if x1 == 0 else math.exp(brentq(beyond, -FAR, FAR, xtol=1e-13))
    upper = math.inf if x0 == 0 else math.exp(brentq(short, -FAR, FAR, xtol=1e-13))
    return lower, upper


def _score(ratio: float, x1: float, n1: float, x0: float, n0: float) -> float:
    """Return by how many standard errors the data lie above a ratio, were it true."""
    # The likeliest rate of the second group under that ratio is the smaller root.
    n, cases = n1 + n0, x1 + x0
    middle = ratio * (n1 + x0) + x1 + n0
    root = math.sqrt(max(middle * middle - 4 * n * ratio * cases, 0.0))
    p0 = 2 * cases / (middle + root)
    p1 = min(ratio * p0, 1.0)
    p0 = min(p0, 1.0)
    difference = x1 / n1 - ratio * x0 / n0
    variance = p1 * (1 - p1) / n1 + ratio * ratio * p0 * (1 - p0) / n0
    if variance <= 0:
        return math.copysign(math.inf, difference) if difference else 0.0
    return difference / math.sqrt(variance)
