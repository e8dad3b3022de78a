"""Groups that have nothing to do with ties: how often shuffling them allows for the index found."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.simulation import Scenario
from wfw_eval.metrics.homophily import ei_index
from wfw_eval.metrics.result import Result

#: Shuffles for each network: fewer than the metric's own, to keep the run short.
DRAWS = 400


def unrelated(generator: np.random.Generator, n: int, share: float, centred: bool) -> Result:
    """Draw ties and groups apart; return the ends for shuffled groups less the index found.

    They hold 0 where shuffling allows for the index.
    """
    chance = generator.beta(0.5, 1.5, n) if centred else np.full(n, 0.45)
    pull = np.sqrt(np.outer(chance, chance))
    ties = np.argwhere(np.triu(generator.random((n, n)) < pull, 1))
    groups = generator.permutation(n) < round(share * n)
    found = ei_index(ties, groups, nodes=n, draws=DRAWS, seed=int(generator.integers(2**31)))
    index, expected = found["index"], found["expected"]
    if not index.estimable:
        return index
    ends = {end: getattr(expected, end) - index.value for end in ("lower", "upper")}
    return expected.about(value=expected.value - index.value, **ends)


SCENARIOS = [
    Scenario(
        "ei_index",
        f"{share:.0%} in one group, ties {'centred on a few' if centred else 'alike'}; "
        "the ends less the index of groups unrelated to ties",
        n, 0.0, partial(unrelated, n=n, share=share, centred=centred),
    )
    for n in (10, 20, 50) for share in (0.5, 0.2) for centred in (False, True)
]  # fmt: skip
SCENARIOS += [
    Scenario(
        "ei_index", "50% in one group, ties alike; the ends less the index of groups unrelated to "
        "ties", 100, 0.0, partial(unrelated, n=100, share=0.5, centred=False), runs=1_000,
    )
]  # fmt: skip
