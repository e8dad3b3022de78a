"""Networks of working ties: against igraph and sna, published figures, hand-worked ones, limits.

Expected figures stand in ``results/``, beside the R scripts that made them and, for published or
hand-worked ones, with their source. R is not needed to run the tests.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wfw_eval.metrics.betweenness import betweenness
from wfw_eval.metrics.homophily import ei_index
from wfw_eval.metrics.network import (
    betweenness_centralisation,
    degree_centralisation,
    density,
    density_bounds,
    reciprocity,
)
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.ties import network
from wfw_eval.metrics.trust import DIMENSIONS, trust_and_value

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "network_published.json").read_text(encoding="utf-8"))

steady = settings(deadline=None, derandomize=True, database=None)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(RESULTS / f"network_{name}.csv", keep_default_na=True)


SHAPES, TIES, BETWEEN, EI = map(table, ("shape", "ties", "betweenness", "ei"))


def pairs_of(graph: str, directed: bool = False) -> np.ndarray:
    rows = TIES[(TIES["graph"] == graph) & (TIES["directed"] == directed)]
    return rows[["from", "to"]].to_numpy() - 1


SHAPES_METRICS = (density, degree_centralisation, betweenness_centralisation)
pairs = st.integers(3, 9).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=25),
        st.booleans(),
    )
)


# --- M37 shape: against igraph and sna ------------------------------------------------------


@pytest.mark.parametrize("row", SHAPES.to_dict("records"), ids=lambda row: row["graph"])
def test_shape_agrees_with_igraph_and_sna(row: dict[str, Any]) -> None:
    ties = network(pairs_of(row["graph"], row["directed"]), nodes=row["n"],
                   directed=row["directed"])  # fmt: skip
    assert density(ties).value == pytest.approx(row["density"], abs=1e-11)
    assert degree_centralisation(ties).value == pytest.approx(row["total"], abs=1e-11)
    assert betweenness_centralisation(ties).value == pytest.approx(row["between"], abs=1e-11)
    if row["directed"]:
        for mode in ("in", "out"):
            found = degree_centralisation(ties, mode=mode).value
            assert found == pytest.approx(row[mode], abs=1e-11)
        assert reciprocity(ties).value == pytest.approx(row["reciprocity"], abs=1e-11)


@pytest.mark.parametrize("row", SHAPES.to_dict("records"), ids=lambda row: row["graph"])
def test_betweenness_agrees_with_igraph(row: dict[str, Any]) -> None:
    graph, directed = row["graph"], row["directed"]
    rows = BETWEEN[(BETWEEN["graph"] == graph) & (BETWEEN["directed"] == directed)]
    found = betweenness(network(pairs_of(graph, directed), nodes=row["n"], directed=directed))
    assert found == pytest.approx(rows["betweenness"].to_numpy(), abs=1e-9)


@pytest.mark.parametrize("name", PUBLISHED["shape"]["cases"])
def test_shape_agrees_with_the_annex(name: str) -> None:
    case = PUBLISHED["shape"]["cases"][name]
    found = [one(case["ties"], nodes=case["n"]).value for one in SHAPES_METRICS]
    assert found == pytest.approx(case["figures"], abs=5e-7)


def test_shape_of_the_karate_club_agrees_with_the_annex() -> None:
    found = [one(pairs_of("karate")).value for one in SHAPES_METRICS]
    assert found == pytest.approx(PUBLISHED["shape"]["karate"], abs=5e-7)


def test_reciprocity_agrees_with_the_framework() -> None:
    case = PUBLISHED["reciprocity"]
    assert reciprocity(case["ties"]).value == pytest.approx(case["value"])


def test_lots_of_sources_do_not_change_betweenness(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = network(pairs_of("large"), nodes=60)
    whole = betweenness(ties)
    monkeypatch.setattr("wfw_eval.metrics.betweenness.HELD", 420)  # seven sources at a time
    assert betweenness(ties) == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("directed", [True, False])
def test_both_ways_of_counting_ties_once_agree(
    directed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = np.random.default_rng(5).integers(0, 30, (500, 2))
    marked = network(many, nodes=30, directed=directed)
    monkeypatch.setattr("wfw_eval.metrics.ties.MARKED", 10)
    sorted_ = network(many, nodes=30, directed=directed)
    assert np.array_equal(marked.start, sorted_.start)
    assert np.array_equal(marked.end, sorted_.end)
    assert not np.any(marked.start == marked.end)


@steady
@given(pairs, st.randoms(use_true_random=False))
def test_shape_does_not_depend_on_order_labels_or_repeats(case: Any, random: Any) -> None:
    n, ties, directed = case
    places = random.sample(range(n), n)
    names = [f"p{place}" for place in places]
    other = [(names[one], names[two]) for one, two in ties] * 2
    if not directed:
        other = [pair[::-1] for pair in other]
    random.shuffle(other)
    for one in SHAPES_METRICS:
        expected = one(ties, nodes=n, directed=directed).value
        found = one(other, nodes=sorted(names), directed=directed).value
        assert found == pytest.approx(expected, abs=1e-12)


@steady
@given(pairs)
def test_shape_lies_between_its_limits(case: Any) -> None:
    n, ties, directed = case
    found = [one(ties, nodes=n, directed=directed).value for one in SHAPES_METRICS]
    assert all(0 <= value <= 1 for value in found)
    if directed:
        for mode in ("in", "out"):
            assert 0 <= degree_centralisation(ties, nodes=n, directed=True, mode=mode).value <= 1


@steady
@given(pairs)
def test_a_network_both_ways_has_the_shape_of_one_without_direction(case: Any) -> None:
    n, ties, _ = case
    both = [*ties, *(pair[::-1] for pair in ties)]
    for one in SHAPES_METRICS:
        expected = one(ties, nodes=n).value
        assert one(both, nodes=n, directed=True).value == pytest.approx(expected, abs=1e-12)
    returned = reciprocity(both, nodes=n)
    assert returned.value in (1.0, None)


def test_every_form_of_input_gives_the_same() -> None:
    ties = [("a", "b"), ("b", "c"), ("a", "d"), ("c", "d"), ("a", "a")]
    frame = pd.DataFrame(ties, columns=["from_id", "to_id"], index=[7, 7, 7, 7, 7])
    numbered = np.array([[0, 1], [1, 2], [0, 3], [2, 3], [0, 0]])
    forms = [
        (ties, None), (tuple(ties), ["d", "c", "b", "a"]), (frame, None),
        (frame.astype("category"), None), (frame.astype("string"), pd.Series(list("abcd"))),
        (numbered, 4), (numbered.astype(np.uint8), np.int64(4)), (numbered.tolist(), range(4)),
        (network(ties), None),
    ]  # fmt: skip
    for one in SHAPES_METRICS:
        values = [one(form, nodes=nodes).value for form, nodes in forms]
        assert values == pytest.approx([values[0]] * len(forms), abs=1e-12)


def test_a_tie_of_strength_nought_is_none() -> None:
    frame = pd.DataFrame({"from_id": list("abc"), "to_id": list("bca"), "strength": [2, 0, None]})
    assert density(frame, nodes=list("abcd")).value == pytest.approx(2 / 6)


def test_people_without_ties_count_when_they_are_named() -> None:
    assert density([(0, 1)], nodes=4).value == pytest.approx(1 / 6)
    assert density([(0, 1)]).value == 1.0


@pytest.mark.parametrize(
    ("ties", "options", "told"),
    [
        ([("a", None)], {}, "an end of a tie is missing"),
        ([("a", "b")], {"nodes": ["a", "c"]}, "b has a tie and is not among"),
        ([("a", "b")], {"nodes": ["a", "b", "a"]}, "a is listed twice"),
        ([(0, 4)], {"nodes": 4}, "numbered from 0 to 3"),
        ([(0, -1)], {"nodes": 4}, "numbered from 0 to 3"),
        ([(0.0, 1.0)], {"nodes": 4}, "numbered from 0 to 3"),
        (np.zeros((2, 3)), {}, "not \\(2, 3\\)"),
        ([("a", "b", "c")], {}, "ties are pairs"),
        (["ab"], {}, "ties are pairs"),
        (pd.DataFrame({"a": [1]}), {}, "from_id and to_id"),
        (network([(0, 1)]), {"nodes": 5}, "read already"),
        ([("a", "b")], {"non_respondents": ["z"], "nodes": ["a", "b"]}, "z did not answer and"),
        ([("a", "b")], {"non_respondents": ["a"], "directed": True}, "by a, who did not"),
        ([("a", "b")], {"non_respondents": ["a", "b"]}, "by a, who did not"),
    ],
)
@pytest.mark.parametrize("one", SHAPES_METRICS)
def test_what_is_no_network_is_refused(one: Any, ties: Any, options: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        one(ties, **options)


def test_directions_are_asked_for_only_where_there_are_any() -> None:
    with pytest.raises(ValueError, match="no in and out"):
        degree_centralisation([(0, 1), (1, 2)], mode="in")
    with pytest.raises(ValueError, match="total, in or out"):
        degree_centralisation([(0, 1), (1, 2)], directed=True, mode="both")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="cannot be returned"):
        reciprocity(network([(0, 1)]))


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_and_one_person_have_no_shape(n: int) -> None:
    for one in (*SHAPES_METRICS, density_bounds, reciprocity):
        result = one([], nodes=n)
        assert not result.estimable and result.reason


def test_centralisation_needs_three() -> None:
    assert density([(0, 1)], nodes=2).estimable
    for one in (degree_centralisation, betweenness_centralisation):
        assert not one([(0, 1)], nodes=2).estimable
        assert one([(0, 1)], nodes=3).estimable


def test_no_ties_at_all() -> None:
    assert [one([], nodes=5).value for one in SHAPES_METRICS] == [0.0, 0.0, 0.0]
    assert reciprocity([], nodes=5).reason == "there are no ties"


def test_results_say_what_they_are_about() -> None:
    result = density([("a", "b"), ("b", "c")], non_respondents=["d", "e"], inputs=("tie",))
    assert (result.metric, result.unit, result.n, result.of) == ("M37", "proportion", 3, "people")
    assert result.method == "among those who answered; 2 did not"
    assert result.inputs == ("tie",)


# --- M37, M39 people who did not answer -----------------------------------------------------


@pytest.mark.parametrize("case", PUBLISHED["bounds_by_hand"]["cases"], ids=lambda c: c["why"][:12])
def test_bounds_and_respondents_agree_with_the_hand_worked(case: dict[str, Any]) -> None:
    options = {"nodes": case["n"], "directed": case["directed"]}
    bounds = density_bounds(case["ties"], case["silent"], **options)
    assert (bounds.lower, bounds.upper) == pytest.approx((case["lower"], case["upper"]))
    assert (bounds.value, bounds.interval) == (None, "bounds")
    among = density(case["ties"], non_respondents=case["silent"], **options)
    assert among.value == pytest.approx(case["respondents"])


def test_without_direction_either_end_may_have_reported_a_tie() -> None:
    one, other = ([*pair] for pair in ((0, 1), (1, 0)))
    found = [density_bounds([pair], [1], nodes=3) for pair in (one, other)]
    assert found[0] == found[1]
    # Of three pairs one is reported, one is no tie (0 and 2 both answered: none), one unknown.
    assert (found[0].lower, found[0].upper) == pytest.approx((1 / 3, 2 / 3))


@steady
@given(pairs, st.sets(st.integers(0, 8), max_size=3))
def test_bounds_hold_the_density_there_would_have_been(case: Any, silent: set[int]) -> None:
    n, ties, directed = case
    silent = {one for one in silent if one < n}
    reported = [pair for pair in ties if pair[0] not in silent]
    bounds = density_bounds(reported, silent, nodes=n, directed=directed)
    whole = density(ties, nodes=n, directed=directed).value
    assert bounds.lower - 1e-12 <= whole <= bounds.upper + 1e-12
    if not silent:
        assert bounds.lower == bounds.upper == whole


@steady
@given(pairs, st.sets(st.integers(0, 8), max_size=3))
def test_the_ends_of_the_bounds_are_reached(case: Any, silent: set[int]) -> None:
    n, ties, directed = case
    silent = {one for one in silent if one < n}
    reported = [pair for pair in ties if pair[0] not in silent]
    bounds = density_bounds(reported, silent, nodes=n, directed=directed)
    every = [*reported, *((one, other) for one in silent for other in range(n))]
    assert density(reported, nodes=n, directed=directed).value == pytest.approx(bounds.lower)
    assert density(every, nodes=n, directed=directed).value == pytest.approx(bounds.upper)


@pytest.mark.parametrize("one", [*SHAPES_METRICS, reciprocity])
def test_those_who_did_not_answer_are_left_out(one: Any) -> None:
    ties = [(0, 1), (1, 2), (2, 0), (1, 0), (0, 4), (2, 3)]
    among = [(0, 1), (1, 2), (2, 0), (1, 0)]
    found = one(ties, nodes=5, non_respondents=[3, 4])
    assert found.value == one(among, nodes=3).value
    assert found.n == 3


# --- M38 E-I index --------------------------------------------------------------------------


def test_ei_of_the_karate_club() -> None:
    case = PUBLISHED["karate"]
    found = ei_index(pairs_of("karate"), case["club"], nodes=34)
    assert found["index"].value == pytest.approx(case["index"], abs=5e-7)
    assert found["expected"].value == pytest.approx(case["expected"], abs=5e-7)
    crossing = (1 + found["index"].value) / 2 * 78
    assert crossing == pytest.approx(case["external"])
    # So few ties across never came up by chance.
    assert found["index"].value < found["expected"].lower
    assert found["p"].value == pytest.approx(1 / 2001)


@pytest.mark.parametrize("case", PUBLISHED["ei_by_hand"]["cases"], ids=lambda c: c["why"][:12])
def test_ei_agrees_with_the_hand_worked(case: dict[str, Any]) -> None:
    found = ei_index(case["ties"], case["groups"])
    assert found["index"].value == pytest.approx(case["index"])
    assert found["expected"].value == pytest.approx(case["expected"])


@pytest.mark.parametrize("row", EI.to_dict("records"), ids=lambda row: str(row["case"]))
def test_ei_agrees_with_r_over_every_deal_of_the_groups(row: dict[str, Any]) -> None:
    ties = np.array(row["ties"].split(), dtype=int).reshape(-1, 2) - 1
    groups = [int(one) for one in row["group"].split()]
    directed, n = bool(row["directed"]), int(row["n"])
    found = ei_index(ties, groups, nodes=n, directed=directed, draws=40_000)
    assert found["index"].value == pytest.approx(row["index"], abs=1e-11)
    assert found["expected"].value == pytest.approx(row["expected"], abs=1e-11)
    lower, upper = found["expected"].lower, found["expected"].upper
    assert row["lower_from"] - 1e-11 <= lower <= row["lower_to"] + 1e-11
    assert row["upper_from"] - 1e-11 <= upper <= row["upper_to"] + 1e-11
    # Four standard errors of a share of 40,000 draws.
    assert found["p"].value == pytest.approx(row["p"], abs=4 * 0.5 / 200 + 1e-4)


def test_most_of_the_exact_limits_leave_no_room() -> None:
    exact = (EI["lower_from"] == EI["lower_to"]) & (EI["upper_from"] == EI["upper_to"])
    assert exact.sum() >= len(EI) // 2


def test_ei_expectation_is_the_mean_over_every_deal() -> None:
    assert EI["expected"].to_numpy() == pytest.approx(EI["mean"].to_numpy(), abs=1e-9)


@steady
@given(pairs, st.randoms(use_true_random=False))
def test_ei_does_not_depend_on_names_or_form(case: Any, random: Any) -> None:
    n, ties, directed = case
    groups = [random.choice("xyz") for _ in range(n)]
    options = {"directed": directed, "draws": 0}
    expected = ei_index(ties, groups, nodes=n, **options)
    renamed = pd.Series([{"x": 3, "y": 1, "z": 2}[one] for one in groups])
    again = [(f"p{one}", f"p{two}") for one, two in reversed(ties)]
    by_name = {f"p{place}": group for place, group in enumerate(groups)}
    forms = (
        ei_index(ties, renamed, nodes=n, **options),
        ei_index(ties * 3, pd.Categorical(groups), nodes=n, **options),
        ei_index(np.array(ties).reshape(-1, 2), np.array(groups), nodes=n, **options),
        ei_index(again, by_name, **options),
    )
    for found in forms:
        for name in ("index", "expected"):
            assert found[name].value == pytest.approx(expected[name].value, abs=1e-12)
            assert found[name].reason == expected[name].reason


@steady
@given(pairs, st.data())
def test_ei_lies_between_its_limits(case: Any, data: Any) -> None:
    n, ties, directed = case
    groups = data.draw(st.lists(st.sampled_from("xy"), min_size=n, max_size=n))
    found = ei_index(ties, groups, nodes=n, directed=directed, draws=50)
    assume(found["index"].estimable)
    assert -1 <= found["index"].value <= 1
    assert -1 <= found["expected"].lower <= found["expected"].upper <= 1
    assert 0 < found["p"].value <= 1


def test_ei_of_one_group_is_wholly_internal() -> None:
    found = ei_index([(0, 1), (1, 2)], ["x"] * 3, nodes=3)
    assert (found["index"].value, found["expected"].value, found["p"].value) == (-1, -1, 1)


def test_ei_leaves_out_people_of_no_known_group_and_the_silent() -> None:
    ties = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "e"), ("b", "f")]
    groups = {"a": "x", "b": "x", "c": "y", "d": "y", "e": None, "s": "y"}
    found = ei_index(ties, groups, non_respondents=["s"])
    expected = ei_index(ties[:3], {key: groups[key] for key in "abcd"})
    assert found == expected
    assert found["index"].n == 4


def test_ei_counts_people_without_ties_in_the_expectation() -> None:
    groups = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert ei_index([("a", "b")], groups)["expected"].value == pytest.approx(1 / 3)


def test_ei_is_the_same_each_time_and_without_draws_has_no_interval() -> None:
    club = PUBLISHED["karate"]["club"]
    once, again = (ei_index(pairs_of("karate"), club, nodes=34) for _ in range(2))
    assert once == again
    bare = ei_index(pairs_of("karate"), club, nodes=34, draws=0)
    assert (bare["expected"].lower, bare["p"].value) == (None, None)
    assert bare["index"] == once["index"]


def test_lots_of_draws_do_not_change_the_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    club = PUBLISHED["karate"]["club"]
    whole = ei_index(pairs_of("karate"), club, nodes=34)
    monkeypatch.setattr("wfw_eval.metrics.homophily.HELD", 7_800)
    assert ei_index(pairs_of("karate"), club, nodes=34) == whole


@pytest.mark.parametrize(
    ("ties", "groups", "reason"),
    [([], {"a": 1, "b": 2}, "there are no ties"), ([("a", "b")], {"a": 1}, "fewer than two people"),
     ([("a", "b")], {"a": None, "b": None}, "fewer than two people")],
)  # fmt: skip
def test_ei_without_ties_or_people_is_not_estimable(ties: Any, groups: Any, reason: str) -> None:
    found = ei_index(ties, groups)
    assert {result.reason for result in found.values()} == {reason}


def test_ei_refuses_groups_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="2 groups cannot be those of 3 people"):
        ei_index([(0, 1), (1, 2)], ["x", "y"], nodes=3)
    with pytest.raises(ValueError, match="a is in groups twice"):
        ei_index([("a", "b")], pd.Series([1, 2, 1], index=["a", "b", "a"]), nodes=["a", "b"])


# --- M39 trust and value --------------------------------------------------------------------

HAND = PUBLISHED["trust_by_hand"]


def ratings() -> pd.DataFrame:
    rows = [
        {"from_id": pair[0], "to_id": pair[1], "kind": kind, "strength": strength}
        for kind, strengths in HAND["ratings"].items()
        for pair, strength in zip(HAND["pairs"], strengths, strict=True)
    ]
    return pd.DataFrame(rows)


def values(found: dict[str, Result]) -> dict[str, Any]:
    return {name: result.value for name, result in found.items()}


def test_trust_agrees_with_the_hand_worked() -> None:
    assert values(trust_and_value(ratings())) == pytest.approx(HAND["value"])


def test_trust_bounds_agree_with_the_hand_worked() -> None:
    found = trust_and_value(ratings(), non_respondents=HAND["silent"])
    assert values(found) == pytest.approx(HAND["value"])
    for name, ends in HAND["bounds"].items():
        assert (found[name].lower, found[name].upper) == pytest.approx(ends), name
        assert found[name].interval == "bounds"


def test_trust_agrees_with_pandas_over_many_ratings() -> None:
    generator = np.random.default_rng(3)
    every = [(one, two) for one in range(8) for two in range(8) if one != two]
    kinds = [kind for three in DIMENSIONS.values() for kind in three]
    frame = pd.DataFrame([(*pair, kind) for pair in every for kind in kinds],
                         columns=["from_id", "to_id", "kind"])  # fmt: skip
    frame["strength"] = generator.integers(0, 5, len(frame))
    means = frame.groupby("kind")["strength"].mean()
    found = values(trust_and_value(frame))
    assert {kind: found[kind] for kind in kinds} == pytest.approx(means.to_dict())
    assert found["trust"] == pytest.approx(means[list(DIMENSIONS["trust"])].mean())


@steady
@given(st.lists(st.integers(0, 4), min_size=6, max_size=18), st.integers(1, 4))
def test_trust_bounds_hold_whatever_the_silent_would_have_said(given_: list[int], k: int) -> None:
    kind = "trust_rel"
    people = [f"p{place}" for place in range(6)]
    every = [(one, two) for one in people for two in people if one != two]
    frame = pd.DataFrame(every[: len(given_)], columns=["from_id", "to_id"])
    frame = frame.assign(kind=kind, strength=given_)
    silent = people[-1]
    found = trust_and_value(frame, nodes=people, non_respondents=[silent])[kind]
    more = [(one, two) for one, two in every if one == silent][:k]
    for rating in (0, 4):
        extra = pd.DataFrame(more, columns=["from_id", "to_id"]).assign(kind=kind, strength=rating)
        whole = trust_and_value(pd.concat([frame, extra]), nodes=people)[kind].value
        assert found.lower - 1e-12 <= whole <= found.upper + 1e-12
    assert 0 <= found.lower <= found.value <= found.upper <= 4


def test_trust_does_not_depend_on_order_or_names() -> None:
    frame = ratings()
    other = frame.sample(frac=1, random_state=1)
    other = other.assign(from_id="x" + other["from_id"], to_id="x" + other["to_id"])
    assert trust_and_value(other) == trust_and_value(frame)
    assert trust_and_value(frame.astype({"kind": "category"})) == trust_and_value(frame)


def test_a_dimension_nobody_rated_is_not_estimable() -> None:
    frame = ratings().query("kind != 'value_power'")
    found = trust_and_value(frame)
    assert found["value_power"].reason == "nobody rated it"
    assert found["value"].reason == "a dimension was not rated"
    assert found["trust"].value == 3
    empty = trust_and_value(frame.iloc[:0])
    assert not any(result.estimable for result in empty.values())
    missing = trust_and_value(frame.assign(strength=None))
    assert not any(result.estimable for result in missing.values())


def test_contact_is_no_rating() -> None:
    contact = pd.DataFrame([("a", "b", "contact", 4)], columns=ratings().columns)
    assert trust_and_value(pd.concat([ratings(), contact])) == trust_and_value(ratings())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.drop(columns="kind"), "lacks kind"),
        (lambda rows: rows.assign(strength=5), "off the scale 0 to 4"),
        (lambda rows: rows.assign(strength=-1), "a rating of -1 is off"),
        (lambda rows: pd.concat([rows, rows]), "a rates b twice on trust_rel"),
        (lambda rows: rows.assign(to_id=rows["from_id"]).drop_duplicates(["from_id", "kind"]),
         "rates themselves"),
        (lambda rows: rows.assign(to_id=None), "an end of a tie is missing"),
    ],
)  # fmt: skip
def test_trust_refuses_what_is_no_rating(change: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        trust_and_value(change(ratings()))


def test_trust_refuses_ratings_by_the_silent() -> None:
    with pytest.raises(ValueError, match="by a, who did not answer"):
        trust_and_value(ratings(), non_respondents=["a"])


def test_the_scale_is_an_argument() -> None:
    found = partial(trust_and_value, ratings().replace({"strength": {0: 1}}))
    wide, narrow = (found(scale=s, non_respondents=["c"])["trust_rel"] for s in ((0, 4), (1, 4)))
    assert wide.lower == pytest.approx(1.8) and narrow.lower == pytest.approx(2.2)
    assert wide.upper == narrow.upper
