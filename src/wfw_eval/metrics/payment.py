"""Whether hours contributed are paid alike.

The register of attendance holds every hour, so the shares have no sampling interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import check_lengths, flags, labels, numbers
from wfw_eval.metrics.result import Result, not_estimable


@metric(
    "M19",
    name="Payment parity",
    unit="ratio",
    question="EQ4",
    formula="(paid hours / contributed hours, lived experience) / (the same, professional)",
    source="framework of this evaluation",
)
def payment_parity(
    hours: Any,
    paid: Any,
    groups: Any,
    *,
    lived: str = "lived",
    professional: str = "professional",
    **about: Any,
) -> dict[str, Result]:
    """Return the share of contributed hours that was paid, by group, and how the two compare.

    Args:
        hours: Hours contributed, one row for each person at each session.
        paid: Whether they were paid.
        groups: Stake of the person of each row.
        lived: The group with lived experience.
        professional: The group it is compared with.
        **about: Further attributes of each result.

    Returns:
        A proportion per group, and ``parity``, the ratio of the two: 1 is parity, below 1 lived
        experience is paid less often. Rows with a missing value are left out.

    Raises:
        ValueError: columns not equally long, hours negative, paid neither true nor false, or a
            group called ``parity``.

    Example:
        >>> parity = payment_parity([2, 2, 4], [True, False, True],
        ...                         ["lived", "lived", "professional"])
        >>> parity["lived"].value, parity["professional"].value, parity["parity"].value
        (0.5, 1.0, 0.5)
    """
    check_lengths(hours=hours, paid=paid, groups=groups)
    length, was_paid = numbers(hours, "hours").astype(float), flags(paid, "paid")
    group, names = labels(groups)
    if "parity" in names:
        raise ValueError("no group may be called parity")
    kept = ~np.isnan(length) & ~np.isnan(was_paid) & (group >= 0)
    if np.any(length[kept] < 0) or np.any(np.isinf(length[kept])):
        raise ValueError("hours must be finite and not negative")
    length, was_paid, group = length[kept], was_paid[kept], group[kept]
    every = np.bincount(group, weights=length, minlength=len(names))
    theirs = np.bincount(group, weights=length * was_paid, minlength=len(names))
    shares = {str(name): _paid(theirs[at], every[at], about) for at, name in enumerate(names)}
    for name in (lived, professional):
        shares.setdefault(name, _paid(0.0, 0.0, about))
    return shares | {"parity": _parity(shares[lived], shares[professional], about)}


def _paid(paid: float, hours: float, about: Mapping[str, Any]) -> Result:
    if hours == 0:
        return not_estimable("M19", "proportion", "no hours are recorded", **about)
    return Result(metric="M19", unit="proportion", value=float(paid / hours), **about)


def _parity(lived: Result, professional: Result, about: Mapping[str, Any]) -> Result:
    if not isinstance(lived.value, float) or not isinstance(professional.value, float):
        return not_estimable("M19", "ratio", "a group has no hours recorded", **about)
    if professional.value == 0:
        return not_estimable("M19", "ratio", "no professional hours were paid", **about)
    return Result(metric="M19", unit="ratio", value=lived.value / professional.value, **about)
