"""Curves of staying beside statsmodels, and dose beside pandas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import statsmodels
from statsmodels.duration.survfunc import SurvfuncRight

from benchmarks.timing import Case
from wfw_eval.metrics.logrank import log_rank
from wfw_eval.metrics.recurrent import mean_cumulative_attendance
from wfw_eval.metrics.retention import dose
from wfw_eval.metrics.survival import kaplan_meier, restricted_mean

STATSMODELS = f"statsmodels {statsmodels.__version__}"
PANDAS = f"pandas {pd.__version__}"


def staying(n: int, whole: bool) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2023)
    leaves, ends = generator.exponential(12, n), generator.uniform(6, 24, n)
    times = np.minimum(leaves, ends)
    return np.ceil(times) if whole else times, leaves <= ends


def attendance(n: int) -> pd.DataFrame:
    generator = np.random.default_rng(2023)
    people = max(n // 20, 10)
    who = pd.Categorical.from_codes(
        generator.integers(0, people, n), [f"p{i}" for i in range(people)]
    )
    return pd.DataFrame({"person_id": who, "hours": generator.integers(1, 7, n) / 2})


def with_statsmodels(data: tuple[np.ndarray, np.ndarray]) -> object:
    found = SurvfuncRight(*data)
    return found.surv_prob_se, found.quantile(0.5), found.quantile_ci(0.5)


def with_pandas(rows: pd.DataFrame) -> object:
    had = rows.groupby("person_id", observed=True)["hours"].agg(["size", "sum"])
    ginis = {}
    for name, column in had.items():
        ordered = column.sort_values(ignore_index=True)
        ginis[name] = (2 * (ordered.index + 1) - len(ordered) - 1) @ ordered / ordered.sum()
    return had.sum(), had.quantile([0.25, 0.5, 0.75]), ginis


def curve(name: str, n: int, whole: bool, aim: float) -> Case:
    return Case(
        "retention", f"Kaplan-Meier, {name}", f"{n:,} people", partial(staying, n, whole),
        _on(kaplan_meier), with_statsmodels, STATSMODELS, aim,
        repeat=50 if n < 10_000 else 5,
    )  # fmt: skip


def attending(data: tuple[np.ndarray, np.ndarray]) -> object:
    times = data[0]
    return mean_cumulative_attendance(
        np.repeat(np.arange(times.size), 3),
        np.repeat(np.ceil(times), 3),
        dict(enumerate(times + 1)),
    )


def grouped(data: tuple[np.ndarray, np.ndarray]) -> object:
    return log_rank(*data, np.arange(data[0].size) % 3)


def _on(function: Callable[..., Any]) -> Callable[[Any], object]:
    return lambda data: function(*data)


CASES = [
    curve("whole sessions", 1_000, True, 3),
    curve("continuous", 1_000, False, 1),
    curve("whole sessions", 1_000_000, True, 5),
    curve("continuous", 1_000_000, False, 1),
    Case("retention", "restricted mean", "1,000,000 people", partial(staying, 1_000_000, True),
         _on(restricted_mean)),
    Case("retention", "log-rank, 3 groups", "1,000,000 people", partial(staying, 1_000_000, True),
         grouped),
    Case("retention", "mean cumulative attendance", "3,000 attendances, 1,000 people",
         partial(staying, 1_000, True), attending),
    *(
        Case("retention", "dose", f"{n:,} rows", partial(attendance, n), dose,
             with_pandas, PANDAS, aim, repeat)
        for n, aim, repeat in ((1_000, 5, 20), (1_000_000, 5, 5), (10_000_000, 5, 3))
    ),
]  # fmt: skip
