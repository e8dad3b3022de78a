"""Scales, gaps and change: against R, published figures, and at their limits.

Expected figures stand in ``results/``, beside the R scripts that made them and, for published
ones, with their source. R is not needed to run the tests.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, norm, t
from statsmodels.stats.nonparametric import rank_compare_2indep

from wfw_eval.metrics.result import Result
from wfw_eval.metrics.scales import (
    SIZES,
    SWEMWBS,
    alpha_if_dropped,
    cliffs_delta,
    cluster_regression,
    cronbach_alpha,
    floor_ceiling,
    mcdonald_omega,
    ordinal_superiority,
    paired_change,
    perception_gap,
    sign_test,
    swemwbs,
)

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "scales_published.json").read_text(encoding="utf-8"))

steady = settings(deadline=None, derandomize=True, database=None, max_examples=50)
answers = st.integers(1, 5)
groups = st.lists(answers, min_size=2, max_size=25)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(RESULTS / f"scales_{name}.csv")


def rows(name: str) -> list[Any]:
    found = table(name).to_dict("records")
    return [pytest.param(row, id=str(row["set"])) for row in found]


def listed(text: str) -> list[float]:
    return [float(word) for word in text.split()]


def ends(result: Result) -> tuple[float | None, float | None]:
    return result.lower, result.upper


def logit(p: float) -> float:
    return math.log(p / (1 - p))


ANSWERS = {
    name: np.array([listed(text) for text in part["answers"]])
    for name, part in table("answers").groupby("set")
}


def likert(seed: int, people: int = 40, items: int = 4) -> np.ndarray:
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(people, 1))
    return np.clip(np.rint(3 + common + generator.normal(size=(people, items))), 1, 5)


# --- M33 alpha ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", rows("reliability"))
def test_alpha_agrees_with_psych(case: dict[str, Any]) -> None:
    items = ANSWERS[case["set"]]
    result = cronbach_alpha(items)
    expected = (case["alpha"], case["lower"], case["upper"])
    assert (result.value, *ends(result)) == pytest.approx(expected, abs=1e-9)
    dropped = [one.value for one in alpha_if_dropped(items).values()]
    assert dropped == pytest.approx(listed(case["dropped"]), abs=1e-9)
    assert (result.metric, result.unit, result.n) == ("M33", "index", case["n"])


def test_alpha_agrees_with_published_covariances() -> None:
    case = PUBLISHED["alpha"]
    result = cronbach_alpha(covariance=case["covariance"], n=100)
    assert result.value == pytest.approx(case["alpha"], abs=5e-8)
    dropped = alpha_if_dropped(covariance=case["covariance"], n=100)
    assert [one.value for one in dropped.values()] == pytest.approx(case["dropped"], abs=5e-8)


def test_alpha_agrees_with_published_answers() -> None:
    case = PUBLISHED["alpha"]
    items = np.array([[int(letter) for letter in item] for item in case["ten"]]).T
    result = cronbach_alpha(items, minimum=10)
    assert result.value == pytest.approx(case["ten_alpha"][0], abs=5e-5)
    assert ends(result) == pytest.approx(case["ten_alpha"][1:], abs=5e-4)
    assert cronbach_alpha(items).reason == "fewer than 30 people answered all items"


@pytest.mark.parametrize(
    ("people", "items", "known"), [(29, 4, False), (30, 4, True), (30, 2, False), (30, 3, True)]
)
def test_reliability_is_printed_from_thirty_people_and_three_items(
    people: int, items: int, known: bool
) -> None:
    given_ = likert(4, people, items)
    assert cronbach_alpha(given_).estimable is known
    assert all(one.estimable is known for one in alpha_if_dropped(given_).values())
    if not known:
        assert mcdonald_omega(given_).reason == cronbach_alpha(given_).reason


@steady
@given(st.integers(0, 10_000), st.permutations(range(4)), st.floats(0.1, 9), st.floats(-5, 5))
def test_alpha_does_not_mind_order_or_scale(
    seed: int, order: list[int], times: float, plus: float
) -> None:
    items = likert(seed)
    one, other = cronbach_alpha(items), cronbach_alpha(items[::-1, order] * times + plus)
    assert (one.value, *ends(one)) == pytest.approx((other.value, *ends(other)), abs=1e-9)
    assert one.lower < one.value < one.upper <= 1


def test_reliability_takes_answers_in_every_form() -> None:
    items = likert(1)
    frame = pd.DataFrame(items, columns=list("abcd"))
    forms = [items, items.tolist(), items.astype(int), frame, frame.astype("Int64")]
    assert len({cronbach_alpha(one) for one in forms}) == 1
    assert len({mcdonald_omega(one) for one in forms}) == 1
    assert list(alpha_if_dropped(frame)) == list("abcd")
    spread = np.cov(items, rowvar=False)
    assert cronbach_alpha(covariance=spread, n=40).value == pytest.approx(
        cronbach_alpha(items).value
    )
    assert mcdonald_omega(covariance=spread, n=40).value == pytest.approx(
        mcdonald_omega(items).value
    )


def test_reliability_leaves_out_incomplete_people() -> None:
    items = likert(2)
    frame = pd.DataFrame(items).astype("Int64")
    frame.iloc[3, 1] = pd.NA
    whole = np.delete(items, 3, axis=0)
    assert cronbach_alpha(frame) == cronbach_alpha(whole)
    assert mcdonald_omega(frame) == mcdonald_omega(whole)


def test_alpha_of_families_counts_families() -> None:
    """Everybody twice, told to be families of two, knows no more than everybody once."""
    items = likert(3, 60)
    once = cronbach_alpha(items, clusters=range(60))
    twice = cronbach_alpha(np.repeat(items, 2, axis=0), clusters=np.repeat(range(60), 2))
    assert ends(twice) == pytest.approx(ends(once), abs=1e-9)
    omegas = [
        mcdonald_omega(items),
        mcdonald_omega(np.repeat(items, 2, axis=0), clusters=np.repeat(range(60), 2)),
    ]
    assert ends(omegas[1]) == pytest.approx(ends(omegas[0]), abs=1e-3)
    assert cronbach_alpha(items, clusters=[1] * 60).lower is None


def test_error_of_alpha_in_families_is_that_of_the_jackknife() -> None:
    items, families = likert(6, 240), np.repeat(range(80), 3)
    whole = cronbach_alpha(items, clusters=families)
    without = [
        math.log(1 - cronbach_alpha(items[families != family]).value) for family in range(80)
    ]
    jackknife = math.sqrt(np.var(without) * 79)
    width = math.log((1 - whole.lower) / (1 - whole.upper)) / 2 / t.ppf(0.975, 79)
    assert width == pytest.approx(jackknife, rel=0.03)
    copies = np.repeat(items[:, :1], 3, axis=1)
    assert cronbach_alpha(copies, clusters=families).value == pytest.approx(1)
    assert cronbach_alpha(copies, clusters=families).lower is None


def test_degenerate_answers_have_no_reliability() -> None:
    same = np.full((40, 3), 2)
    assert cronbach_alpha(same).reason == "all sums are the same"
    assert mcdonald_omega(same).reason == "an item never varies"
    opposed = np.column_stack((np.arange(40) % 2, 1 - np.arange(40) % 2))
    assert cronbach_alpha(opposed, minimum_items=2).reason == "all sums are the same"
    missing = np.full((40, 3), np.nan)
    empty = np.zeros((0, 3))
    for nothing in (missing, empty):
        assert cronbach_alpha(nothing).n == 0
        assert not mcdonald_omega(nothing).estimable
        assert not cronbach_alpha(nothing, clusters=range(len(nothing))).estimable


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "one of the two"),
        ({"items": [[1, 2]], "covariance": [[1]]}, "one of the two"),
        ({"items": [1, 2, 3]}, "people by items"),
        ({"items": [["a", "b"]]}, "numbers"),
        ({"items": [[1, math.inf, 2]]}, "finite"),
        ({"covariance": [[1, 0], [0, 1]]}, "how many people"),
        ({"covariance": [[1, 0.5], [0, 1]], "n": 50}, "symmetric"),
        ({"covariance": [[1, 0, 0]], "n": 50}, "square"),
        ({"items": [[1, 2, 3]], "clusters": [1, 2]}, "clusters"),
    ],
)
def test_reliability_refuses(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cronbach_alpha(**wrong)
    with pytest.raises(ValueError, match=words):
        mcdonald_omega(**wrong)


# --- M34 omega ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", rows("reliability"))
def test_omega_agrees_with_lavaan(case: dict[str, Any]) -> None:
    result = mcdonald_omega(ANSWERS[case["set"]])
    if case["set"] == "small":  # lavaan warns of a negative variance there
        assert result.reason == "Heywood case: the factor leaves an item no residual"
        return
    assert result.value == pytest.approx(case["omega"], abs=2e-6)
    n = case["n"]
    width = (logit(result.upper) - logit(result.lower)) / 2 / t.ppf(0.975, n - 1)
    error = width * result.value * (1 - result.value)
    # lavaan's moments have divisor n, and its variance n − 1.
    assert error * math.sqrt(n / (n - 1)) == pytest.approx(case["omega_se"], rel=1e-5)


@pytest.mark.parametrize(("loadings", "omega"), PUBLISHED["omega"]["cases"])
def test_omega_agrees_with_worked_cases(loadings: list[float], omega: float) -> None:
    assert mcdonald_omega(loadings=loadings).value == pytest.approx(omega, abs=5e-7)
    reversed_ = [-one for one in loadings]
    assert mcdonald_omega(loadings=reversed_).value == pytest.approx(omega, abs=5e-7)


def test_omega_of_equal_loadings_is_alpha() -> None:
    spread = np.full((4, 4), 0.49)
    np.fill_diagonal(spread, 1.0)
    alpha, omega = (
        metric(covariance=spread, n=100).value for metric in (cronbach_alpha, mcdonald_omega)
    )
    assert omega == pytest.approx(alpha, abs=1e-7)
    assert omega == pytest.approx(0.793522, abs=5e-7)


@settings(steady, max_examples=15)
@given(st.integers(0, 10_000), st.permutations(range(4)), st.floats(0.1, 9))
def test_omega_does_not_mind_order_or_scale(seed: int, order: list[int], times: float) -> None:
    items = likert(seed, 80)
    one, other = mcdonald_omega(items), mcdonald_omega(items[::-1, order] * times)
    assume(one.estimable and other.estimable)
    assert (one.value, *ends(one)) == pytest.approx((other.value, *ends(other)), abs=1e-5)


def test_given_loadings_at_their_limits() -> None:
    assert "Heywood" in mcdonald_omega(loadings=[1.0, 0.5, 0.6]).reason
    assert mcdonald_omega(loadings=[0.5, 0.6]).reason == "fewer than 3 items"
    assert mcdonald_omega(loadings=[2, 2, 2], uniquenesses=[4, 4, 4]).value == 0.75
    for wrong in ([1.2, 0.5, 0.5], [[0.5, 0.5]], [math.nan, 0.5, 0.5]):
        with pytest.raises(ValueError, match="loadings"):
            mcdonald_omega(loadings=wrong)
    with pytest.raises(ValueError, match="uniquenesses"):
        mcdonald_omega(loadings=[1, 1, 1], uniquenesses=[1, -1, 1])
    with pytest.raises(ValueError, match="not both"):
        mcdonald_omega(likert(1), loadings=[0.5, 0.6, 0.7])


# --- M35 delta and superiority --------------------------------------------------------------


@pytest.mark.parametrize("case", rows("two_groups"))
def test_two_groups_agree_with_r(case: dict[str, Any]) -> None:
    first, second = listed(case["first"]), listed(case["second"])
    delta, theta = cliffs_delta(first, second), ordinal_superiority(first, second)
    assert delta.value == pytest.approx(case["delta"], abs=1e-9)
    assert theta.value == pytest.approx(case["superiority"], abs=1e-9)
    df = rank_compare_2indep(first, second).df
    error = math.sqrt(case["variance"]) / (case["superiority"] * (1 - case["superiority"]))
    spread = t.ppf(0.975, df) * error
    expected = [logit(case["superiority"]) + side * spread for side in (-1, 1)]
    assert [logit(end) for end in ends(theta)] == pytest.approx(expected, rel=1e-6)
    assert ends(delta) == pytest.approx([2 * end - 1 for end in ends(theta)], abs=1e-12)


@pytest.mark.parametrize(("first", "second", "delta"), PUBLISHED["delta"]["cases"])
def test_delta_agrees_with_worked_cases(first: list[int], second: list[int], delta: float) -> None:
    assert cliffs_delta(first, second).value == pytest.approx(delta, abs=1e-12)


def test_sizes_of_delta_are_those_published() -> None:
    assert list(SIZES.values()) == PUBLISHED["sizes"]["cases"]


@steady
@given(groups, groups)
def test_superiority_is_u_over_pairs_and_delta_turns_with_the_groups(
    first: list[int], second: list[int]
) -> None:
    theta, delta = ordinal_superiority(first, second), cliffs_delta(first, second)
    expected = mannwhitneyu(first, second).statistic / len(first) / len(second)
    assert theta.value == pytest.approx(expected, abs=1e-12)
    turned = cliffs_delta(second, first)
    assert (turned.value, *ends(turned)) == pytest.approx(
        (-delta.value, -delta.upper, -delta.lower), abs=1e-7
    )
    # A group of whom nobody differs from another has some variance only of rounding.
    assert -1 <= delta.lower <= delta.value + 1e-12 and delta.value - 1e-12 <= delta.upper <= 1


@steady
@given(groups, groups, st.integers(0, 3))
def test_delta_sees_order_only(first: list[int], second: list[int], form: int) -> None:
    changes = [np.exp, lambda x: x * 1e6 - 3e6, lambda x: x - 3, lambda x: x / 7]
    moved = [changes[form](np.array(side, dtype=float)) for side in (first, second)]
    one, other = cliffs_delta(first, second), cliffs_delta(*moved)
    assert (one.value, *ends(one)) == pytest.approx((other.value, *ends(other)), abs=1e-9)


@steady
@given(groups, groups)
def test_people_who_are_their_own_cluster_change_little_and_copies_nothing(
    first: list[int], second: list[int]
) -> None:
    m, n = len(first), len(second)
    own = [f"f{at}" for at in range(m)], [f"s{at}" for at in range(n)]
    once = cliffs_delta(first, second, clusters=own)
    twice = cliffs_delta(first * 2, second * 2, clusters=(own[0] * 2, own[1] * 2))
    assert (once.value, *ends(once)) == pytest.approx((twice.value, *ends(twice)), abs=1e-9)


def test_two_groups_take_answers_in_every_form() -> None:
    first, second = [5, 4, 4, None, 5, 3], [3, 4, 2, 3]
    words = ["low", "lower", "middle", "high", "top"]
    kind = pd.CategoricalDtype(words, ordered=True)
    named = [
        pd.Series([None if one is None else words[one - 1] for one in side], dtype=kind)
        for side in (first, second)
    ]
    forms = [
        (first, second),
        (np.array(first, dtype=float), np.array(second)),
        (pd.Series(first), pd.Series(second, dtype="int8")),
        (pd.Series(first, dtype="Int64"), pd.Series(second, dtype="Int64")),
        named,
    ]
    assert len({cliffs_delta(*pair) for pair in forms}) == 1
    with pytest.raises(ValueError, match="same ordered categories"):
        cliffs_delta(named[0], pd.Series(second))
    with pytest.raises(ValueError, match="numbers"):
        cliffs_delta(named[0].astype(object), second)
    with pytest.raises(ValueError, match="finite"):
        cliffs_delta([1, math.inf], second)
    with pytest.raises(ValueError, match="pair"):
        cliffs_delta(first, second, clusters=[1] * 10)
    with pytest.raises(ValueError, match="long"):
        cliffs_delta(first, second, clusters=([1, 2], [1, 2]))


@pytest.mark.parametrize("metric", [cliffs_delta, ordinal_superiority])
def test_degenerate_groups(metric: Any) -> None:
    for empty in ([], [math.nan], pd.Series([], dtype=float)):
        result = metric(empty, [1, 2, 3])
        assert (result.estimable, result.reason) == (False, "a group has no answers")
        assert not metric([1, 2], empty).estimable
    one = metric([2], [1, 2, 3])
    assert one.estimable and one.lower is None
    assert metric([1, 2, 3], [2, 3, 4], clusters=([1, 1, 2], [2, 2, 1])).lower is None
    apart = metric([4, 5, 5], [1, 2, 3])
    assert apart.value == apart.upper == 1 and 0 <= apart.lower < 0.9
    # Newcombe's score limits solve (1 − θ)² = z²θ(1 − θ)(...)/mn.
    theta = apart.lower if metric is ordinal_superiority else (apart.lower + 1) / 2
    inner = 1 + 2 * ((1 - theta) / (2 - theta) + theta / (1 + theta))
    assert (1 - theta) ** 2 == pytest.approx(norm.ppf(0.975) ** 2 * theta * (1 - theta) * inner / 9)
    same = metric([3, 3, 3, 3], [3, 3, 3])
    assert same.lower < same.value < same.upper


# --- M35 perception gap ---------------------------------------------------------------------

GAPS = table("gap_data")


@pytest.mark.parametrize("case", rows("gap"))
def test_gap_agrees_with_r(case: dict[str, Any]) -> None:
    data = GAPS[GAPS["set"] == case["set"]]
    sides = [data[data["side"] == side] for side in (0, 1)]
    scores = [side["score"] for side in sides]
    free = perception_gap(*scores, draws=40_000)
    difference = free["mean_difference"]
    assert (difference.value, *ends(difference)) == pytest.approx(
        (case["difference"], case["lower"], case["upper"]), abs=1e-9
    )
    partners = tuple(side["partner"] for side in sides)
    within = perception_gap(*scores, partners=partners, draws=40_000)
    assert within["within_partners"].value == pytest.approx(case["within"], abs=1e-9)
    both = pd.concat(sides)
    table = both.assign(side=both["side"].astype(float))[["side", "partner"]]
    # With a column for each partner; of that, R's clubSandwich is the check.
    slope = cluster_regression(both["score"], table, both["partner"])["side"]
    assert ends(within["within_partners"]) == pytest.approx(ends(slope.coefficient), abs=1e-7)
    for found, expected in ((free["p"], case["p"]), (within["p"], case["p_within"])):
        noise = math.sqrt(expected * (1 - expected) * (1 / 40_000 + 1e-6))
        assert found.value == pytest.approx(expected, abs=4.5 * noise)


def test_gap_is_professionals_less_families() -> None:
    gap = perception_gap([3, 4, 2, 3], [5, 4, 4, 5, 3], scale=(1, 5))
    assert gap["mean_difference"].value == pytest.approx(1.2)
    assert gap["cliffs_delta"].value == pytest.approx(0.7)
    assert gap["share_of_range"].value == pytest.approx(0.3)
    assert gap["share_of_range"].unit == "difference"
    assert list(gap) == ["mean_difference", "cliffs_delta", "share_of_range", "p"]


def test_gap_draws_the_same_again_and_p_is_never_nought() -> None:
    low, high = [1, 1, 2, 1, 2] * 6, [5, 4, 5, 4, 5] * 6
    one, other = (perception_gap(low, high, draws=999) for _ in range(2))
    assert one == other
    assert one["p"].value == pytest.approx(1 / 1000)


def test_gap_between_partners_is_not_a_gap_within() -> None:
    """Families came through one partner, professionals work for another."""
    gap = perception_gap([1, 2, 1, 2], [4, 5, 5, 4], partners=(list("aaaa"), list("bbbb")))
    assert gap["mean_difference"].value == 3
    for name in ("p", "within_partners"):
        assert gap[name].reason == "no partner has both sides"
    assert gap["cliffs_delta"].lower is None and gap["mean_difference"].lower is None


def test_degenerate_gaps() -> None:
    for empty in ([], [None, math.nan]):
        gap = perception_gap(empty, [1, 2], scale=(1, 5))
        assert not any(one.estimable for one in gap.values())
    alike = perception_gap([3, 3, 3], [3, 3])
    assert alike["mean_difference"].value == 0 and alike["mean_difference"].lower is None
    assert alike["p"].value == 1
    assert perception_gap([3], [4, 5])["mean_difference"].lower is None
    with pytest.raises(ValueError, match="outside the scale"):
        perception_gap([1, 6], [2, 3], scale=(1, 5))
    with pytest.raises(ValueError, match="upside down"):
        perception_gap([1, 2], [2, 3], scale=(5, 1))
    with pytest.raises(ValueError, match="permutation"):
        perception_gap([1, 2], [2, 3], draws=0)


# --- M35 change -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", rows("two_times"))
def test_change_agrees_with_r(case: dict[str, Any]) -> None:
    before, after = listed(case["baseline"]), listed(case["follow_up"])
    pratt = paired_change(before, after)
    wilcox = paired_change(before, after, zeros="wilcox")
    assert pratt["p"].value == pytest.approx(case["pratt"], abs=1e-9)
    assert wilcox["p"].value == pytest.approx(case["wilcox"], abs=1e-9)
    assert wilcox["statistic"].value == case["statistic"]
    mean = pratt["mean"]
    assert (mean.value, *ends(mean)) == pytest.approx(
        (case["mean"], case["lower"], case["upper"]), abs=1e-9
    )
    assert sign_test(before, after)["p"].value == pytest.approx(case["sign"], abs=1e-9)


@pytest.mark.parametrize(("up", "down", "p"), PUBLISHED["sign"]["cases"])
def test_sign_test_agrees_with_tables(up: int, down: int, p: float) -> None:
    found = sign_test([1] * up + [-1] * down + [0] * 3)
    assert found["p"].value == pytest.approx(p, abs=1e-12)
    assert (found["up"].count, found["up"].n) == (up, up + down)


@steady
@given(st.lists(st.tuples(answers, answers), min_size=2, max_size=30))
def test_change_turns_with_the_times_and_not_with_the_order(pairs: list[tuple[int, int]]) -> None:
    before, after = (list(one) for one in zip(*pairs, strict=True))
    there, back = paired_change(before, after), paired_change(after, before)
    again = paired_change(before[::-1], after[::-1])
    for name in ("effect", "mean"):
        one, other, same = there[name], back[name], again[name]
        assert (one.value, *ends(one)) == pytest.approx(
            (-other.value, -other.upper, -other.lower), abs=1e-12
        )
        assert (one.value, *ends(one)) == pytest.approx((same.value, *ends(same)), abs=1e-12)
    assert there["p"].value == back["p"].value == again["p"].value
    assert -1 <= there["effect"].lower <= there["effect"].value <= there["effect"].upper <= 1


@steady
@given(st.lists(st.tuples(answers, answers), min_size=3, max_size=20))
def test_copies_in_a_family_tell_nothing_new(pairs: list[tuple[int, int]]) -> None:
    before, after = (np.array(one) for one in zip(*pairs, strict=True))
    family = np.arange(before.size)
    once = paired_change(before, after, clusters=family)
    twice = paired_change(np.repeat(before, 2), np.repeat(after, 2), clusters=np.repeat(family, 2))
    for name in ("effect", "mean"):
        assert ends(once[name]) == pytest.approx(ends(twice[name]), abs=1e-9)
    assert once["p"].value == paired_change(before, after)["p"].value


def test_change_takes_answers_in_every_form() -> None:
    before, after = [1, 2, None, 4, 3], [2, 2, 3, 5, 5]
    forms = [
        (before, after),
        (pd.Series(before, dtype="Int64"), pd.Series(after, dtype="Int64")),
        (np.array([1, 2, math.nan, 4, 3]), np.array(after)),
    ]
    assert len({tuple(paired_change(*pair).values()) for pair in forms}) == 1
    assert paired_change(*forms[0])["mean"].n == 4
    with pytest.raises(ValueError, match="equally long"):
        paired_change([1, 2], [1])
    with pytest.raises(ValueError, match="clusters"):
        paired_change([1, 2], [1, 3], clusters=[1])
    with pytest.raises(ValueError, match="zeros"):
        paired_change([1, 2], [1, 3], zeros="drop")


def test_degenerate_change() -> None:
    for nothing in ([], [math.nan, None]):
        found = paired_change(nothing, nothing)
        assert {one.reason for one in found.values()} == {"nobody answered both times"}
        assert not any(one.estimable for one in sign_test(nothing, nothing).values())
    still = paired_change([1, 2, 3], [1, 2, 3])
    assert still["p"].reason == "nobody moved"
    assert still["effect"].lower < 0 == still["effect"].value < still["effect"].upper
    assert paired_change([1], [2])["mean"].lower is None
    assert paired_change([1, 2], [2, 4], clusters=["a", "a"])["effect"].lower is None


# --- M36 floor and ceiling ------------------------------------------------------------------


@pytest.mark.parametrize(("count", "n", "lower", "upper"), PUBLISHED["floor_ceiling"]["cases"])
def test_ends_agree_with_published_limits(count: int, n: int, lower: float, upper: float) -> None:
    scores = [0] * count + [50] * (n - count)
    assert ends(floor_ceiling(scores, 0, 100)["floor"]) == pytest.approx((lower, upper), abs=6e-5)
    mirrored = [100 - one for one in scores]
    assert ends(floor_ceiling(mirrored, 0, 100)["ceiling"]) == pytest.approx(
        (lower, upper), abs=6e-5
    )


@pytest.mark.parametrize(("at_floor", "flag"), [(2, "none"), (3, "none"), (4, "floor")])
def test_ends_are_flagged_above_fifteen_in_a_hundred(at_floor: int, flag: str) -> None:
    scores = [1] * at_floor + [3] * (20 - at_floor)
    assert floor_ceiling(scores, 1, 5)["flag"].value == flag
    both = floor_ceiling([1] * 4 + [3] * 12 + [5] * 4, 1, 5)
    assert both["flag"].value == "floor and ceiling"


@steady
@given(st.lists(answers, min_size=3, max_size=40))
def test_copies_in_a_family_do_not_narrow_the_ends(scores: list[int]) -> None:
    family = list(range(len(scores)))
    once = floor_ceiling(scores, 1, 5, clusters=family)
    twice = floor_ceiling(scores * 2, 1, 5, clusters=family * 2)
    plain = floor_ceiling(scores, 1, 5)
    for name in ("floor", "ceiling"):
        assert (
            ends(twice[name])[1] - ends(twice[name])[0]
            >= plain[name].upper - plain[name].lower - 1e-9
        )
        assert ends(once[name]) == pytest.approx(ends(twice[name]), abs=1e-9)
        assert once[name].lower <= once[name].value <= once[name].upper


def test_degenerate_ends() -> None:
    for nothing in ([], [None, math.nan]):
        found = floor_ceiling(nothing, 1, 5)
        assert not any(one.estimable for one in found.values())
        assert found["flag"].unit == "text"
    assert floor_ceiling([5, 5], 1, 5)["ceiling"].upper == 1
    assert floor_ceiling([5, 4], 1, 5, clusters=[1, 1])["ceiling"].lower is None
    for wrong in ([0, 3], [3, 6]):
        with pytest.raises(ValueError, match="outside the scale"):
            floor_ceiling(wrong, 1, 5)
    with pytest.raises(ValueError, match="upside down"):
        floor_ceiling([1, 2], 5, 1)
    with pytest.raises(ValueError, match="threshold"):
        floor_ceiling([1, 2], 1, 5, threshold=15)
    with pytest.raises(ValueError, match="clusters"):
        floor_ceiling([1, 2], 1, 5, clusters=[1])


# --- Short Warwick-Edinburgh scale ----------------------------------------------------------


@pytest.mark.parametrize(("raw", "score"), PUBLISHED["swemwbs"]["cases"])
def test_scores_agree_with_the_published_table(raw: int, score: float) -> None:
    each, rest = divmod(raw, 7)
    found = swemwbs([[each + (at < rest) for at in range(7)]])
    assert found["raw"].tolist() == [raw] and found["score"].tolist() == [score]


def test_the_table_is_whole_and_rises() -> None:
    assert list(SWEMWBS) == list(range(7, 36))
    assert np.all(np.diff(list(SWEMWBS.values())) > 0)


def test_who_left_an_item_out_has_no_score() -> None:
    frame = pd.DataFrame([[3] * 7, [3] * 6 + [None]], index=["p1", "p2"]).astype("Int64")
    found = swemwbs(frame)
    assert found.index.tolist() == ["p1", "p2"]
    assert found.isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert swemwbs(np.zeros((0, 7))).empty
    assert swemwbs([[None] * 7]).isna().all(axis=None)


@pytest.mark.parametrize(
    "wrong", [[[3] * 6], [[3] * 14], [[0] + [3] * 6], [[6] + [3] * 6], [[2.5] + [3] * 6], [3] * 7]
)
def test_what_is_no_answer_is_refused(wrong: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"seven|1, 2|people by items"):
        swemwbs(wrong)
