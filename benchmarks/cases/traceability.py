"""Ways counted and weights split over graphs of many links."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.timing import Case
from wfw_eval.metrics.influence import influence_equity
from wfw_eval.metrics.traceability import backward_traceability, support_breadth

Graph = tuple[list[tuple[str, str]], list[str], dict[str, str], dict[str, int]]


def graph(excerpts: int) -> Graph:
    """Make excerpts of two themes each, of 60, which lead to 40 findings and 30 recommendations."""
    generator = np.random.default_rng(2023)
    links = [(f"e{one}", f"t{theme}") for one in range(excerpts)
             for theme in generator.integers(0, 60, 2)]  # fmt: skip
    links += [(f"t{one}", f"f{two}") for one, two in generator.integers(0, 40, (150, 2))]
    links += [(f"f{one}", f"r{two}") for one, two in generator.integers(0, 30, (100, 2))]
    groups = {f"e{one}": "abc"[one % 3] for one in range(excerpts)}
    families = {f"e{one}": one // 5 for one in range(excerpts)}
    return links, [f"r{one}" for one in range(30)], groups, families


def influence(data: Graph) -> Any:
    return influence_equity(data[0], data[1], data[2])


def traced(data: Graph) -> Any:
    return backward_traceability(data[0], data[1], data[2])


def breadth(data: Graph) -> Any:
    return support_breadth(data[0], data[1], data[3])


CASES = [
    Case("traceability", name, f"{size:,} excerpts", partial(graph, size), ours, repeat=3)
    for size in (1_000, 50_000)
    for name, ours in (("backward traceability", traced), ("support breadth", breadth),
                       ("influence equity", influence))
]  # fmt: skip
