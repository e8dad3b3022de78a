"""Which results are withheld so that nobody can be found.

This is the simple form of the rule: small counts, what hangs on them, and one more cell where a
published total would give the small one away. It looks at results, never at text, so that
tables, charts, alt texts and prose are decided alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

#: What stands on the page for a withheld figure. Letters in brackets, as the Government
#: Statistical Service asks, because screen readers pass over asterisks and dashes.
WITHHELD_MARK = "[c]"

Reason = Literal["small count", "small base", "would give away another figure"]

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


def decide(
    results: Mapping[str, Result],
    partitions: Iterable[Sequence[str]],
    policy: DisclosurePolicy,
) -> dict[str, Reason]:
    """Decide which addresses are withheld, and why.

    Args:
        results: Every result of a release, by address.
        partitions: Lists of cells whose counts add up to a published total.
        policy: Thresholds.

    Returns:
        Withheld addresses with the reason; everything else may be shown.
    """
    withheld: dict[str, Reason] = {}
    for address, result in results.items():
        reason = primary_reason(result, policy)
        if reason is not None:
            withheld[address] = reason
    for extra in _secondary_cells(results, withheld, partitions, policy):
        _withhold_cell(extra, results, withheld, "would give away another figure")
    for cell in _cells(results, withheld):
        _withhold_cell(cell, results, withheld, "small count")
    return withheld


def primary_reason(result: Result, policy: DisclosurePolicy) -> Reason | None:
    """Say why a result may not be shown for its own sake, or None if it may.

    A count from one to just below the threshold is withheld; so is what it leaves of its base,
    since the reader can subtract. Zero may be shown. A share, ratio or index needs a base.
    """
    if result.of in _NOT_PEOPLE or (result.count is None and result.n is None):
        return None
    threshold = policy.threshold
    if result.sensitivity == "heightened":
        threshold = policy.heightened_threshold
    counts = [result.count, result.n]
    if result.count is not None and result.n is not None:
        counts.append(result.n - result.count)
    if any(count is not None and 0 < count < threshold for count in counts):
        return "small count"
    if result.unit != "count" and result.n is not None and 0 < result.n < policy.minimum_base:
        return "small base"
    return None


def _cells(results: Mapping[str, Result], addresses: Iterable[str]) -> set[str]:
    found = (results[address].cell for address in addresses)
    return {cell for cell in found if cell is not None}


def _secondary_cells(
    results: Mapping[str, Result],
    withheld: Mapping[str, Reason],
    partitions: Iterable[Sequence[str]],
    policy: DisclosurePolicy,
) -> set[str]:
    """Choose further cells wherever what is hidden adds up to something a total gives away."""
    counts = {
        result.cell: result.count
        for result in results.values()
        if result.cell is not None and result.count is not None
    }
    hidden = _cells(results, withheld)
    added: set[str] = set()
    changed = True
    while changed:
        changed = False
        for partition in partitions:
            cell = _next_cell(partition, counts, hidden | added, policy)
            if cell is not None:
                added.add(cell)
                changed = True
    return added


def _next_cell(
    partition: Sequence[str],
    counts: Mapping[str, int],
    hidden: set[str],
    policy: DisclosurePolicy,
) -> str | None:
    """Return the smallest shown cell while too little is hidden together."""
    inside = [cell for cell in partition if cell in hidden]
    together = sum(counts.get(cell, 0) for cell in inside)
    if not inside or (len(inside) > 1 and together >= policy.heightened_threshold):
        return None
    shown = [cell for cell in partition if cell not in hidden and cell in counts]
    return min(shown, key=lambda cell: (counts[cell] == 0, counts[cell], cell), default=None)


def _withhold_cell(
    cell: str, results: Mapping[str, Result], withheld: dict[str, Reason], reason: Reason
) -> None:
    for address, result in results.items():
        if result.cell == cell:
            withheld.setdefault(address, reason)
