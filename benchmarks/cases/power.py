"""Inequality beside PySAL where it is installed, and voices of many sessions."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.timing import Case
from wfw_eval.metrics.inequality import gini, normalised_entropy
from wfw_eval.metrics.voice import voice_parity


def amounts(n: int, whole: bool) -> np.ndarray:
    generator = np.random.default_rng(2023)
    return generator.geometric(0.05, n) - 1 if whole else generator.lognormal(2, 1, n)


def sessions(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    generator = np.random.default_rng(2023)
    groups = ["families", "professionals", "facilitator"]
    turns, seats = generator.poisson(20, (n, 3)), generator.integers(1, 8, (n, 3))
    return pd.DataFrame(turns, columns=groups), pd.DataFrame(seats, columns=groups)


def pysal() -> tuple[Callable[[Any], object] | None, str]:
    if importlib.util.find_spec("inequality") is None:
        return None, ""
    from inequality.gini import Gini

    return Gini, f"inequality {version('inequality')}"


PEER, PEER_NAME = pysal()

CASES = [
    Case("power", "Gini, whole numbers", "1,000,000 people", partial(amounts, 1_000_000, True),
         gini, PEER, PEER_NAME, 3),
    Case("power", "Gini, continuous", "1,000,000 people", partial(amounts, 1_000_000, False),
         gini, PEER, PEER_NAME, 3),
    Case("power", "normalised entropy", "1,000,000 people", partial(amounts, 1_000_000, True),
         normalised_entropy),
    Case("power", "voice parity with intervals", "1,000 sessions", partial(sessions, 1_000),
         lambda tables: voice_parity(*tables)),
]  # fmt: skip
