"""Processes of staying and attending of which the true curve, median and mean are known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.simulation import Scenario
from wfw_eval.metrics.recurrent import mean_cumulative_attendance
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.survival import kaplan_meier, restricted_mean

#: Months people are followed: from 6 to 24, by when they joined.
FOLLOWED = (6.0, 24.0)

Draw = Callable[..., dict[str, Any]]
Curve = Callable[[np.ndarray], np.ndarray]


def weibull_share(shape: float, scale: float, time: np.ndarray) -> np.ndarray:
    return np.exp(-((time / scale) ** shape))


def weibull_median(shape: float, scale: float) -> float:
    return float(scale * np.log(2) ** (1 / shape))


def area(share: Curve, horizon: float) -> float:
    """Integrate the true curve by the midpoint rule on 200,000 strips."""
    middles = (np.arange(200_000) + 0.5) * horizon / 200_000
    return float(share(middles).mean() * horizon)


def weibull(generator: np.random.Generator, n: int, shape: float, scale: float) -> dict:
    leaves = scale * generator.weibull(shape, n)
    ends = generator.uniform(*FOLLOWED, n)
    return {"durations": np.minimum(leaves, ends), "events": leaves <= ends}


def families(generator: np.random.Generator, n: int, spread: float, size: int = 3) -> dict:
    """Draw families that share a gamma frailty, so that (1 + spread·t/12)^(-1/spread) stay."""
    family = np.repeat(np.arange(n), size)
    frailty = generator.gamma(1 / spread, spread, n)[family]
    leaves = generator.exponential(12 / frailty)
    ends = generator.uniform(*FOLLOWED, n)[family]  # a family joins together
    return {"durations": np.minimum(leaves, ends), "events": leaves <= ends, "clusters": family}


def gamma_share(spread: float) -> Curve:
    return lambda time: (1 + spread * np.asarray(time) / 12) ** (-1 / spread)


def share_after(generator: np.random.Generator, draw: Draw, time: float) -> Result:
    return kaplan_meier(**draw(generator)).at(time)


def median(generator: np.random.Generator, draw: Draw) -> Result:
    return kaplan_meier(**draw(generator)).median


def mean_up_to(generator: np.random.Generator, draw: Draw, horizon: float) -> Result:
    return restricted_mean(**draw(generator), horizon=horizon)


def staying() -> list[Scenario]:
    found = []
    for n in (10, 25, 50, 200):
        for shape, scale in ((1.0, 12.0), (2.0, 10.0), (0.7, 30.0)):
            told = f"Weibull shape {shape:g}, scale {scale:g}"
            draw = partial(weibull, n=n, shape=shape, scale=scale)
            curve = partial(weibull_share, shape, scale)
            found += _both(told, n, draw, curve)
            if weibull_median(shape, scale) < 12:
                truth = weibull_median(shape, scale)
                estimate = partial(median, draw=draw)
                found.append(Scenario("kaplan_meier", f"median, {told}", n, truth, estimate))
    return found


def clustered() -> list[Scenario]:
    found = []
    for n in (10, 20, 50, 200):
        for spread in (0.5, 1.5):
            told = f"families of 3, frailty variance {spread:g}"
            found += _both(told, n, partial(families, n=n, spread=spread), gamma_share(spread))
    return found


def attending() -> list[Scenario]:
    return [
        Scenario(
            "mean_cumulative_attendance",
            f"by 6 months, {'families of 3' if size > 1 else 'people'}, rate 0.8 a month, "
            f"gamma variance {spread:g}",
            n, 4.8, partial(came, n=n, spread=spread, size=size),
        )
        for n in (10, 20, 50, 200) for spread in (0.25, 1.0) for size in (1, 3)
    ]  # fmt: skip


def came(generator: np.random.Generator, n: int, spread: float, size: int) -> Result:
    """Draw months of attendance at people's own rates, shared in families, and estimate."""
    family = np.repeat(np.arange(n), size)
    rate = 0.8 * generator.gamma(1 / spread, spread, n)[family]
    ends = generator.uniform(3, 12, n)[family]
    counts = generator.poisson(rate * ends)
    who = np.repeat(np.arange(family.size), counts)
    times = generator.uniform(0, 1, who.size) * ends[who]
    follow_up = dict(enumerate(ends))
    clusters = dict(enumerate(family)) if size > 1 else None
    return mean_cumulative_attendance(who, times, follow_up, clusters=clusters).at(6.0)


def _both(told: str, n: int, draw: Draw, curve: Curve) -> list[Scenario]:
    return [
        Scenario(
            "kaplan_meier", f"share at 6, {told}", n, float(curve(np.array(6.0))),
            partial(share_after, draw=draw, time=6.0),
        ),
        Scenario(
            "restricted_mean", f"up to 6, {told}", n, area(curve, 6.0),
            partial(mean_up_to, draw=draw, horizon=6.0),
        ),
    ]  # fmt: skip


SCENARIOS = [*staying(), *clustered(), *attending()]
