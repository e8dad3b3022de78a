"""Saturation, themes and quotations: against R, published and hand-worked figures, and limits.

Expected figures stand in ``results/``, beside the R scripts that made them and, for published or
hand-worked ones, with their source. R is not needed to run the tests.
"""

from __future__ import annotations

import json
import math
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfw_eval.metrics.mentions import incidence
from wfw_eval.metrics.quotes import quote_parity
from wfw_eval.metrics.rates import ratio_of_rates
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.saturation import new_themes, saturation
from wfw_eval.metrics.saturation_orders import saturation_bootstrap
from wfw_eval.metrics.themes import (
    negative_cases,
    salience,
    theme_prevalence,
    theme_prevalence_by_group,
)

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "saturation_published.json").read_text(encoding="utf-8"))

steady = settings(deadline=None, derandomize=True, database=None)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(RESULTS / f"saturation_{name}.csv", dtype={"table": str, "ratios": str})


def flags_of(text: str) -> np.ndarray:
    return np.array([[one == "1" for one in row] for row in text.split()])


def values(found: dict[Any, Result]) -> dict[Any, Any]:
    return {name: result.value for name, result in found.items()}


tables = st.integers(1, 9).flatmap(
    lambda n: st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=n, max_size=n)
)


# --- M23 saturation -------------------------------------------------------------------------

RUNS, ORDERS = table("runs"), table("orders")


def test_saturation_agrees_with_the_annex() -> None:
    case = PUBLISHED["runs"]
    found = saturation(case["new_themes"], base=case["base"], run=case["run"])
    assert found.ratios.to_dict() == pytest.approx(case["ratios"], abs=5e-7)
    assert (found.run, found.reached.value) == (case["first"], case["before"])
    assert found.base_themes == case["base_total"]
    assert found.reached.method == "reached at 5+2 interviews: at most 5 % new, base 4, run 2"


@pytest.mark.parametrize("case", PUBLISHED["runs_by_hand"]["cases"], ids=lambda c: c["why"][:16])
def test_saturation_agrees_with_the_hand_worked(case: dict[str, Any]) -> None:
    found = saturation(case["new"], **case["options"])
    assert found.ratios.to_dict() == pytest.approx(case["ratios"])
    assert (found.run, found.reached.value) == (case["run"], case["before"])


@pytest.mark.parametrize("rows", [rows for _, rows in RUNS.groupby("table")], ids=len)
def test_saturation_agrees_with_r_under_every_rule(rows: pd.DataFrame) -> None:
    heard = flags_of(rows["table"].iloc[0])
    assert new_themes(heard).tolist() == [int(one) for one in rows["new"].iloc[0].split()]
    for row in rows.to_dict("records"):
        rule = {name: row[name] for name in ("base", "run", "threshold", "overlapping")}
        expected = [] if pd.isna(row["ratios"]) else [float(one) for one in row["ratios"].split()]
        for form in (heard, [int(one) for one in row["new"].split()]):
            found = saturation(form, **rule)
            assert found.ratios.tolist() == pytest.approx(expected, abs=1e-11)
            if pd.isna(row["first"]):
                assert (found.reached.value, found.run) == (None, None)
            else:
                assert found.reached.value == row["first"]


def test_every_form_of_interviews_gives_the_same() -> None:
    heard = flags_of(RUNS["table"].iloc[-1])
    frame = pd.DataFrame(heard, index=[f"i{one}" for one in range(len(heard))])
    first = saturation(heard, threshold=0.2)
    forms = [heard.astype(int), heard.astype(float), heard.tolist(), frame,
             frame.astype("boolean"), frame.astype("Int64"), frame.astype(object)]  # fmt: skip
    for form in forms:
        found = saturation(form, threshold=0.2)
        assert found.reached == first.reached
        pd.testing.assert_series_equal(found.ratios, first.ratios)
        assert saturation_bootstrap(form, draws=50) == saturation_bootstrap(heard, draws=50)
    counts = new_themes(heard)
    for column in (counts, counts.tolist(), pd.Series(counts), pd.Series(counts, dtype="Int64"),
                   counts.astype(float)):  # fmt: skip
        assert saturation(column, threshold=0.2).reached == first.reached


@steady
@given(tables, st.randoms(use_true_random=False))
def test_saturation_does_not_depend_on_the_order_of_themes_or_on_repeats(
    heard: list[list[bool]], random: Any
) -> None:
    flags = np.array(heard)
    columns = random.sample(range(5), 5)
    counts = new_themes(flags)
    assert counts.tolist() == new_themes(flags[:, columns]).tolist()
    assert counts.sum() == flags.any(axis=0).sum()
    # A theme listed twice is two themes: every count doubles and no ratio changes.
    doubled = saturation(np.hstack([flags, flags]), base=1, run=1)
    pd.testing.assert_series_equal(doubled.ratios, saturation(flags, base=1, run=1).ratios)
    # An interview held again brings nothing.
    assert new_themes(np.vstack([flags, flags])).tolist() == [*counts, *[0] * len(flags)]


@steady
@given(st.lists(st.integers(0, 9), min_size=6, max_size=15), st.floats(0, 0.9), st.floats(0, 0.9))
def test_a_stricter_threshold_is_never_reached_sooner(
    counts: list[int], one: float, other: float
) -> None:
    strict, lenient = sorted([one, other])
    late, soon = (saturation(counts, threshold=limit).reached.value for limit in (strict, lenient))
    assert late is None or (soon is not None and soon <= late)


def test_saturation_that_is_not_reached_says_so() -> None:
    found = saturation([5, 5, 5, 5, 5, 5])
    assert found.reached.reason == "not reached in 6 interviews"
    assert (found.run, found.ratios.tolist()) == (None, [0.5])


@pytest.mark.parametrize(
    ("themes", "reason"),
    [([], "fewer than 6 interviews"), ([3, 2, 1, 0, 0], "fewer than 6 interviews"),
     ([0] * 8, "no theme came up in the base"), ([0, 0, 0, 0, 3, 1], "no theme came up"),
     (np.zeros((8, 3), dtype=bool), "no theme"), (np.zeros((0, 3)), "fewer than 6"),
     (np.zeros((8, 0)), "no theme")],
)  # fmt: skip
def test_saturation_without_interviews_or_themes(themes: Any, reason: str) -> None:
    found = saturation(themes)
    assert reason in found.reached.reason
    assert (found.run, len(found.ratios)) == (None, 0)


@pytest.mark.parametrize(
    "wrong", [[1, 2, -1], [1.5, 2, 3], [1, None, 2], [math.nan, 1], [math.inf], "abc"]
)
def test_new_themes_must_be_counts(wrong: Any) -> None:
    with pytest.raises(ValueError, match="new themes"):
        saturation(list(wrong))


@pytest.mark.parametrize(
    ("options", "told"),
    [({"base": 0}, "base and run"), ({"run": 0}, "base and run"), ({"threshold": -0.1}, "thresh"),
     ({"threshold": 1.0}, "threshold"), ({"threshold": math.nan}, "threshold")],
)  # fmt: skip
def test_rules_have_limits(options: dict[str, Any], told: str) -> None:
    for one in (saturation, saturation_bootstrap):
        with pytest.raises(ValueError, match=told):
            one(np.ones((8, 3), dtype=bool), **options)


@pytest.mark.parametrize("wrong", [2, -1, 0.5])
def test_a_table_is_of_yes_and_no(wrong: float) -> None:
    heard = np.ones((8, 3)) * wrong
    for one in (saturation, saturation_bootstrap):
        with pytest.raises(ValueError, match="true or false"):
            one(heard)
    with pytest.raises(ValueError, match="missing"):
        saturation(np.array([[1.0, np.nan]] * 6))
    with pytest.raises(ValueError, match="a table of interviews by themes is needed"):
        saturation_bootstrap([3, 2, 1])


# --- M23 over orders ------------------------------------------------------------------------


@pytest.mark.parametrize("row", ORDERS.to_dict("records"), ids=lambda row: row["table"][:8])
def test_orders_agree_with_every_order_in_r(row: dict[str, Any]) -> None:
    found = saturation_bootstrap(flags_of(row["table"]), base=2, run=2, draws=20_000,
                                 threshold=row["threshold"])  # fmt: skip
    error = math.sqrt(row["reached"] * (1 - row["reached"]) / 20_000)
    assert found["reached"].value == pytest.approx(row["reached"], abs=4 * error + 1e-12)
    interviews = found["interviews"]
    assert row["middle_from"] <= interviews.value <= row["middle_to"]
    assert row["lower_from"] <= interviews.lower <= row["lower_to"]
    upper = math.inf if interviews.upper is None else interviews.upper
    assert row["upper_from"] <= upper <= row["upper_to"]


def test_draws_with_replacement_agree_with_every_draw() -> None:
    """Four interviews have 256 draws, of which each is worked here interview by interview."""
    heard = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0]], dtype=bool)
    every = [saturation(heard[list(draw)], base=2, run=1, threshold=0.1).reached.value
             for draw in np.ndindex(4, 4, 4, 4)]  # fmt: skip
    exact = np.mean([point is not None for point in every])
    found = saturation_bootstrap(heard, base=2, run=1, threshold=0.1, replace=True, draws=20_000)
    assert 0.5 < exact < 1
    assert found["reached"].value == pytest.approx(exact, abs=4 * 0.5 / math.sqrt(20_000))
    points = [math.inf if point is None else point for point in every]
    assert found["interviews"].value == np.quantile(points, 0.5, method="inverted_cdf")


@steady
@given(tables)
def test_orders_stay_within_those_there_are(heard: list[list[bool]]) -> None:
    flags = np.array(heard)[:5]
    found = saturation_bootstrap(flags, base=1, run=1, draws=40)
    reached = [saturation(flags[list(order)], base=1, run=1).reached.value
               for order in permutations(range(len(flags)))]  # fmt: skip
    points = {one for one in reached if one is not None}
    result = found["interviews"]
    if result.value is not None:
        ends = {result.lower, result.value} | ({result.upper} - {None})
        assert ends <= points
        assert result.lower <= result.value <= (result.upper or math.inf)
    if found["reached"].estimable:
        assert 0 <= found["reached"].value <= 1
        assert found["reached"].value == 0 or points
    again = saturation_bootstrap(flags, base=1, run=1, draws=40)
    assert found == again


def test_saturation_never_reached_in_most_orders_has_no_middle() -> None:
    found = saturation_bootstrap(np.eye(8, dtype=bool))
    assert found["reached"].value == 0.0
    assert "not reached in half" in found["interviews"].reason


@pytest.mark.parametrize("replace", [True, False])
def test_orders_of_too_few_interviews_or_no_themes(replace: bool) -> None:
    for heard in (np.ones((5, 3)), np.zeros((0, 3)), np.zeros((9, 3)), np.ones((9, 0))):
        found = saturation_bootstrap(heard, replace=replace)
        assert not any(result.estimable for result in found.values())
    alike = saturation_bootstrap(np.ones((9, 3)), replace=replace)["interviews"]
    assert (alike.lower, alike.value, alike.upper) == (4, 4, 4)


def test_results_over_orders_say_how() -> None:
    found = saturation_bootstrap(np.ones((9, 3)), draws=30, inputs=("coding",))
    told = "30 orders, interviews shuffled; at most 0.05 new, base 4, run 2"
    assert {one.method for one in found.values()} == {told}
    assert {(one.metric, one.n, one.inputs) for one in found.values()} == {("M23", 9, ("coding",))}


# --- M24 themes -----------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "n", "lower", "upper"), PUBLISHED["prevalence"]["cases"])
def test_prevalence_agrees_with_published_limits(
    count: int, n: int, lower: float, upper: float
) -> None:
    heard = pd.DataFrame({"T": [True] * count + [False] * (n - count)})
    found = theme_prevalence(heard)["T"]
    assert (found.value, found.count, found.n) == (count / n, count, n)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.00005 + 1e-12)
    assert (found.metric, found.of) == ("M24", "families")
    same = theme_prevalence_by_group(heard, pd.Series(["g"] * n))
    assert same["g"]["T"] == found


def test_prevalence_takes_every_form() -> None:
    flags = [[True, False], [True, True], [False, False]]
    frame = pd.DataFrame(flags, columns=["A", "B"])
    expected = [2 / 3, 1 / 3]
    for form in (flags, np.array(flags), np.array(flags, dtype=float), frame,
                 frame.astype("boolean"), frame.astype(object)):  # fmt: skip
        assert list(values(theme_prevalence(form)).values()) == expected


def test_prevalence_by_groups_that_overlap_leaves_out_the_unknown() -> None:
    families = ["f1", "f2", "f3", "f4"]
    heard = pd.DataFrame({"A": [True, False, True, None]}, index=families, dtype="boolean")
    groups = pd.DataFrame({"lone": [True, True, None, True], "rural": [False, None, True, True]},
                          index=families[::-1], dtype="boolean").iloc[::-1]  # fmt: skip
    found = theme_prevalence_by_group(heard, groups)
    # In order f1 to f4: lone yes, unknown, yes, yes; rural yes, yes, unknown, no.
    assert groups.loc[families, "lone"].tolist() == [True, pd.NA, True, True]
    assert (found["lone"]["A"].count, found["lone"]["A"].n) == (2, 2)
    assert (found["rural"]["A"].count, found["rural"]["A"].n) == (1, 2)


def test_prevalence_by_group_adds_up_to_that_of_all() -> None:
    generator = np.random.default_rng(4)
    heard = pd.DataFrame(generator.random((30, 4)) < 0.3, columns=list("ABCD"))
    groups = pd.Series(generator.choice(list("xyz"), 30))
    found = theme_prevalence_by_group(heard, groups)
    for theme, result in theme_prevalence(heard).items():
        assert sum(by[theme].count for by in found.values()) == result.count
        assert sum(by[theme].n for by in found.values()) == result.n


def test_prevalence_of_nobody() -> None:
    empty = theme_prevalence(pd.DataFrame({"A": pd.Series([], dtype=bool)}))
    missing = theme_prevalence(pd.DataFrame({"A": [None, None]}))
    assert empty["A"].reason == missing["A"].reason == "nobody was heard"
    assert theme_prevalence(pd.DataFrame(index=["f1"])) == {}
    groups = pd.DataFrame({"lone": [False]}, index=["f1"])
    nobody = theme_prevalence_by_group(pd.DataFrame({"A": [True]}, index=["f1"]), groups)
    assert not nobody["lone"]["A"].estimable


def test_prevalence_refuses_what_does_not_fit() -> None:
    heard = pd.DataFrame({"A": [True, False]}, index=["f1", "f2"])
    with pytest.raises(ValueError, match="family f2 has no row in groups"):
        theme_prevalence_by_group(heard, pd.Series(["g"], index=["f1"]))
    with pytest.raises(ValueError, match="f1 is listed twice"):
        theme_prevalence_by_group(heard, pd.Series(["g", "g", "g"], index=["f1", "f2", "f1"]))
    with pytest.raises(ValueError, match="f1 is listed twice"):
        theme_prevalence(heard.set_axis(["f1", "f1"]))
    with pytest.raises(ValueError, match="A is listed twice"):
        theme_prevalence(pd.DataFrame([[True, True]], columns=["A", "A"]))
    with pytest.raises(ValueError, match="true or false"):
        theme_prevalence(pd.DataFrame({"A": ["yes", "no"]}))


def test_rows_become_a_table() -> None:
    units, themes = ["i2", "i1", "i1", None, "i1"], ["B", "A", "A", "A", None]
    found = incidence(units, themes, all_units=["i1", "i2", "i3"])
    assert found.index.tolist() == ["i1", "i2", "i3"] and found.columns.tolist() == ["B", "A"]
    assert found.to_numpy().tolist() == [[False, True], [True, False], [False, False]]
    frame = pd.DataFrame({"u": units, "t": themes}).astype("category")
    same = incidence(frame["u"], frame["t"], all_units=["i1", "i2", "i3"])
    assert same.to_numpy().tolist() == found.to_numpy().tolist()
    assert incidence([], []).shape == (0, 0)
    with pytest.raises(ValueError, match="unknown unit: i2"):
        incidence(units, themes, all_units=["i1"])
    with pytest.raises(ValueError, match="unknown theme: B"):
        incidence(units, themes, all_themes=["A"])
    with pytest.raises(ValueError, match="equally long"):
        incidence(["i1"], [])


def test_salience_agrees_with_the_hand_worked() -> None:
    case = PUBLISHED["salience"]
    found = salience(case["units"], case["themes"], all_units=case["all"])
    assert values(found) == pytest.approx(case["salience"])
    assert {theme: one.count for theme, one in found.items()} == case["count"]
    assert {one.n for one in found.values()} == {4}


def test_salience_agrees_with_r() -> None:
    lists, expected = table("lists"), table("salience").set_index("theme")["salience"]
    for units, themes in (
        (lists["unit"], lists["theme"]),
        (lists["unit"].tolist(), lists["theme"].to_numpy()),
        (lists["unit"].astype("category"), lists["theme"].astype("category")),
    ):
        found = values(salience(units, themes))
        assert found == pytest.approx(expected[expected > 0].to_dict(), abs=1e-11)


@steady
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("WXYZ")), min_size=1),
       st.permutations("abc"))  # fmt: skip
def test_salience_does_not_depend_on_which_list_comes_first(
    rows: list[tuple[str, str]], order: list[str]
) -> None:
    found = values(salience(*zip(*rows, strict=True), all_units="abc"))
    other = sorted(rows, key=lambda row: order.index(row[0]))  # stable: ranks stay
    assert values(salience(*zip(*other, strict=True), all_units="abc")) == pytest.approx(found)
    # Naming a theme again changes nothing; the first mention counts.
    again = values(salience(*zip(*(rows + rows), strict=True), all_units="abc"))
    assert again == pytest.approx(found)
    assert all(0 < one <= 1 for one in found.values())


def test_salience_of_nothing_and_of_strangers() -> None:
    assert salience([], []) == {}
    assert salience([None, "a"], ["W", None]) == {}
    with pytest.raises(ValueError, match="unknown unit: b"):
        salience(["b"], ["W"], all_units=["a"])
    with pytest.raises(ValueError, match="equally long"):
        salience(["a", "b"], ["W"])


def test_negative_cases_agree_with_the_count_by_hand() -> None:
    case = PUBLISHED["negative"]
    links = pd.DataFrame(case["links"], columns=["from_id", "to_id", "kind"])
    for form in (links, links.astype("category"), links.sample(frac=1, random_state=1)):
        found = negative_cases(form, ["F1", "F2", "F3"])
        assert values(found) == case["excerpts"]
        families = pd.Series(case["families"])
        assert (
            values(negative_cases(form, ["F1", "F2", "F3"], families=families))
            == (case["by_family"])
        )
    assert (found["F1"].metric, found["F1"].count, found["F1"].of) == ("M24", 3, "excerpts")


def test_negative_cases_of_nothing() -> None:
    empty = pd.DataFrame({"from_id": [], "to_id": [], "kind": []})
    assert values(negative_cases(empty, ["F1"])) == {"F1": 0}
    assert negative_cases(empty, []) == {}
    with pytest.raises(ValueError, match="lacks kind"):
        negative_cases(empty.drop(columns="kind"), ["F1"])


# --- M25 quote parity -----------------------------------------------------------------------

EXCERPTS, PARITY = table("excerpts"), table("quotes")


def rows_of(counts: dict[str, list[int]]) -> tuple[list[bool], list[str]]:
    quoted, groups = [], []
    for group, (yes, n) in counts.items():
        quoted += [True] * yes + [False] * (n - yes)
        groups += [group] * n
    return quoted, groups


@pytest.mark.parametrize("case", PUBLISHED["parity"]["cases"], ids=lambda c: c["why"][:12])
def test_parity_agrees_with_the_hand_worked(case: dict[str, Any]) -> None:
    found = quote_parity(*rows_of(case["counts"]))
    assert values(found) == pytest.approx(case["ratio"])
    for group, counts in case["counts"].items():
        assert [found[group].count, found[group].n] == counts
        assert found[group].lower <= found[group].value <= found[group].upper


@pytest.mark.parametrize("row", PARITY.to_dict("records"), ids=str)
def test_parity_agrees_with_r(row: dict[str, Any]) -> None:
    rows = EXCERPTS[EXCERPTS["set"] == row["set"]]
    clusters = rows["family"] if row["clustered"] else None
    found = quote_parity(rows["quoted"], rows["group"], clusters=clusters)[row["group"]]
    ends = [found.value, found.lower, found.upper]
    assert ends == pytest.approx([row["value"], row["lower"], row["upper"]], rel=1e-6)


@pytest.mark.parametrize("row", table("rates").to_dict("records"), ids=str)
def test_ratio_of_rates_agrees_with_r(row: dict[str, float]) -> None:
    found = ratio_of_rates(row["x1"], row["n1"], row["x0"], row["n0"])
    assert found == pytest.approx((row["lower"], row["upper"]), rel=1e-6)


def test_ratio_of_rates_agrees_with_koopman() -> None:
    case = PUBLISHED["koopman"]
    assert ratio_of_rates(*case["counts"]) == pytest.approx(
        (case["lower"], case["upper"]), abs=0.005
    )


@steady
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
       st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))  # fmt: skip
def test_ratio_of_rates_turned_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    lower, upper = ratio_of_rates(*one, *other)
    back = ratio_of_rates(*other, *one)
    turned = tuple(math.inf if end == 0 else 0.0 if end == math.inf else 1 / end
                   for end in back[::-1])  # fmt: skip
    assert (lower, upper) == pytest.approx(turned, rel=1e-6)
    if one[0] and other[0]:
        ratio = one[0] / one[1] / (other[0] / other[1])
        assert lower <= ratio * (1 + 1e-9) and ratio * (1 - 1e-9) <= upper


excerpts = st.lists(
    st.tuples(st.booleans(), st.sampled_from("ab"), st.integers(0, 4)), min_size=2, max_size=40
)


@steady
@given(excerpts, st.randoms(use_true_random=False))
def test_parity_does_not_depend_on_order_names_or_form(rows: list[Any], random: Any) -> None:
    quoted, groups, family = (list(column) for column in zip(*rows, strict=True))
    expected = quote_parity(quoted, groups, clusters=family)
    mixed = random.sample(rows, len(rows))
    q, g, f = zip(*mixed, strict=True)
    forms = [
        quote_parity(q, g, clusters=[f"family {one}" for one in f]),
        quote_parity(np.array(quoted, dtype=int), pd.Series(groups, dtype="category"),
                     clusters=np.array(family)),
        quote_parity(pd.Series(quoted, dtype="boolean"), np.array(groups),
                     clusters=pd.Series(family, dtype="Int64")),
        quote_parity(quoted, pd.DataFrame({one: [this == one for this in groups]
                                           for one in sorted(set(groups))}), clusters=family),
    ]  # fmt: skip
    for found in forms:
        assert set(found) == set(expected)
        for name, result in expected.items():
            for end in ("value", "lower", "upper"):
                one, other = getattr(found[name], end), getattr(result, end)
                assert one == pytest.approx(other, abs=1e-9)
            assert found[name].reason == result.reason


@steady
@given(excerpts)
def test_parity_lies_in_its_interval_and_shares_add_up(rows: list[Any]) -> None:
    quoted, groups, family = zip(*rows, strict=True)
    for clusters in (None, family):
        found = quote_parity(quoted, groups, clusters=clusters)
        whole = sum(one.value * one.n / len(rows) for one in found.values() if one.estimable)
        assert not any(quoted) or whole == pytest.approx(1.0)
        for one in found.values():
            if one.lower is not None:
                assert 0 <= one.lower <= one.value <= one.upper <= len(rows) / one.n + 1e-9


def test_rows_doubled_as_clusters_leave_the_interval_about_as_wide() -> None:
    """Each excerpt twice in one cluster tells nothing new, as the design effect of 2 says."""
    quoted, groups = rows_of({"a": [8, 30], "b": [20, 40]})
    once = quote_parity(quoted, groups)["a"]
    twice = quote_parity(quoted * 2, groups * 2, clusters=list(range(70)) * 2)["a"]
    naive = quote_parity(quoted * 2, groups * 2)["a"]
    assert twice.value == once.value == naive.value
    width = [math.log(one.upper / one.lower) for one in (once, twice, naive)]
    assert width[1] == pytest.approx(width[0], rel=0.04)
    assert width[2] < 0.75 * width[0]


def test_parity_leaves_out_what_is_not_known() -> None:
    quoted = [True, False, None, True, False, True]
    groups = ["a", "a", "a", "b", "b", None]
    found = quote_parity(quoted, groups)
    assert found == quote_parity([True, False, True, False], list("aabb"))
    alone = quote_parity([True, False, True, False], list("aabb"), clusters=[None] * 4)
    assert values(alone) == values(found)
    assert (alone["a"].lower, alone["a"].upper) == (found["a"].lower, found["a"].upper)


def test_parity_where_there_is_none() -> None:
    nothing = quote_parity([False, False], ["a", "b"])
    assert {one.reason for one in nothing.values()} == {"nothing was quoted"}
    assert quote_parity([], []) == {}
    assert quote_parity([None, None], ["a", "b"])["a"].reason == (
        "there are no excerpts from the group"
    )
    absent = quote_parity([True, False], pd.DataFrame({"a": [False, False]}))
    assert absent["a"].reason == "there are no excerpts from the group"
    only = quote_parity([True, False], ["a", "a"])["a"]
    assert (only.value, only.lower) == (1.0, None)
    family = quote_parity([True, False], ["a", "b"], clusters=["f", "f"])["a"]
    assert (family.value, family.lower) == (2.0, None)


def test_nobody_quoted_still_has_an_upper_end_and_all_a_lower_one() -> None:
    found = quote_parity(*rows_of({"a": [0, 10], "b": [10, 10]}))
    assert (found["a"].value, found["a"].lower) == (0.0, 0.0) and 0 < found["a"].upper < 1
    assert (found["b"].value, found["b"].upper) == (2.0, 2.0) and 1 < found["b"].lower < 2


def test_parity_refuses_what_is_no_answer() -> None:
    with pytest.raises(ValueError, match="quoted must be"):
        quote_parity([2, 0], ["a", "b"])
    with pytest.raises(ValueError, match="equally long"):
        quote_parity([True], ["a", "b"])
    with pytest.raises(ValueError, match="true or false"):
        quote_parity([True], pd.DataFrame({"a": [3]}))
