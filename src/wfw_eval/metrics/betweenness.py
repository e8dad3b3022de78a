"""How often each person stands on the shortest ways between others (Brandes 2001)."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from wfw_eval.metrics.columns import Floats, Whole
from wfw_eval.metrics.ties import Network

#: Numbers held at a time: sources are taken in lots of so many over the number of people.
HELD = 4_000_000


def betweenness(found: Network) -> Floats:
    """Return, for each person, the pairs of others they stand between, shape ``(n,)``.

    A pair joined by several shortest ways counts for each person by the share of ways they are on.

    >>> from wfw_eval.metrics.ties import network
    >>> betweenness(network([("a", "b"), ("b", "c")])).tolist()
    [0.0, 1.0, 0.0]
    """
    one = np.ones(len(found.start))
    ties = csr_array((one, (found.start, found.end)), shape=(found.n, found.n))
    if not found.directed:
        ties = csr_array(ties + ties.T)
    lot = max(HELD // max(found.n, 1), 1)
    total = np.zeros(found.n)
    for first in range(0, found.n, lot):
        total += _dependency(ties, np.arange(first, min(first + lot, found.n)))
    return total if found.directed else total / 2


def _dependency(ties: csr_array, sources: Whole) -> Floats:
    """Return what the ways from the sources depend on each person for, summed over sources."""
    ways, distance = _ways(ties, sources)
    back = csr_array(ties.T)
    dependency = np.zeros(ways.shape)
    for step in range(int(distance.max()), 1, -1):
        far = np.where(distance == step, (1 + dependency) / np.maximum(ways, 1), 0)
        dependency += np.where(distance == step - 1, ways * (far @ back), 0)
    total: Floats = dependency.sum(axis=0)
    return total


def _ways(ties: csr_array, sources: Whole) -> tuple[Floats, Whole]:
    """Return the number of shortest ways from each source to each person, and their length.

    The length is -1 where there is no way.
    """
    shape = (len(sources), ties.shape[0])
    ways, distance = np.zeros(shape), np.full(shape, -1)
    ways[np.arange(len(sources)), sources] = 1
    distance[ways > 0] = 0
    reached, step = ways.copy(), 0
    while reached.any():
        reached, step = reached @ ties, step + 1
        reached[distance >= 0] = 0
        distance[reached > 0] = step
        ways += reached
    return ways, distance
