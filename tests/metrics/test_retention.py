"""Staying, attending and dose: against R's survival, published figures, and at their limits.

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
from scipy.special import expit
from scipy.stats import chi2, norm, t

from wfw_eval.metrics.logrank import log_rank
from wfw_eval.metrics.recurrent import mean_cumulative_attendance
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.retention import dose, dose_by_group
from wfw_eval.metrics.survival import Curve, kaplan_meier, restricted_mean

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "retention_published.json").read_text(encoding="utf-8"))
Z = norm.ppf(0.975)

steady = settings(deadline=None, derandomize=True, database=None)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(RESULTS / f"retention_{name}.csv", dtype={"cluster": str, "stratum": str})


DATA = table("data")
RECURRENT = table("recurrent_data")


def given_set(name: str) -> pd.DataFrame:
    if name == "drug":
        return given_set("freireich").query("group == 'drug'")
    return DATA[DATA["set"] == name]


def columns(name: str, robust: bool = False) -> dict[str, Any]:
    rows = given_set(name)
    options = {"entry": rows["entry"]} if rows["entry"].notna().all() else {}
    if robust:
        options["clusters"] = rows["cluster"]
    return {"durations": rows["time"], "events": rows["event"], **options}


def quantile(name: str, robust: bool) -> float:
    """The quantile R does not use with clusters, which it treats as many."""
    return t.ppf(0.975, given_set(name)["cluster"].nunique() - 1) if robust else Z


people = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=2, max_size=40)


def parts(case: list[tuple[int, bool]]) -> tuple[list[int], list[bool]]:
    return [time for time, _ in case], [left for _, left in case]


def same(one: Curve, other: Curve) -> None:
    pd.testing.assert_frame_equal(one.frame(), other.frame(), check_dtype=False)
    assert one.median == other.median


# --- M09 Kaplan-Meier -----------------------------------------------------------------------

CURVES = table("curves")


@pytest.mark.parametrize(
    ("name", "robust"), CURVES[["set", "robust"]].drop_duplicates().itertuples(index=False)
)
def test_the_curve_agrees_with_r(name: str, robust: bool) -> None:
    rows = CURVES[(CURVES["set"] == name) & (CURVES["robust"] == robust)]
    curve = kaplan_meier(**columns(name, robust))
    assert curve.times.tolist() == rows["time"].tolist()
    assert curve.at_risk.tolist() == rows["at_risk"].tolist()
    assert curve.events.tolist() == rows["events"].tolist()
    assert curve.survival == pytest.approx(rows["surv"].to_numpy(), abs=1e-9)
    known = rows["se"].notna().to_numpy()
    assert curve.std_error[known] == pytest.approx(rows["se"][known].to_numpy(), abs=1e-9)
    if not robust:
        for ends, column in ((curve.lower, "lower"), (curve.upper, "upper")):
            np.testing.assert_allclose(ends, rows[column], atol=1e-9)


@pytest.mark.parametrize("name", sorted(set(CURVES["set"])))
def test_limits_with_clusters_are_log_log_with_students_t(name: str) -> None:
    rows = CURVES[(CURVES["set"] == name) & CURVES["robust"] & CURVES["se"].notna()]
    s, se = rows["surv"].to_numpy(), rows["se"].to_numpy()
    spread = quantile(name, True) * se / (s * -np.log(s))
    curve = kaplan_meier(**columns(name, True))
    assert curve.lower[: s.size] == pytest.approx(s ** np.exp(spread), abs=1e-8)
    assert curve.upper[: s.size] == pytest.approx(s ** np.exp(-spread), abs=1e-8)


@pytest.mark.parametrize("case", table("medians").to_dict("records"), ids=lambda case: case["set"])
def test_the_median_agrees_with_r(case: dict[str, Any]) -> None:
    median = kaplan_meier(**columns(case["set"])).median
    expected = [
        None if math.isnan(case[key]) else case[key] for key in ("median", "lower", "upper")
    ]
    assert [median.value, median.lower, median.upper] == expected


def test_the_curve_agrees_with_freireich() -> None:
    case = PUBLISHED["freireich"]
    curve = kaplan_meier(case["times"], case["events"], unit="count")
    expected = {float(time): share for time, share in case["survival"].items()}
    assert dict(zip(curve.times, curve.survival.round(4), strict=True)) == expected
    assert (curve.median.value, curve.median.unit, curve.median.n) == (case["median"], "count", 21)


@pytest.mark.parametrize("case", PUBLISHED["exact"]["cases"], ids=lambda case: case["name"])
def test_the_curve_by_hand(case: dict[str, Any]) -> None:
    curve = kaplan_meier(case["times"], case["events"], entry=case.get("entry"))
    assert curve.times.tolist() == case["at"]
    assert curve.at_risk.tolist() == case["at_risk"]
    assert curve.survival == pytest.approx(case["survival"], abs=1e-12)
    assert curve.median.value == case["median"]


def test_the_curve_at_a_time() -> None:
    case = PUBLISHED["freireich"]
    curve = kaplan_meier(case["times"], case["events"])
    at = curve.at(12, cell="families")
    assert (at.value, at.cell, at.unit) == (
        pytest.approx(0.7529, abs=5e-5),
        "families",
        "probability",
    )
    assert at.lower < at.value < at.upper
    assert curve.at(10) == curve.at(12.9)
    first = curve.at(5.9)
    assert (first.value, first.lower, first.upper) == (1, None, None)
    assert curve.at(35).estimable
    assert not curve.at(35.1).estimable
    with pytest.raises(ValueError, match="not negative"):
        curve.at(-1)
    with pytest.raises(ValueError, match="not negative"):
        curve.at(math.nan)


def test_once_nobody_is_left_the_share_is_known_for_ever() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 1, 1])
    gone = curve.at(100)
    assert (gone.value, gone.lower, gone.upper, gone.estimable) == (0, None, None, True)
    assert np.isnan(curve.lower[-1]) and np.isnan(curve.upper[-1])


@pytest.mark.parametrize("clusters", [None, [], ()])
def test_the_curve_of_nobody(clusters: Any) -> None:
    curve = kaplan_meier([], [], clusters=clusters)
    assert (curve.n, curve.times.size, curve.median.estimable) == (0, 0, False)
    assert not curve.at(0).estimable
    assert curve.frame().empty


def test_the_curve_of_people_none_of_whom_left() -> None:
    curve = kaplan_meier([3, 5], [0, 0], clusters=["a", "b"])
    assert (curve.n, curve.times.size) == (2, 0)
    assert (curve.at(4).value, curve.at(4).lower) == (1, None)
    assert curve.median.reason == "more than half were still involved"


def test_one_cluster_has_no_limits() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 0], clusters=["a"] * 4)
    assert np.isnan(curve.lower).all()
    assert (curve.median.lower, curve.median.upper) == (None, None)
    mean = restricted_mean([1, 2, 3, 4], [1, 1, 1, 0], clusters=["a"] * 4)
    assert mean.estimable and mean.lower is None


def test_missing_rows_are_left_out() -> None:
    whole = kaplan_meier([1, 2, 3], [1, 0, 1], clusters=["a", "b", "a"])
    holes = kaplan_meier(
        [1, None, 2, 4, 3, 9], [1, 1, 0, None, 1, 1], clusters=["a", "b", "b", "c", "a", None]
    )
    same(whole, holes)
    assert holes.n == 3
    assert kaplan_meier([math.nan, None], [1, 0]).n == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"durations": [1, -2], "events": [1, 1]}, "not negative"),
        ({"durations": [1, math.inf], "events": [1, 1]}, "finite"),
        ({"durations": [1, 2], "events": [1, 2]}, "true or false"),
        ({"durations": [1, 2], "events": [1]}, "equally long"),
        ({"durations": [1, 2], "events": [1, 1], "clusters": ["a"]}, "equally long"),
        ({"durations": [1, 2], "events": [1, 1], "entry": [0, 2]}, "must enter before"),
        ({"durations": [[1, 2]], "events": [1]}, r"one column|equally long|1-dim"),
        ({"durations": ["x", "y"], "events": [1, 1]}, "durations must be numbers"),
    ],
)
@pytest.mark.parametrize("function", [kaplan_meier, restricted_mean])
def test_staying_refuses_what_makes_no_sense(
    function: Any, wrong: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(**wrong)


@steady
@given(people, st.randoms(use_true_random=False))
def test_the_curve_does_not_depend_on_order_or_kind_of_input(
    case: list[tuple[int, bool]], random: Any
) -> None:
    curve = kaplan_meier(*parts(case))
    mixed = random.sample(case, len(case))
    frame = pd.DataFrame(mixed, columns=["time", "left"], index=range(5, 5 + len(case)))
    same(curve, kaplan_meier(frame["time"], frame["left"]))
    same(curve, kaplan_meier(frame["time"].astype("Int64"), frame["left"].astype("boolean")))
    same(
        curve, kaplan_meier(frame["time"].to_numpy(dtype=float), frame["left"].to_numpy(dtype=int))
    )


@steady
@given(people)
def test_whole_numbers_are_counted_as_others_are_sorted(case: list[tuple[int, bool]]) -> None:
    times, left = parts(case)
    whole, halved = kaplan_meier(times, left), kaplan_meier([time / 8 for time in times], left)
    assert whole.times.tolist() == [8 * time for time in halved.times]
    assert whole.at_risk.tolist() == halved.at_risk.tolist()
    assert whole.survival.tolist() == halved.survival.tolist()


@steady
@given(people)
def test_everybody_alone_is_no_cluster_and_doubles_are_one(case: list[tuple[int, bool]]) -> None:
    times, left = parts(case)
    plain = kaplan_meier(times, left)
    alone = kaplan_meier(times, left, clusters=range(len(times)))
    inside = plain.survival > 0
    assert alone.std_error[inside] == pytest.approx(plain.std_error[inside], abs=1e-12)
    twice = kaplan_meier(times * 2, left * 2, clusters=[*range(len(times))] * 2)
    assert twice.survival == pytest.approx(alone.survival, abs=1e-12)
    assert twice.std_error[inside] == pytest.approx(alone.std_error[inside], abs=1e-12)


@steady
@given(people)
def test_the_curve_falls_between_its_limits(case: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*parts(case))
    assert np.all(np.diff(curve.survival) < 0) and np.all(curve.survival >= 0)
    known = np.isfinite(curve.lower)
    assert np.all(curve.lower[known] <= curve.survival[known])
    assert np.all(curve.survival[known] <= curve.upper[known])


@steady
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_if_all_leave_the_curve_is_the_share_still_there(times: list[int]) -> None:
    curve = kaplan_meier(times, [1] * len(times))
    expected = [float(np.mean(np.array(times) > time)) for time in curve.times]
    assert curve.survival == pytest.approx(expected, abs=1e-12)
    assert curve.median.value == np.median(times)


def test_an_entry_of_nought_changes_nothing() -> None:
    case = PUBLISHED["freireich"]
    plain = kaplan_meier(case["times"], case["events"])
    same(plain, kaplan_meier(case["times"], case["events"], entry=[0] * 21))


# --- M09 restricted mean --------------------------------------------------------------------


@pytest.mark.parametrize("case", table("means").to_dict("records"), ids=str)
def test_the_restricted_mean_agrees_with_r(case: dict[str, Any]) -> None:
    mean = restricted_mean(**columns(case["set"], case["robust"]), horizon=case["horizon"])
    rows = given_set(case["set"])
    units = rows["cluster"].nunique() if case["robust"] else len(rows)
    share, se = case["mean"] / case["horizon"], case["se"] / case["horizon"]
    spread = t.ppf(0.975, units - 1) * se / (share * (1 - share))
    assert mean.value == pytest.approx(case["mean"], rel=1e-9)
    for end, logit in ((mean.lower, -spread), (mean.upper, spread)):
        assert end == pytest.approx(case["horizon"] * expit(math.log(share / (1 - share)) + logit))


def test_the_horizon_is_the_longest_follow_up_unless_given() -> None:
    case = PUBLISHED["freireich"]
    default = restricted_mean(case["times"], case["events"])
    assert default == restricted_mean(case["times"], case["events"], horizon=35)


def test_a_horizon_nobody_reached_is_not_estimable_unless_all_have_left() -> None:
    assert not restricted_mean([1, 2], [1, 0], horizon=2.5).estimable
    assert not restricted_mean([1, 2], [0, 0], horizon=3).estimable
    assert restricted_mean([1, 2], [1, 1], horizon=3).value == 1.5
    assert not restricted_mean([], []).estimable


def test_if_nobody_leaves_the_mean_is_the_horizon() -> None:
    mean = restricted_mean([5, 6], [0, 0], horizon=4)
    assert (mean.value, mean.lower, mean.upper) == (4, None, None)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf])
def test_a_horizon_is_a_time(wrong: float) -> None:
    with pytest.raises(ValueError, match="horizon"):
        restricted_mean([1, 2], [1, 1], horizon=wrong)


@steady
@given(st.lists(st.integers(1, 12), min_size=2, max_size=30), st.integers(1, 12))
def test_if_all_leave_the_restricted_mean_is_the_mean(times: list[int], horizon: int) -> None:
    cut = np.minimum(times, horizon)
    mean = restricted_mean(times, [1] * len(times), horizon=horizon)
    assert mean.value == pytest.approx(cut.mean())
    if mean.lower is not None:
        assert 0 < mean.lower < mean.value < mean.upper < horizon
        error = cut.std() / math.sqrt(len(times)) * t.ppf(0.975, len(times) - 1)
        spread = error * horizon / (cut.mean() * (horizon - cut.mean()))
        odds = mean.upper / (horizon - mean.upper) / (cut.mean() / (horizon - cut.mean()))
        assert math.log(odds) == pytest.approx(spread)


@steady
@given(people, st.floats(0.5, 12))
def test_with_everybody_alone_the_mean_has_its_greenwood_error(
    case: list[tuple[int, bool]], horizon: float
) -> None:
    times, left = parts(case)
    plain = restricted_mean(times, left, horizon=horizon)
    alone = restricted_mean(times, left, horizon=horizon, clusters=range(len(times)))
    assume(plain.lower is not None)
    assert alone.value == plain.value
    assert (alone.lower, alone.upper) == pytest.approx((plain.lower, plain.upper))


# --- M09 log-rank ---------------------------------------------------------------------------


def log_rank_of(name: str, stratified: bool, robust: bool) -> dict[str, Result]:
    rows = given_set(name)
    strata = {"strata": rows["stratum"]} if stratified else {}
    return log_rank(**columns(name, robust), groups=rows["group"], **strata)


@pytest.mark.parametrize("case", table("logrank").to_dict("records"), ids=str)
def test_the_log_rank_test_agrees_with_r(case: dict[str, Any]) -> None:
    test = log_rank_of(case["set"], case["stratified"], case["robust"])
    assert test["chi_square"].value == pytest.approx(case["chisq"], rel=1e-8)
    assert test["df"].value == case["df"]
    assert test["p"].value == pytest.approx(chi2.sf(case["chisq"], case["df"]), rel=1e-7)


def test_the_log_rank_test_agrees_with_freireich() -> None:
    case = PUBLISHED["freireich"]
    times, events = case["times"] + case["placebo"], case["events"] + [1] * 21
    test = log_rank(times, events, ["drug"] * 21 + ["placebo"] * 21)
    assert test["chi_square"].value == pytest.approx(case["log_rank"], abs=5e-5)


@pytest.mark.parametrize(
    ("times", "events", "groups"),
    [
        ([], [], []),
        ([1, 2], [1, 1], ["a", "a"]),
        ([1, 2], [0, 0], ["a", "b"]),
        ([1, 2], [1, 1], ["a", None]),
        ([1, 1], [1, 1], ["a", "b"]),  # both leave at once: no variation
    ],
)
def test_a_comparison_of_nothing_is_not_estimable(times: Any, events: Any, groups: Any) -> None:
    for options in ({}, {"clusters": range(len(times))}):
        test = log_rank(times, events, groups, **options)
        assert set(test) == {"chi_square", "df", "p"}
        assert not any(result.estimable for result in test.values())


def test_a_group_that_was_never_at_risk_does_not_count() -> None:
    with_late = log_rank([3, 4, 5, 6, 1], [1, 1, 1, 1, 0], list("aabbc"))
    assert with_late["df"].value == 1
    without = log_rank([3, 4, 5, 6], [1, 1, 1, 1], list("aabb"))
    assert with_late["chi_square"].value == pytest.approx(without["chi_square"].value)


def test_too_few_clusters_are_said_to_be_so() -> None:
    test = log_rank([1, 2, 3, 4], [1] * 4, list("aabb"), clusters=list("xxyy"))
    assert test["p"].reason == "too few clusters"


@steady
@given(people, st.randoms(use_true_random=False), st.booleans())
def test_the_log_rank_test_does_not_depend_on_order_or_labels(
    case: list[tuple[int, bool]], random: Any, robust: bool
) -> None:
    rows = pd.DataFrame(case, columns=["time", "left"])
    rows["group"] = [random.choice("abc") for _ in case]
    rows["family"] = [random.randrange(20) for _ in case]
    mixed = rows.sample(frac=1, random_state=1)
    renamed = mixed["group"].map({"a": "z", "b": 1, "c": 0.5})
    one = log_rank(
        rows["time"], rows["left"], rows["group"], clusters=rows["family"] if robust else None
    )
    other = log_rank(
        mixed["time"], mixed["left"], renamed, clusters=mixed["family"] if robust else None
    )
    assert [result.estimable for result in one.values()] == [
        result.estimable for result in other.values()
    ]
    if one["p"].estimable and one["chi_square"].value < 1e6:
        assert other["chi_square"].value == pytest.approx(
            one["chi_square"].value, rel=1e-6, abs=1e-9
        )


# --- M10 mean cumulative attendance ---------------------------------------------------------

FUNCTIONS = table("recurrent")


def attended(name: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    rows = RECURRENT[RECURRENT["set"] == name]
    people = rows.groupby("id")
    watched = {"follow_up": people["stop"].max(), "entry": people["start"].min()}
    came = rows[rows["event"] == 1]
    return came, {"people": came["id"], "times": came["stop"], **watched}


@pytest.mark.parametrize(
    ("name", "by"), FUNCTIONS[["set", "by"]].drop_duplicates().itertuples(index=False)
)
def test_the_mean_cumulative_function_agrees_with_r(name: str, by: str) -> None:
    expected = FUNCTIONS[(FUNCTIONS["set"] == name) & (FUNCTIONS["by"] == by)]
    _, given_columns = attended(name)
    clusters = RECURRENT[RECURRENT["set"] == name].groupby("id")["cluster"].first()
    options = {"clusters": clusters} if by == "cluster" else {}
    found = mean_cumulative_attendance(**given_columns, **options)
    assert found.times.tolist() == expected["time"].tolist()
    assert found.at_risk.tolist() == expected["at_risk"].tolist()
    assert found.attended.tolist() == expected["events"].tolist()
    assert found.mean == pytest.approx(expected["mean"].to_numpy(), rel=1e-9)
    assert found.std_error == pytest.approx(expected["se"].to_numpy(), rel=1e-8)
    units = clusters.nunique() if options else len(clusters)
    level = t.ppf(0.975, units - 1) * math.sqrt(units / (units - 1))
    factor = np.exp(level * expected["se"].to_numpy() / expected["mean"].to_numpy())
    assert found.upper == pytest.approx(expected["mean"].to_numpy() * factor, rel=1e-7)
    assert found.lower == pytest.approx(expected["mean"].to_numpy() / factor, rel=1e-7)


def test_with_everybody_followed_alike_it_is_the_plain_mean() -> None:
    came = {"a": [1, 2, 2, 7], "b": [], "c": [3], "d": [5, 9]}
    people = [person for person, times in came.items() for _ in times]
    times = [time for times in came.values() for time in times]
    found = mean_cumulative_attendance(people, times, dict.fromkeys(came, 10))
    for time in (1, 2, 4, 9, 10):
        counts = np.array([sum(at <= time for at in times) for times in came.values()])
        at = found.at(time)
        assert at.value == pytest.approx(counts.mean())
        error = counts.std(ddof=1) / math.sqrt(len(came))
        assert at.upper == pytest.approx(at.value * math.exp(t.ppf(0.975, 3) * error / at.value))
    assert (found.at(0.5).value, found.at(0.5).lower) == (0, None)
    assert not found.at(10.5).estimable
    with pytest.raises(ValueError, match="not negative"):
        found.at(-1)


def test_hours_are_added_up_like_sessions() -> None:
    people, times, watched = ["a", "a", "b"], [1, 4, 2], {"a": 5, "b": 3, "c": 5}
    sessions = mean_cumulative_attendance(people, times, watched)
    hours = mean_cumulative_attendance(people, times, watched, hours=[2, 2, 2])
    assert hours.mean == pytest.approx(2 * sessions.mean)
    assert hours.std_error == pytest.approx(2 * sessions.std_error)
    assert (hours.at(3).unit, sessions.at(3).unit) == ("hours", "rate")


def test_attendance_of_nobody_and_of_people_who_never_came() -> None:
    nobody = mean_cumulative_attendance([], [], {})
    assert (nobody.n, nobody.frame().empty, nobody.at(0).estimable) == (0, True, False)
    never = mean_cumulative_attendance([], [], {"a": 3, "b": 4})
    assert (never.at(4).value, never.at(4).lower) == (0, None)
    alone = mean_cumulative_attendance(["a"], [1], {"a": 3})
    assert (alone.at(1).value, alone.at(1).lower) == (1, None)
    assert mean_cumulative_attendance(["a", None], [0, 2], {"a": 3}).mean.tolist() == [1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"follow_up": {"b": 3}}, "no follow-up is given"),
        ({"follow_up": {"a": 0.5}}, "not under observation"),
        ({"follow_up": {"a": 3}, "entry": {"a": 1}}, "not under observation"),
        ({"follow_up": {"a": 3}, "entry": {"b": 1}}, "needs a follow-up"),
        ({"follow_up": {"a": None}}, "needs a follow-up"),
        ({"follow_up": {"a": -1}}, "needs a follow-up"),
        ({"follow_up": {"a": 3}, "clusters": {"b": 1}}, "no cluster"),
        ({"follow_up": {"a": 3}, "hours": [-1]}, "not negative"),
        ({"follow_up": {"a": 3}, "hours": [1, 2]}, "equally long"),
        ({"follow_up": pd.Series([3, 4], index=["a", "a"])}, "more than one"),
    ],
)
def test_attendance_refuses_what_makes_no_sense(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mean_cumulative_attendance(["a"], [1], **wrong)


@steady
@given(
    st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=2, max_size=15),
    st.randoms(use_true_random=False),
)
def test_the_mean_cumulative_function_does_not_depend_on_order_or_names(
    came: list[list[int]], random: Any
) -> None:
    ends = {person: random.randint(9, 12) for person in range(len(came))}
    rows = [(person, time) for person, times in enumerate(came) for time in times]
    assume(rows)
    mixed = random.sample(rows, len(rows))
    one = mean_cumulative_attendance(*zip(*rows, strict=True), ends)
    named = {f"p{person}": end for person, end in reversed(ends.items())}
    who = pd.Series([f"p{person}" for person, _ in mixed], dtype="category")
    other = mean_cumulative_attendance(who, np.array([time for _, time in mixed]), named)
    pd.testing.assert_frame_equal(one.frame(), other.frame())
    alone = mean_cumulative_attendance(who, [time for _, time in mixed], named,
                                       clusters={name: name for name in named})  # fmt: skip
    assert alone.std_error == pytest.approx(one.std_error)


# --- M10 dose -------------------------------------------------------------------------------


def rows_of(sessions: dict[str, int], hours: float = 2.0) -> pd.DataFrame:
    who = [person for person, count in sessions.items() for _ in range(count)]
    return pd.DataFrame({"person_id": who, "hours": [hours] * len(who)})


@pytest.mark.parametrize("case", PUBLISHED["dose"]["cases"], ids=str)
def test_dose_agrees_with_the_published_figures(case: dict[str, Any]) -> None:
    """Counts of sessions whose quantiles (type 7) and Gini coefficient are published."""
    sessions = {f"p{place}": count for place, count in enumerate(case["values"])}
    had = dose(rows_of(sessions, 1.5), people=list(sessions))
    for name in ("median", "lower_quartile", "upper_quartile", "gini"):
        if name in case:
            assert had[f"sessions_{name}"].value == pytest.approx(case[name], abs=5e-7)
            scale = 1 if name == "gini" else 1.5
            assert had[f"hours_{name}"].value == pytest.approx(scale * case[name], abs=5e-7)
    assert had["sessions_total"].value == sum(case["values"])
    assert had["sessions_median"].n == len(case["values"])


def test_those_who_never_came_count_only_when_listed() -> None:
    rows = rows_of({"a": 3, "b": 1})
    assert dose(rows)["sessions_median"].value == 2
    assert dose(rows, people=["a", "b", "c"])["sessions_median"].value == 1
    assert dose(rows, people=["a"])["sessions_total"].value == 3
    unused = rows.assign(person_id=pd.Categorical(rows["person_id"], list("abcd")))
    assert dose(unused)["sessions_median"].n == 2


def test_a_session_of_unknown_hours_is_a_session() -> None:
    rows = pd.DataFrame({"person_id": list("aab"), "hours": [1.0, math.nan, 3.0]})
    had = dose(rows)
    assert (had["sessions_total"].value, had["sessions_total"].n) == (3, 2)
    assert (had["hours_total"].value, had["hours_total"].n) == (3, 1)


def test_dose_by_group() -> None:
    rows = rows_of({"a": 3, "b": 1, "x": 9})
    groups = pd.Series(["f", "f", "p", None], index=["a", "c", "b", "x"], dtype="category")
    had = dose_by_group(rows, groups, of="people")
    assert list(had) == ["f", "p"]
    assert (had["f"]["sessions_median"].value, had["f"]["sessions_median"].n) == (1.5, 2)
    assert had["p"]["hours_total"].value == 2
    assert had["f"]["sessions_gini"].of == "people"


def test_dose_of_nobody_is_not_estimable() -> None:
    nobody = dose(pd.DataFrame({"person_id": [], "hours": []}))
    assert len(nobody) == 12 and not any(result.estimable for result in nobody.values())
    none_came = dose(rows_of({}), people=["a", "b"])
    assert none_came["sessions_median"].value == 0
    assert not none_came["sessions_gini"].estimable
    unused = pd.Series(pd.Categorical(["f"], ["f", "p"]), index=["a"])
    assert not dose_by_group(rows_of({"a": 1}), unused)["p"]["sessions_median"].estimable
    assert set(dose(rows_of({"a": 1}), hours=None)) == {
        name for name in nobody if name.startswith("sessions")
    }


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ({"who": ["a"]}, {}, "no column person_id"),
        ({"person_id": ["a"]}, {}, "no column hours"),
        ({"person_id": ["a", None], "hours": [1, 1]}, {}, "has no person_id"),
        ({"person_id": ["a"], "hours": [-1]}, {}, "not negative"),
        ({"person_id": ["a"], "hours": [1]}, {"people": ["a", "a"]}, "listed once"),
    ],
)
def test_dose_refuses_what_makes_no_sense(
    rows: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        dose(pd.DataFrame(rows), **options)


@steady
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 8)), min_size=1, max_size=60))
def test_dose_agrees_with_pandas_whatever_the_order_and_kind(rows: list[tuple[str, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["person_id", "hours"])
    by_person = frame.groupby("person_id")["hours"].agg(["size", "sum"])
    had = dose(frame)
    for what, column in (("sessions", "size"), ("hours", "sum")):
        for name, q in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
            expected = by_person[column].quantile(q)
            assert had[f"{what}_{name}"].value == pytest.approx(expected)
    mixed = frame.sample(frac=1, random_state=1)
    assert dose(mixed.assign(person_id=mixed["person_id"].astype("category"))) == had
    assert dose(mixed, people=np.array(sorted(set(frame["person_id"])))) == had
