"""Who was reached, from the records: the counts behind the figures of representation.

Priority groups are counted in families with lived experience of which at least one member
attended at least once. A family counts in every group it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wfw_eval.metrics.representation import (
    disclosure_bounds,
    dissimilarity,
    funnel,
    group_coverage,
    participation_range,
    participation_ratio,
    share,
)
from wfw_eval.metrics.result import Result, Sensitivity, not_estimable

#: Characteristics about health or care, to which the heightened threshold applies.
SENSITIVE = frozenset({"disabled_adult_or_child", "care_experienced", "edge_of_care"})

RURALITY_LABELS = {"urban": "Urban places", "rural": "Rural places"}

#: Deprivation fifths as a reader meets them.
DEPRIVATION_LABELS = {
    "1": "Most deprived fifth",
    "2": "Second fifth",
    "3": "Middle fifth",
    "4": "Fourth fifth",
    "5": "Least deprived fifth",
}

STEP_LABELS = {
    "approached": "Invited, or came",
    "agreed": "Agreed to come",
    "attended": "Attended at least once",
    "sustained": "Attended at least three times",
    "core": "At the core of the oversight group",
    "signed_off": "Present at sign-off",
}

CHILDREN = ("child_u12", "young_person_12_17")


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


def attended_people(person: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """Return the people with lived experience who attended at least once."""
    lived = person["stake"].isin(("lived", "both"))
    return person[lived & person["person_id"].isin(attendance["person_id"])]


def headcount(person: pd.DataFrame, attendance: pd.DataFrame) -> dict[str, Result]:
    """Count who attended at least once: people, families, children, adults, professionals."""
    people = attended_people(person, attendance)
    there = person[person["person_id"].isin(attendance["person_id"])]
    young = people["role"].isin(CHILDREN)
    return {
        "people": _count(len(people), "people", "people:lived"),
        "families": _count(people["family_id"].nunique(), "families", "families:all"),
        "under_12": _count((people["role"] == "child_u12").sum(), "people", "people:under_12"),
        "young_people": _count(
            (people["role"] == "young_person_12_17").sum(), "people", "people:12_17"
        ),
        "adults": _count((~young).sum(), "people", "people:adults"),
        "professionals": _count(
            (there["stake"] == "professional").sum(), "people", "people:professional"
        ),
        "sessions": Result(
            metric="M07", unit="count", value=int(attendance["session_id"].nunique()),
            of="sessions",
        ),
    }  # fmt: skip


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


def characteristic_rows(
    characteristics: pd.DataFrame,
    families: Iterable[str],
    groups: pd.DataFrame,
    compared_with: Mapping[str, Benchmark],
) -> dict[str, dict[str, Result | str]]:
    """Return one row of results per group: who was in it, and against what share of families.

    Args:
        characteristics: Table ``family_characteristic``.
        families: Families that took part.
        groups: Table ``priority_group``, in the order wanted.
        compared_with: Benchmark per group.

    Returns:
        Per group: label, yes, disclosed, undisclosed_share, share, benchmark, ratio,
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


def benchmark_rows(
    groups: pd.DataFrame, chosen: pd.DataFrame, denominator: pd.DataFrame
) -> dict[str, dict[str, str]]:
    """Say for each priority group which population figure it is compared with, and its fit."""
    measures = denominator.drop_duplicates("measure_id").set_index("measure_id")
    rows = {}
    for _, row in groups[groups["priority"]].merge(chosen, on="group", sort=False).iterrows():
        ends = [row[end] for end in ("low_measure_id", "high_measure_id") if pd.notna(row[end])]
        figures = [f"{measures.loc[end, 'measure']}, {measures.loc[end, 'period']}" for end in ends]
        rows[row["group"]] = {
            "label": str(row["label"]), "figure": "; to: ".join(figures), "fit": str(row["fit"]),
            "caution": str(row["caution"]),
        }  # fmt: skip
    return rows


def place_rows(
    people: pd.DataFrame, population: pd.DataFrame, column: str, matching: str | None = None
) -> dict[str, dict[str, Result | str]]:
    """Return one row per place: families from it, their share, and its share of children.

    Args:
        people: People who took part; a family stands where its first member does.
        population: Children aged 0 to 15 (``children_0_15``), several rows a place allowed.
        column: Column of ``people`` that says where (``area``, ``urban_rural``, ...).
        matching: Column of ``population`` that says the same; as ``column`` when left out.

    Returns:
        Per place: label, families, participants (share of families whose place is known),
        population (share of children) and ratio.
    """
    children = population.groupby(matching or column, sort=False)["children_0_15"].sum()
    children = children[children > 0]
    counts = _families(people)[column].value_counts()
    total = int(counts.reindex(children.index).fillna(0).sum())
    return {
        key_of(place): _place(
            str(place), int(counts.get(place, 0)), total, int(there) / int(children.sum()), column
        )
        for place, there in children.items()
    }


def place_cells(people: pd.DataFrame, population: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Count families in every combination of area and rurality where children live."""
    where = population.loc[population["children_0_15"] > 0, ["area", "rurality"]]
    counts = _families(people)[["area", "urban_rural"]].value_counts()
    return {place: int(counts.get(place, 0)) for place in where.itertuples(index=False, name=None)}


def spread(areas: Mapping[str, Mapping[str, Result | str]]) -> dict[str, Result]:
    """Return how unlike the families' spread over places is to the children's (M04)."""
    index = dissimilarity(
        _numbers(areas, "families"),
        _numbers(areas, "population"),
        of="families",
        inputs=("person", "attendance"),
    )
    return {"dissimilarity": index}


def coverage(
    areas: Mapping[str, Mapping[str, Result | str]], cells: Mapping[Any, int], minimum: int
) -> dict[str, Result]:
    """Return how many areas, and how many urban and rural parts of them, were covered (M06)."""
    counts = [int(families) for families in _numbers(areas, "families")]
    return {
        "areas": group_coverage(counts, minimum, of="areas"),
        "cells": group_coverage(list(cells.values()), minimum, of="cells"),
    }


def with_labels(
    rows: Mapping[str, Mapping[str, Result | str]], labels: Mapping[str, str]
) -> dict[str, dict[str, Result | str]]:
    """Return the rows with other labels."""
    return {key: {**row, "label": labels[key]} for key, row in rows.items()}


def priority_summary(rows: Mapping[str, Mapping[str, Result | str]]) -> dict[str, Result]:
    """Count the groups clearly above parity, and those with nobody, among the groups."""
    ratios = [row["ratio"] for row in rows.values() if isinstance(row["ratio"], Result)]
    above = sum(ratio.lower is not None and ratio.lower > 1 for ratio in ratios)
    absent = sum(ratio.count == 0 and bool(ratio.n) for ratio in ratios)
    return {
        name: share(count, len(ratios), of="groups")
        for name, count in (("above", above), ("absent", absent))
    }


def funnel_rows(steps: Mapping[str, int]) -> dict[str, dict[str, Result | str]]:
    """Return one row per step: how many people, and what part of the step before."""
    shares = funnel(steps, of="people", inputs=("person", "invitation", "attendance", "session"))
    first = not_estimable("M07", "proportion", "this is the first step")
    return {
        name: {
            "label": STEP_LABELS[name],
            "people": _count(count, "people", f"people:step={name}"),
            "share": shares.get(name, first).about(cell=f"people:step={name}"),
        }
        for name, count in steps.items()
    }


def cells_of(rows: Mapping[str, Mapping[str, Result | str]], column: str) -> list[str]:
    """Return the cells that one column counts: they add up to a total a reader knows."""
    found = [row[column] for row in rows.values()]
    return [cell.cell for cell in found if isinstance(cell, Result) and cell.cell is not None]


def key_of(name: object) -> str:
    """Turn a name into the part of an address.

    >>> key_of("North East Fife")
    'north_east_fife'
    """
    return re.sub(r"[^a-z0-9]+", "_", str(name).lower()).strip("_")


def funnel_steps(
    person: pd.DataFrame,
    invitation: pd.DataFrame,
    attendance: pd.DataFrame,
    session: pd.DataFrame,
    sustained: int = 3,
    core: int = 2,
) -> dict[str, int]:
    """Count people with lived experience at each step from invitation to sign-off.

    Each step is counted among those of the step before. People who came without an invitation
    join at "attended", so the first two steps count those invited or present.

    Args:
        person: Table ``person``.
        invitation: Table ``invitation``.
        attendance: Table ``attendance``.
        session: Table ``session``.
        sustained: Sessions that count as sustained involvement.
        core: Oversight group meetings that count as being at its core.
    """
    lived = set(person.loc[person["stake"].isin(("lived", "both")), "person_id"])
    came = attendance[attendance["person_id"].isin(lived)].merge(
        session[["session_id", "kind", "stage"]], on="session_id"
    )
    sessions = came.groupby("person_id").size()
    oversight = came[came["kind"] == "oversight"].groupby("person_id").size()
    agreed = invitation[invitation["outcome"].isin(("attended", "agreed_absent"))]
    steps = (
        ("approached", (set(invitation["person_id"]) & lived) | set(sessions.index)),
        ("agreed", set(agreed["person_id"]) | set(sessions.index)),
        ("attended", set(sessions.index)),
        ("sustained", set(sessions[sessions >= sustained].index)),
        ("core", set(oversight[oversight >= core].index)),
        ("signed_off", set(came.loc[came["stage"] == "sign_off", "person_id"])),
    )
    return _nested(steps)


def walk_ins(invitation: pd.DataFrame, people: pd.DataFrame) -> Result:
    """Count people who attended and were never invited."""
    uninvited = ~people["person_id"].isin(invitation["person_id"])
    return _count(uninvited.sum(), "people", "people:uninvited")


def _numbers(rows: Mapping[str, Mapping[str, Result | str]], column: str) -> list[float]:
    found = [row[column] for row in rows.values()]
    values = [cell.value for cell in found if isinstance(cell, Result)]
    return [value for value in values if isinstance(value, int | float)]


def _nested(steps: Sequence[tuple[str, set[str]]]) -> dict[str, int]:
    counts, inside = {}, None
    for name, members in steps:
        inside = members if inside is None else members & inside
        counts[name] = len(inside)
    return counts


def _families(people: pd.DataFrame) -> pd.DataFrame:
    return people.dropna(subset="family_id").drop_duplicates("family_id")


def _place(
    label: str, count: int, total: int, population: float, kind: str
) -> dict[str, Result | str]:
    about: dict[str, Any] = {
        "of": "families", "cell": f"families:{kind}={label}",
        "inputs": ("person", "attendance"),
    }  # fmt: skip
    return {
        "label": label,
        "families": Result(metric="M01", unit="count", value=count, count=count, **about),
        "participants": share(count, total, **about),
        "population": Result(metric="M02", unit="proportion", value=population),
        "ratio": participation_ratio(count, total, population, **about),
    }


def _count(count: int, of: str, cell: str) -> Result:
    return Result(metric="M07", unit="count", value=int(count), count=int(count), of=of, cell=cell,
                  inputs=("person", "attendance"))  # fmt: skip


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


def _answers(answers: pd.DataFrame, group: str, families: int) -> tuple[int, int, int]:
    """Return yes, no and undisclosed; a family without any record is undisclosed."""
    counts = answers.loc[group].to_dict() if group in answers.index else {}
    yes, no = int(counts.get("yes", 0)), int(counts.get("no", 0))
    return yes, no, families - yes - no


def _group_results(
    group: str, answers: tuple[int, int, int], against: Benchmark
) -> dict[str, Result]:
    yes, no, unknown = answers
    sensitivity: Sensitivity = "heightened" if group in SENSITIVE else "standard"
    about: dict[str, Any] = {
        "of": "families", "cell": f"families:{group}=yes", "sensitivity": sensitivity,
        "inputs": ("family_characteristic", "attendance"),
    }  # fmt: skip
    return {
        "yes": Result(metric="M01", unit="count", value=yes, count=yes, **about),
        "disclosed": _count(yes + no, "families", f"families:{group}=disclosed"),
        "undisclosed_share": share(unknown, yes + no + unknown, of="families",
                             cell=f"families:{group}=undisclosed"),
        "share": share(yes, yes + no, **about),
        "benchmark": _benchmark_result(against),
        "ratio": _ratio(yes, yes + no, against, about),
        "ratio_estimated": _ratio_estimated(yes, yes + no, against, about),
        "undisclosed": _possible(yes, no, unknown, against, about),
    }  # fmt: skip


def _benchmark_result(against: Benchmark) -> Result:
    if against.low is None:
        return not_estimable("M02", "proportion", "no population figure exists")
    if against.kind == "point":
        return Result(metric="M02", unit="proportion", value=against.low)
    return Result(metric="M02", unit="proportion", lower=against.low, upper=against.high,
                  interval="bounds")  # fmt: skip


def _ratio(yes: int, n: int, against: Benchmark, about: Mapping[str, Any]) -> Result:
    if against.low is None or against.high is None:
        return not_estimable("M02", "ratio", "no population figure exists", count=yes, n=n, **about)
    if against.kind == "point":
        return participation_ratio(yes, n, against.low, against.low_se, **about)
    return participation_range(
        yes, n, against.low, against.high, against.low_se, against.high_se, **about
    )


def _ratio_estimated(yes: int, n: int, against: Benchmark, about: Mapping[str, Any]) -> Result:
    if against.low is None:
        return not_estimable("M02", "ratio", "no population figure exists", count=yes, n=n, **about)
    if against.kind != "point":
        return not_estimable("M02", "ratio", "the benchmark is a range", count=yes, n=n, **about)
    return participation_ratio(yes, n, against.low, against.low_se or against.binomial_se, **about)


def _possible(
    yes: int, no: int, unknown: int, against: Benchmark, about: Mapping[str, Any]
) -> Result:
    if against.low is None or against.high is None:
        return not_estimable("M03", "ratio", "no population figure exists", count=yes, **about)
    at_high = disclosure_bounds(yes, no, unknown, against.high, **about)
    at_low = disclosure_bounds(yes, no, unknown, against.low, **about)
    return at_low.about(lower=at_high.lower)
