"""Whether what was promised was delivered, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result, not_estimable

#: Days late that still count as on time.
ON_TIME_DAYS = 14


@metric(
    "M41",
    name="Slippage",
    unit="days",
    question="EQ2",
    formula="actual end − planned end",
    source="framework of this evaluation; day counts by calendar",
)
def slippage(planned_end: dt.date | None, actual_end: dt.date | None, **about: Any) -> Result:
    """Return how many days later than planned something ended (negative: earlier).

    Args:
        planned_end: Last planned day.
        actual_end: Last actual day.
        **about: Further attributes of the result.

    Returns:
        Days; not estimable when either day is not known (None, or NaT in a table).

    Example:
        >>> slippage(dt.date(2024, 3, 31), dt.date(2024, 6, 30)).value
        91
    """
    planned, actual = _day(planned_end), _day(actual_end)
    if planned is None:
        return not_estimable("M41", "days", "no planned end is stated", **about)
    if actual is None:
        return not_estimable("M41", "days", "no actual end is published", **about)
    return Result(metric="M41", unit="days", value=(actual - planned).days, **about)


@metric(
    "M41",
    name="Duration",
    unit="days",
    question="EQ2",
    formula="end − start + 1, both days included",
    source="framework of this evaluation",
)
def duration(start: dt.date, end: dt.date, **about: Any) -> Result:
    """Return how many days a period lasts, first and last day included.

    Raises:
        ValueError: a day is not known, or the period ends before it starts.

    Example:
        >>> duration(dt.date(2023, 1, 1), dt.date(2024, 3, 31)).value
        456
    """
    return Result(metric="M41", unit="days", value=_days((start, end)), **about)


@metric(
    "M41",
    name="Duration in calendar months",
    unit="months",
    question="EQ2",
    formula="months touched from first to last day",
    source="framework of this evaluation",
)
def duration_months(start: dt.date, end: dt.date, **about: Any) -> Result:
    """Return how many calendar months a period touches.

    Raises:
        ValueError: a day is not known, or the period ends before it starts.

    Example:
        >>> duration_months(dt.date(2023, 7, 1), dt.date(2024, 10, 31)).value
        16
    """
    start, end = _period((start, end))
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return Result(metric="M41", unit="months", value=months, **about)


@metric(
    "M41",
    name="Duration ratio",
    unit="ratio",
    question="EQ2",
    formula="actual duration / planned duration, in days",
    source="framework of this evaluation",
)
def duration_ratio(
    planned: tuple[dt.date, dt.date], actual: tuple[dt.date, dt.date], **about: Any
) -> Result:
    """Return how many times as long as planned a period lasted.

    Raises:
        ValueError: a day is not known, or a period ends before it starts.

    Example:
        >>> plan = dt.date(2023, 1, 1), dt.date(2024, 3, 31)
        >>> fact = dt.date(2023, 1, 1), dt.date(2024, 6, 30)
        >>> round(duration_ratio(plan, fact).value, 4)
        1.1996
    """
    value = _days(actual) / _days(planned)
    return Result(metric="M41", unit="ratio", value=value, **about)


@metric(
    "M41",
    name="Overlap",
    unit="days",
    question="EQ2",
    formula="days that lie in both periods",
    source="framework of this evaluation",
)
def overlap(
    first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date], **about: Any
) -> Result:
    """Return how many days two periods share.

    Raises:
        ValueError: a day is not known, or a period ends before it starts.

    Example:
        >>> overlap((dt.date(2023, 7, 1), dt.date(2024, 10, 31)),
        ...         (dt.date(2023, 11, 1), dt.date(2024, 3, 31))).value
        152
    """
    (start, end), (other_start, other_end) = _period(first), _period(second)
    days = (min(end, other_end) - max(start, other_start)).days + 1
    return Result(metric="M41", unit="days", value=max(days, 0), **about)


@metric(
    "M41",
    name="On-time rate",
    unit="proportion",
    question="EQ2",
    formula="milestones at most 14 days late / milestones with both dates",
    source="framework of this evaluation",
    library="statsmodels for the Wilson limits",
)
def on_time_rate(slips: Sequence[Result], within: int = ON_TIME_DAYS, **about: Any) -> Result:
    """Return the share of milestones with a known slip that were on time.

    Args:
        slips: Results of :func:`slippage`.
        within: Days late that still count as on time.
        **about: Further attributes of the result.

    Example:
        >>> on_time_rate([slippage(dt.date(2024, 1, 1), dt.date(2024, 1, 9))]).value
        1.0
    """
    known = [slip.value for slip in slips if isinstance(slip.value, int)]
    on_time = sum(days <= within for days in known)
    rate = share(on_time, len(known), **{"of": "milestones", **about}).about(metric="M41")
    return rate if rate.estimable else rate.about(reason="no milestone has both dates")


@metric(
    "M40",
    name="Scope drift",
    unit="proportion",
    question="EQ1",
    formula="qualifiers lost / qualifiers of the commitment",
    source="framework of this evaluation",
)
def scope_drift(promised: Collection[str], claimed: Collection[str], **about: Any) -> Result:
    """Return the share of a commitment's qualifiers that the published claim lost.

    Phrases are compared as written, apart from case and spaces.

    Args:
        promised: Phrases that limit or specify the commitment.
        claimed: Phrases of the claim.
        **about: Further attributes of the result.

    Returns:
        A proportion whose ``count`` is the qualifiers lost; not estimable without qualifiers.

    Raises:
        ValueError: a single text was given where phrases belong.

    Example:
        >>> drift = scope_drift(["evidence of", "Priority", "meaningful"], ["meaningful"])
        >>> drift.count, drift.n
        (2, 3)
    """
    lost = lost_qualifiers(promised, claimed)
    if not promised:
        return not_estimable("M40", "proportion", "the commitment has no qualifier", **about)
    return Result(
        metric="M40",
        unit="proportion",
        value=len(lost) / len(promised),
        **{"count": len(lost), "n": len(promised), "of": "qualifiers", **about},
    )


def lost_qualifiers(promised: Collection[str], claimed: Collection[str]) -> tuple[str, ...]:
    """Return the promised phrases that the claim does not hold, in their order.

    >>> lost_qualifiers(["Rural and  urban", "meaningful"], ["Meaningful"])
    ('Rural and  urban',)
    """
    if isinstance(promised, str) or isinstance(claimed, str):
        raise ValueError("a list of phrases is needed, not one text")
    kept = {_folded(phrase) for phrase in claimed}
    return tuple(phrase for phrase in promised if _folded(phrase) not in kept)


@metric(
    "M40",
    name="Commitment match",
    unit="proportion",
    question="EQ1",
    formula="commitments with a published claim / commitments",
    source="framework of this evaluation",
)
def commitment_match(claims: Mapping[str, str | None], **about: Any) -> Result:
    """Return the share of commitments that a published statement claims.

    All commitments are known, so there is no sampling interval.

    Args:
        claims: Per commitment, the statement that claims it; None, NaN or a blank without one.
        **about: Further attributes of the result.

    Example:
        >>> match = commitment_match({"C01": "W5a", "C02": None})
        >>> match.value, match.count, match.n
        (0.5, 1, 2)
    """
    if not claims:
        return not_estimable("M40", "proportion", "there are no commitments", **about)
    matched = sum(isinstance(claim, str) and bool(claim.strip()) for claim in claims.values())
    return Result(
        metric="M40",
        unit="proportion",
        value=matched / len(claims),
        **{"count": matched, "n": len(claims), "of": "commitments", **about},
    )


def _folded(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def _day(moment: dt.date | None) -> dt.date | None:
    """Return the calendar day of a date or timestamp, or None where it is missing."""
    if moment is None or moment != moment:  # NaT does not equal itself
        return None
    return dt.date(moment.year, moment.month, moment.day)


def _period(given: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    start, end = _day(given[0]), _day(given[1])
    if start is None or end is None:
        raise ValueError("both days of a period must be known")
    if end < start:
        raise ValueError(f"the period ends ({end}) before it starts ({start})")
    return start, end


def _days(given: tuple[dt.date, dt.date]) -> int:
    start, end = _period(given)
    return (end - start).days + 1
