"""Kinds of family: who was in each, and against what share of families.

Priority groups are counted in families with lived experience of which at least one member
attended at least once. A family counts in every group it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from wfw_eval.analysis.reach.benchmark import Benchmark
from wfw_eval.analysis.reach.people import tally
from wfw_eval.analysis.rows import Cells, Rows, column, counted
from wfw_eval.metrics.representation import (
    disclosure_bounds,
    participation_range,
    participation_ratio,
    share,
)
from wfw_eval.metrics.result import Result, Sensitivity, not_estimable

#: Characteristics about health or care, to which the heightened threshold applies.
SENSITIVE = frozenset({"disabled_adult_or_child", "care_experienced", "edge_of_care"})

NO_FIGURE = "no population figure exists"


def characteristic_rows(
    characteristics: pd.DataFrame,
    families: Iterable[str],
    groups: pd.DataFrame,
    compared_with: Mapping[str, Benchmark],
) -> Rows:
    """Return one row of results per group: who was in it, and against what share of families.

    Args:
        characteristics: Table ``family_characteristic``.
        families: Families that took part.
        groups: Table ``priority_group``, in the order wanted.
        compared_with: Benchmark per group.

    Returns:
        Per group: label, name, yes, disclosed, undisclosed_share, share, benchmark, ratio,
        ratio_estimated (the population share taken as estimated too) and undisclosed (the ratio
        if the undisclosed all had it, or none).
    """
    # A person without a family (stake "both") brings a missing name, which is no family.
    members = {family for family in families if pd.notna(family)}
    inside = characteristics[characteristics["family_id"].isin(members)]
    answers = inside.groupby("char")["value"].value_counts().unstack(fill_value=0)
    return {
        row["group"]: {
            "label": str(row["short_label"]),
            "name": str(row["label"]),
            **_group_results(
                row["group"],
                _answers(answers, row["group"], len(members)),
                compared_with.get(row["group"], Benchmark("none")),
            ),
        }
        for _, row in groups.iterrows()
    }


def priority_summary(rows: Mapping[str, Cells]) -> dict[str, Result]:
    """Count the groups clearly above parity, and those with nobody, among the groups."""
    ratios = column(rows, "ratio")
    above = sum(ratio.lower is not None and ratio.lower > 1 for ratio in ratios)
    absent = sum(ratio.count == 0 and bool(ratio.n) for ratio in ratios)
    return {
        name: share(count, len(ratios), of="groups")
        for name, count in (("above", above), ("absent", absent))
    }


def _answers(answers: pd.DataFrame, group: str, families: int) -> tuple[int, int, int]:
    """Return yes, no and undisclosed; a family without any record is undisclosed."""
    counts = answers.loc[group].to_dict() if group in answers.index else {}
    yes, no = int(counts.get("yes", 0)), int(counts.get("no", 0))
    return yes, no, families - yes - no


def _group_results(group: str, answers: tuple[int, int, int], against: Benchmark) -> Cells:
    yes, no, unknown = answers
    sensitivity: Sensitivity = "heightened" if group in SENSITIVE else "standard"
    about: dict[str, Any] = {
        "of": "families", "cell": f"families:{group}=yes", "sensitivity": sensitivity,
        "inputs": ("family_characteristic", "attendance"),
    }  # fmt: skip
    return {
        "yes": counted("M01", yes, **about),
        "disclosed": tally(yes + no, "families", f"families:{group}=disclosed"),
        "undisclosed_share": share(unknown, yes + no + unknown, of="families",
                                   cell=f"families:{group}=undisclosed"),
        "share": share(yes, yes + no, **about),
        "benchmark": _benchmark(against),
        "ratio": _ratio(yes, yes + no, against, about),
        "ratio_estimated": _ratio_estimated(yes, yes + no, against, about),
        "undisclosed": _possible(yes, no, unknown, against, about),
    }  # fmt: skip


def _benchmark(against: Benchmark) -> Result:
    if against.low is None:
        return not_estimable("M02", "proportion", NO_FIGURE)
    if against.kind == "point":
        return Result(metric="M02", unit="proportion", value=against.low)
    return Result(metric="M02", unit="proportion", lower=against.low, upper=against.high,
                  interval="bounds")  # fmt: skip


def _ratio(yes: int, n: int, against: Benchmark, about: Mapping[str, Any]) -> Result:
    if against.low is None or against.high is None:
        return not_estimable("M02", "ratio", NO_FIGURE, count=yes, n=n, **about)
    if against.kind == "point":
        return participation_ratio(yes, n, against.low, against.low_se, **about)
    return participation_range(
        yes, n, against.low, against.high, against.low_se, against.high_se, **about
    )


def _ratio_estimated(yes: int, n: int, against: Benchmark, about: Mapping[str, Any]) -> Result:
    if against.low is None:
        return not_estimable("M02", "ratio", NO_FIGURE, count=yes, n=n, **about)
    if against.kind != "point":
        return not_estimable("M02", "ratio", "the benchmark is a range", count=yes, n=n, **about)
    return participation_ratio(yes, n, against.low, against.low_se or against.binomial_se, **about)


def _possible(
    yes: int, no: int, unknown: int, against: Benchmark, about: Mapping[str, Any]
) -> Result:
    if against.low is None or against.high is None:
        return not_estimable("M03", "ratio", NO_FIGURE, count=yes, **about)
    at_high = disclosure_bounds(yes, no, unknown, against.high, **about)
    at_low = disclosure_bounds(yes, no, unknown, against.low, **about)
    return at_low.about(lower=at_high.lower)
