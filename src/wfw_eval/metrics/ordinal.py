"""Which of two groups answers higher: Cliff's delta and the probability of superiority."""

from __future__ import annotations

from typing import Any

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.placements import Interval, compared, superiority_interval
from wfw_eval.metrics.result import Result, Unit, not_estimable

#: Sizes of delta from which it is called small, medium and large (Romano et al. 2006).
SIZES = {"small": 0.147, "medium": 0.33, "large": 0.474}


@metric(
    "M35",
    name="Cliff's delta",
    unit="index",
    question="EQ6",
    formula="δ = P(X > Y) − P(X < Y) = 2θ − 1; limits from logit θ ± t·se, Brunner-Munzel variance",
    source="Cliff 1993, Psychological Bulletin 114:494-509; Brunner & Munzel 2000, Biometrical "
    "Journal 42:17-25; Obuchowski 1997, Biometrics 53:567-578 for clusters",
)
def cliffs_delta(first: Any, second: Any, *, clusters: Any = None, **about: Any) -> Result:
    """Return how much more often the first group answers higher than lower than the second.

    Computed from how many gave each answer, so ties and large groups cost nothing.

    Args:
        first: Answers of the first group, shape ``(m,)``: numbers, or an ordered categorical.
        second: Answers of the second group, shape ``(n,)``.
        clusters: A pair, the family or partner of each of the first and of each of the second;
            a cluster can hold people of both.
        **about: Further attributes of the result.

    Returns:
        An index from −1 (all of the first below all of the second) to 1; from 0.147, 0.33 and
        0.474 it is read as small, medium and large (Romano et al. 2006). Missing answers are
        left out; not estimable if a group is empty. Where the answers show no variance (complete
        separation, all the same) the interval is that of Newcombe 2006; groups of one, and fewer
        than three clusters, have none.

    Raises:
        ValueError: answers that are no column of numbers or ordered categories, ordered
            categories that differ, or clusters of other lengths.

    Coverage:
        94 to 97 % of simulated data sets; two groups of ten that do not differ are held in 97 to
        98 %, so the interval is a little wide there.

    Example:
        >>> round(cliffs_delta([5, 4, 4, 5, 3], [3, 4, 2, 3]).value, 2)
        0.7
    """
    found = superiority_interval(compared(first, second, clusters))
    return _result(found, "index", 2.0, -1.0, about)


@metric(
    "M35",
    name="Probability of superiority",
    unit="probability",
    question="EQ6",
    formula="θ = P(X > Y) + ½ P(X = Y); limits logit θ ± t·se, Brunner-Munzel variance",
    source="Brunner & Munzel 2000, Biometrical Journal 42:17-25; Newcombe 2006, Statistics in "
    "Medicine 25:559-573; Obuchowski 1997 for clusters",
)
def ordinal_superiority(first: Any, second: Any, *, clusters: Any = None, **about: Any) -> Result:
    """Return how likely somebody of the first group answers higher, ties counted half.

    Args:
        first: Answers of the first group, shape ``(m,)``: numbers, or an ordered categorical.
        second: Answers of the second group, shape ``(n,)``.
        clusters: A pair, the family or partner of each of the first and of each of the second.
        **about: Further attributes of the result.

    Returns:
        A probability, 0.5 where neither is higher, with an interval as for :func:`cliffs_delta`.

    Raises:
        ValueError: as for :func:`cliffs_delta`.

    Coverage:
        As for :func:`cliffs_delta`.

    Example:
        >>> result = ordinal_superiority([5, 4, 4, 5, 3], [3, 4, 2, 3])
        >>> print(f"{result.value:.2f} ({result.lower:.2f} to {result.upper:.2f})")
        0.85 (0.35 to 0.98)
    """
    found = superiority_interval(compared(first, second, clusters))
    return _result(found, "probability", 1.0, 0.0, about)


def _result(
    found: Interval, unit: Unit, times: float, plus: float, about: dict[str, Any]
) -> Result:
    known: dict[str, Any] = {"n": found.n, "method": found.method, **about}
    if found.value is None:
        return not_estimable("M35", unit, "a group has no answers", **known)
    ends = [None if end is None else times * end + plus for end in (found.lower, found.upper)]
    return Result(
        metric="M35", unit=unit, value=times * found.value + plus, lower=ends[0], upper=ends[1],
        **known,
    )  # fmt: skip
