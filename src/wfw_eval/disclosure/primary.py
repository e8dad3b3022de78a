"""Which results may not be shown for their own sake."""

from __future__ import annotations

from typing import Literal

from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

Reason = Literal[
    "small count", "small base", "would give away another figure", "differs little from before"
]

#: What a partition's total is called where it is itself a cell: the list begins with it.
TOTAL = "= "

#: Least width of the range of a small change since an earlier release. That few people came is
#: known from the totals; what must not be known is to which cell they belong.
CHANGE_WIDTH = 2

#: What may be counted without counting people.
_NOT_PEOPLE = frozenset(
    {
        "groups",
        "cells",
        "qualifiers",
        "commitments",
        "milestones",
        "clauses",
        "discrepancies",
        "sessions",
        "criteria",
        "rows",
        "bodies",
        "claims",
        "tables",
        "areas",
        "organisations",
        "returns",
    }
)


def counts_people(result: Result) -> bool:
    """Say whether a result counts people (families, ...): it does unless it says otherwise."""
    return result.of not in _NOT_PEOPLE and not (result.count is None and result.n is None)


def threshold_of(result: Result, policy: DisclosurePolicy) -> int:
    """Return the smallest count that may be shown of what the result counts."""
    heightened = result.sensitivity == "heightened"
    return policy.heightened_threshold if heightened else policy.threshold


def primary_reason(result: Result, policy: DisclosurePolicy) -> Reason | None:
    """Say why a result may not be shown for its own sake, or None if it may.

    A count from one to just below the threshold is withheld; so is what it leaves of its base,
    since the reader can subtract. Zero may be shown. A share, ratio or index needs a base.
    """
    if not counts_people(result):
        return None
    counts = [result.count, result.n]
    if result.count is not None and result.n is not None:
        counts.append(result.n - result.count)
    threshold = threshold_of(result, policy)
    if any(count is not None and 0 < count < threshold for count in counts):
        return "small count"
    if result.unit != "count" and result.n is not None and 0 < result.n < policy.minimum_base:
        return "small base"
    return None
