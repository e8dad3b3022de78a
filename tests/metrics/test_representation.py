"""Shares, ratios, bounds and spread: against R and published figures, and at their limits.

Expected figures stand in ``results/``, beside the R scripts that made them and, for published
ones, with their source. R is not needed to run the tests.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from wfw_eval.metrics.representation import (
    comparable_band,
    disclosure_bounds,
    dissimilarity,
    funnel,
    group_coverage,
    participation_range,
    participation_ratio,
    share,
)
from wfw_eval.metrics.result import Result

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "published.json").read_text(encoding="utf-8"))

steady = settings(deadline=None, derandomize=True, database=None)


def cases(name: str) -> list[dict[str, Any]]:
    with (RESULTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ratios(kind: str) -> list[dict[str, float]]:
    rows = [row for row in cases("participation") if row.pop("kind") == kind]
    return [{key: float(text) for key, text in row.items() if text} for row in rows]


def interval(result: Result) -> tuple[float | None, float | None]:
    return result.lower, result.upper


# Counts as callers pass them by mistake: none of these is a whole number of people.
NOT_COUNTS = [-1, 1.0, 1.5, math.nan, True, np.float64(1), np.bool_(True), "1", None, pd.NA]
NOT_SHARES = [0, -0.1, 1.0001, math.nan, math.inf]
WHOLE_TYPES = [int, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint64]

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
shares = st.floats(0.001, 1)


# --- M01 share ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("wilson"), ids=lambda case: f"{case['count']}/{case['n']}")
def test_share_agrees_with_r(case: dict[str, str]) -> None:
    result = share(int(case["count"]), int(case["n"]))
    found = (result.value, *interval(result))
    assert found == pytest.approx([float(case[k]) for k in ("value", "lower", "upper")], abs=1e-9)


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    PUBLISHED["wilson"]["cases"] + PUBLISHED["wilson_computed"]["cases"],
)
def test_share_agrees_with_published_limits(count: int, n: int, lower: float, upper: float) -> None:
    assert interval(share(count, n)) == pytest.approx((lower, upper), abs=0.00005 + 1e-12)


@pytest.mark.parametrize("n", [1, 5, 14, 20, 1000])
def test_limits_of_none_and_all_are_exact(n: int) -> None:
    assert share(0, n).lower == 0.0
    assert share(n, n).upper == 1.0


def test_share_of_nobody_is_not_estimable() -> None:
    result = share(0, 0, of="families", cell="families:all")
    assert not result.estimable
    assert (result.value, *interval(result)) == (None, None, None)
    assert (result.count, result.n, result.of, result.cell) == (0, 0, "families", "families:all")
    assert result.reason == "nobody disclosed it"


def test_share_says_what_it_counts() -> None:
    result = share(12, 40, of="families", inputs=("person",))
    assert (result.metric, result.unit, result.interval) == ("M01", "proportion", "confidence")
    assert (result.count, result.n, result.of, result.method) == (12, 40, "families", "Wilson")


@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_share_refuses_what_is_no_count(wrong: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        share(wrong, 40)
    with pytest.raises(ValueError, match="count"):
        share(0, wrong)


def test_share_refuses_more_than_all() -> None:
    assert share(40, 40).value == 1
    with pytest.raises(ValueError, match="41 of 40"):
        share(41, 40)


@pytest.mark.parametrize("whole", WHOLE_TYPES)
def test_share_takes_every_type_of_whole_number(whole: type) -> None:
    result = share(whole(12), whole(40))
    assert result == share(12, 40)
    assert type(result.count) is int and type(result.n) is int


@steady
@given(counts)
def test_share_lies_in_its_interval_between_none_and_all(case: tuple[int, int]) -> None:
    result = share(*case)
    assert 0 <= result.lower <= result.value <= result.upper <= 1


@steady
@given(counts)
def test_share_of_the_others_mirrors_it(case: tuple[int, int]) -> None:
    count, n = case
    one, other = share(count, n), share(n - count, n)
    assert interval(one) == pytest.approx((1 - other.upper, 1 - other.lower), abs=1e-12)


# --- M02 participation ratio ----------------------------------------------------------------


@pytest.mark.parametrize("case", ratios("known") + ratios("estimated"), ids=str)
def test_ratio_agrees_with_r(case: dict[str, float]) -> None:
    count, n = int(case["count"]), int(case["n"])
    result = participation_ratio(count, n, case["low"], case.get("se"))
    found = (result.value, *interval(result))
    assert found == pytest.approx([case[k] for k in ("value", "lower", "upper")], rel=1e-8)


@pytest.mark.parametrize("name", PUBLISHED["ratio"]["cases"])
def test_ratio_agrees_with_the_published_ratios(name: str) -> None:
    case = PUBLISHED["ratio"]["cases"][name]
    found = [participation_ratio(case["count"], case["n"], q).value for q in case["share"]]
    assert found == pytest.approx(case["ratio"], abs=0.0005)
    assert found == pytest.approx(case["printed"], abs=case.get("tolerance", 0.05))


def test_ratio_of_nobody_is_not_estimable() -> None:
    for se in (None, 0.01):
        result = participation_ratio(0, 0, 0.2, se)
        assert (result.estimable, result.reason) == (False, "nobody disclosed it")


def test_ratio_of_none_has_an_upper_limit_only_if_the_share_is_known() -> None:
    known = participation_ratio(0, 40, 0.22)
    assert (known.value, known.lower) == (0, 0)
    assert known.upper == pytest.approx(share(0, 40).upper / 0.22)
    estimated = participation_ratio(0, 40, 0.22, 0.01)
    assert not estimated.estimable
    assert (estimated.count, estimated.n) == (0, 40)


def test_ratio_of_all_has_a_finite_interval() -> None:
    known, estimated = participation_ratio(40, 40, 0.5), participation_ratio(40, 40, 0.5, 0.05)
    assert known.upper == known.value == 2
    assert estimated.lower < 2 < estimated.upper


def test_a_standard_error_of_zero_is_a_known_share() -> None:
    assert participation_ratio(12, 40, 0.22, 0.0) == participation_ratio(12, 40, 0.22)


@pytest.mark.parametrize("wrong", [-0.01, math.nan, math.inf])
@pytest.mark.parametrize("count", [0, 12])
def test_ratio_refuses_what_is_no_standard_error(wrong: float, count: int) -> None:
    with pytest.raises(ValueError, match="standard error"):
        participation_ratio(count, 40, 0.22, wrong)


@pytest.mark.parametrize("wrong", NOT_SHARES)
def test_ratio_refuses_what_is_no_share(wrong: float) -> None:
    with pytest.raises(ValueError, match="population share"):
        participation_ratio(12, 40, wrong)


@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_ratio_refuses_what_is_no_count(wrong: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        participation_ratio(wrong, 40, 0.22)
    with pytest.raises(ValueError, match="count"):
        participation_ratio(0, wrong, 0.22)


@pytest.mark.parametrize("whole", WHOLE_TYPES)
def test_ratio_takes_every_type_of_whole_number(whole: type) -> None:
    for se in (None, 0.01):
        assert participation_ratio(whole(12), whole(40), 0.22, se) == participation_ratio(
            12, 40, 0.22, se
        )


@steady
@given(counts, shares)
def test_ratio_scales_with_one_over_the_share(case: tuple[int, int], q: float) -> None:
    ratio, part = participation_ratio(*case, q), share(*case)
    assert (ratio.value * q, ratio.lower * q, ratio.upper * q) == pytest.approx(
        (part.value, part.lower, part.upper), abs=1e-12
    )


@steady
@given(counts, shares, st.floats(0.0001, 0.2))
def test_ratio_lies_in_its_interval_and_doubt_about_the_share_widens_it(
    case: tuple[int, int], q: float, se: float
) -> None:
    assume(case[0] > 0)
    wide, wider = (participation_ratio(*case, q, error) for error in (se, 2 * se))
    assert wider.lower <= wide.lower <= wide.value <= wide.upper <= wider.upper


def test_the_comparable_band_is_that_of_the_literature() -> None:
    """Jin et al. 2020, Circulation 141:540-548: from 0.8 to 1.2."""
    assert [end.value for end in comparable_band().values()] == [0.8, 1.2]


# --- M02 participation ratio against a range ------------------------------------------------


@pytest.mark.parametrize("case", ratios("range"), ids=str)
def test_range_agrees_with_r(case: dict[str, float]) -> None:
    result = participation_range(int(case["count"]), int(case["n"]), case["low"], case["high"])
    assert result.value is None and result.interval == "bounds"
    assert interval(result) == pytest.approx((case["lower"], case["upper"]), rel=1e-9)


def test_range_takes_in_the_doubt_about_each_end() -> None:
    low, high = ratios("estimated")[0], {"low": 0.375, "se": 0.0153}
    result = participation_range(12, 40, low["low"], high["low"], low["se"], high["se"])
    assert result.upper == pytest.approx(low["upper"], rel=1e-8)
    at_high = participation_ratio(12, 40, high["low"], high["se"])
    assert result.lower == at_high.lower


def test_range_of_none_is_wilsons_although_the_ends_are_estimated() -> None:
    result = participation_range(0, 140, 0.0429, 0.1636, 0.0064, None)
    assert interval(result) == pytest.approx((0, share(0, 140).upper / 0.0429))


def test_range_of_nobody_is_not_estimable() -> None:
    result = participation_range(0, 0, 0.1, 0.2, 0.01)
    assert (result.estimable, result.count, result.n) == (False, 0, 0)


@pytest.mark.parametrize(
    ("low", "high"), [(0.3, 0.2), (0.0, 0.2), (0.2, 1.1), (math.nan, 0.2), (0.2, math.nan)]
)
def test_range_refuses_ends_that_are_none(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"upside down|population share"):
        participation_range(12, 40, low, high)


@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_range_refuses_what_is_no_count(wrong: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        participation_range(wrong, 40, 0.1, 0.2)


@pytest.mark.parametrize("whole", WHOLE_TYPES)
def test_range_takes_every_type_of_whole_number(whole: type) -> None:
    result = participation_range(whole(12), whole(40), 0.1, 0.2)
    assert result == participation_range(12, 40, 0.1, 0.2)
    assert type(result.count) is int and type(result.n) is int


@steady
@given(counts, shares, shares, st.floats(0, 1))
def test_range_holds_the_ratio_to_every_share_in_it(
    case: tuple[int, int], one: float, other: float, part: float
) -> None:
    low, high = sorted((one, other))
    between = min(max(low + part * (high - low), low), high)
    result, ratio = participation_range(*case, low, high), participation_ratio(*case, between)
    assert result.lower <= ratio.lower <= ratio.upper <= result.upper


# --- M03 bounds -----------------------------------------------------------------------------


def test_bounds_agree_with_the_worked_case() -> None:
    case = PUBLISHED["bounds"]
    answers = case["yes"], case["no"], case["unknown"]
    assert interval(disclosure_bounds(*answers)) == pytest.approx(case["share"])
    ratio = disclosure_bounds(*answers, case["reference"])
    assert interval(ratio) == pytest.approx(case["ratio"], abs=5e-7)
    assert (ratio.unit, ratio.interval, ratio.value) == ("ratio", "bounds", None)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((12, 18, 10), (0.3, 0.55)),
        ((12, 28, 0), (0.3, 0.3)),
        ((0, 0, 7), (0, 1)),
        ((0, 9, 1), (0, 0.1)),
        ((9, 0, 1), (0.9, 1)),
    ],
)
def test_bounds_by_hand(answers: tuple[int, int, int], expected: tuple[float, float]) -> None:
    result = disclosure_bounds(*answers)
    assert interval(result) == pytest.approx(expected)
    assert (result.count, result.n) == (answers[0], sum(answers))


@pytest.mark.parametrize("reference", [None, 0.2])
def test_bounds_of_nobody_are_not_estimable(reference: float | None) -> None:
    result = disclosure_bounds(0, 0, 0, reference)
    assert (result.estimable, result.reason, result.n) == (False, "nobody took part", 0)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_bounds_refuse_what_is_no_count(wrong: Any, place: int) -> None:
    answers: list[Any] = [12, 18, 10]
    answers[place] = wrong
    with pytest.raises(ValueError, match="count"):
        disclosure_bounds(*answers)


@pytest.mark.parametrize("wrong", NOT_SHARES)
def test_bounds_refuse_what_is_no_share(wrong: float) -> None:
    with pytest.raises(ValueError, match="population share"):
        disclosure_bounds(12, 18, 10, wrong)


@pytest.mark.parametrize("whole", WHOLE_TYPES)
def test_bounds_do_not_overflow_a_small_type(whole: type) -> None:
    result = disclosure_bounds(whole(100), whole(100), whole(100))
    assert result == disclosure_bounds(100, 100, 100)


@steady
@given(*[st.integers(0, 300)] * 3, st.none() | shares)
def test_bounds_hold_the_share_of_those_who_answered(
    yes: int, no: int, unknown: int, reference: float | None
) -> None:
    assume(yes + no > 0)
    result = disclosure_bounds(yes, no, unknown, reference)
    found = yes / (yes + no) / (reference or 1)
    assert 0 <= result.lower <= found <= result.upper <= 1 / (reference or 1)


# --- M04 dissimilarity ----------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("dissimilarity"), ids=lambda case: case["first"])
def test_dissimilarity_agrees_with_r(case: dict[str, str]) -> None:
    first, second = (list(map(float, case[part].split())) for part in ("first", "second"))
    assert dissimilarity(first, second).value == pytest.approx(float(case["index"]), abs=1e-9)


@pytest.mark.parametrize(("first", "second", "index"), PUBLISHED["dissimilarity"]["cases"])
def test_dissimilarity_agrees_with_the_worked_cases(
    first: list[int], second: list[int], index: float
) -> None:
    result = dissimilarity(first, second)
    assert result.value == pytest.approx(index)
    assert (result.unit, result.n) == ("index", sum(first))


@pytest.mark.parametrize(("first", "second"), [([], []), ([0, 0], [1, 2]), ([1, 2], [0, 0])])
def test_dissimilarity_of_nothing_is_not_estimable(first: list[int], second: list[int]) -> None:
    result = dissimilarity(first, second)
    assert (result.estimable, result.reason) == (False, "one of the two is empty")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([1, 2], [1, 2, 3]),
        ([[1, 2]], [[1, 2]]),
        (3, 3),
        ([1, -2], [1, 2]),
        ([1, 2], [1, math.nan]),
        ([1, None], [1, 2]),
        ([1, math.inf], [1, 2]),
        (pd.Series([1, None], dtype="Int64"), [1, 2]),
        (["many", "few"], [1, 2]),
    ],
    ids=str,
)
def test_dissimilarity_refuses_what_are_no_counts(first: Any, second: Any) -> None:
    with pytest.raises(ValueError):
        dissimilarity(first, second)


def test_dissimilarity_refuses_series_in_another_order() -> None:
    first = pd.Series({"urban": 30, "rural": 10})
    assert dissimilarity(first, first * 2).value == 0
    with pytest.raises(ValueError, match="same order"):
        dissimilarity(first, first[::-1])


places = st.integers(1, 8).flatmap(
    lambda k: st.tuples(*[st.lists(st.integers(0, 10**6), min_size=k, max_size=k)] * 2)
)


@steady
@given(places, st.integers(1, 1000), st.randoms(use_true_random=False))
@example(([1] * 2 + [0] * 10, [0] * 2 + [1] * 10), 1, None)  # 1.0000000000000002 unless held
def test_dissimilarity_has_the_properties_of_an_index(
    case: tuple[list[int], list[int]], scale: int, random: Any
) -> None:
    first, second = case
    assume(any(first) and any(second))
    index = dissimilarity(first, second).value
    order = list(range(len(first)))
    if random is not None:
        random.shuffle(order)
    assert 0 <= index <= 1
    assert dissimilarity(second, first).value == index
    assert dissimilarity(first, first).value == 0
    assert dissimilarity([scale * a for a in first], second).value == pytest.approx(index)
    moved = dissimilarity([first[i] for i in order], [second[i] for i in order])
    assert moved.value == pytest.approx(index)


@steady
@given(places)
def test_dissimilarity_of_lists_arrays_and_series_agrees(case: tuple[list[int], list[int]]) -> None:
    expected = dissimilarity(*case)
    for kind in (tuple, np.array, pd.Series, lambda part: pd.Series(part, dtype="Int64")):
        assert dissimilarity(*map(kind, case)) == expected


# --- M06 group coverage ---------------------------------------------------------------------


@pytest.mark.parametrize(("size", "covered"), [(4, 0), (5, 1), (6, 1)])
def test_a_group_is_covered_from_the_minimum_on(size: int, covered: int) -> None:
    assert group_coverage([size]).count == covered


@pytest.mark.parametrize(
    ("given_counts", "minimum", "expected"),
    [
        ({"urban": 40, "rural": 4}, 5, (0.5, 1, 2)),
        ([0, 0, 0], 5, (0, 0, 3)),
        ([5, 9, 4, 10], 10, (0.25, 1, 4)),
        ([0, 1], 1, (0.5, 1, 2)),
        (np.array([3, 8]), 5, (0.5, 1, 2)),
        (pd.Series([3, 8]), 5, (0.5, 1, 2)),
        ((np.uint8(7),), 5, (1, 1, 1)),
    ],
    ids=str,
)
def test_coverage_by_hand(
    given_counts: Any, minimum: int, expected: tuple[float, int, int]
) -> None:
    result = group_coverage(given_counts, minimum)
    assert (result.value, result.count, result.n) == expected
    assert result.method == f"at least {minimum}"


@pytest.mark.parametrize("empty", [[], {}])
def test_coverage_of_no_groups_is_not_estimable(empty: Any) -> None:
    assert group_coverage(empty).reason == "there are no groups"


@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_coverage_refuses_what_is_no_count(wrong: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        group_coverage([7, wrong])


# --- M07 funnel -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("wilson")[::9], ids=lambda c: f"{c['count']}/{c['n']}")
def test_each_step_of_a_funnel_agrees_with_r(case: dict[str, str]) -> None:
    step = funnel({"before": int(case["n"]), "after": int(case["count"])})["after"]
    found = (step.value, *interval(step))
    assert found == pytest.approx([float(case[k]) for k in ("value", "lower", "upper")], abs=1e-9)


def test_a_funnel_by_hand() -> None:
    found = funnel({"invited": 80, "came": 60, "stayed": 15, "signed": 15}, of="people")
    assert {name: (step.value, step.count, step.n) for name, step in found.items()} == {
        "came": (0.75, 60, 80), "stayed": (0.25, 15, 60), "signed": (1.0, 15, 15),
    }  # fmt: skip
    assert {(step.metric, step.of) for step in found.values()} == {("M07", "people")}


def test_nobody_can_reach_a_step_after_nobody() -> None:
    found = funnel({"invited": 3, "came": 0, "stayed": 0})
    assert found["came"].value == 0
    assert found["stayed"].reason == "nobody reached the step before"


@pytest.mark.parametrize("steps", [{}, {"invited": 3}])
def test_a_funnel_needs_two_steps(steps: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="two steps"):
        funnel(steps)


def test_a_funnel_does_not_widen() -> None:
    assert funnel({"invited": 3, "came": 3})["came"].value == 1
    with pytest.raises(ValueError, match="4 of 3"):
        funnel({"invited": 3, "came": 4})


@pytest.mark.parametrize("wrong", NOT_COUNTS, ids=repr)
def test_a_funnel_refuses_what_is_no_count(wrong: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        funnel({"invited": 40, "came": wrong})


# --- how often the intervals hold the truth -------------------------------------------------


def mean_coverage(intervals: Sequence[Result], truths: np.ndarray, unit: float) -> float:
    """Average, over true values, the exact probability that the interval holds the truth.

    ``intervals`` are those of 0, 1, ..., n people; a truth times ``unit`` is their chance. Every
    outcome is counted with its binomial probability, so no random number is drawn.
    """
    n = len(intervals) - 1
    lower, upper = (np.array([getattr(r, end) for r in intervals]) for end in ("lower", "upper"))
    holds = (lower[:, None] <= truths) & (truths <= upper[:, None])
    chance = binom.pmf(np.arange(n + 1)[:, None], n, truths * unit)
    return float((holds * chance).sum(axis=0).mean())


GRID = np.linspace(0.01, 0.99, 99)


@pytest.mark.parametrize(("n", "expected"), [(20, 0.9538), (40, 0.9508), (100, 0.9492)])
def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says(
    n: int, expected: float
) -> None:
    """Over true shares 0.01, 0.02, ..., 0.99."""
    found = mean_coverage([share(x, n) for x in range(n + 1)], GRID, 1)
    assert 0.93 <= found <= 0.97
    assert found == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(("n", "expected"), [(20, 0.9539), (40, 0.9523), (100, 0.9496)])
def test_the_interval_of_a_ratio_holds_the_truth_as_often_as_it_says(
    n: int, expected: float
) -> None:
    """Against a share of 0.2544 (lone parents in Fife), over true ratios 0.04, 0.08, ..., 3.88."""
    q = 0.2544
    truths = np.arange(1, 98) * 0.04
    found = mean_coverage([participation_ratio(x, n, q) for x in range(n + 1)], truths, q)
    assert 0.93 <= found <= 0.97
    assert found == pytest.approx(expected, abs=0.00005)
