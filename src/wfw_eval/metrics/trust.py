"""Trust in partners and the value they bring, on the six dimensions of PARTNER."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.result import Result, not_estimable

#: What is rated, by what it adds up to.
DIMENSIONS = {
    "trust": ("trust_rel", "trust_mission", "trust_open"),
    "value": ("value_power", "value_involve", "value_resource"),
}


@metric(
    "M39",
    name="Trust and value",
    unit="score",
    question="EQ7",
    formula="mean rating of each dimension; trust and value: mean of their three dimensions",
    source="PARTNER: Varda et al. 2008, American Journal of Public Health; Varda & Retrum 2015",
)
def trust_and_value(
    ties: pd.DataFrame,
    *,
    scale: tuple[float, float] = (0, 4),
    nodes: Collection[Any] | None = None,
    non_respondents: Collection[Any] = (),
    **about: Any,
) -> dict[str, Result]:
    """Return the mean rating of each dimension of trust and value, over all ties rated.

    Args:
        ties: One row a rating: ``from_id`` who rates, ``to_id`` whom, ``kind`` the dimension
            (such as ``trust_rel``) and ``strength`` the rating; of one wave. Other kinds, and
            rows without a rating, are left out.
        scale: Lowest and highest rating.
        nodes: Everybody who was asked; without it, those who rate, are rated or did not answer.
        non_respondents: Those who were asked and did not answer. The results then have bounds:
            if each of them had given everybody the lowest rating, or the highest.
        **about: Further attributes of each result.

    Returns:
        A score for each of the six dimensions, then ``trust`` and ``value``, the means of three.
        Without non-respondents there is no interval, for the ratings are all there are. ``n`` is
        the number of people who rated.

    Raises:
        ValueError: a column is lacking, a rating is off the scale or of oneself, somebody rates
            another twice on one dimension, or a rating is by one who did not answer.

    Example:
        >>> ties = pd.DataFrame({"from_id": ["a", "b"], "to_id": ["b", "a"],
        ...                      "kind": "trust_rel", "strength": [4, 3]})
        >>> trust_and_value(ties)["trust_rel"].value
        3.5
    """
    rated = _rated(ties, scale, set(non_respondents))
    people = set(non_respondents) | (
        set(ties["from_id"]) | set(ties["to_id"]) if nodes is None else set(nodes)
    )
    silent = len(set(non_respondents)) * (len(people) - 1)
    found: dict[str, Result] = {}
    for kinds in DIMENSIONS.values():
        for kind in kinds:
            found[kind] = _dimension(rated[rated["kind"] == kind], scale, silent, about)
    sums = {name: _together([found[kind] for kind in kinds], about)
            for name, kinds in DIMENSIONS.items()}  # fmt: skip
    return found | sums


def _rated(ties: pd.DataFrame, scale: tuple[float, float], silent: set[Any]) -> pd.DataFrame:
    missing = {"from_id", "to_id", "kind", "strength"} - set(ties.columns)
    if missing:
        raise ValueError(f"the table of ties lacks {', '.join(sorted(missing))}")
    wanted = [kind for kinds in DIMENSIONS.values() for kind in kinds]
    rated = ties[ties["kind"].isin(wanted) & ties["strength"].notna()]
    _check(rated, scale, silent)
    return rated


def _check(rated: pd.DataFrame, scale: tuple[float, float], silent: set[Any]) -> None:
    if rated[["from_id", "to_id"]].isna().any(axis=None):
        raise ValueError("an end of a tie is missing")
    off = rated.loc[~rated["strength"].between(*scale), "strength"]
    if len(off):
        raise ValueError(f"a rating of {off.iloc[0]} is off the scale {scale[0]} to {scale[1]}")
    twice = rated[rated.duplicated(["from_id", "to_id", "kind"])]
    if len(twice):
        raise ValueError(
            f"{twice['from_id'].iloc[0]} rates {twice['to_id'].iloc[0]} twice on "
            f"{twice['kind'].iloc[0]}: give the ratings of one wave"
        )
    if (rated["from_id"] == rated["to_id"]).any():
        raise ValueError("somebody rates themselves")
    wrong = rated.loc[rated["from_id"].isin(list(silent)), "from_id"]
    if len(wrong):
        raise ValueError(f"a rating is by {wrong.iloc[0]}, who did not answer")


def _dimension(
    rated: pd.DataFrame, scale: tuple[float, float], silent: int, about: dict[str, Any]
) -> Result:
    ratings = rated["strength"].to_numpy(dtype=float)
    known: dict[str, Any] = {"n": int(rated["from_id"].nunique()), "of": "people", **about}
    if not len(ratings):
        return not_estimable("M39", "score", "nobody rated it", **known)
    value = float(np.mean(ratings))
    if silent:
        total = math.fsum(ratings)
        ends = [(total + end * silent) / (len(ratings) + silent) for end in scale]
        known |= {"lower": ends[0], "upper": ends[1], "interval": "bounds", "method": "worst case"}
    return Result(metric="M39", unit="score", value=value, **known)


def _together(parts: list[Result], about: dict[str, Any]) -> Result:
    known: dict[str, Any] = {"n": max(part.n or 0 for part in parts), "of": "people", **about}
    if not all(part.estimable for part in parts):
        return not_estimable("M39", "score", "a dimension was not rated", **known)
    if parts[0].lower is not None:
        ends = {end: _mean([getattr(part, end) for part in parts]) for end in ("lower", "upper")}
        known |= {**ends, "interval": "bounds", "method": "worst case"}
    return Result(metric="M39", unit="score", value=_mean([part.value for part in parts]), **known)


def _mean(values: list[Any]) -> float:
    return math.fsum(values) / len(values)
