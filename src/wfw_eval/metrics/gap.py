"""Whether professionals see what was done as families do: the perception gap."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Flags, Floats, Whole
from wfw_eval.metrics.ordinal import cliffs_delta
from wfw_eval.metrics.placements import check_categories, cluster_pair, ordered
from wfw_eval.metrics.regression import FEWEST_DF, fit
from wfw_eval.metrics.result import Result, Unit, not_estimable


@metric(
    "M35",
    name="Perception gap",
    unit="score",
    question="EQ6",
    formula="mean of professionals − mean of families; δ; p over permutations within partners",
    source="framework of this evaluation; Romano et al. 2006 for the reading of δ; Phipson & "
    "Smyth 2010, SAGMB 9:39 for p",
)
def perception_gap(
    families: Any,
    professionals: Any,
    *,
    partners: Any = None,
    scale: tuple[float, float] | None = None,
    draws: int = 2000,
    seed: int = 2023,
    **about: Any,
) -> dict[str, Result]:
    """Return how much higher professionals rate something than families do.

    Args:
        families: Answers of families, shape ``(m,)``: numbers, or an ordered categorical.
        professionals: Answers of professionals, shape ``(n,)``, on the same scale.
        partners: A pair, the partner each family came through and each professional works for.
            Intervals are then robust to partners, and only people of one partner change places
            in the test, so that partners rated high by all cannot make a gap.
        scale: Lowest and highest possible answer, for the gap as a share of the range.
        draws: Permutations drawn.
        seed: Seed of the draws.
        **about: Further attributes of each result.

    Returns:
        ``mean_difference`` (positive where professionals rate higher) with a Welch interval or,
        with partners, a CR2 interval of Satterthwaite degrees of freedom; ``cliffs_delta``
        likewise; ``p``, two-sided; with partners ``within_partners``, the mean difference
        between people of the same partner, partners weighted by what they tell; with a scale
        ``share_of_range``. Missing answers are left out. Not estimable if a side is empty, and
        ``p`` and ``within_partners`` if no partner has both sides.

    Raises:
        ValueError: as for :func:`wfw_eval.metrics.ordinal.cliffs_delta`; answers outside the
            scale, or a scale upside down.

    Example:
        >>> gap = perception_gap([3, 4, 2, 3], [5, 4, 4, 5, 3], scale=(1, 5))
        >>> [round(gap[name].value, 2) for name in ("mean_difference", "share_of_range")]
        [1.2, 0.3]
        >>> round(gap["cliffs_delta"].value, 2)
        0.7
    """
    if draws < 1:
        raise ValueError(f"at least one permutation must be drawn, not {draws}")
    if isinstance(families, pd.Series) and isinstance(professionals, pd.Series):
        check_categories(families, professionals)
    scores, is_professional, groups = _stacked(families, professionals, partners)
    _check_scale(scale, scores)
    known: dict[str, Any] = {"n": int(scores.size), **about}
    swapped = None if partners is None else (partners[1], partners[0])
    delta = cliffs_delta(professionals, families, clusters=swapped, **about)
    if not is_professional.any() or is_professional.all():
        names: dict[str, Unit] = {"mean_difference": "score", "p": "probability"}
        names |= {"within_partners": "score"} if partners is not None else {}
        names |= {"share_of_range": "difference"} if scale is not None else {}
        reason = "a side has no answers"
        nothing = {
            name: not_estimable("M35", unit, reason, **known) for name, unit in names.items()
        }
        return {"cliffs_delta": delta, **nothing}
    clustered = partners is not None
    difference = _difference(scores, is_professional, groups if clustered else None, known)
    found = {"mean_difference": difference, "cliffs_delta": delta}
    if clustered:
        found["within_partners"] = _within(scores, is_professional, groups, known)
    if scale is not None:
        found["share_of_range"] = _share_of_range(difference, scale)
    generator = np.random.default_rng(seed)
    found["p"] = _permuted(scores, is_professional, groups, draws, generator, known)
    return found


def _stacked(families: Any, professionals: Any, partners: Any) -> tuple[Floats, Flags, Whole]:
    sides = ordered(families, "families"), ordered(professionals, "professionals")
    groups = [np.zeros(one.size, dtype=np.intp) for one in sides]
    if partners is not None:
        groups = cluster_pair(partners, sides[0].size, sides[1].size)
    scores = np.concatenate(sides).astype(float)
    side = np.repeat([False, True], [one.size for one in sides])
    partner = np.concatenate(groups)
    kept = ~np.isnan(scores) & (partner >= 0)
    renumbered = np.unique(partner[kept], return_inverse=True)[1].astype(np.intp)
    return scores[kept], side[kept], renumbered


def _check_scale(scale: tuple[float, float] | None, scores: Floats) -> None:
    if scale is None:
        return
    low, high = scale
    if not low < high:
        raise ValueError(f"the scale {low} to {high} is upside down")
    if scores.size and (scores.min() < low or scores.max() > high):
        raise ValueError(f"an answer lies outside the scale {low} to {high}")


def _difference(scores: Floats, side: Flags, groups: Whole | None, known: dict[str, Any]) -> Result:
    theirs, ours = scores[side], scores[~side]
    value = float(theirs.mean() - ours.mean())
    if groups is not None:
        columns = np.column_stack((np.ones(scores.size), side.astype(float)))
        return _robust(value, scores, columns, groups, "difference of means", known)
    if min(theirs.size, ours.size) < 2:
        return _score(value, None, "a side of one: no interval", known)
    parts = [float(one.var(ddof=1)) / one.size for one in (theirs, ours)]
    total = sum(parts)
    if total == 0:
        return _score(value, None, "all of a side agree: no interval", known)
    df = total**2 / (parts[0] ** 2 / (theirs.size - 1) + parts[1] ** 2 / (ours.size - 1))
    return _score(value, float(stdtrit(df, 0.975)) * math.sqrt(total), "Welch", known)


def _within(scores: Floats, side: Flags, groups: Whole, known: dict[str, Any]) -> Result:
    """Return the coefficient of being professional when every partner has its own level."""
    sizes = np.bincount(groups)
    share = np.bincount(groups, weights=side) / sizes
    if np.all((share == 0) | (share == 1)):
        return not_estimable("M35", "score", "no partner has both sides", **known)
    # Both sides less their partner's mean: the same slope, and the same CR2 error and degrees of
    # freedom, as with a column for each partner (Pustejovsky & Tipton 2018).
    centred = side - share[groups]
    level = np.bincount(groups, weights=scores) / sizes
    value = float(centred @ scores / (centred @ centred))
    return _robust(
        value, scores - level[groups], centred[:, None], groups, "partners' own levels", known
    )


def _robust(
    value: float, y: Floats, columns: Floats, groups: Whole, what: str, known: dict[str, Any]
) -> Result:
    count = int(groups.max()) + 1
    if count < 2 or y.size <= columns.shape[1]:
        return _score(value, None, f"{what}; too few partners for an interval", known)
    fitted = fit(y, columns, groups, "CR2")
    df, variance = float(fitted.df[-1]), float(fitted.covariance[-1, -1])
    if df < FEWEST_DF or variance <= 1e-20:
        return _score(value, None, f"{what}; too few partners for an interval", known)
    spread = float(stdtrit(df, 0.975)) * math.sqrt(variance)
    return _score(value, spread, f"{what}, CR2 over {count} partners, t with {df:.1f} df", known)


def _score(value: float, spread: float | None, method: str, known: dict[str, Any]) -> Result:
    ends = (None, None) if spread is None else (value - spread, value + spread)
    return Result(
        metric="M35", unit="score", value=value, lower=ends[0], upper=ends[1],
        **{"method": method, **known},
    )  # fmt: skip


def _share_of_range(difference: Result, scale: tuple[float, float]) -> Result:
    width = scale[1] - scale[0]
    ends = (
        None if end is None else max(-1.0, min(1.0, end / width))
        for end in (difference.lower, difference.upper)
    )
    assert isinstance(difference.value, float)
    lower, upper = ends
    return difference.about(
        unit="difference", value=difference.value / width, lower=lower, upper=upper
    )


def _permuted(
    scores: Floats,
    side: Flags,
    groups: Whole,
    draws: int,
    generator: np.random.Generator,
    known: dict[str, Any],
) -> Result:
    """Draw which answers of each partner the professionals get: level counts, not people."""
    levels, codes = np.unique(scores, return_inverse=True)
    moved, drawn, mixed = 0.0, np.zeros(draws), False
    for partner in range(int(groups.max()) + 1):
        ours = groups == partner
        size, professionals = int(ours.sum()), int(side[ours].sum())
        if not 0 < professionals < size:
            continue
        mixed = True
        expected = professionals * float(scores[ours].mean())
        counts = np.bincount(codes[ours], minlength=levels.size)
        moved += float(scores[ours & side].sum()) - expected
        given = generator.multivariate_hypergeometric(counts, professionals, size=draws)
        drawn += given @ levels - expected
    if not mixed:
        return not_estimable("M35", "probability", "no partner has both sides", **known)
    reached = int((np.abs(drawn) >= abs(moved) - 1e-9 * max(1.0, abs(moved))).sum())
    method = f"{draws:,} permutations of sides within partners"
    p = (reached + 1) / (draws + 1)
    return Result(metric="M35", unit="probability", value=p, **{"method": method, **known})
