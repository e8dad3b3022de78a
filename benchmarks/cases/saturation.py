"""Saturation over many orders of interviews, and parity of many quotations."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.timing import Case
from wfw_eval.metrics.quotes import quote_parity
from wfw_eval.metrics.saturation import saturation
from wfw_eval.metrics.saturation_orders import saturation_bootstrap


def interviews(n: int, themes: int) -> np.ndarray:
    generator = np.random.default_rng(2023)
    return generator.random((n, themes)) < np.geomspace(0.9, 0.02, themes)


def excerpts(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2023)
    family = generator.integers(0, n // 10, n)
    return generator.random(n) < 0.2, family % 4, family


def parity(data: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Any:
    return quote_parity(data[0], data[1], clusters=data[2])


CASES = [
    Case("saturation", "saturation", "60 interviews, 114 themes", partial(interviews, 60, 114),
         saturation),
    Case("saturation", "saturation over 2,000 orders", "60 interviews, 114 themes",
         partial(interviews, 60, 114), saturation_bootstrap, repeat=3),
    Case("saturation", "the same with replacement", "60 interviews, 114 themes",
         partial(interviews, 60, 114), partial(saturation_bootstrap, replace=True), repeat=3),
    Case("saturation", "quote parity with clusters", "100,000 excerpts, 4 groups",
         partial(excerpts, 100_000), parity, repeat=3),
]  # fmt: skip
