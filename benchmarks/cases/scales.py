"""Scales beside their peers: alpha, Cliff's delta, the proportional odds model."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import mannwhitneyu
from statsmodels.miscmodels.ordinal_model import OrderedModel

from benchmarks.timing import Case
from wfw_eval.metrics.scales import cliffs_delta, cronbach_alpha, ordinal_model


def pingouin_alpha() -> Callable[[Any], object] | None:
    try:
        peer = importlib.import_module("pingouin")
    except ImportError:
        return None
    return lambda items: peer.cronbach_alpha(pd.DataFrame(items))


def again(function: Callable[[Any], object] | None, times: int) -> Callable[[Any], object] | None:
    return None if function is None else lambda data: [function(data) for _ in range(times)]


def answers(people: int, items: int) -> Callable[[], np.ndarray]:
    def drawn() -> np.ndarray:
        generator = np.random.default_rng(1)
        common = generator.normal(size=(people, 1))
        return np.clip(np.rint(3 + common + generator.normal(size=(people, items))), 1, 5)

    return drawn


def two_groups(size: int, kind: type) -> Callable[[], tuple[np.ndarray, np.ndarray]]:
    def drawn() -> tuple[np.ndarray, np.ndarray]:
        generator = np.random.default_rng(1)
        first, second = generator.integers(1, 6, (2, size))
        return first.astype(kind), second.astype(kind)

    return drawn


def ordered(size: int) -> Callable[[], tuple[np.ndarray, np.ndarray]]:
    def drawn() -> tuple[np.ndarray, np.ndarray]:
        generator = np.random.default_rng(1)
        x = np.column_stack((generator.integers(0, 2, size), generator.integers(0, 5, size)))
        line = x @ (0.5, -0.2) + generator.logistic(size=size)
        return np.digitize(line, (-2, -1, 0, 1)) + 1, x.astype(float)

    return drawn


def _ordered_model(data: tuple[np.ndarray, np.ndarray]) -> object:
    return OrderedModel(*data, distr="logit").fit(method="bfgs", disp=False)


CASES = [
    *(
        Case(
            "scales", "Cronbach's alpha with Feldt's interval",
            f"{times} × {people:,} people, {items} items", answers(people, items),
            again(cronbach_alpha, times), again(pingouin_alpha(), times), "pingouin 0.7.0", aim,
        )
        for times, people, items, aim in ((50, 200, 10, 10.0), (1, 100_000, 20, 1.0))
    ),
    *(
        Case(
            "scales", "Cliff's delta with interval", f"2 × 100,000 {named}",
            two_groups(100_000, kind), lambda pair: cliffs_delta(*pair),
            lambda pair: mannwhitneyu(*pair), "scipy 1.17 U", 20.0, repeat=30,
        )
        for named, kind in (("whole numbers", int), ("floats", float))
    ),
    *(
        Case(
            "scales", "proportional odds model", f"{size:,} people, 2 predictors",
            ordered(size), lambda data: ordinal_model(*data), _ordered_model,
            "statsmodels 0.15.0 OrderedModel", aim, repeat=3,
        )
        for size, aim in ((200, None), (10_000, None), (100_000, 20.0))
    ),
]  # fmt: skip
