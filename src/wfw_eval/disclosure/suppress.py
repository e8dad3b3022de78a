"""Which further cells to withhold, so that no withheld count can be worked out.

An integer programme: hide as little as possible such that, for each sensitive cell, the counts
that agree with everything shown leave a range at least as wide as its protection. The ranges are
linear programmes; each that is too narrow gives a condition on what must be hidden (Fischetti &
Salazar 2001, Management Science 47:1008-1027), until none is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from wfw_eval.disclosure.hiding import Cut, Hiding
from wfw_eval.disclosure.linked import LinkedTables, components
from wfw_eval.disclosure.ranges import Ranges

#: Rounds of conditions before the rest is mended by hiding whatever a narrow cell needs.
ROUNDS = 25


class ProtectionError(ValueError):
    """Cells that cannot be protected, whatever is hidden.

    Attributes:
        cells: Their names.
    """

    def __init__(self, cells: Collection[str]) -> None:
        self.cells = tuple(sorted(cells))
        named = ", ".join(f"'{name}'" for name in self.cells[:5])
        more = f" and {len(self.cells) - 5} more" if len(self.cells) > 5 else ""
        super().__init__(
            f"no suppression protects {named}{more}: what must be shown gives them away"
        )


@dataclass(frozen=True)
class Suppression:
    """What is withheld.

    Attributes:
        primary: Cells withheld for their own sake.
        secondary: Cells withheld to protect those.
        cost: Weight of the secondary cells.
        bound: No suppression is cheaper than this.
    """

    primary: frozenset[str]
    secondary: frozenset[str]
    cost: float
    bound: float

    @property
    def hidden(self) -> frozenset[str]:
        """Every withheld cell."""
        return self.primary | self.secondary

    @property
    def proved(self) -> bool:
        """Whether nothing cheaper would do."""
        return self.cost <= self.bound + 1e-6


def suppress(
    tables: LinkedTables,
    protection: Mapping[str, int],
    *,
    weights: Mapping[str, float] | None = None,
    shown: Collection[str] = (),
    hidden: Collection[str] = (),
    rounds: int = ROUNDS,
) -> Suppression:
    """Choose what to withhold so that every sensitive cell is protected.

    Args:
        tables: The counts and their sums.
        protection: Sensitive cells, with the least width of the range a reader can reach.
        weights: What is lost when a cell is withheld, at least 0; 1 where left out.
        shown: Cells that must be shown.
        hidden: Cells that are withheld anyway, without needing protection.
        rounds: Rounds of the exact method; then what is still narrow is mended without proof.

    Returns:
        The withheld cells; the same input gives the same answer.

    Raises:
        ProtectionError: a sensitive cell must be shown, or cannot be protected.
        ValueError: a name is unknown, or a weight or width is negative.

    >>> from wfw_eval.disclosure.linked import table_of
    >>> table = table_of([[3, 20, 30], [15, 25, 40], [12, 7, 18]])
    >>> margins = [name for name in table.counts if "all" in name]
    >>> chosen = suppress(table, {"table[0,0]": 5}, shown=margins)
    >>> len(chosen.secondary), chosen.proved
    (3, True)
    """
    _check(tables, protection, weights or {}, {*shown, *hidden})
    impossible = set(protection) & set(shown)
    if impossible:
        raise ProtectionError(impossible)
    asked = _Asked(protection, weights or {}, frozenset(shown), frozenset(hidden), rounds)
    return _together([_suppress_part(part, asked) for part in components(tables)])


@dataclass(frozen=True)
class _Asked:
    protection: Mapping[str, int]
    weights: Mapping[str, float]
    shown: frozenset[str]
    hidden: frozenset[str]
    rounds: int


def _together(parts: list[Suppression | ProtectionError]) -> Suppression:
    refused = [name for part in parts if isinstance(part, ProtectionError) for name in part.cells]
    if refused:
        raise ProtectionError(refused)
    found = [part for part in parts if isinstance(part, Suppression)]
    return Suppression(
        frozenset().union(*(part.primary for part in found)),
        frozenset().union(*(part.secondary for part in found)),
        sum(part.cost for part in found),
        sum(part.bound for part in found),
    )


def _suppress_part(tables: LinkedTables, asked: _Asked) -> Suppression | ProtectionError:
    """Suppress in tables that hang together."""
    names = list(tables.counts)
    at = {name: number for number, name in enumerate(names)}
    needed = {at[name]: asked.protection[name] for name in names
              if asked.protection.get(name, 0) > 0}  # fmt: skip
    always = {at[name] for name in names if name in asked.protection or name in asked.hidden}
    primary = frozenset(names[number] for number in always)
    if not needed:
        return Suppression(primary, frozenset(), 0.0, 0.0)
    ranges = Ranges(tables, at)
    never = {at[name] for name in names if name in asked.shown}
    narrow = _impossible(ranges, needed, never)
    if narrow:
        return ProtectionError([names[cell] for cell in narrow])
    cost = np.array([asked.weights.get(name, 1.0) for name in names])
    hiding = Hiding(tables, at, cost, always, never)
    chosen, bound = _solve(ranges, needed, hiding, asked.rounds)
    chosen = _thinned(ranges, needed, chosen, always, cost)
    secondary = sorted(chosen - always)
    loss = float(cost[secondary].sum())
    return Suppression(
        primary, frozenset(names[cell] for cell in secondary), loss, min(bound, loss)
    )


def _solve(
    ranges: Ranges, needed: Mapping[int, int], hiding: Hiding, rounds: int
) -> tuple[set[int], float]:
    """Hide as little as the conditions allow, look for narrow cells, add conditions, repeat."""
    for _ in range(rounds):
        chosen = hiding.cheapest()
        cuts = _cuts(ranges, needed, chosen)
        if not cuts:
            return chosen, hiding.bound
        for cut in cuts:
            hiding.add(cut)
    return _mended(ranges, needed, hiding), hiding.bound


def _cuts(ranges: Ranges, needed: Mapping[int, int], chosen: set[int]) -> list[Cut]:
    ranges.hide(chosen)
    return [
        cut for cell, width in needed.items() if (cut := ranges.too_narrow(cell, width)) is not None
    ]


def _mended(ranges: Ranges, needed: Mapping[int, int], hiding: Hiding) -> set[int]:
    """Protect one narrow cell after another by hiding what moves with it at the least loss."""
    chosen = hiding.cheapest()
    ranges.hide(chosen)
    for cell, width in needed.items():
        if ranges.too_narrow(cell, width) is not None:
            chosen |= ranges.moving_with(cell, width, chosen, hiding.cost, hiding.never)
            ranges.hide(chosen)
    if _cuts(ranges, needed, chosen):  # hiding all that may be hidden is known to protect them
        chosen = set(range(len(ranges.counts))) - hiding.never
    return chosen


def _thinned(
    ranges: Ranges, needed: Mapping[int, int], chosen: set[int], always: set[int], cost: np.ndarray
) -> set[int]:
    """Show again what protects nothing: first what can be worked out anyway, then the dearest."""
    for cell in sorted(chosen - always, key=lambda number: (-cost[number], number)):
        fewer = chosen - {cell}
        ranges.hide(fewer)
        if all(ranges.too_narrow(one, width) is None for one, width in needed.items()):
            chosen = fewer
    return chosen


def _impossible(ranges: Ranges, needed: Mapping[int, int], never: set[int]) -> list[int]:
    """Return the cells that stay too narrow with everything hidden that may be."""
    ranges.hide(set(range(len(ranges.counts))) - never)
    return [cell for cell, width in needed.items() if ranges.too_narrow(cell, width) is not None]


def _check(
    tables: LinkedTables,
    protection: Mapping[str, int],
    weights: Mapping[str, float],
    others: Collection[str],
) -> None:
    for name in (*protection, *weights, *sorted(others)):
        if name not in tables.counts:
            raise ValueError(f"there is no cell '{name}'")
    for what, values in (("width", protection), ("weight", weights)):
        for name, value in values.items():
            if not 0 <= value < float("inf"):
                raise ValueError(f"the {what} of '{name}' is not a number from 0: {value}")
