"""Interviews in which themes come up, and excerpts that are quoted, from known processes."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.simulation import Scenario
from wfw_eval.metrics.quotes import quote_parity
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.saturation import saturation
from wfw_eval.metrics.saturation_orders import saturation_bootstrap
from wfw_eval.metrics.themes import theme_prevalence

#: Orders drawn for each set of interviews: fewer than the metric's own, to keep the run short.
DRAWS = 300


def fresh_order(generator: np.random.Generator, n: int, rarest: float) -> Result:
    """Draw like interviews; return the ends over orders less the point of the order they came in.

    They hold 0 where they hold that point.
    """
    chance = np.geomspace(0.9, rarest, 30)
    table = generator.random((n, 30)) < chance
    seed = int(generator.integers(2**31))
    found = saturation_bootstrap(table, draws=DRAWS, seed=seed)["interviews"]
    held = saturation(table).reached
    if found.upper is None or not held.estimable:
        return found.about(value=None, reason="no upper end, or not reached")
    point = float(held.value)
    return found.about(value=None, lower=found.lower - point, upper=found.upper - point)


def quoting(
    generator: np.random.Generator, n: int, rates: tuple[float, float], size: int
) -> Result:
    """Draw excerpts of families of two groups, quoted at the group's rate, and compare them.

    In families of several excerpts the rate is the family's own, beta distributed.
    """
    group = generator.permutation(np.arange(n) < round(0.4 * n))
    mean = np.where(group, *rates)
    rate = generator.beta(5 * mean, 5 * (1 - mean)) if size > 1 else mean
    family = np.repeat(np.arange(n), size)
    quoted = generator.random(n * size) < rate[family]
    clusters = family if size > 1 else None
    return quote_parity(quoted, group[family], clusters=clusters).get(True)


def parity(rates: tuple[float, float]) -> float:
    return rates[0] / (0.4 * rates[0] + 0.6 * rates[1])


def mention(generator: np.random.Generator, n: int, p: float) -> Result:
    return theme_prevalence(generator.random((n, 1)) < p)[0]


SCENARIOS = [
    Scenario("theme_prevalence", f"p = {p:g}", n, p, partial(mention, n=n, p=p))
    for n in (10, 20, 50, 200) for p in (0.15, 0.5)
]  # fmt: skip
SCENARIOS += [
    Scenario(
        "quote_parity",
        f"40% of {'families of ' + str(size) if size > 1 else 'excerpts'} in the group, quoted at "
        f"{rates[0]:.0%}, others at {rates[1]:.0%}",
        n, parity(rates), partial(quoting, n=n, rates=rates, size=size),
    )
    for n in (10, 20, 50, 200) for rates in ((0.3, 0.3), (0.15, 0.4), (0.5, 0.25))
    for size in (1, 4)
]  # fmt: skip
SCENARIOS += [
    Scenario(
        "saturation_bootstrap",
        f"30 themes, chances 0.9 to {rarest:g}; the ends less the point of a fresh order",
        n, 0.0, partial(fresh_order, n=n, rarest=rarest),
    )
    for n in (10, 20, 50) for rarest in (0.3, 0.1, 0.02)
]  # fmt: skip
