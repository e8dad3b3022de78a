"""Whether the voices that were published are those that were heard."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole, check_lengths, flags, labels
from wfw_eval.metrics.mentions import mention_table
from wfw_eval.metrics.rates import ratio_of_rates
from wfw_eval.metrics.result import Result, not_estimable


@metric(
    "M25",
    name="Quote parity",
    unit="ratio",
    question="EQ8",
    formula="(quotations from g / quotations) / (excerpts from g / excerpts) = R / (wR + 1 − w); "
    "w share of excerpts from g, R ratio of rates of quotation with its score interval",
    source="framework of this evaluation; Koopman 1984, Biometrics 40:513-517",
)
def quote_parity(
    quoted: Any, groups: Any, *, clusters: Any = None, **about: Any
) -> dict[Any, Result]:
    """Return how far each group was quoted for its share of the coded excerpts.

    A ratio of 1 is parity. With the feeling of each excerpt for ``groups`` it tells whether
    critical words were published as often as they were said.

    Args:
        quoted: Whether each excerpt was published as a quotation, shape ``(n,)``. Excerpts of which
            it is not known are left out.
        groups: Group (or feeling) of each excerpt; or, as groups overlap, excerpts by groups, true
            where the excerpt is from the group. Excerpts of which it is not known are left out of
            the group's ratio.
        clusters: Family or person of each excerpt, whose excerpts may be quoted together; missing
            for one stands for somebody of whom there is but one excerpt.
        **about: Further attributes of each result.

    Returns:
        A ratio per group with its 95 % interval, given how many excerpts are the group's: that of
        the score for the ratio of rates of quotation. With clusters, counts are divided by their
        design effect and the quantile is Student's t of one degree of freedom fewer than clusters.
        There is none if all excerpts are from one group, or from one cluster. ``count`` is of the
        group's quotations, ``n`` of its excerpts.

    Raises:
        ValueError: the columns are of different lengths or quoted is not yes or no.

    Example:
        >>> quoted = [1, 0, 0, 0, 1, 1, 0, 0]
        >>> found = quote_parity(quoted, ["neg"] * 4 + ["pos"] * 4)
        >>> {group: round(ratio.value, 3) for group, ratio in found.items()}
        {'neg': 0.667, 'pos': 1.333}
    """
    check_lengths(quoted=quoted, groups=groups, clusters=clusters)
    published = flags(quoted, "quoted")
    cluster = _clusters(clusters, len(published))
    return {
        name: _parity(published, member, cluster, about)
        for name, member in _members(groups).items()
    }


def _members(groups: Any) -> dict[Any, Floats]:
    """Return, for each group, 1 for excerpts from it, 0 for others, NaN where not known."""
    if isinstance(groups, pd.DataFrame):
        table = mention_table(groups.reset_index(drop=True))
        return {name: table[name].to_numpy() for name in table.columns}
    place, names = labels(groups)
    return {
        name: np.where(place < 0, np.nan, place == at)
        for at, name in enumerate(names)
        if np.any(place == at)
    }


def _clusters(clusters: Any, n: int) -> Whole:
    if clusters is None:
        return np.arange(n)
    place, names = labels(clusters)
    alone = place < 0
    found = place.copy()
    found[alone] = len(names) + np.arange(int(alone.sum()))
    return found


def _parity(published: Floats, member: Floats, cluster: Whole, about: Mapping[str, Any]) -> Result:
    known = ~np.isnan(published) & ~np.isnan(member)
    q, m, cluster = published[known], member[known], cluster[known]
    said: dict[str, Any] = {"count": int(q @ m), "n": int(m.sum()), "of": "excerpts", **about}
    if m.sum() == 0:
        return not_estimable("M25", "ratio", "there are no excerpts from the group", **said)
    if q.sum() == 0:
        return not_estimable("M25", "ratio", "nothing was quoted", **said)
    value = float(q @ m / q.sum() / m.mean())
    ends = _ends(q, m, cluster)
    if ends is None:
        return Result(metric="M25", unit="ratio", value=value, **said)
    lower, upper = min(ends[0], value), max(ends[1], value)  # apart by rounding at 0 and the most
    method = "score interval of the ratio of rates" + (
        "" if len(np.unique(cluster)) == len(cluster) else ", design effect of clusters, t"
    )
    return Result(
        metric="M25", unit="ratio", value=value, lower=lower, upper=upper,
        **{"method": method, **said},
    )  # fmt: skip


def _ends(q: Floats, m: Floats, cluster: Whole) -> tuple[float, float] | None:
    """Return the interval of parity, where there are others to compare the group with.

    Given how many excerpts are the group's, parity grows with the ratio of the group's rate of
    quotation to that of the others, and its ends are those of that ratio carried over.
    """
    others = 1 - m
    clusters = len(np.unique(cluster))
    if others.sum() == 0 or clusters < 2:
        return None
    effect, quantile = 1.0, float(norm.ppf(0.975))
    if clusters < len(cluster):
        effect, quantile = _design_effect(q, m, cluster), float(t.ppf(0.975, clusters - 1))
    counts = [float(one) / effect for one in (q @ m, m.sum(), q @ others, others.sum())]
    weight = float(m.mean())
    lower, upper = (
        1 / weight if end == math.inf else end / (weight * end + 1 - weight)
        for end in ratio_of_rates(*counts, quantile=quantile)
    )
    return lower, upper


def _design_effect(q: Floats, m: Floats, cluster: Whole) -> float:
    """Return by how much clusters inflate the variance of the difference in rates, at least 1."""
    others = 1 - m
    rate, other = q @ m / m.sum(), q @ others / others.sum()
    pull = (q - rate) * m / m.sum() - (q - other) * others / others.sum()
    sums = np.bincount(np.unique(cluster, return_inverse=True)[1], weights=pull)
    alone = float(np.square(pull).sum())
    together = float(np.square(sums).sum()) * len(sums) / (len(sums) - 1)
    return max(together / alone, 1.0) if alone > 0 else 1.0
