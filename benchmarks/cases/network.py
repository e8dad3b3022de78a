"""Networks read and measured once, beside networkx where it is installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks.timing import Case
from wfw_eval.metrics.homophily import ei_index
from wfw_eval.metrics.network import betweenness_centralisation, degree_centralisation, density
from wfw_eval.metrics.ties import network

INSTALLED = importlib.util.find_spec("networkx") is not None
PEER_NAME = (
    f"networkx {version('networkx')}, build, degrees and a sum over ties" if INSTALLED else ""
)


def ties(n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2023)
    return generator.integers(0, n, (m, 2)), generator.integers(0, 2, n)


def shape(data: tuple[np.ndarray, np.ndarray]) -> list[Any]:
    pairs, groups = data
    found = network(pairs, nodes=len(groups))
    return [density(found), degree_centralisation(found), ei_index(found, groups, draws=0)]


def between(data: tuple[np.ndarray, np.ndarray]) -> Any:
    return betweenness_centralisation(data[0], nodes=len(data[1]))


def peer(data: tuple[np.ndarray, np.ndarray]) -> Any:
    import networkx

    graph = networkx.Graph()
    graph.add_edges_from(data[0].tolist())
    degree, groups = dict(graph.degree()), data[1].tolist()
    n, most = len(degree), max(degree.values())
    centred = sum(most - one for one in degree.values()) / ((n - 1) * (n - 2))
    across = sum(groups[one] != groups[two] for one, two in graph.edges)
    return networkx.density(graph), centred, 2 * across / graph.size() - 1


def peer_between(data: tuple[np.ndarray, np.ndarray]) -> Any:
    import networkx

    graph = networkx.Graph()
    graph.add_edges_from(data[0].tolist())
    return networkx.betweenness_centrality(graph)


def where_installed(function: Callable[[Any], object]) -> Callable[[Any], object] | None:
    return function if INSTALLED else None


CASES = [
    Case("network", "density, centralisation, E-I index", "600 ties of 60 people",
         partial(ties, 60, 600), shape, where_installed(peer), PEER_NAME, 50, repeat=20),
    Case("network", "density, centralisation, E-I index", "1,000,000 ties of 2,000 people",
         partial(ties, 2_000, 1_000_000), shape, where_installed(peer), PEER_NAME, 200, repeat=3),
    Case("network", "betweenness centralisation", "1,500 ties of 300 people",
         partial(ties, 300, 1_500), between, where_installed(peer_between),
         f"networkx {version('networkx')}, build and betweenness" if INSTALLED else ""),
    Case("network", "E-I index with 2,000 shuffles", "600 ties of 60 people",
         partial(ties, 60, 600), lambda data: ei_index(*data, nodes=60)),
]  # fmt: skip
