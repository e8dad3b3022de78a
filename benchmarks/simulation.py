"""How often an interval holds the truth, over data sets drawn from a known process."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfw_eval.metrics.result import Result

#: Data sets drawn for each scenario.
RUNS = 2_000

#: An interval is said to keep its promise when it holds the truth this often.
HOLDS = (0.93, 0.97)


@dataclass(frozen=True)
class Scenario:
    """One known process and one interval tried on it.

    Attributes:
        metric: Name of the function in the catalogue.
        data: The process in words, such as ``p = 0.3, 8 partners, ICC 0.05``.
        n: People (families, units, ...) in each data set.
        truth: The true value of what is estimated.
        estimate: Draws one data set with the generator and returns the metric's result.
        runs: Data sets drawn.
    """

    metric: str
    data: str
    n: int
    truth: float
    estimate: Callable[[np.random.Generator], Result]
    runs: int = RUNS


@dataclass(frozen=True)
class Coverage:
    """What came of one scenario; shares are of the data sets that gave an interval."""

    scenario: Scenario
    inside: float
    below: float
    above: float
    estimable: float
    width: float

    @property
    def error(self) -> float:
        """Monte Carlo standard error of the share inside."""
        runs = max(self.scenario.runs * self.estimable, 1)
        return math.sqrt(self.inside * (1 - self.inside) / runs)

    @property
    def holds(self) -> bool:
        """Whether it kept its promise."""
        return HOLDS[0] <= self.inside <= HOLDS[1]


def cover(scenario: Scenario, seed: int = 2023) -> Coverage:
    """Draw the data sets; the same seed and scenario give the same shares."""
    key = [seed, *scenario.metric.encode(), *scenario.data.encode(), scenario.n]
    generator = np.random.default_rng(key)
    results = [scenario.estimate(generator) for _ in range(scenario.runs)]
    ends = [(one.lower, one.upper) for one in results if one.estimable and one.lower is not None]
    lower, upper = np.array(ends, dtype=float).reshape(-1, 2).T
    missed_low, missed_high = (
        float(np.mean(upper < scenario.truth)),
        float(np.mean(lower > scenario.truth)),
    )
    return Coverage(
        scenario,
        inside=1 - missed_low - missed_high,
        below=missed_low,
        above=missed_high,
        estimable=len(ends) / scenario.runs,
        width=float(np.median(upper - lower)),
    )
