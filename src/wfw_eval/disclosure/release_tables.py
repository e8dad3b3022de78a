"""A release as counts and the sums between them: what hangs together, in whichever chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wfw_eval.disclosure.ledger import Entry
from wfw_eval.disclosure.linked import LinkedTables, Sum
from wfw_eval.disclosure.primary import CHANGE_WIDTH, TOTAL, counts_people, threshold_of
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy


@dataclass
class ReleaseTables:
    """Cells and sums of a release as they are gathered.

    Attributes:
        counts: Count by cell.
        sums: Which cell is the total of which others.
        widths: Protection of the sensitive cells.
        known: Cells a reader knows whatever is withheld: bases and totals.
        aside: Cells that stand on no page, such as what a count leaves of its base.
        uses: Results that rest on each cell: what is lost when it is withheld.
        changed: Cells that differ from an earlier release by fewer people than may be shown.
    """

    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)
    uses: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def add(self, name: str, count: int, threshold: int, width: int | None = None) -> None:
        """Add a cell; from one to below the threshold its range must be so wide.

        Raises:
            ValueError: the cell has another count already.
        """
        if self.counts.setdefault(name, count) != count:
            raise ValueError(
                f"the cell '{name}' counts {self.counts[name]} in one result and {count} in another"
            )
        if 0 < count < threshold:
            self.widths[name] = max(width or threshold, self.widths.get(name, 0))

    def join_partition(self, cells: Sequence[str], suffix: str = "") -> None:
        """Join the counted cells of a partition to their total, which may be a cell itself."""
        named = cells[0].removeprefix(TOTAL) if cells[0].startswith(TOTAL) else None
        parts = [cell + suffix for cell in cells if not cell.startswith(TOTAL)]
        counted = [part for part in parts if part in self.counts]
        if named is not None and len(counted) == len(parts):
            self.add(named + suffix, sum(self.counts[part] for part in parts), 0)
            self.sums[Sum(named + suffix, tuple(parts))] = None
            if named + suffix not in self.uses and named + suffix not in self.known:
                self.aside.add(named + suffix)
        elif named is None and len(counted) > 1:
            self.join(f"total of {', '.join(counted)}", counted)

    def join(self, total: str, parts: Sequence[str]) -> None:
        """Say that cells add up to a total that a reader knows, unless it is too small to show."""
        self.counts[total] = sum(self.counts[part] for part in parts)
        least = max((self.widths.get(part, 0) for part in parts), default=0)
        (self.known if self.counts[total] >= least else self.aside).add(total)
        self.sums[Sum(total, tuple(parts))] = None

    @property
    def linked(self) -> LinkedTables:
        """The tables, checked to add up."""
        return LinkedTables(self.counts, tuple(self.sums))


def cell_of(address: str, result: Result) -> str:
    """Return the cell a result is about; one that names none is a cell of its own."""
    return result.cell or f"at {address}"


def gather(
    results: Mapping[str, Result],
    partitions: Iterable[Sequence[str]],
    policy: DisclosurePolicy,
    earlier: Sequence[Entry] = (),
) -> ReleaseTables:
    """Gather the cells of a release and what joins them.

    A count and its base leave a rest, which a reader subtracts. Cells of a partition add up to a
    total that a reader knows. Counts of earlier releases are joined to these by what changed.

    Raises:
        ValueError: two results give one cell different counts, or a count exceeds its base.
    """
    tables = ReleaseTables()
    for address, result in _of_people(results):
        cell = cell_of(address, result)
        tables.uses[cell] = tables.uses.get(cell, 0) + 1
        if result.count is not None:
            _add_counted(tables, cell, result.count, result, policy)
    for parts in dict.fromkeys(tuple(cells) for cells in partitions):
        tables.join_partition(parts)
    for number, entry in enumerate(earlier, start=1):
        _add_earlier(tables, f"release {number}", entry, policy)
    return tables


def _add_earlier(tables: ReleaseTables, name: str, entry: Entry, policy: DisclosurePolicy) -> None:
    """Add what an earlier release said, and what changed since: a reader subtracts."""
    present = dict(tables.counts)
    then = {cell: f"{cell} in {name}" for cell in entry.counts}
    for cell, count in entry.counts.items():
        tables.add(then[cell], count, 0)
    tables.known |= {then[cell] for cell in entry.shown}
    tables.aside |= {then[cell] for cell in entry.withheld}
    for parts in entry.sums:
        tables.join_partition(parts, f" in {name}")
    for cell in sorted(then.keys() & present.keys()):
        _add_change(tables, cell, then[cell], max(policy.threshold, tables.widths.get(cell, 0)))


def _add_change(tables: ReleaseTables, now: str, before: str, threshold: int) -> None:
    counts = tables.counts
    more, less = (now, before) if counts[now] >= counts[before] else (before, now)
    change = f"change of {now} since {before}"
    tables.add(change, counts[more] - counts[less], threshold, CHANGE_WIDTH)
    tables.aside.add(change)
    if change in tables.widths:
        tables.changed.add(now)
    tables.sums[Sum(more, (less, change))] = None


def _add_counted(
    tables: ReleaseTables, cell: str, count: int, result: Result, policy: DisclosurePolicy
) -> None:
    threshold = threshold_of(result, policy)
    tables.add(cell, count, threshold)
    if result.n is None or result.n == count:
        return
    rest = f"rest of {result.n} beside {cell}"
    tables.add(rest, result.n - count, threshold)
    tables.aside.add(rest)
    tables.join(f"base {result.n} of {cell}", (cell, rest))


def _of_people(results: Mapping[str, Result]) -> Iterator[tuple[str, Result]]:
    return ((address, result) for address, result in results.items() if counts_people(result))
