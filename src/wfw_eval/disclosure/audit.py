"""The audit of a release: what someone who reads all of it, and all before it, can work out.

It starts from what was written for release, not from what the gate decided, and from the same
results unsuppressed, to know which counts were to be protected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wfw_eval.disclosure.attack import Exposed, Range, Relation, attack, exposed
from wfw_eval.disclosure.ledger import Entry
from wfw_eval.disclosure.primary import CHANGE_WIDTH, TOTAL, counts_people, threshold_of
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy


@dataclass(frozen=True)
class Audit:
    """What came of the attack.

    Attributes:
        ranges: Smallest and largest count, by cell that is not published.
        widths: The least width of each cell that needs protection.
        exposed: Cells that are given away.
    """

    ranges: Mapping[str, Range]
    widths: Mapping[str, int]
    exposed: tuple[Exposed, ...]

    @property
    def passed(self) -> bool:
        """Whether nobody can be found by sums."""
        return not self.exposed


def audit(
    released: Mapping[str, Mapping[str, Any]],
    results: Mapping[str, Result],
    partitions: Iterable[Sequence[str]],
    policy: DisclosurePolicy,
    earlier: Sequence[Entry] = (),
) -> Audit:
    """Attack a release.

    Args:
        released: What is released, by address, as it stands in the released file.
        results: The same results, unsuppressed.
        partitions: Lists of cells whose counts add up to a total that a reader knows.
        policy: Thresholds.
        earlier: Earlier releases of the same evaluation, oldest first.

    Raises:
        ContradictionError: published figures contradict one another.
    """
    known = _Knowledge(policy)
    for address, result in results.items():
        if counts_people(result) and result.count is not None:
            known.learn(result.cell or f"at {address}", result, released.get(address, {}))
    for cells in partitions:
        known.learn_total(cells)
    for number, entry in enumerate(earlier, start=1):
        known.learn_earlier(f"release {number}", entry)
    ranges = attack(known.published, known.sums)
    return Audit(ranges, known.widths, tuple(exposed(_all(ranges, known), known.widths)))


class _Knowledge:
    """What an attacker knows, and what must stay unknown."""

    def __init__(self, policy: DisclosurePolicy) -> None:
        self.policy = policy
        self.truth: dict[str, int] = {}
        self.published: dict[str, float | Range] = {}
        self.sums: list[Relation] = []
        self.widths: dict[str, int] = {}

    def learn(self, cell: str, result: Result, released: Mapping[str, Any]) -> None:
        """Take in one result: its count if it is shown, and its base whether it is or not."""
        count, base, threshold = result.count or 0, result.n, threshold_of(result, self.policy)
        self._is(cell, count, threshold)
        if "count" in released:
            self.published[cell] = int(released["count"])
        if base is None or base < threshold or base == count:
            return
        rest, whole = f"{cell} | not, of {base}", f"{cell} | all {base}"
        self._is(rest, base - count, threshold)
        self.published[whole] = base
        self.sums.append((whole, (cell, rest)))

    def learn_total(self, cells: Sequence[str], suffix: str = "") -> None:
        """Take in that cells add up to a total that a reader knows, or to another cell."""
        if cells[0].startswith(TOTAL):
            return self._learn_named(cells[0].removeprefix(TOTAL) + suffix, cells[1:], suffix)
        counted = [cell + suffix for cell in dict.fromkeys(cells) if cell + suffix in self.truth]
        total = sum(self.truth[cell] for cell in counted)
        if len(counted) > 1 and total >= max(self.widths.get(cell, 0) for cell in counted):
            whole = " + ".join(counted)
            self.published[whole] = total
            self.sums.append((whole, counted))

    def _learn_named(self, total: str, cells: Sequence[str], suffix: str) -> None:
        """Take in that cells add up to another cell, published or not."""
        parts = [cell + suffix for cell in cells]
        if all(part in self.truth for part in parts):
            self.truth.setdefault(total, sum(self.truth[part] for part in parts))
            self.sums.append((total, parts))

    def learn_earlier(self, name: str, entry: Entry) -> None:
        """Take in what an earlier release said, and what changed since."""
        suffix = f" ({name})"
        self.truth |= {cell + suffix: count for cell, count in entry.counts.items()}
        self.published |= {cell + suffix: count for cell, count in entry.shown.items()}
        for cells in entry.sums:
            self.learn_total(cells, suffix)
        for cell in entry.counts:
            if cell in self.truth:
                self._changed(cell, cell + suffix)

    def _changed(self, now: str, before: str) -> None:
        more, less = (now, before) if self.truth[now] >= self.truth[before] else (before, now)
        change = f"{now} since {before}"
        threshold = max(self.policy.threshold, self.widths.get(now, 0))
        self._is(change, self.truth[more] - self.truth[less], threshold, CHANGE_WIDTH)
        self.sums.append((more, (less, change)))

    def _is(self, cell: str, count: int, threshold: int, width: int | None = None) -> None:
        self.truth[cell] = count
        if 0 < count < threshold:
            self.widths[cell] = max(width or threshold, self.widths.get(cell, 0))


def _all(ranges: Mapping[str, Range], known: _Knowledge) -> dict[str, Range]:
    """Add the cells that are published although they needed protection: no width at all."""
    shown = {cell: (float(value), float(value)) for cell, value in known.published.items()
             if cell in known.widths and not isinstance(value, tuple)}  # fmt: skip
    return {**ranges, **shown}
