"""Which results are withheld so that nobody can be found.

Small counts, what hangs on them, and whatever further cells must go because what is shown would
give a small one away. It looks at results, never at text, so that tables, charts, alt texts and
prose are decided alike, over all chapters of a release together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wfw_eval.disclosure.ledger import Entry
from wfw_eval.disclosure.primary import Reason, primary_reason
from wfw_eval.disclosure.release_tables import ReleaseTables, cell_of, gather
from wfw_eval.disclosure.suppress import suppress
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

#: What stands on the page for a withheld figure. Letters in brackets, as the Government
#: Statistical Service asks, because screen readers pass over asterisks and dashes.
WITHHELD_MARK = "[c]"


def decide(
    results: Mapping[str, Result],
    partitions: Iterable[Sequence[str]],
    policy: DisclosurePolicy,
    earlier: Sequence[Entry] = (),
) -> dict[str, Reason]:
    """Decide which addresses are withheld, and why.

    Args:
        results: Every result of a release, by address.
        partitions: Lists of cells whose counts add up to a total that a reader knows.
        policy: Thresholds.
        earlier: What earlier releases of the same evaluation said.

    Returns:
        Withheld addresses with the reason; everything else may be shown.

    Raises:
        ValueError: two results give one cell different counts.
        ProtectionError: a small count cannot be protected, whatever is withheld.
    """
    withheld = _small(results, policy)
    if not withheld and not earlier:
        return {}
    tables = gather(results, partitions, policy, earlier)
    small = {cell_of(address, results[address]) for address in withheld}
    also = _secondary(tables, small)
    for address, result in results.items():
        cell = cell_of(address, result)
        if cell in small:
            withheld.setdefault(address, "small count")
        elif cell in also & tables.changed:
            withheld.setdefault(address, "differs little from before")
        elif cell in also:
            withheld.setdefault(address, "would give away another figure")
    return withheld


def _small(results: Mapping[str, Result], policy: DisclosurePolicy) -> dict[str, Reason]:
    reasons = {address: primary_reason(result, policy) for address, result in results.items()}
    return {address: reason for address, reason in reasons.items() if reason is not None}


def _secondary(tables: ReleaseTables, small: set[str]) -> frozenset[str]:
    """Return further cells to withhold, at the loss of as few results as possible."""
    linked = tables.linked
    most = 1 + max(linked.counts.values(), default=0)
    weights = {name: uses + linked.counts.get(name, 0) / most
               for name, uses in tables.uses.items() if name in linked.counts}  # fmt: skip
    chosen = suppress(
        linked,
        tables.widths,
        weights=weights,
        shown=tables.known,
        hidden=(tables.aside | small) & set(linked.counts),
    )
    return chosen.secondary
