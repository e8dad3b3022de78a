"""Where families came from, against where children live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from wfw_eval.analysis.reach.people import INPUTS
from wfw_eval.analysis.rows import Cells, Rows, column, counted, key_of
from wfw_eval.metrics.representation import (
    dissimilarity,
    group_coverage,
    participation_ratio,
    share,
)
from wfw_eval.metrics.result import Result

RURALITY_LABELS = {"urban": "Urban places", "rural": "Rural places"}

#: Deprivation fifths as a reader meets them.
DEPRIVATION_LABELS = {
    "1": "Most deprived fifth",
    "2": "Second fifth",
    "3": "Middle fifth",
    "4": "Fourth fifth",
    "5": "Least deprived fifth",
}


def place_rows(
    people: pd.DataFrame, population: pd.DataFrame, where: str, matching: str | None = None
) -> Rows:
    """Return one row per place: families from it, their share, and its share of children.

    Args:
        people: People who took part; a family stands where its first member does.
        population: Children aged 0 to 15 (``children_0_15``), several rows a place allowed.
        where: Column of ``people`` that says where (``area``, ``urban_rural``, ...).
        matching: Column of ``population`` that says the same; as ``where`` when left out.

    Returns:
        Per place: label, families, participants (share of families whose place is known),
        population (share of children) and ratio.
    """
    children = population.groupby(matching or where, sort=False)["children_0_15"].sum()
    children = children[children > 0]
    counts = _families(people)[where].value_counts()
    total = int(counts.reindex(children.index).fillna(0).sum())
    return {
        key_of(place): {
            "label": str(place),
            **_place(f"{where}={place}", int(counts.get(place, 0)), total, share_of_children),
        }
        for place, share_of_children in _shares(children).items()
    }


def place_cells(people: pd.DataFrame, population: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Count families in every combination of area and rurality where children live."""
    where = population.loc[population["children_0_15"] > 0, ["area", "rurality"]]
    counts = _families(people)[["area", "urban_rural"]].value_counts()
    return {place: int(counts.get(place, 0)) for place in where.itertuples(index=False, name=None)}


def spread(areas: Mapping[str, Cells]) -> dict[str, Result]:
    """Return how unlike the families' spread over places is to the children's (M04)."""
    index = dissimilarity(
        _numbers(areas, "families"), _numbers(areas, "population"), of="families", inputs=INPUTS
    )
    return {"dissimilarity": index}


def coverage(
    areas: Mapping[str, Cells], cells: Mapping[Any, int], minimum: int
) -> dict[str, Result]:
    """Return how many areas, and how many urban and rural parts of them, were covered (M06)."""
    counts = [int(families) for families in _numbers(areas, "families")]
    return {
        "areas": group_coverage(counts, minimum, of="areas"),
        "cells": group_coverage(list(cells.values()), minimum, of="cells"),
    }


def _families(people: pd.DataFrame) -> pd.DataFrame:
    return people.dropna(subset="family_id").drop_duplicates("family_id")


def _shares(children: pd.Series) -> dict[object, float]:
    total = int(children.sum())
    return {place: int(there) / total for place, there in children.items()}


def _place(cell: str, count: int, total: int, population: float) -> Cells:
    about: dict[str, Any] = {"of": "families", "cell": f"families:{cell}", "inputs": INPUTS}
    return {
        "families": counted("M01", count, **about),
        "participants": share(count, total, **about),
        "population": Result(metric="M02", unit="proportion", value=population),
        "ratio": participation_ratio(count, total, population, **about),
    }


def _numbers(rows: Mapping[str, Cells], name: str) -> list[float]:
    values = [result.value for result in column(rows, name)]
    return [value for value in values if isinstance(value, int | float)]
