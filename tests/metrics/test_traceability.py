"""From what people said to what was done: graphs worked by hand, ways listed by igraph, limits.

Expected figures stand in ``results/``: graphs worked by hand with the reasoning, and the R script
that lists every way of random graphs one by one. R is not needed to run the tests.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfw_eval.metrics.authorship import authorship, authorship_table
from wfw_eval.metrics.influence import influence_equity, voice_loss
from wfw_eval.metrics.pathways import pathways
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.traceability import (
    backward_traceability,
    forward_traceability,
    orphan_rate,
    support_breadth,
    support_by_recommendation,
)
from wfw_eval.metrics.voice_links import voice_links

RESULTS = Path(__file__).parent / "results"
WORKED = json.loads((RESULTS / "traceability_worked.json").read_text(encoding="utf-8"))
LINKS = pd.read_csv(RESULTS / "traceability_links.csv")
WAYS = pd.read_csv(RESULTS / "traceability_ways.csv")
CROSSED = next(case for case in WORKED["cases"] if case["name"] == "crossed")

steady = settings(deadline=None, derandomize=True, database=None)
worked = pytest.mark.parametrize("case", WORKED["cases"], ids=lambda case: case["name"])


def frame(links: list[Any]) -> pd.DataFrame:
    return pd.DataFrame([(*link, None, None)[:4] for link in links],
                        columns=["from_id", "to_id", "kind", "reason"])  # fmt: skip


def values(found: dict[Any, Result]) -> dict[Any, Any]:
    return {name: result.value for name, result in found.items()}


# Links that lead only from earlier to later nodes, so that there is no circle.
graphs = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    max_size=30,
)
EXCERPTS, ENDS = range(4), (9, 10, 11)


def every_way(links: set[tuple[int, int]], starts: Any, end: int) -> list[tuple[int, ...]]:
    """List every way, one by one."""
    longer = [(end,)]
    found = []
    while longer:
        way = longer.pop()
        if way[0] in starts:
            found.append(way)
        longer.extend((one, *way) for one, other in links if other == way[0])
    return found


# --- M26, M27, M29 back to what was said ----------------------------------------------------


@worked
def test_traceability_and_orphans_agree_with_the_hand_worked(case: dict[str, Any]) -> None:
    recommendations = list(case["support"])
    given = case["links"], recommendations, list(case["groups"])
    assert backward_traceability(*given).value == pytest.approx(case["backward"])
    assert orphan_rate(*given).value == pytest.approx(1 - case["backward"])


@worked
def test_support_agrees_with_the_hand_worked(case: dict[str, Any]) -> None:
    given = case["links"], list(case["support"]), case["families"]
    table = support_by_recommendation(*given)
    rows = dict(zip(table.index, table.to_numpy().tolist(), strict=True))
    assert rows == case["support"]
    found = values(support_breadth(*given))
    assert found == {"min": case["min"], "median": case["median"]}


@pytest.mark.parametrize("graph", sorted(WAYS["graph"].unique()))
def test_traceability_agrees_with_the_ways_igraph_lists(graph: int) -> None:
    rows = WAYS[WAYS["graph"] == graph].set_index("excerpt")
    links = LINKS.loc[LINKS["graph"] == graph, ["from", "to"]].to_numpy().tolist()
    ways = rows[["r1", "r2", "r3"]]
    found = backward_traceability(links, ["r1", "r2", "r3"], rows.index)
    assert found.value == pytest.approx((ways.sum() > 0).mean())
    family = dict(zip(rows.index, [1, 1, 2, 2, 3, 3, 4, None], strict=True))
    table = support_by_recommendation(links, ["r1", "r2", "r3"], family)
    assert table["excerpts"].to_dict() == (ways > 0).sum().to_dict()
    by_family = (ways > 0).groupby(pd.Series(family)).any().sum()
    assert table["families"].to_dict() == by_family.to_dict()


@steady
@given(graphs)
def test_traced_and_orphaned_make_up_all(links: list[tuple[int, int]]) -> None:
    traced = backward_traceability(links, ENDS, EXCERPTS)
    orphaned = orphan_rate(links, ENDS, EXCERPTS)
    assert traced.count + orphaned.count == traced.n == 3
    expected = sum(bool(every_way(set(links), EXCERPTS, end)) for end in ENDS)
    assert traced.count == expected


def test_links_that_do_not_carry_are_not_followed() -> None:
    links = frame([("e1", "R1", "supports"), ("e2", "R2", "contradicts"),
                   ("e3", "R3", "excluded"), ("e4", "R4", "merged_into")])  # fmt: skip
    table = support_by_recommendation(links, ["R1", "R2", "R3", "R4"], dict.fromkeys(
        ["e1", "e2", "e3", "e4"], "f"))  # fmt: skip
    assert table["excerpts"].tolist() == [1, 0, 0, 1]


def test_excerpts_of_unknown_families_support_but_are_no_family() -> None:
    links = [("e1", "R"), ("e2", "R"), ("e3", "R")]
    families = pd.Series(["f1", None, "f1"], index=["e1", "e2", "e3"])
    assert support_by_recommendation(links, ["R"], families).loc["R"].tolist() == [3, 1]


def test_median_support_of_an_even_number() -> None:
    links = [("e1", "R1"), ("e1", "R2"), ("e2", "R2")]
    found = support_breadth(links, ["R1", "R2"], {"e1": "a", "e2": "b"})
    assert (found["median"].value, found["median"].n) == (1.5, 2)


def test_every_form_of_links_gives_the_same() -> None:
    links = [tuple(link) for link in CROSSED["links"]]
    table = pd.DataFrame(links, columns=["from_id", "to_id"], index=[3] * len(links))
    forms = [links, CROSSED["links"], table, table.assign(kind="supports"), table.astype("string"),
             table.astype("category"), np.array(links), links + links, pathways(links)]  # fmt: skip
    for form in forms:
        assert backward_traceability(form, ["R1", "R2", "R9"], ["e1"]).value == 2 / 3
        found = influence_equity(form, CROSSED["weights"], CROSSED["groups"])
        assert values(found) == pytest.approx(CROSSED["equity"])


def test_no_recommendations_and_no_links() -> None:
    for one in (backward_traceability, orphan_rate):
        assert one([], [], ["e1"]).reason == "there are no recommendations"
    assert backward_traceability([], ["R1"], ["e1"]).value == 0.0
    assert orphan_rate([], ["R1"], []).value == 1.0
    assert not any(one.estimable for one in support_breadth([], [], {}).values())
    assert values(support_breadth([], ["R1"], {"e1": "f1"})) == {"min": 0, "median": 0}
    assert support_by_recommendation([], [], {}).shape == (0, 2)


def test_results_say_what_they_are_about() -> None:
    result = backward_traceability([("e1", "R1")], ["R1", "R1", "R2"], ["e1"], inputs=("link",))
    assert (result.metric, result.count, result.n, result.of) == ("M26", 1, 2, "recommendations")
    assert result.inputs == ("link",) and result.lower is None
    assert orphan_rate([("e1", "R1")], ["R1", "R2", "R3"], ["e1"]).count == 2


# --- circles and what is no link ------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ([("a", "b"), ("b", "a")], r"(a -> b -> a|b -> a -> b)$"),
        ([("a", "a")], r"a -> a$"),
        ([("e", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "R")],
         r"(a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c)$"),
    ],
)  # fmt: skip
def test_a_circle_is_named(links: Any, told: str) -> None:
    calls = (
        lambda: backward_traceability(links, ["R"], ["e"]),
        lambda: orphan_rate(links, ["R"], ["e"]),
        lambda: forward_traceability(links, {"a": 0.5}, ["R"]),
        lambda: support_breadth(links, ["R"], {"e": "f"}),
        lambda: influence_equity(links, {"R": 1}, {"e": "a"}),
        lambda: voice_loss(links, {"e": "a"}, {"end": ["R"]}),
    )
    for call in calls:
        with pytest.raises(ValueError, match="links lead round in a circle: " + told):
            call()


@steady
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_a_named_circle_is_one_and_no_circle_is_missed(links: list[tuple[int, int]]) -> None:
    try:
        order = pathways(links).order
    except ValueError as error:
        circle = [int(one) for one in str(error).split(": ")[1].split(" -> ")]
        assert circle[0] == circle[-1] and len(set(circle)) == len(circle) - 1
        assert all(step in links for step in pairwise(circle))
    else:
        assert all(order.index(one) < order.index(other) for one, other in links)


def test_a_circle_of_links_that_do_not_carry_is_none() -> None:
    links = frame([("a", "b", "supports"), ("b", "a", "contradicts")])
    assert pathways(links).order == ("a", "b")


@pytest.mark.parametrize(
    ("links", "told"),
    [([("a", None)], "an end of a link is missing"), (["ab"], "links are pairs"),
     ([("a", "b", "c")], "links are pairs"), (pd.DataFrame({"a": [1]}), "from_id and to_id")],
)  # fmt: skip
def test_what_is_no_link_is_refused(links: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        backward_traceability(links, ["R"], ["e"])


# --- M28 on to the recommendations ----------------------------------------------------------

FORWARD = WORKED["forward"]


@pytest.mark.parametrize(("threshold", "kept", "often"), FORWARD["cases"])
def test_forward_traceability_agrees_with_the_hand_worked(
    threshold: float, kept: int, often: int
) -> None:
    prevalence = FORWARD["prevalence"]
    forms = (prevalence, pd.Series(prevalence), {one: Result(metric="M24", unit="proportion",
             value=value) for one, value in prevalence.items()})  # fmt: skip
    for form in forms:
        found = forward_traceability(frame(FORWARD["links"]), form, ["R1"], threshold=threshold,
                                     dropped=FORWARD["dropped"])  # fmt: skip
        assert (found.count, found.n) == (kept, often)
        assert found.value == pytest.approx(kept / often)


def test_a_theme_at_the_threshold_counts_and_one_below_does_not() -> None:
    for many, expected in ((3, None), (4, 0.0), (5, 0.0)):
        found = forward_traceability([], {"T": share(many, 20)}, ["R"])
        assert found.value == expected


def test_dropped_for_a_reason_counts_only_with_the_reason() -> None:
    links = [("T1", "F1"), ("T2", "F2")]
    prevalence = {"T1": 0.5, "T2": 0.5}
    none = forward_traceability(links, prevalence, [])
    one = forward_traceability(links, prevalence, [], dropped=pd.Series({"F1": "x", "F2": None}))
    assert (none.value, one.value) == (0.0, 0.5)


def test_forward_traceability_without_frequent_themes() -> None:
    for prevalence in ({}, {"T": 0.1}, {"T": None}, {"T": float("nan")}, {"T": share(0, 0)}):
        assert not forward_traceability([], prevalence, ["R"]).estimable


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_prevalence_is_a_share(wrong: float) -> None:
    with pytest.raises(ValueError, match="prevalence of T is a share"):
        forward_traceability([], {"T": wrong}, ["R"])


@steady
@given(graphs, st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_more_recommendations_never_trace_less(links: Any, shares: list[float]) -> None:
    prevalence = dict(zip(range(4), shares, strict=True))
    few = forward_traceability(links, prevalence, [9])
    more = forward_traceability(links, prevalence, [9, 10, 11])
    assert few.n == more.n
    if few.estimable:
        assert 0 <= few.value <= more.value <= 1


# --- M30 influence equity -------------------------------------------------------------------


@worked
def test_influence_agrees_with_the_hand_worked(case: dict[str, Any]) -> None:
    given_ = pathways(case["links"]).split_back(case["weights"], case["groups"])
    assert given_ == pytest.approx(case["given"])
    found = influence_equity(case["links"], case["weights"], case["groups"])
    assert values(found) == pytest.approx(case["equity"])


@pytest.mark.parametrize("graph", sorted(WAYS["graph"].unique()))
def test_influence_agrees_with_the_ways_igraph_lists(graph: int) -> None:
    rows = WAYS[WAYS["graph"] == graph].set_index("excerpt")
    links = LINKS.loc[LINKS["graph"] == graph, ["from", "to"]].to_numpy().tolist()
    weights = {"r1": 0.5, "r2": 0.3, "r3": 0.2}
    given_ = pathways(links).split_back(weights, rows.index)
    found = [given_.get(one, 0.0) for one in rows.index]
    assert found == pytest.approx(rows["given"].tolist(), abs=1e-11)
    groups = {one: "a" if place < 3 else "b" for place, one in enumerate(rows.index)}
    ratios = values(influence_equity(links, weights, groups))
    assert ratios == pytest.approx({"a": rows["a"].iloc[0], "b": rows["b"].iloc[0]}, abs=1e-10)


@steady
@given(graphs)
def test_weight_is_split_equally_over_every_way_listed_one_by_one(links: Any) -> None:
    weights = {9: 0.5, 10: 0.25, 11: 0.25}
    expected = dict.fromkeys(EXCERPTS, Fraction(0))
    paths = pathways(links)
    for end, weight in weights.items():
        ways = every_way(set(links), EXCERPTS, end)
        assert paths.ways_from(EXCERPTS).get(end, 0) == len(ways)
        for way in ways:
            expected[way[0]] += Fraction(weight) / len(ways)
    given_ = paths.split_back(weights, EXCERPTS)
    assert [given_.get(one, 0.0) for one in EXCERPTS] == pytest.approx(
        [float(one) for one in expected.values()], abs=1e-14
    )


def test_very_many_ways_are_counted_exactly() -> None:
    """A ladder of 3,000 diamonds has 2 to the 3,000 ways; one more excerpt joins at each end."""
    links = [("e1", 0), ("e2", 3_000)]
    for step in range(3_000):
        links += [(step, (step, side)) for side in "xy"]
        links += [((step, side), step + 1) for side in "xy"]
    links.append((3_000, "R"))
    paths = pathways(links)
    assert paths.ways_from(["e1", "e2"])["R"] == 2**3_000 + 1
    groups = {"e1": "a", "e2": "b"}
    found = values(influence_equity(links, {"R": 1.0}, groups))
    assert found == pytest.approx({"a": 2.0, "b": 0.0}, abs=1e-12)
    # From the other end of the ladder both have one way each.
    short = values(influence_equity([("e1", "R"), ("e2", "R")], {"R": 1.0}, groups))
    assert short == {"a": 1.0, "b": 1.0}


def test_influence_against_participants() -> None:
    found = influence_equity(CROSSED["links"], CROSSED["weights"], CROSSED["groups"],
                             participants=WORKED["participants"]["groups"])  # fmt: skip
    assert values(found) == pytest.approx(WORKED["participants"]["equity"])
    assert (found["a"].count, found["a"].n, found["a"].of) == (1, 4, "people")


def test_influence_of_groups_that_overlap() -> None:
    groups = pd.DataFrame(WORKED["overlap"]["groups"], index=["e1", "e2", "e3", "e4"])
    for form in (groups, groups.astype("boolean")):
        found = influence_equity(CROSSED["links"], CROSSED["weights"], form)
        assert values(found) == pytest.approx(WORKED["overlap"]["equity"])
    assert (found["lone"].count, found["lone"].n) == (2, 3)


def test_excerpts_of_unknown_groups_are_left_out_of_both_shares() -> None:
    """Of three ways one is of nobody known: a has one of two, and one of three known excerpts."""
    links = [("e1", "R"), ("e2", "R"), ("e3", "R")]
    groups = {"e1": "a", "e2": "b", "e3": None, "e4": "b"}
    forms = (groups, pd.Series(groups), pd.DataFrame(
        {"a": [True, False, None, False], "b": [False, True, None, True]},
        index=["e1", "e2", "e3", "e4"], dtype="boolean"))  # fmt: skip
    for form in forms:
        found = influence_equity(links, ["R"], form)
        assert values(found) == pytest.approx({"a": 1.5, "b": 0.75})
        assert (found["a"].count, found["a"].n) == (1, 3)


def test_recommendations_by_name_weigh_the_same() -> None:
    listed = influence_equity(CROSSED["links"], ["R1", "R2"], CROSSED["groups"])
    same = influence_equity(CROSSED["links"], {"R1": 5, "R2": 5}, CROSSED["groups"])
    assert values(listed) == pytest.approx(values(same))


def test_recommendations_without_a_weight_and_orphans_change_nothing() -> None:
    weights = pd.Series(CROSSED["weights"] | {"R3": None, "R4": 7.0}, dtype="Float64")
    found = influence_equity([*CROSSED["links"], ("e4", "R3")], weights, CROSSED["groups"])
    assert values(found) == pytest.approx(CROSSED["equity"])


@steady
@given(graphs, st.lists(st.sampled_from("ab"), min_size=4, max_size=4), st.floats(0.1, 10))
def test_shares_of_influence_add_up(links: Any, groups: list[str], scale: float) -> None:
    by_excerpt = dict(zip(EXCERPTS, groups, strict=True))
    found = influence_equity(links, {9: 0.5, 10: 0.5}, by_excerpt)
    scaled = influence_equity(links, {9: 0.5 * scale, 10: 0.5 * scale}, by_excerpt)
    if all(one.estimable for one in found.values()):
        parts = [one.value * one.count / one.n for one in found.values()]
        assert sum(parts) == pytest.approx(1.0)
        assert values(found) == pytest.approx(values(scaled))
        assert all(one.value >= 0 for one in found.values())


def test_influence_where_there_is_none() -> None:
    nothing = influence_equity([], {"R": 1}, {"e1": "a"})
    assert "no way leads" in nothing["a"].reason
    weightless = influence_equity([("e1", "R")], {"R": 0.0}, {"e1": "a"})
    assert not weightless["a"].estimable
    assert influence_equity([("e1", "R")], {"R": 1}, {"e1": None}) == {}
    assert influence_equity([("e1", "R")], {"R": 1}, {}) == {}
    absent = influence_equity([("e1", "R")], {"R": 1}, {"e1": "a"}, participants={"p": "b"})
    assert absent["a"].reason == "nobody of the group was heard"
    assert absent["b"].value == 0.0


@pytest.mark.parametrize("wrong", [-1.0, float("inf")])
def test_weights_are_numbers(wrong: float) -> None:
    with pytest.raises(ValueError, match="the weight of R is"):
        influence_equity([("e1", "R")], {"R": wrong}, {"e1": "a"})


def test_an_excerpt_listed_twice_is_refused() -> None:
    twice = pd.Series(["a", "b"], index=["e1", "e1"])
    with pytest.raises(ValueError, match="e1 is listed twice"):
        influence_equity([("e1", "R")], {"R": 1}, twice)


# --- M31 voice loss -------------------------------------------------------------------------

LOSS = WORKED["loss"]


def test_voice_loss_agrees_with_the_hand_worked() -> None:
    found = voice_loss(LOSS["links"], LOSS["groups"], LOSS["stages"])
    for group, (n, counts) in LOSS["counts"].items():
        assert [one.count for one in found[group].values()] == counts
        assert {one.n for one in found[group].values()} == {n}
        assert list(found[group]) == list(LOSS["stages"])
        expected = share(counts[0], n)
        first = found[group]["excerpt"]
        assert (first.value, first.lower, first.upper) == (
            expected.value, expected.lower, expected.upper)  # fmt: skip
        assert (first.metric, first.of) == ("M31", "people")


@steady
@given(graphs, st.lists(st.sampled_from(["a", "b", None]), min_size=4, max_size=4))
def test_voices_are_never_found_again_once_lost(links: Any, groups: list[Any]) -> None:
    stages = {"near": [4, 5, 6], "middle": [7, 8], "far": [9, 10, 11]}
    found = voice_loss(links, dict(zip(range(4), groups, strict=True)), stages)
    for steps in found.values():
        counts = [one.count for one in steps.values()]
        assert counts == sorted(counts, reverse=True)
        assert 0 <= counts[-1] <= counts[0] <= steps["near"].n
    everybody = sum(steps["far"].n for steps in found.values())
    assert everybody == sum(group is not None for group in groups)


def test_voice_loss_by_groups_that_overlap_leaves_out_the_unknown() -> None:
    groups = pd.DataFrame({"lone": [True, None, False], "rural": [True, True, None]},
                          index=["p1", "p2", "p3"], dtype="boolean")  # fmt: skip
    found = voice_loss([("p1", "e"), ("p2", "e")], groups, {"excerpt": ["e"]})
    told = {group: (steps["excerpt"].count, steps["excerpt"].n) for group, steps in found.items()}
    assert told == {"lone": (1, 1), "rural": (2, 2)}


def test_voice_loss_of_an_empty_group() -> None:
    groups = pd.DataFrame({"lone": [False, False]}, index=["p1", "p2"])
    found = voice_loss([("p1", "e")], groups, {"excerpt": ["e"]})
    assert found["lone"]["excerpt"].reason == "nobody is in the group"
    assert voice_loss([], {}, {"excerpt": ["e"]}) == {}
    assert voice_loss([], {"p1": "a"}, {}) == {"a": {}}


# --- M32 authorship -------------------------------------------------------------------------

AUTHORS = pd.DataFrame(
    {name: WORKED["authorship"][name] for name in ("drafted_by", "edited_by", "signed_off_by")}
)


def test_authorship_agrees_with_the_hand_worked() -> None:
    case = WORKED["authorship"]
    for table in (AUTHORS, AUTHORS.astype("category"), AUTHORS.astype("string"), AUTHORS[::-1]):
        assert values(authorship(table)) == pytest.approx(case["shares"])
        counts = authorship_table(table)
        assert {step: row.tolist() for step, row in counts.iterrows()} == case["table"]
        assert list(counts.columns) == ["lived", "professional", "both", "nobody"]


@steady
@given(st.lists(st.tuples(*[st.sampled_from(["lived", "professional", "both", None])] * 3),
                min_size=1, max_size=15))  # fmt: skip
def test_a_hand_at_every_step_is_one_at_each(rows: list[tuple[Any, ...]]) -> None:
    found = authorship(pd.DataFrame(rows, columns=AUTHORS.columns, dtype=object))
    steps = [found[step].count for step in ("drafted", "edited", "signed_off")]
    assert found["every_step"].count <= min(steps) <= max(steps) <= found["any_step"].count
    assert found["any_step"].n == len(rows)


def test_authorship_of_nothing_and_by_nobody() -> None:
    empty = authorship(AUTHORS.iloc[:0])
    assert {one.reason for one in empty.values()} == {"there are no recommendations"}
    assert authorship_table(AUTHORS.iloc[:0]).to_numpy().sum() == 0
    nobody = pd.DataFrame({column: [None, None] for column in AUTHORS.columns})
    assert set(values(authorship(nobody)).values()) == {0.0}


def test_authorship_refuses_other_words_and_tables() -> None:
    with pytest.raises(ValueError, match="lacks edited_by"):
        authorship(AUTHORS.drop(columns="edited_by"))
    with pytest.raises(ValueError, match="council is none of lived"):
        authorship(AUTHORS.assign(edited_by="council"))


# --- records --------------------------------------------------------------------------------


def test_records_become_one_way_from_person_to_action() -> None:
    excerpt = pd.DataFrame({"excerpt_id": ["e1", "e2"], "source_id": ["s", "s"],
                            "person_id": ["p1", None]})  # fmt: skip
    coding = pd.DataFrame({"excerpt_id": ["e1", "e1", "e2"], "theme_id": ["T1", "T1", "T1"],
                           "coder_id": ["c1", "c2", "c1"]})  # fmt: skip
    link = frame([("T1", "F1", "supports"), ("F1", "R1", "supports"),
                  ("T2", "F1", "excluded", "rare")])  # fmt: skip
    response = pd.DataFrame({"rec_id": ["R1", "R1", "R2", "R1"],
                             "body_id": ["council", "nhs", "nhs", "police"],
                             "decision": ["accept", "none", "reject", None],
                             "action": ["new post", None, None, "a letter"]})  # fmt: skip
    links = voice_links(link, coding=coding, excerpt=excerpt, response=response)
    reached = pathways(links).reached_from(["p1"])
    assert reached == {"p1", "e1", "T1", "F1", "R1", ("response", "R1", "council"),
                       ("action", "R1", "council")}  # fmt: skip
    assert ("response", "R2", "nhs") in pathways(links).order
    assert links["kind"].value_counts().to_dict() == {"supports": 8, "excluded": 1}
    assert links.loc[links["kind"] == "excluded", "reason"].tolist() == ["rare"]


def test_links_alone_are_enough() -> None:
    link = frame([("e1", "R1", "supports")])
    assert voice_links(link)[["from_id", "to_id"]].to_numpy().tolist() == [["e1", "R1"]]
    answered = pd.DataFrame({"rec_id": ["R1"], "body_id": ["b"], "decision": ["none"]})
    assert len(voice_links(link, response=answered)) == 1
