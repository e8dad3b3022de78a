"""Whether groups stay equally long: the log-rank test."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import chi2

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole, check_lengths, labels
from wfw_eval.metrics.result import Result, not_estimable
from wfw_eval.metrics.spells import Spells, Steps, spells


@metric(
    "M09",
    name="Log-rank test",
    unit="index",
    question="EQ3",
    formula="χ² = (O − E)ᵀ V⁻ (O − E), V hypergeometric, or Σ over clusters of uuᵀ",
    source="Mantel 1966; Peto & Peto 1972, JRSS A 135:185-207; Lin & Wei 1989 for clusters",
)
def log_rank(
    durations: Any,
    events: Any,
    groups: Any,
    *,
    strata: Any = None,
    clusters: Any = None,
    entry: Any = None,
    **about: Any,
) -> dict[str, Result]:
    """Test whether two or more groups stay equally long.

    Args:
        durations: How long each person was followed, shape ``(n,)``.
        events: Whether the person then left (1) or was still involved (0).
        groups: Group of each person.
        strata: Stratum of each person; people are compared within strata.
        clusters: Family (or partner) of each person; the variance is then summed within
            clusters, which can be of people of several groups.
        entry: When each person came under observation, where later than the start.
        **about: Further attributes of the results.

    Returns:
        ``chi_square``, ``df`` and ``p``; not estimable unless at least two groups were at risk
        when somebody left (and, with clusters, there are more clusters than degrees of freedom).
        Rows with a missing value in any column are left out.

    Raises:
        ValueError: as in :func:`wfw_eval.metrics.survival.kaplan_meier`.

    Example:
        Freireich et al. 1963, placebo against 6-mercaptopurine.

        >>> drug = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        >>> placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
        >>> test = log_rank(drug + placebo, [1] * 9 + [0] * 12 + [1] * 21, [1] * 21 + [0] * 21)
        >>> round(test["chi_square"].value, 4), test["df"].value
        (16.7929, 1)
    """
    check_lengths(durations=durations, groups=groups, strata=strata, clusters=clusters)
    group = labels(groups)[0]
    stratum = np.zeros_like(group) if strata is None else labels(strata)[0]
    complete = (group >= 0) & (stratum >= 0)
    data = spells(durations, events, entry=entry, clusters=clusters, complete=complete)
    if data.kept is not None:
        group, stratum = group[data.kept], stratum[data.kept]
    score, variance = _totals(data, _dense(group), _dense(stratum))
    return _tested(score, variance, data, {"n": data.n, **about})


def _dense(codes: Whole) -> Whole:
    return np.unique(codes, return_inverse=True)[1].astype(np.intp, copy=False)


def _totals(data: Spells, group: Whole, stratum: Whole) -> tuple[Floats, Floats]:
    """Return observed less expected, and its variance, over all strata."""
    groups = int(group.max()) + 1 if group.size else 0
    score, variance = np.zeros(groups), np.zeros((groups, groups))
    moved = np.zeros((data.n, groups))
    for one in range(int(stratum.max()) + 1 if stratum.size else 0):
        ours = np.flatnonzero(stratum == one)
        part = Spells(
            data.durations[ours], data.left[ours], None if data.entry is None else data.entry[ours]
        )
        steps = part.steps()
        at_risk = _at_risk(part, steps, group[ours], groups)
        share = at_risk / steps.at_risk[:, None]
        observed = np.bincount(group[ours], weights=part.left, minlength=groups)
        score += observed - steps.events @ share
        if data.clusters is None:
            variance += _hypergeometric(steps, share)
        else:
            moved[ours] = _scores(part, steps, group[ours], share)
    if data.clusters is not None:
        variance = _summed(data.clusters, moved)
    return score, variance


def _at_risk(part: Spells, steps: Steps, group: Whole, groups: int) -> Floats:
    """Return how many of each group were at risk at each step, shape ``(steps, groups)``."""
    before, after = part.places(steps.times)
    cells = (steps.times.size + 1) * groups
    entered = np.bincount(before * groups + group, minlength=cells)
    gone = np.bincount(after * groups + group, minlength=cells)
    change = (entered - gone).reshape(-1, groups)
    return np.cumsum(change, axis=0)[:-1].astype(float)


def _hypergeometric(steps: Steps, share: Floats) -> Floats:
    n, d = steps.at_risk, steps.events
    weight = np.divide(d * (n - d), n - 1, out=np.zeros(n.size), where=n > 1)
    return np.diag(weight @ share) - share.T @ (weight[:, None] * share)


def _scores(part: Spells, steps: Steps, group: Whole, share: Floats) -> Floats:
    """Return what each spell adds to observed less expected: its martingale residuals."""
    before, after = part.places(steps.times)
    hazard = (steps.events / steps.at_risk)[:, None]
    risk = np.vstack((np.zeros(1), np.cumsum(hazard, axis=0)))
    drift = np.vstack((np.zeros((1, share.shape[1])), np.cumsum(hazard * share, axis=0)))
    own = np.eye(share.shape[1])[group]
    each: Floats = drift[after] - drift[before] - own * (risk[after] - risk[before])
    each[part.left] += own[part.left] - share[after[part.left] - 1]
    return each


def _summed(clusters: Whole, moved: Floats) -> Floats:
    by_cluster = np.zeros((int(clusters.max(initial=-1)) + 1, moved.shape[1]))
    np.add.at(by_cluster, clusters, moved)
    total: Floats = by_cluster.T @ by_cluster
    return total


def _tested(
    score: Floats, variance: Floats, data: Spells, known: dict[str, Any]
) -> dict[str, Result]:
    compared = np.flatnonzero(np.diag(variance) > 1e-12)
    df = compared.size - 1
    robust = data.clusters is not None
    known = {"method": "robust to clusters" if robust else "hypergeometric variance", **known}
    short = data.clusters is not None and int(data.clusters.max(initial=-1)) + 1 <= df + 1
    if df < 1 or short:
        reason = "too few clusters" if df >= 1 else "fewer than two groups to compare"
        return {
            "chi_square": not_estimable("M09", "index", reason, **known),
            "df": not_estimable("M09", "count", reason, **known),
            "p": not_estimable("M09", "probability", reason, **known),
        }
    last = compared[:-1]  # observed less expected adds up to 0: one group says nothing new
    chi_square = float(score[last] @ np.linalg.solve(variance[np.ix_(last, last)], score[last]))
    return {
        "chi_square": Result(metric="M09", unit="index", value=chi_square, **known),
        "df": Result(metric="M09", unit="count", value=df, **known),
        "p": Result(
            metric="M09", unit="probability", value=float(chi2.sf(chi_square, df)), **known
        ),
    }
