"""Models of answers: against R's ordinal and clubSandwich, and at their limits.

Expected figures stand in ``results/``, beside the R script that made them. R is not needed to
run the tests.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.regression.linear_model import OLS

from wfw_eval.metrics.scales import OrdinalModel, cluster_regression, ordinal_model

RESULTS = Path(__file__).parent / "results"
DATA = pd.read_csv(RESULTS / "scales_model_data.csv")
ODDS = pd.read_csv(RESULTS / "scales_odds.csv")
LEAST = pd.read_csv(RESULTS / "scales_least_squares.csv")
SETS = list(dict.fromkeys(DATA["set"]))

few = settings(deadline=None, derandomize=True, database=None, max_examples=15)


def given_set(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = DATA[DATA["set"] == name]
    return rows, rows[["role", "months"]]


def r_name(term: str) -> str:
    """Return what R calls a term: ``rolechild`` for ``role[child]``."""
    return "(Intercept)" if term == "intercept" else term.replace("[", "").replace("]", "")


def drawn(seed: int, n: int = 80) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    x = np.column_stack((generator.integers(0, 2, n), generator.normal(size=n)))
    answers = np.digitize(x @ (0.5, 0.3) + generator.logistic(size=n), (-1, 0, 1))
    return answers, x, generator.integers(0, 12, n)


def numbers(model: OrdinalModel) -> list[float]:
    parts = [*model.odds_ratios.values(), *model.thresholds.values(), model.log_likelihood]
    return [x for one in parts for x in (one.value, one.lower, one.upper) if x is not None]


# --- Proportional odds ----------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_odds_agree_with_clm(name: str) -> None:
    rows, predictors = given_set(name)
    expected = ODDS[ODDS["set"] == name].set_index("term")
    model = ordinal_model(rows["answer"], predictors)
    robust = ordinal_model(rows["answer"], predictors, clusters=rows["partner"], corrected=False)
    assert model.log_likelihood.value == pytest.approx(expected["likelihood"].iloc[0], abs=1e-8)
    terms = {**model.thresholds, **model.coefficients}
    assert sorted(map(r_name, terms)) == sorted(expected.index)
    for term, result in terms.items():
        row = expected.loc[r_name(term)]
        assert result.value == pytest.approx(row["value"], abs=1e-7)
        error = (result.upper - result.lower) / 2 / norm.ppf(0.975)
        assert error == pytest.approx(row["se"], rel=1e-6)
        again = {**robust.thresholds, **robust.coefficients}[term]
        error = (again.upper - again.lower) / 2 / norm.ppf(0.975)
        assert error == pytest.approx(row["robust"], rel=1e-6)


@pytest.mark.parametrize("name", SETS)
def test_odds_ratios_are_of_the_coefficients(name: str) -> None:
    rows, predictors = given_set(name)
    expected = ODDS[ODDS["set"] == name].set_index("term")
    model = ordinal_model(rows["answer"], predictors)
    for term, ratio in model.odds_ratios.items():
        row = expected.loc[r_name(term)]
        spread = norm.ppf(0.975) * row["se"]
        logs = [math.log(one) for one in (ratio.lower, ratio.value, ratio.upper)]
        centre = row["value"]
        assert logs == pytest.approx([centre - spread, centre, centre + spread], abs=1e-6)
        p = 2 * norm.sf(abs(centre) / row["se"])
        assert model.p[term].value == pytest.approx(p, rel=1e-4)


@few
@given(st.integers(0, 10_000))
def test_odds_agree_with_statsmodels(seed: int) -> None:
    answers, x, _ = drawn(seed)
    peer = OrderedModel(answers, x, distr="logit").fit(method="newton", disp=False)
    model = ordinal_model(answers, x)
    found = [one.value for one in model.coefficients.values()]
    assert found == pytest.approx(list(peer.params[:2]), abs=1e-5)
    assert model.log_likelihood.value == pytest.approx(peer.llf, abs=1e-6)


@few
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-10, 10))
def test_odds_do_not_mind_order_or_where_a_predictor_starts(
    seed: int, times: float, plus: float
) -> None:
    answers, x, clusters = drawn(seed)
    for given_ in (None, clusters):
        model = ordinal_model(answers, x, clusters=given_)
        order = np.random.default_rng(seed).permutation(answers.size)
        again = ordinal_model(
            answers[order], x[order], clusters=None if given_ is None else given_[order]
        )
        assert numbers(again) == pytest.approx(numbers(model), rel=1e-7)
        moved = ordinal_model(answers, x + np.array([0, plus]), clusters=given_)
        kept = [[one.value, one.lower, one.upper] for one in model.odds_ratios.values()]
        found = [[one.value, one.lower, one.upper] for one in moved.odds_ratios.values()]
        assert np.allclose(found, kept, rtol=1e-5)
        stretched = ordinal_model(answers, x * [1, times], clusters=given_).coefficients["x2"]
        assert stretched.value * times == pytest.approx(model.coefficients["x2"].value, rel=1e-6)


@few
@given(st.integers(0, 10_000))
def test_turning_the_scale_turns_the_odds(seed: int) -> None:
    answers, x, clusters = drawn(seed)
    model, turned = (
        ordinal_model(one, x, clusters=clusters).coefficients for one in (answers, -answers)
    )
    for name in model:
        assert turned[name].value == pytest.approx(-model[name].value, abs=1e-7)
        assert turned[name].lower == pytest.approx(-model[name].upper, abs=1e-7)


def test_the_correction_widens_and_copies_tell_nothing_new() -> None:
    answers, x, clusters = drawn(1)
    plain = ordinal_model(answers, x, clusters=clusters, corrected=False).coefficients["x1"]
    wider = ordinal_model(answers, x, clusters=clusters).coefficients["x1"]
    assert wider.lower < plain.lower < plain.upper < wider.upper
    double = ordinal_model(
        np.repeat(answers, 2), np.repeat(x, 2, axis=0), clusters=np.repeat(clusters, 2)
    ).coefficients["x1"]
    assert (double.lower, double.upper) == pytest.approx((wider.lower, wider.upper), abs=1e-8)


def test_models_take_predictors_in_every_form() -> None:
    answers, x, clusters = drawn(2)
    words = np.where(x[:, 0] == 1, "yes", "no")
    forms: list[Any] = [
        x,
        x.tolist(),
        pd.DataFrame(x, columns=["x1", "x2"], index=range(5, 85)),
        {"x1": x[:, 0].astype(int), "x2": x[:, 1]},
        {"x1": pd.array(x[:, 0].astype(int), dtype="Int64"), "x2": x[:, 1]},
    ]
    assert len({str(ordinal_model(answers, one).odds_ratios) for one in forms}) == 1
    assert len({str(cluster_regression(answers, one, clusters)) for one in forms}) == 1
    level = pd.Categorical(words, categories=["no", "yes", "never seen"])
    for column in (words, level, x[:, 0] == 1):
        table = pd.DataFrame({"x1": column, "x2": x[:, 1]})
        model = ordinal_model(pd.Series(answers, dtype="Int64"), table)
        assert numbers(model) == pytest.approx(numbers(ordinal_model(answers, x)), rel=1e-9)
        assert len(cluster_regression(answers, table, clusters)) == 3
    assert list(ordinal_model(answers, pd.Series(words, name="rural")).p) == ["rural[yes]"]


def test_models_leave_out_incomplete_people() -> None:
    answers, x, clusters = drawn(3)
    holed, labelled = answers.astype(float), clusters.astype(object)
    gaps = x.copy()
    holed[0], gaps[1, 1], labelled[2] = math.nan, math.nan, None
    rest = slice(3, None)
    one = ordinal_model(holed, gaps, clusters=labelled)
    other = ordinal_model(answers[rest], x[rest], clusters=clusters[rest])
    assert numbers(one) == pytest.approx(numbers(other), rel=1e-9)
    assert one.log_likelihood.n == 77
    found = cluster_regression(holed, gaps, labelled)
    same = cluster_regression(answers[rest], x[rest], clusters[rest])
    for term in found:
        one_, same_ = found[term].coefficient, same[term].coefficient
        assert (one_.value, one_.lower, one_.n) == pytest.approx((same_.value, same_.lower, 77))


def test_ordered_words_are_answers() -> None:
    answers, x, _ = drawn(4)
    named = pd.Series(
        pd.Categorical.from_codes(answers, ["never", "seldom", "often", "always"], ordered=True)
    )
    assert numbers(ordinal_model(named, x)) == numbers(ordinal_model(answers, x))


def test_degenerate_odds() -> None:
    x = np.arange(12) % 2
    cases = [
        ([3] * 12, x, "all gave the same answer"),
        ([], np.zeros((0, 1)), "all gave the same answer"),
        ([math.nan] * 12, x, "all gave the same answer"),
        (list(range(12)), np.ones(12), "a predictor follows from the others"),
        (x + 1, x, "separation: an odds ratio has no end"),
    ]
    for answers, predictor, reason in cases:
        model = ordinal_model(answers, predictor)
        parts = [*model.odds_ratios.values(), *model.p.values(), model.log_likelihood]
        assert {one.reason for one in parts} == {reason}
    answers, x2, _ = drawn(5)
    alone = ordinal_model(answers, x2, clusters=np.arange(80) % 2)
    assert alone.odds_ratios["x1"].lower is None and not alone.p["x1"].estimable
    with pytest.raises(ValueError, match="equally long"):
        ordinal_model([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="numbers"):
        ordinal_model(["low", "high"], [1, 2])
    with pytest.raises(ValueError, match="finite"):
        ordinal_model([1, 2, 2], [1, 2, math.inf])


# --- Regression with clusters ---------------------------------------------------------------


@pytest.mark.parametrize("variance", ["CR0", "CR1", "CR1S", "CR2"])
@pytest.mark.parametrize("name", SETS)
def test_regression_agrees_with_clubsandwich(name: str, variance: Any) -> None:
    rows, predictors = given_set(name)
    found = cluster_regression(rows["score"], predictors, rows["partner"], variance=variance)
    expected = LEAST[(LEAST["set"] == name) & (LEAST["variance"] == variance)].set_index("term")
    assert sorted(map(r_name, found)) == sorted(expected.index)
    for term, result in found.items():
        row, slope = expected.loc[r_name(term)], result.coefficient
        assert (slope.value, slope.lower, slope.upper) == pytest.approx(
            (row["value"], row["lower"], row["upper"]), rel=1e-7, abs=1e-8
        )
        assert result.df.value == pytest.approx(row["df"], rel=1e-7)
        assert result.p.value == pytest.approx(row["p"], abs=1e-8)


@few
@given(st.integers(0, 10_000))
def test_regression_agrees_with_statsmodels(seed: int) -> None:
    answers, x, clusters = drawn(seed)
    peer = OLS(answers, np.column_stack((np.ones(80), x))).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": True}
    )
    found = cluster_regression(answers, x, clusters, variance="CR1S")
    assert [one.coefficient.value for one in found.values()] == pytest.approx(list(peer.params))
    for one, error in zip(found.values(), peer.bse, strict=True):
        width = one.coefficient.upper - one.coefficient.lower
        assert width / 2 / t.ppf(0.975, one.df.value) == pytest.approx(error, rel=1e-7)


@few
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-50, 50))
def test_regression_does_not_mind_order_or_names(seed: int, times: float, plus: float) -> None:
    answers, x, clusters = drawn(seed)
    order = np.random.default_rng(seed).permutation(80)
    one = cluster_regression(answers, x, clusters)["x2"]
    named = [f"partner {99 - at}" for at in clusters[order]]
    other = cluster_regression(answers[order], x[order] * [1, times] + [0, plus], named)["x2"]
    assert other.coefficient.value * times == pytest.approx(one.coefficient.value, abs=1e-7)
    assert other.df.value == pytest.approx(one.df.value, rel=1e-6)
    assert other.p.value == pytest.approx(one.p.value, abs=1e-6)


def test_degenerate_regression() -> None:
    y, x = [1.0, 2.0, 3.0, 5.0], [0, 1, 0, 1]
    cases = [
        ([], np.zeros((0, 1)), [], "no more people than coefficients"),
        ([math.nan] * 4, x, [1, 1, 2, 2], "no more people than coefficients"),
        (y[:2], x[:2], [1, 2], "no more people than coefficients"),
        (y, [1, 1, 1, 1], [1, 1, 2, 2], "a predictor follows from the others"),
        (y, {"a": x, "b": [1, 0, 1, 0]}, [1, 1, 2, 2], "a predictor follows from the others"),
    ]
    for outcome, predictors, clusters, reason in cases:
        found = cluster_regression(outcome, predictors, clusters)
        assert {one.coefficient.reason for one in found.values()} == {reason}
        assert not any(one.p.estimable for one in found.values())
    one_partner = cluster_regression(y, x, ["a"] * 4)["x1"]
    assert one_partner.coefficient.value == pytest.approx(1.5)
    assert one_partner.coefficient.lower is None
    assert not one_partner.df.estimable
    exact = cluster_regression([0, 1, 0, 1, 0, 1], [0, 1] * 3, [1, 1, 2, 2, 3, 3])["x1"]
    assert exact.coefficient.value == pytest.approx(1)
    for wrong, words in (
        (([1, 2], [1, 2, 3], [1, 2]), "equally long"),
        (([1, math.inf, 2], [1, 2, 3], [1, 2, 3]), "finite"),
        ((["a", "b"], [1, 2], [1, 2]), "numbers"),
        (([1, 2], np.zeros((2, 1, 1)), [1, 2]), "table"),
    ):
        with pytest.raises(ValueError, match=words):
            cluster_regression(*wrong)
    with pytest.raises(ValueError, match="variance"):
        cluster_regression(y, x, x, variance="HC3")  # type: ignore[arg-type]
