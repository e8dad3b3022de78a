"""Ways from what people said to what was recommended, as a graph without circles."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

#: Kinds of link along which what somebody said is carried on.
CARRYING = ("supports", "merged_into")

Node = Hashable


@dataclass(frozen=True)
class Pathways:
    """Links that carry something on, each once, from earlier to later.

    Attributes:
        before: For each node, the nodes that lead to it, in the order they were given.
        after: For each node, the nodes it leads to.
        order: Every node, none before one that leads to it.
    """

    before: dict[Node, list[Node]]
    after: dict[Node, list[Node]]
    order: tuple[Node, ...]

    def leading_to(self, ends: Iterable[Node]) -> set[Node]:
        """Return the ends and every node from which a way leads to one of them."""
        return _reached(ends, self.before)

    def reached_from(self, starts: Iterable[Node]) -> set[Node]:
        """Return the starts and every node to which a way leads from one of them."""
        return _reached(starts, self.after)

    def ways_from(self, starts: Collection[Node]) -> dict[Node, int]:
        """Return the number of ways from the starts to each node that any leads to.

        Numbers are whole and exact, however many ways there are. A way ends at a node and begins at
        a start; one that leads from start to start counts from each of them.
        """
        ways: dict[Node, int] = {}
        begin = set(starts)
        for node in self.order:
            count = sum(ways.get(one, 0) for one in self.before[node]) + (node in begin)
            if count:
                ways[node] = count
        return ways

    def split_back(self, weights: dict[Node, float], starts: Collection[Node]) -> dict[Node, float]:
        """Return, for each start, the weight of the ways that begin there.

        The weight of each end is split equally over all ways from the starts to it: each way, not
        each start, gets as much. Ends to which no way leads give nothing.
        """
        ways, begin = self.ways_from(starts), set(starts)
        held = dict.fromkeys(ways, 0.0) | {
            node: float(weight) for node, weight in weights.items() if node in ways
        }
        given: dict[Node, float] = {}
        for node in reversed(self.order):
            weight = held.get(node, 0.0)
            if weight == 0.0:
                continue
            if node in begin:
                given[node] = weight * (1 / ways[node])
            for one in self.before[node]:
                if one in ways:  # whole numbers of any size divide exactly enough
                    held[one] += weight * (ways[one] / ways[node])
        return given


def pathways(links: Any, *, kinds: Collection[str] = CARRYING) -> Pathways:
    """Read links; those listed twice count once.

    Args:
        links: A table with ``from_id`` and ``to_id``, or pairs. Where there is a ``kind``, only the
            links of ``kinds`` carry anything on.
        kinds: Kinds of link that are followed.

    Raises:
        ValueError: an end of a link is missing, or links lead round in a circle, which is named.

    Example:
        >>> pathways([("e1", "theme"), ("theme", "finding")]).order
        ('e1', 'theme', 'finding')
    """
    if isinstance(links, Pathways):
        return links
    before: dict[Node, list[Node]] = {}
    after: dict[Node, list[Node]] = {}
    for one, other in dict.fromkeys(_pairs(links, kinds)):
        for node in (one, other):
            before.setdefault(node, [])
            after.setdefault(node, [])
        before[other].append(one)
        after[one].append(other)
    return Pathways(before, after, _order(before, after))


def link_pairs(links: Any) -> pd.DataFrame:
    """Return links as a table with ``from_id`` and ``to_id``, whatever form they came in.

    Raises:
        ValueError: they are neither a table with those columns nor pairs.
    """
    if isinstance(links, pd.DataFrame):
        if not {"from_id", "to_id"} <= set(links.columns):
            raise ValueError("a table of links needs the columns from_id and to_id")
        return links
    pairs = [tuple(pair) if not isinstance(pair, str) else (pair,) for pair in links]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("links are pairs, of where they start and where they lead")
    return pd.DataFrame(pairs, columns=["from_id", "to_id"], dtype=object)


def _pairs(links: Any, kinds: Collection[str]) -> list[tuple[Node, Node]]:
    frame = link_pairs(links)
    if "kind" in frame.columns:
        frame = frame[frame["kind"].isin(list(kinds))]
    if frame[["from_id", "to_id"]].isna().any(axis=None):
        raise ValueError("an end of a link is missing")
    return list(zip(frame["from_id"].tolist(), frame["to_id"].tolist(), strict=True))


def _order(before: dict[Node, list[Node]], after: dict[Node, list[Node]]) -> tuple[Node, ...]:
    """Return the nodes so that none comes before one that leads to it (Kahn 1962)."""
    waiting = {node: len(ones) for node, ones in before.items()}
    ready = [node for node, count in waiting.items() if count == 0]
    for node in ready:
        for other in after[node]:
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    if len(ready) < len(before):
        circle = " -> ".join(map(str, _circle(before, set(before) - set(ready))))
        raise ValueError(f"links lead round in a circle: {circle}")
    return tuple(ready)


def _circle(before: dict[Node, list[Node]], left: set[Node]) -> list[Node]:
    """Return a circle among the nodes left, each of which has one before it that is left."""
    node = next(one for one in before if one in left)
    seen: dict[Node, int] = {}
    while node not in seen:
        seen[node] = len(seen)
        node = next(one for one in before[node] if one in left)
    circle = list(seen)[seen[node] :][::-1]
    return [circle[-1], *circle]


def _reached(starts: Iterable[Node], next_: dict[Node, list[Node]]) -> set[Node]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        for other in next_.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
