"""Voice, decisions, agenda, definition and pay: against R, published figures, and at their limits.

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
from scipy.stats import t

from wfw_eval.metrics.definition import definition_matrix, definition_shares
from wfw_eval.metrics.inequality import gini, normalised_entropy
from wfw_eval.metrics.payment import payment_parity
from wfw_eval.metrics.power import agenda_origin, decision_authority, participation_level
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.voice import by_session, speaking_turns, turn_taking_index, voice_parity

RESULTS = Path(__file__).parent / "results"
PUBLISHED = json.loads((RESULTS / "power_published.json").read_text(encoding="utf-8"))

steady = settings(deadline=None, derandomize=True, database=None)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(RESULTS / f"power_{name}.csv")


def expected(what: str) -> dict[str, float]:
    rows = table("decisions").query("what == @what")
    return dict(zip(rows["key"], rows["value"], strict=True))


def values(results: dict[str, Result]) -> dict[str, Any]:
    return {name: result.value for name, result in results.items()}


amounts = st.lists(st.integers(0, 60), min_size=2, max_size=30).filter(any)


# --- M11 voice parity -----------------------------------------------------------------------

VOICES = table("voice")
SESSIONS = table("voice_data")


def session_tables(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = SESSIONS[SESSIONS["set"] == name].set_index("session")
    return tuple(
        rows[[f"{what}_{group}" for group in "fpx"]].set_axis(list("fpx"), axis=1)
        for what in ("turns", "seats")
    )


@pytest.mark.parametrize("case", VOICES.to_dict("records"), ids=str)
def test_voice_parity_by_session_agrees_with_r(case: dict[str, Any]) -> None:
    ratio = voice_parity(*session_tables(case["set"]))[case["group"]]
    factor = math.exp(t.ppf(0.975, case["sessions"] - 1) * case["se"])
    assert ratio.value == pytest.approx(case["ratio"], rel=1e-10)
    assert ratio.lower == pytest.approx(case["ratio"] / factor, rel=1e-9)
    assert ratio.upper == pytest.approx(case["ratio"] * factor, rel=1e-9)


@pytest.mark.parametrize("kind", [dict, pd.Series])
def test_voice_parity_agrees_with_the_framework(kind: Any) -> None:
    case = PUBLISHED["voice"]
    ratios = voice_parity(kind(case["turns"]), kind(case["seats"]), of="seats")
    assert values(ratios) == pytest.approx(case["ratio"], abs=5e-7)
    assert list(ratios)[-1] == "facilitator"
    assert all(ratio.lower is None and ratio.of == "seats" for ratio in ratios.values())


def test_the_facilitator_is_shown_last_wherever_it_stands() -> None:
    ratios = voice_parity({"lead": 5, "f": 5}, {"lead": 1, "f": 4}, facilitator="lead")
    assert list(ratios) == ["f", "lead"]
    assert list(voice_parity({"a": 1, "b": 2}, {"a": 1, "b": 2}, facilitator=None)) == ["a", "b"]


def test_the_totals_are_those_of_the_sessions_together() -> None:
    turns, seats = session_tables("middle")
    together = voice_parity(turns.sum(), seats.sum())
    assert values(voice_parity(turns, seats)) == pytest.approx(values(together))


def test_a_silent_group_has_a_ratio_of_nought_and_no_interval() -> None:
    turns, seats = session_tables("middle")
    silent = voice_parity(turns.assign(f=0), seats)["f"]
    assert (silent.value, silent.lower, silent.upper) == (0, None, None)
    assert voice_parity(turns.drop(columns="f"), seats)["f"] == silent
    assert voice_parity({"p": 3}, {"p": 1, "f": 1})["f"].value == 0


def test_voices_that_cannot_be_compared_are_not_estimable() -> None:
    ratios = voice_parity({"f": 0, "p": 5}, {"f": 0, "p": 2})
    assert ratios["f"].reason == "nobody of the group was present"
    assert ratios["p"].value == 1
    assert voice_parity({"f": 0}, {"f": 3})["f"].reason == "nobody spoke"
    assert voice_parity({}, {}) == {}


def test_two_sessions_give_no_interval_and_sessions_all_alike_neither() -> None:
    turns, seats = session_tables("small")
    assert voice_parity(turns[:2], seats[:2])["f"].lower is None
    assert voice_parity(turns[:3], seats[:3])["f"].lower is not None
    once = turns[:3].assign(f=[4, 0, 0])
    assert voice_parity(once, seats[:3])["f"].lower is None
    alike = pd.DataFrame({"f": [1, 1, 1], "p": [2, 2, 2]})
    assert voice_parity(alike, alike)["f"] == Result(metric="M11", unit="ratio", value=1.0)


@pytest.mark.parametrize(
    ("turns", "seats", "message"),
    [
        ({"f": 1}, pd.DataFrame({"f": [1]}), "by session"),
        ({"f": 1, "x": 2}, {"f": 1}, "no seats are given for x"),
        ({"f": -1}, {"f": 1}, "not negative"),
        ({"f": math.nan}, {"f": 1}, "must be given"),
        ({"f": 1}, {"f": math.inf}, "must be given"),
        (pd.DataFrame({"f": [1]}, index=["a"]), pd.DataFrame({"f": [1]}, index=["b"]), "different"),
        (pd.DataFrame([[1, 1]], columns=["f", "f"]), pd.DataFrame({"f": [1]}), "listed twice"),
    ],
)  # fmt: skip
def test_voice_parity_refuses_what_makes_no_sense(turns: Any, seats: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        voice_parity(turns, seats)


@pytest.mark.parametrize("name", ["small", "middle"])
def test_voice_parity_does_not_depend_on_the_order_of_rows_and_columns(name: str) -> None:
    turns, seats = session_tables(name)
    one = voice_parity(turns, seats)
    other = voice_parity(turns[::-1][["x", "p", "f"]], seats[["p", "x", "f"]])
    assert {name: (r.value, r.lower, r.upper) for name, r in other.items()} == {
        name: pytest.approx((r.value, r.lower, r.upper)) for name, r in one.items()
    }


def test_rows_become_tables_of_sessions() -> None:
    turns = by_session([1, 1, 2, 2], ["f", "p", "f", "f"])
    seats = by_session(pd.Series([2, 1, 1]), np.array(["f", "f", "p"]), [3, 2, 4])
    assert turns.to_dict() == {"f": {1: 1, 2: 2}, "p": {1: 1, 2: 0}}
    assert seats.to_dict() == {"f": {1: 2, 2: 3}, "p": {1: 4, 2: 0}}
    assert voice_parity(turns, seats)["p"].value == pytest.approx((1 / 4) / (4 / 9))
    with pytest.raises(ValueError, match="missing"):
        by_session([1, None], ["f", "p"])


@steady
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), min_size=1, max_size=6))
def test_the_ratios_weighted_by_seats_average_to_one(groups: list[tuple[int, int]]) -> None:
    assume(any(turns for turns, _ in groups))
    turns, seats = (dict(enumerate(column)) for column in zip(*groups, strict=True))
    ratios = voice_parity(turns, seats)
    total = sum(ratios[name].value * seats[name] for name in seats)
    assert total / sum(seats.values()) == pytest.approx(1)
    doubled = voice_parity({name: 2 * count for name, count in turns.items()}, seats)
    assert values(doubled) == pytest.approx(values(ratios))


# --- M12 Gini coefficient and M13 entropy ---------------------------------------------------


@pytest.mark.parametrize(
    "case", table("inequality").to_dict("records"), ids=lambda case: case["values"][:20]
)
def test_inequality_agrees_with_r(case: dict[str, Any]) -> None:
    spread = [float(value) for value in case["values"].split()]
    assert gini(spread).value == pytest.approx(case["gini"], abs=1e-10)
    assert gini(spread, corrected=True).value == pytest.approx(case["corrected"], abs=1e-10)
    assert normalised_entropy(spread).value == pytest.approx(case["entropy"], abs=1e-10)


@pytest.mark.parametrize(("spread", "plain", "corrected"), PUBLISHED["gini"]["cases"])
def test_gini_agrees_with_the_published_figures(
    spread: list[int], plain: float, corrected: float
) -> None:
    assert gini(spread).value == pytest.approx(plain, abs=1e-12)
    assert gini(spread, corrected=True).value == pytest.approx(corrected, abs=5e-5)
    assert gini(spread).n == len(spread)


@pytest.mark.parametrize(
    ("spread", "value"), PUBLISHED["entropy"]["cases"] + PUBLISHED["entropy_exact"]["cases"]
)
def test_entropy_agrees_with_the_published_figures(spread: list[int], value: float) -> None:
    assert normalised_entropy(spread).value == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize("function", [gini, normalised_entropy])
def test_inequality_of_nothing_is_not_estimable(function: Any) -> None:
    for nothing in ([], [0], [0, 0, 0], [math.nan, None], {}):
        assert function(nothing).reason == "nobody had anything"


def test_inequality_of_one_person() -> None:
    assert gini([5]).value == 0
    assert gini([5], corrected=True).reason == "one person only"
    assert normalised_entropy([5]).reason == "one person only"


@pytest.mark.parametrize("function", [gini, normalised_entropy])
@pytest.mark.parametrize("wrong", [[-1, 2], [1, math.inf], ["a"], [[1, 2], [3, 4]]])
def test_inequality_refuses_what_makes_no_sense(function: Any, wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"values must be|one column|1-dim"):
        function(wrong)


@steady
@given(amounts, st.randoms(use_true_random=False))
def test_inequality_does_not_depend_on_order_kind_or_scale(spread: list[int], random: Any) -> None:
    mixed = random.sample(spread, len(spread))
    for function in (gini, normalised_entropy):
        one = function(spread).value
        assert 0 <= one <= 1
        kinds = [
            mixed,
            tuple(mixed),
            np.array(mixed, dtype=np.int8),
            pd.Series(mixed, dtype="Int64"),
            [0.37 * value for value in mixed],
            dict(enumerate(mixed)),
        ]
        for kind in [*kinds, [*mixed, None]]:
            assert function(kind).value == pytest.approx(one, abs=1e-12)
    assert gini(spread * 3).value == pytest.approx(gini(spread).value, abs=1e-12)


@steady
@given(amounts)
def test_gini_is_the_mean_difference_of_all_pairs(spread: list[int]) -> None:
    x = np.array(spread)
    expected = np.abs(x[:, None] - x).mean() / (2 * x.mean())
    assert gini(spread).value == pytest.approx(expected, abs=1e-12)
    assert gini(x + 0.5).value < gini(spread).value or expected == 0


# --- M14 turn-taking ------------------------------------------------------------------------


@pytest.mark.parametrize(("turns", "contributions", "index"), PUBLISHED["turn_taking"]["cases"])
def test_turn_taking_agrees_with_the_published_figures(
    turns: int, contributions: int, index: float
) -> None:
    result = turn_taking_index(turns, contributions)
    assert result.value == pytest.approx(index, abs=5e-5)
    assert (result.n, result.of) == (contributions, "contributions")


@pytest.mark.parametrize(("turns", "contributions"), [(0, 0), (1, 1)])
def test_turn_taking_of_one_contribution_is_not_estimable(turns: int, contributions: int) -> None:
    assert not turn_taking_index(turns, contributions).estimable


@pytest.mark.parametrize(("turns", "contributions"), [(3, 2), (0, 2), (-1, 2), (1.5, 2), (True, 2)])
def test_turn_taking_refuses_what_cannot_be(turns: Any, contributions: int) -> None:
    with pytest.raises(ValueError, match=r"count|cannot come of"):
        turn_taking_index(turns, contributions)


@pytest.mark.parametrize(
    ("speakers", "found"),
    [([], (0, 0)), (["a"], (1, 1)), ("aab", (2, 3)), ("abab", (4, 4)), ([1, 1, 1], (1, 3))],
)
def test_turns_are_runs_of_one_speaker(speakers: Any, found: tuple[int, int]) -> None:
    assert speaking_turns(speakers) == found
    with pytest.raises(ValueError, match="missing"):
        speaking_turns([*speakers, None])


# --- M15 participation level ----------------------------------------------------------------

DECISIONS = table("decisions_data")


@pytest.mark.parametrize("raters", [1, 2, 3])
@pytest.mark.parametrize("weighted", [0, 1])
def test_participation_level_agrees_with_r(raters: int, weighted: int) -> None:
    rungs = DECISIONS[[f"rater{rater + 1}" for rater in range(raters)]]
    level = participation_level(rungs, DECISIONS["importance"] if weighted else None)
    found = {"median": level.value, "min": level.lower, "max": level.upper}
    known = expected("level")
    for name, value in found.items():
        assert value == pytest.approx(known[f"{raters} {weighted} {name}"], abs=1e-10)
    assert (level.interval, level.n, level.of) == ("bounds", 60, "decisions")


@pytest.mark.parametrize(
    ("rungs", "value", "lower", "upper"),
    [
        ([6, 7, 5, 1], 0.5, 0.5, 0.5),
        ([[6, 5]], 0, 0, 1),  # the median of two is 5.5
        ([[7, 5]], 1, 0, 1),
        ([[6, 6, 1]], 1, 0, 1),
        ([[6, None], [5, None], [None, None]], 0.5, 0.5, 0.5),
    ],
)
def test_participation_level_by_hand(rungs: Any, value: float, lower: float, upper: float) -> None:
    level = participation_level(rungs)
    assert (level.value, level.lower, level.upper) == (value, lower, upper)
    assert participation_level(np.array(rungs, dtype=float)) == level


def test_participation_level_at_its_threshold() -> None:
    assert participation_level([5]).value == 0
    assert participation_level([6]).value == 1
    assert participation_level([5], at_least=5).value == 1


def test_participation_level_counts_decisions_and_weighs_them() -> None:
    level = participation_level([7, 2, 6], importance=[3, 1, 2])
    assert (level.value, level.count, level.n) == (pytest.approx(5 / 6), 2, 3)


@pytest.mark.parametrize(
    ("rungs", "importance"), [([], None), ([None], None), ([[None, None]], None), ([6], [0])]
)
def test_participation_level_of_nothing_is_not_estimable(rungs: Any, importance: Any) -> None:
    assert participation_level(rungs, importance).reason == "no decision was rated"


@pytest.mark.parametrize(
    ("rungs", "importance", "message"),
    [
        ([8], None, "whole number from 1 to 7"),
        ([0], None, "whole number"),
        ([5.5], None, "whole number"),
        (["x"], None, "numbers"),
        ([6, 6], [1], "1 weights are given for 2"),
        ([6], [-1], "not negative"),
        ([6], [None], "must be given"),
    ],
)
def test_participation_level_refuses_what_makes_no_sense(
    rungs: Any, importance: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        participation_level(rungs, importance)


@steady
@given(
    st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=1, max_size=15),
    st.permutations(range(3)),
)
def test_participation_level_lies_in_its_bounds_whoever_rates_first(
    rungs: list[list[int]], order: list[int]
) -> None:
    level = participation_level(rungs)
    assert 0 <= level.lower <= level.value <= level.upper <= 1
    assert participation_level([[row[place] for place in order] for row in rungs[::-1]]) == level
    assert participation_level(rungs * 2).value == level.value


# --- M16 decision authority and M17 agenda origin -------------------------------------------


@pytest.mark.parametrize("weighted", [0, 1])
def test_decision_authority_agrees_with_r(weighted: int) -> None:
    importance = DECISIONS["importance"] if weighted else None
    shares = decision_authority(DECISIONS["authority"], DECISIONS["stage"], importance=importance)
    found = {
        f"{weighted} {s} {part}": r.value
        for s, parts in shares.items()
        for part, r in parts.items()
    }
    known = {key: value for key, value in expected("authority").items() if key[0] == str(weighted)}
    assert found == pytest.approx(known, abs=1e-10)


@pytest.mark.parametrize("weighted", [0, 1])
def test_agenda_origin_agrees_with_r(weighted: int) -> None:
    importance = DECISIONS["importance"] if weighted else None
    shares = agenda_origin(DECISIONS["origin"], importance=importance)
    known = {key: value for key, value in expected("origin").items() if key[0] == str(weighted)}
    found = {f"{weighted} {origin}": share.value for origin, share in shares.items()}
    assert found == pytest.approx(known, abs=1e-10)


def test_a_decision_rated_by_several_counts_once() -> None:
    shares = decision_authority(
        ["joint", "consulted", "joint", None], decisions=["d1", "d1", "d2", "d1"]
    )["all"]
    assert values(shares) == {"informed": 0, "consulted": 0.25, "joint": 0.75, "delegated": 0}
    assert (shares["joint"].n, shares["joint"].count) == (2, None)
    importance = decision_authority(
        ["joint", "consulted", "joint"], decisions=[1, 1, 2], importance=[3, 3, 1]
    )["all"]
    assert importance["joint"].value == pytest.approx((1.5 + 1) / 4)


def test_decisions_without_a_stage_count_in_all_only() -> None:
    shares = decision_authority(["joint", "informed"], ["design", None])
    assert list(shares) == ["design", "all"]
    assert (shares["design"]["joint"].value, shares["all"]["joint"].value) == (1, 0.5)
    assert shares["all"]["joint"].count == 1


def test_stages_keep_the_order_of_their_categories() -> None:
    stages = pd.Categorical(["b", "a"], ["a", "b", "c"])
    shares = decision_authority(["joint", "joint"], stages)
    assert list(shares) == ["a", "b", "c", "all"]
    assert shares["c"]["joint"].reason == "none is known"


def test_decisions_and_origins_of_nothing_are_not_estimable() -> None:
    for nothing in ([], [None, math.nan]):
        shares = decision_authority(nothing)
        assert list(shares) == ["all"]
        assert not any(share.estimable for share in shares["all"].values())
        assert not any(share.estimable for share in agenda_origin(nothing).values())
    assert not agenda_origin(["lived"], importance=[0])["lived"].estimable


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"authority": ["agreed"]}, "no part is called agreed"),
        ({"authority": ["joint"], "stages": ["a", "b"]}, "equally long"),
        ({"authority": ["joint"], "stages": ["all"]}, "called all"),
        ({"authority": ["joint"], "decisions": [None]}, "of no decision"),
        ({"authority": ["joint"], "importance": [-1]}, "not negative"),
        ({"authority": ["joint"], "importance": [math.nan]}, "must be given"),
    ],
)
def test_decision_authority_refuses_what_makes_no_sense(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        decision_authority(**arguments)


def test_agenda_origin_refuses_what_is_no_origin() -> None:
    with pytest.raises(ValueError, match="no origin is called staff"):
        agenda_origin(["lived", "staff"])
    with pytest.raises(ValueError, match="equally long"):
        agenda_origin(["lived"], importance=[1, 2])


@steady
@given(st.lists(st.sampled_from(["lived", "professional", "both", None]), max_size=30))
def test_shares_add_up_to_one_whatever_the_order_and_kind(origins: list[str | None]) -> None:
    shares = agenda_origin(origins)
    if any(origins):
        assert sum(values(shares).values()) == pytest.approx(1)
        assert shares["lived"].count == origins.count("lived")
    assert agenda_origin(origins[::-1]) == shares
    assert agenda_origin(pd.Series(origins, dtype="category")) == shares
    assert agenda_origin(np.array(origins, dtype=object)) == shares


# --- M18 definition matrix ------------------------------------------------------------------


def test_the_matrix_shows_every_criterion_and_source() -> None:
    matrix = definition_matrix(
        ["b", "a", "a"], ["log", "survey", "log"], ["met", "partly", None],
        all_criteria=["a", "b", "c"], all_evidence=["survey", "log", "observation"],
    )  # fmt: skip
    none = "no evidence"
    assert matrix.to_numpy().tolist() == [
        ["partly", none, none], [none, "met", none], [none, none, none],
    ]  # fmt: skip
    assert (matrix.index.name, matrix.columns.name) == ("criterion", "evidence")
    assert definition_matrix(["b", "a"], ["y", "x"], ["not"] * 2).index.tolist() == ["b", "a"]


@pytest.mark.parametrize(
    ("ratings", "word"),
    [
        (["met", "met"], "met"),
        (["met", "no evidence"], "met"),
        (["met", "not"], "partly"),
        (["met", "partly"], "partly"),
        (["not", "partly"], "partly"),
        (["partly", "no evidence"], "partly"),
        (["not", "not"], "not"),
        (["not", "no evidence"], "not"),
        (["no evidence", None], "no evidence"),
    ],
)
def test_evidence_is_taken_together(ratings: list[str | None], word: str) -> None:
    shares = definition_shares(definition_matrix(["a", "a"], ["x", "y"], ratings))
    assert values(shares) == {one: float(one == word) for one in shares}
    assert list(shares) == ["met", "partly", "not", "no evidence"]
    assert (shares[word].count, shares[word].n, shares[word].of) == (1, 1, "criteria")


def test_an_empty_matrix() -> None:
    empty = definition_matrix([], [], [], all_criteria=["a"], all_evidence=["x"])
    assert empty.to_numpy().tolist() == [["no evidence"]]
    nothing = definition_matrix([], [], [])
    assert nothing.shape == (0, 0)
    assert not any(share.estimable for share in definition_shares(nothing).values())
    unheard = definition_matrix([], [], [], all_criteria=["a", "b"])
    assert definition_shares(unheard)["no evidence"].value == 1


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ((["a"], ["x"], ["good"]), "unknown rating: good"),
        ((["z"], ["x"], ["met"]), "unknown criterion: z"),
        ((["a"], ["z"], ["met"]), "unknown evidence: z"),
        ((["a", "a"], ["x", "x"], ["met", "not"]), "a is rated twice from x"),
        (([None], ["x"], ["met"]), "missing"),
        ((["a"], ["x", "x"], ["met"]), "equally long"),
    ],
)
def test_the_matrix_refuses_what_makes_no_sense(columns: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        definition_matrix(*columns, all_criteria=["a"], all_evidence=["x"])


def test_shares_refuse_other_words() -> None:
    with pytest.raises(ValueError, match="a cell holds good"):
        definition_shares(pd.DataFrame({"x": ["good"]}))


words = st.sampled_from(["met", "partly", "not", "no evidence"])


@steady
@given(
    st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), words, min_size=1)
)
def test_the_matrix_does_not_depend_on_the_order_of_rows(cells: dict[tuple[str, str], str]) -> None:
    rows = [(*place, word) for place, word in cells.items()]
    lists = {"all_criteria": list("abcd"), "all_evidence": list("xyz")}
    matrix = definition_matrix(*zip(*rows, strict=True), **lists)
    other = definition_matrix(
        *(pd.Series(column) for column in zip(*rows[::-1], strict=True)), **lists
    )
    pd.testing.assert_frame_equal(matrix, other)
    assert all(matrix.loc[place] == word for place, word in cells.items())
    assert sum(values(definition_shares(matrix)).values()) == pytest.approx(1)


# --- M19 payment parity ---------------------------------------------------------------------


def test_payment_parity_agrees_with_r() -> None:
    rows = table("payment_data")
    parity = payment_parity(rows["hours"], rows["paid"], rows["group"])
    assert values(parity) == pytest.approx(expected("payment"), abs=1e-10)
    assert (parity["parity"].unit, parity["lived"].unit) == ("ratio", "proportion")


@pytest.mark.parametrize(
    ("rows", "lived", "professional", "parity"),
    [
        ([(2, 1, "lived"), (2, 0, "lived"), (4, 1, "professional")], 0.5, 1, 0.5),
        ([(1, 1, "lived"), (3, 1, "professional"), (1, 0, "professional")], 1, 0.75, 4 / 3),
        ([(1, 0, "lived"), (3, 1, "professional")], 0, 1, 0),
    ],
)
def test_payment_parity_by_hand(
    rows: Any, lived: float, professional: float, parity: float
) -> None:
    found = values(payment_parity(*zip(*rows, strict=True)))
    assert found == {"lived": lived, "professional": professional, "parity": pytest.approx(parity)}


def test_pay_that_cannot_be_compared_is_not_estimable() -> None:
    unpaid = payment_parity([1, 2], [1, 0], ["lived", "professional"])
    assert unpaid["professional"].value == 0
    assert unpaid["parity"].reason == "no professional hours were paid"
    alone = payment_parity([1], [1], ["lived"])
    assert alone["professional"].reason == "no hours are recorded"
    assert alone["parity"].reason == "a group has no hours recorded"
    assert not any(result.estimable for result in payment_parity([], [], []).values())
    missing = payment_parity([1, None, 2], [None, 1, 1], ["lived", "lived", None])
    assert not any(result.estimable for result in missing.values())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (([-1], [1], ["lived"]), "not negative"),
        (([math.inf], [1], ["lived"]), "finite"),
        (([1], [2], ["lived"]), "true or false"),
        (([1], [1], ["parity"]), "called parity"),
        (([1, 2], [1], ["lived"]), "equally long"),
    ],
)
def test_payment_parity_refuses_what_makes_no_sense(rows: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        payment_parity(*rows)


@steady
@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.booleans(), st.sampled_from(["lived", "professional"])),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_payment_parity_does_not_depend_on_order_or_kind(rows: list[tuple[int, bool, str]]) -> None:
    hours, paid, groups = zip(*rows, strict=True)
    one = values(payment_parity(hours, paid, groups))
    frame = pd.DataFrame(rows[::-1], columns=["hours", "paid", "group"]).astype(
        {"group": "category"}
    )
    other = payment_parity(frame["hours"], frame["paid"].astype("boolean"), frame["group"])
    assert values(other) == one
    assert values(payment_parity(hours * 2, paid * 2, groups * 2)) == one
