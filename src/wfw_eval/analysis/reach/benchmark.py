"""Which population figure each priority group is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from wfw_eval.analysis.rows import Rows


@dataclass(frozen=True)
class Benchmark:
    """What a group's share of participants is compared with.

    Attributes:
        kind: ``point`` one figure, ``range`` two ends, ``none`` nothing usable.
        low: Population share at the low end.
        high: Population share at the high end; equals ``low`` for a point.
        low_se: Standard error at the low end, where a survey or sample gives one.
        high_se: Standard error at the high end.
        n: People, families or households behind a point that is a full count.
    """

    kind: str
    low: float | None = None
    high: float | None = None
    low_se: float | None = None
    high_se: float | None = None
    n: int | None = None

    @property
    def binomial_se(self) -> float | None:
        """Standard error of a full count taken as if it were a sample of its size."""
        if self.low is None or not self.n:
            return None
        return float((self.low * (1 - self.low) / self.n) ** 0.5)


def benchmarks(
    chosen: pd.DataFrame, denominator: pd.DataFrame, council: str, country: str = "S92000003"
) -> dict[str, Benchmark]:
    """Look up the population shares that the benchmarks name, for one council.

    Args:
        chosen: Table ``benchmark``.
        denominator: Table ``denominator``.
        council: Area code of the council.
        country: Area code of the country whose figures stand in.

    Raises:
        KeyError: a figure named is not there for the council.
    """
    figures = denominator.set_index(["area_code", "measure_id"])
    areas = {"council": council, "scotland": country}
    return {row["group"]: _benchmark(row, figures, areas) for _, row in chosen.iterrows()}


def benchmark_rows(groups: pd.DataFrame, chosen: pd.DataFrame, denominator: pd.DataFrame) -> Rows:
    """Say for each priority group which population figure it is compared with, and its fit."""
    measures = denominator.drop_duplicates("measure_id").set_index("measure_id")
    return {
        row["group"]: {
            "label": str(row["label"]),
            "figure": _figure_words(row, measures),
            "fit": str(row["fit"]),
            "caution": str(row["caution"]),
        }
        for _, row in groups[groups["priority"]].merge(chosen, on="group", sort=False).iterrows()
    }


def _figure_words(row: pd.Series, measures: pd.DataFrame) -> str:
    ends = [row[end] for end in ("low_measure_id", "high_measure_id") if pd.notna(row[end])]
    return "; to: ".join(
        f"{measures.loc[end, 'measure']}, {measures.loc[end, 'period']}" for end in ends
    )


def _benchmark(row: pd.Series, figures: pd.DataFrame, areas: Mapping[str, str]) -> Benchmark:
    if row["kind"] == "none":
        return Benchmark("none")
    low = figures.loc[(areas[row["low_area"]], row["low_measure_id"])]
    if row["kind"] == "point":
        base = None if pd.isna(low["denominator"]) else int(low["denominator"])
        return Benchmark("point", _exact(low), _exact(low), _se(low), _se(low), base)
    high = figures.loc[(areas[row["high_area"]], row["high_measure_id"])]
    return Benchmark("range", _exact(low), _exact(high), _se(low), _se(high))


def _exact(figure: pd.Series) -> float:
    """Prefer the counts to the share, which is rounded."""
    if pd.isna(figure["numerator"]):
        return float(figure["share"])
    return float(figure["numerator"]) / float(figure["denominator"])


def _se(figure: pd.Series) -> float | None:
    return None if pd.isna(figure["se"]) else float(figure["se"])
