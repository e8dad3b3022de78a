"""Who was reached: counted by hand on a handful of people, and found again in the example.

The handful: family F1 is a parent and a small child, F2 a young person, F3 a carer, F4 a parent
and a young person who never came. P6 is a professional. P7 is a facilitator with lived experience
and no family on record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from wfw_eval.analysis.reach import (
    Benchmark,
    attended_people,
    benchmarks,
    cells_of,
    characteristic_rows,
    coverage,
    funnel_rows,
    funnel_steps,
    headcount,
    place_cells,
    place_rows,
    priority_summary,
    spread,
    walk_ins,
    with_labels,
)
from wfw_eval.analysis.rows import key_of
from wfw_eval.evaluation import Evaluation, open_evaluation
from wfw_eval.metrics.representation import participation_ratio, share
from wfw_eval.metrics.result import Result
from wfw_eval.simulate.truth import TRUTH

EXAMPLE = Path(__file__).parents[2] / "params" / "example.yaml"
Rows = Mapping[str, Mapping[str, Any]]


def frame(columns: str, rows: str) -> pd.DataFrame:
    """Read a table written by hand; a dash is a missing value."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows.splitlines()]
    return pd.DataFrame([row for row in cells if row], columns=columns.split(), dtype="str")


PERSON = frame(
    "person_id family_id role stake area urban_rural simd_quintile",
    """
    P1 F1 parent              lived        Abbey urban 1
    P2 F1 child_u12           lived        Burn  urban 2
    P3 F2 young_person_12_17  both         Abbey rural 2
    P4 F3 carer               lived        Burn  rural -
    P5 F4 parent              lived        Burn  urban 1
    P6 -  practitioner        professional Abbey urban 1
    P7 -  facilitator         both         Burn  urban 1
    P8 F4 young_person_12_17  lived        Burn  urban 1
    """,
).astype({"simd_quintile": "Int64"})
SESSION = frame(
    "session_id kind stage",
    """
    S1 workshop  design
    S2 oversight design
    S3 oversight analysis
    S4 event     sign_off
    """,
)
ATTENDANCE = frame(
    "person_id session_id",
    """
    P1 S1
    P1 S2
    P1 S3
    P1 S4
    P2 S1
    P3 S1
    P3 S2
    P3 S4
    P4 S2
    P4 S3
    P6 S1
    P6 S2
    P6 S3
    P7 S1
    P7 S4
    """,
)
INVITATION = frame(
    "person_id session_id outcome",
    """
    P1 S1 attended
    P3 S1 declined
    P3 S2 attended
    P5 S1 agreed_absent
    P6 S1 attended
    P7 S1 no_reply
    P8 S1 declined
    """,
)
NOBODY = ATTENDANCE.iloc[:0]
CHARACTERISTIC = frame(
    "family_id char value",
    """
    F1 lone_parent yes
    F2 lone_parent no
    F3 lone_parent prefer_not
    F4 lone_parent yes
    F1 disabled_adult_or_child unknown
    F2 disabled_adult_or_child not_asked
    F3 disabled_adult_or_child prefer_not
    F4 disabled_adult_or_child yes
    F1 mother_under_25 no
    F2 mother_under_25 no
    """,
)
GROUPS = frame(
    "group short_label label",
    """
    lone_parent             Lone     Lone_parents
    disabled_adult_or_child Disabled Disabled
    mother_under_25         Young    Young_mothers
    care_experienced        Care     Care_experienced
    """,
)
COMPARED_WITH = {
    "lone_parent": Benchmark("point", 0.25, 0.25, n=40),
    "disabled_adult_or_child": Benchmark("range", 0.1, 0.4, None, 0.02),
    "mother_under_25": Benchmark("range", 0.05, 0.2, 0.006, None),
}
POPULATION = frame(
    "area rurality children_0_15",
    """
    Abbey urban 600
    Abbey rural 200
    Burn  urban 150
    Burn  urban 50
    Burn  rural 0
    Cairn rural 0
    """,
).astype({"children_0_15": "Int64"})

PEOPLE = attended_people(PERSON, ATTENDANCE)


def values(rows: Rows, column: str) -> dict[str, Any]:
    return {key: row[column].value for key, row in rows.items()}


def interval(result: Result) -> tuple[float | None, float | None]:
    return result.lower, result.upper


# --- people ---------------------------------------------------------------------------------


def test_people_reached_have_lived_experience_and_came() -> None:
    assert list(PEOPLE["person_id"]) == ["P1", "P2", "P3", "P4", "P7"]


def test_headcount_by_hand() -> None:
    """P7 counts as a person and an adult, though of no known family; P6 as a professional."""
    found = headcount(PERSON, ATTENDANCE)
    assert {name: result.value for name, result in found.items()} == {
        "people": 5, "families": 3, "under_12": 1, "young_people": 1, "adults": 3,
        "professionals": 1, "sessions": 4,
    }  # fmt: skip
    assert all(r.count == r.value for name, r in found.items() if name != "sessions")
    assert {type(result.value) for result in found.values()} == {int}


def test_headcount_of_no_attendance_is_zero() -> None:
    assert {result.value for result in headcount(PERSON, NOBODY).values()} == {0}


def test_walk_ins_by_hand() -> None:
    """P2 and P4; P3 declined once and came, P7 never replied and came: both were invited."""
    assert walk_ins(INVITATION, PEOPLE).value == 2
    assert walk_ins(INVITATION.iloc[:0], PEOPLE).value == 5
    assert walk_ins(INVITATION, PEOPLE.iloc[:0]).value == 0


# --- the funnel -----------------------------------------------------------------------------


def steps(**options: int) -> dict[str, int]:
    return funnel_steps(PERSON, INVITATION, ATTENDANCE, SESSION, **options)


def test_the_funnel_by_hand() -> None:
    """Each step is counted inside the one before.

    All with lived experience were invited or came (7); P8 declined (6); P5 stayed away (5). P1 and
    P3 came three times (2). P1, P4 were at two oversight meetings, but P4 at nothing else (1).
    P1, P3 and P7 were at sign-off, of whom P1 was at the core (1).
    """
    assert steps() == {
        "approached": 7, "agreed": 6, "attended": 5, "sustained": 2, "core": 1, "signed_off": 1,
    }  # fmt: skip


@pytest.mark.parametrize(("sustained", "expected"), [(1, 5), (2, 4), (3, 2), (4, 1), (5, 0)])
def test_sustained_counts_from_its_number_of_sessions_on(sustained: int, expected: int) -> None:
    assert steps(sustained=sustained)["sustained"] == expected


@pytest.mark.parametrize(("core", "expected"), [(1, 3), (2, 2), (3, 0)])
def test_core_counts_from_its_number_of_meetings_on(core: int, expected: int) -> None:
    assert steps(sustained=2, core=core)["core"] == expected


def test_walk_ins_join_before_they_attend() -> None:
    nobody_invited = funnel_steps(PERSON, INVITATION.iloc[:0], ATTENDANCE, SESSION)
    assert [nobody_invited[name] for name in ("approached", "agreed", "attended")] == [5, 5, 5]


def test_a_session_after_the_data_cut_does_not_count() -> None:
    only_first = SESSION[SESSION["session_id"] == "S1"]
    found = funnel_steps(PERSON, INVITATION, ATTENDANCE, only_first)
    assert (found["attended"], found["sustained"]) == (4, 0)


def test_a_funnel_of_invitations_alone() -> None:
    found = funnel_steps(PERSON, INVITATION, NOBODY, SESSION)
    assert list(found.values()) == [5, 3, 0, 0, 0, 0]


def test_the_rows_of_a_funnel() -> None:
    rows = funnel_rows(steps())
    assert values(rows, "people") == steps()
    assert values(rows, "share") == pytest.approx(
        {"approached": None, "agreed": 6 / 7, "attended": 5 / 6, "sustained": 2 / 5,
         "core": 1 / 2, "signed_off": 1}
    )  # fmt: skip
    assert rows["approached"]["share"].reason == "this is the first step"
    assert rows["core"]["share"].cell == rows["core"]["people"].cell == "people:step=core"


# --- kinds of family ------------------------------------------------------------------------


def rows_of(families: Any = frozenset(PEOPLE["family_id"])) -> dict[str, dict[str, Any]]:
    return characteristic_rows(CHARACTERISTIC, families, GROUPS, COMPARED_WITH)


def test_only_yes_and_no_are_answers() -> None:
    """F4 never came. F3 has no record on young mothers, nobody has one on care."""
    rows = rows_of()
    assert values(rows, "yes") == {
        "lone_parent": 1, "disabled_adult_or_child": 0, "mother_under_25": 0, "care_experienced": 0,
    }  # fmt: skip
    assert values(rows, "disclosed") == {
        "lone_parent": 2, "disabled_adult_or_child": 0, "mother_under_25": 2, "care_experienced": 0,
    }  # fmt: skip
    assert values(rows, "undisclosed_share") == pytest.approx(
        {"lone_parent": 1 / 3, "disabled_adult_or_child": 1, "mother_under_25": 1 / 3,
         "care_experienced": 1}
    )  # fmt: skip


@pytest.mark.parametrize("silence", ["unknown", "prefer_not", "not_asked", None])
def test_silence_is_never_a_no(silence: str | None) -> None:
    record = pd.DataFrame({"family_id": ["F1", "F2"], "char": "lone_parent", "value": "yes"})
    if silence is not None:
        record.loc[2] = ["F3", "lone_parent", silence]
    row = characteristic_rows(record, ["F1", "F2", "F3"], GROUPS, COMPARED_WITH)["lone_parent"]
    assert (row["share"].value, row["share"].n) == (1, 2)
    assert (row["undisclosed_share"].count, row["undisclosed_share"].n) == (1, 3)
    assert interval(row["undisclosed"]) == pytest.approx((2 / 3 / 0.25, 1 / 0.25))


def test_a_group_against_one_figure() -> None:
    row = rows_of()["lone_parent"]
    assert (row["label"], row["benchmark"].value) == ("Lone", 0.25)
    assert row["share"].value == 0.5
    assert row["ratio"] == participation_ratio(
        1, 2, 0.25, of="families", cell="families:lone_parent=yes",
        inputs=("family_characteristic", "attendance"),
    )  # fmt: skip
    assert row["ratio"].value == 2
    # Yes, if F3 is not one: 1 of 3; if F3 is one: 2 of 3.
    assert interval(row["undisclosed"]) == pytest.approx((4 / 3, 8 / 3))


def test_a_full_count_taken_as_a_sample() -> None:
    """One of two against 25 % of 40: var ln = 0.5/(2 × 0.5) + 0.75/(0.25 × 40) = 0.575."""
    spread_of_log = 1.959963984540054 * math.sqrt(0.575)
    found = rows_of()["lone_parent"]["ratio_estimated"]
    assert (found.value, *interval(found)) == pytest.approx(
        (2, 2 * math.exp(-spread_of_log), 2 * math.exp(spread_of_log))
    )


def test_a_survey_figure_keeps_its_own_standard_error() -> None:
    surveyed = {"lone_parent": Benchmark("point", 0.25, 0.25, 0.02, 0.02, n=40)}
    row = characteristic_rows(CHARACTERISTIC, ["F1", "F2"], GROUPS, surveyed)["lone_parent"]
    assert interval(row["ratio_estimated"]) == interval(row["ratio"])
    assert interval(row["ratio"]) == interval(participation_ratio(1, 2, 0.25, 0.02))


def test_a_group_against_a_range() -> None:
    """None of two: the interval reaches to 0.6576 (metrics/results/wilson.csv) over 0.05."""
    row = rows_of()["mother_under_25"]
    assert (row["benchmark"].value, *interval(row["benchmark"])) == (None, 0.05, 0.2)
    assert interval(row["ratio"]) == pytest.approx((0, 0.6576197725 / 0.05))
    assert row["ratio_estimated"].reason == "the benchmark is a range"
    # None of 3, or F3: 1 of 3.
    assert interval(row["undisclosed"]) == pytest.approx((0, 1 / 3 / 0.05))


def test_the_undisclosed_are_held_against_both_ends_of_a_range() -> None:
    """One yes, one no, one silent, against 10 % to 40 %: from 1/3 over 0.4 to 2/3 over 0.1."""
    range_ = {"lone_parent": Benchmark("range", 0.1, 0.4)}
    names = ["F1", "F2", "F3"]
    row = characteristic_rows(CHARACTERISTIC, names, GROUPS, range_)["lone_parent"]
    assert interval(row["undisclosed"]) == pytest.approx((1 / 3 / 0.4, 2 / 3 / 0.1))


def test_a_group_of_which_nobody_answered() -> None:
    row = rows_of()["disabled_adult_or_child"]
    assert not row["share"].estimable and not row["ratio"].estimable
    # None of 3 over 0.4, or all 3 over 0.1.
    assert interval(row["undisclosed"]) == pytest.approx((0, 10))


def test_a_group_without_a_figure() -> None:
    row = rows_of()["care_experienced"]
    for name in ("benchmark", "ratio", "ratio_estimated", "undisclosed"):
        assert row[name].reason == "no population figure exists"


def test_health_and_care_are_sensitive() -> None:
    found = {key: row["ratio"].sensitivity for key, row in rows_of().items()}
    assert found == {
        "lone_parent": "standard", "disabled_adult_or_child": "heightened",
        "mother_under_25": "standard", "care_experienced": "heightened",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [set, list, pd.Series, lambda names: [*names, *names]])
def test_a_missing_or_repeated_name_is_no_family_more(kind: Any) -> None:
    assert rows_of(kind(PEOPLE["family_id"])) == rows_of(["F1", "F2", "F3"])


@pytest.mark.parametrize("families", [[], ["F9"]])
def test_families_without_any_record(families: list[str]) -> None:
    row = rows_of(families)["lone_parent"]
    assert (row["yes"].value, row["disclosed"].value) == (0, 0)
    assert row["undisclosed_share"].n == len(families)
    assert row["undisclosed"].estimable is bool(families)


def test_no_families_in_no_table() -> None:
    row = characteristic_rows(CHARACTERISTIC.iloc[:0], ["F1"], GROUPS, {})["lone_parent"]
    assert (row["yes"].value, row["undisclosed_share"].value) == (0, 1)


def test_the_summary_counts_groups() -> None:
    """Groups of four with a ratio; above: its lower end above one; absent: answered, none yes."""
    rows = {
        name: {"ratio": Result(metric="M02", unit="ratio", **ratio)}
        for name, ratio in {
            "above": {"value": 2.0, "lower": 1.1, "upper": 3.0, "count": 9, "n": 10},
            "at one": {"value": 2.0, "lower": 1.0, "upper": 3.0, "count": 9, "n": 10},
            "absent": {"lower": 0.0, "upper": 0.9, "interval": "bounds", "count": 0, "n": 10},
            "silent": {"reason": "nobody disclosed it", "count": 0, "n": 0},
        }.items()
    }
    found = priority_summary(rows)
    assert {name: (part.count, part.n) for name, part in found.items()} == {
        "above": (1, 4), "absent": (1, 4),
    }  # fmt: skip


# --- population figures ---------------------------------------------------------------------

DENOMINATOR = pd.DataFrame(
    [
        ("C1", "lone", 1, 3, 0.3333, None),
        ("C1", "children", 90, 1000, 0.09, None),
        ("S92000003", "survey", None, None, 0.375, 0.0153),
        ("C2", "lone", 1, 4, 0.25, None),
    ],
    columns=["area_code", "measure_id", "numerator", "denominator", "share", "se"],
).astype({"numerator": "Int64", "denominator": "Int64", "se": "float64"})
CHOSEN = frame(
    "group kind low_measure_id low_area high_measure_id high_area",
    """
    lone_parent             point lone     council  -      -
    disabled_adult_or_child range children council  survey scotland
    child_under_1           point survey   scotland -      -
    care_experienced        none  -        -        -      -
    """,
)


def test_benchmarks_by_hand() -> None:
    """Counts are preferred to the share, which is rounded."""
    found = benchmarks(CHOSEN, DENOMINATOR, "C1")
    assert found == {
        "lone_parent": Benchmark("point", 1 / 3, 1 / 3, None, None, 3),
        "disabled_adult_or_child": Benchmark("range", 0.09, 0.375, None, 0.0153),
        "child_under_1": Benchmark("point", 0.375, 0.375, 0.0153, 0.0153, None),
        "care_experienced": Benchmark("none"),
    }


def test_benchmarks_are_those_of_the_council_asked_for() -> None:
    lone = CHOSEN[CHOSEN["group"] == "lone_parent"]
    assert benchmarks(lone, DENOMINATOR, "C2")["lone_parent"].low == 0.25
    with pytest.raises(KeyError):
        benchmarks(CHOSEN, DENOMINATOR, "C3")


@pytest.mark.parametrize(
    ("benchmark", "expected"),
    [
        (Benchmark("point", 0.25, 0.25, n=48), 0.0625),
        (Benchmark("point", 0.5, 0.5, n=100), 0.05),
        (Benchmark("point", 1.0, 1.0, n=100), 0.0),
        (Benchmark("point", 0.5, 0.5), None),
        (Benchmark("none"), None),
    ],
)
def test_the_standard_error_of_a_count(benchmark: Benchmark, expected: float | None) -> None:
    assert benchmark.binomial_se == expected


# --- places ---------------------------------------------------------------------------------


def test_areas_by_hand() -> None:
    """F1 stands in Abbey, as its first member; F2 in Abbey, F3 in Burn. No child lives in Cairn."""
    rows = place_rows(PEOPLE, POPULATION, "area")
    assert values(rows, "families") == {"abbey": 2, "burn": 1}
    assert values(rows, "participants") == pytest.approx({"abbey": 2 / 3, "burn": 1 / 3})
    assert values(rows, "population") == {"abbey": 0.8, "burn": 0.2}
    assert values(rows, "ratio") == pytest.approx({"abbey": 5 / 6, "burn": 5 / 3})
    assert interval(rows["burn"]["participants"]) == interval(share(1, 3))
    assert cells_of(rows, "families") == ["families:area=Abbey", "families:area=Burn"]


def test_rurality_by_hand() -> None:
    """F1 is urban, F2 and F3 rural; 200 of 1,000 children are rural."""
    rows = place_rows(PEOPLE, POPULATION, "urban_rural", "rurality")
    assert values(rows, "families") == {"urban": 1, "rural": 2}
    assert values(rows, "ratio") == pytest.approx({"urban": 1 / 3 / 0.8, "rural": 2 / 3 / 0.2})


def test_families_of_unknown_place_are_in_no_share() -> None:
    fifths = pd.DataFrame({"simd_quintile": [1, 2, 3], "children_0_15": [50, 25, 25]})
    rows = place_rows(PEOPLE, fifths, "simd_quintile")
    assert values(rows, "families") == {"1": 1, "2": 1, "3": 0}
    assert {row["participants"].n for row in rows.values()} == {2}
    assert values(rows, "ratio") == {"1": 1, "2": 2, "3": 0}


def test_places_without_any_family() -> None:
    rows = place_rows(PEOPLE.iloc[:0], POPULATION, "area")
    assert values(rows, "families") == {"abbey": 0, "burn": 0}
    assert not any(row["ratio"].estimable for row in rows.values())
    assert not spread(rows)["dissimilarity"].estimable


def test_cells_by_hand() -> None:
    """No child lives in the rural part of Burn, so F3 stands in no cell."""
    cells = place_cells(PEOPLE, POPULATION)
    assert cells == {("Abbey", "urban"): 1, ("Abbey", "rural"): 1, ("Burn", "urban"): 0}


def test_spread_by_hand() -> None:
    """Half of |2/3 - 0.8| + |1/3 - 0.2|."""
    index = spread(place_rows(PEOPLE, POPULATION, "area"))["dissimilarity"]
    assert (index.value, index.n) == (pytest.approx(2 / 15), 3)


@pytest.mark.parametrize(
    ("minimum", "areas", "cells"), [(1, (2, 2), (2, 3)), (2, (1, 2), (0, 3)), (3, (0, 2), (0, 3))]
)
def test_coverage_by_hand(minimum: int, areas: tuple[int, int], cells: tuple[int, int]) -> None:
    found = coverage(
        place_rows(PEOPLE, POPULATION, "area"), place_cells(PEOPLE, POPULATION), minimum
    )
    assert {name: (part.count, part.n) for name, part in found.items()} == {
        "areas": areas, "cells": cells,
    }  # fmt: skip


def test_other_labels_leave_the_rest_as_it_was() -> None:
    rows = place_rows(PEOPLE, POPULATION, "area")
    named = with_labels(rows, {"abbey": "The Abbey", "burn": "The Burn"})
    assert [row["label"] for row in named.values()] == ["The Abbey", "The Burn"]
    assert values(named, "families") == values(rows, "families")
    assert rows["abbey"]["label"] == "Abbey"


@pytest.mark.parametrize(
    ("name", "key"),
    [("North East Fife", "north_east_fife"), (" 1 ", "1"), (5, "5"), ("A--b", "a_b")],
)
def test_a_name_becomes_a_key(name: object, key: str) -> None:
    assert key_of(name) == key


# --- what was planted in the example is found again -----------------------------------------


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return open_evaluation(EXAMPLE)


@pytest.fixture(scope="module")
def people(evaluation: Evaluation) -> pd.DataFrame:
    return attended_people(evaluation.read("person"), evaluation.read("attendance"))


def example_rows(evaluation: Evaluation, families: Any) -> dict[str, dict[str, Any]]:
    compared = benchmarks(
        evaluation.read("benchmark"), evaluation.read("denominator"), evaluation.run_file.council
    )
    characteristic, groups = (
        evaluation.read("family_characteristic"),
        evaluation.read("priority_group"),
    )
    return characteristic_rows(characteristic, families, groups, compared)


@pytest.fixture(scope="module")
def all_rows(evaluation: Evaluation) -> dict[str, dict[str, Any]]:
    """Every family on record, whether it came or not."""
    return example_rows(evaluation, evaluation.read("person")["family_id"])


@pytest.fixture(scope="module")
def rows(evaluation: Evaluation, people: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Families that took part."""
    return example_rows(evaluation, set(people["family_id"]))


@pytest.fixture(scope="module")
def population(evaluation: Evaluation) -> pd.DataFrame:
    found = evaluation.read("area_population")
    return found[found["area_code"] == evaluation.run_file.council]


@pytest.mark.parametrize("group", TRUTH.characteristics)
def test_every_planted_answer_is_counted(all_rows: dict[str, dict[str, Any]], group: str) -> None:
    planted, row = TRUTH.characteristics[group], all_rows[group]
    assert (row["yes"].value, row["disclosed"].value) == (planted.yes, planted.disclosed)
    assert row["undisclosed_share"].n == planted.families == TRUTH.families


def test_lone_parents_were_73_of_176_and_too_many(
    all_rows: dict[str, dict[str, Any]], rows: dict[str, dict[str, Any]]
) -> None:
    row = all_rows[TRUTH.over_represented_group]
    assert (row["share"].count, row["share"].n) == (73, 176)
    assert row["ratio"].value == pytest.approx(73 / 176 / 0.2544, abs=0.001)
    for found in (row, rows[TRUTH.over_represented_group]):
        assert found["ratio"].lower > 1 and found["ratio_estimated"].lower > 1


def test_nobody_was_a_young_mother(rows: dict[str, dict[str, Any]]) -> None:
    row = rows[TRUTH.empty_group]
    assert row["yes"].value == row["ratio"].count == row["ratio"].lower == 0
    assert row["disclosed"].value > 0
    assert row["ratio"].upper < 1


def test_more_than_half_did_not_disclose_ethnicity(
    all_rows: dict[str, dict[str, Any]], rows: dict[str, dict[str, Any]]
) -> None:
    for found in (all_rows, rows):
        row = found[TRUTH.undisclosed_group]
        assert row["undisclosed_share"].value > 0.5
        assert row["undisclosed"].lower < 0.8 and row["undisclosed"].upper > 1.2


def test_families_with_a_baby_cannot_be_told_from_parity(
    all_rows: dict[str, dict[str, Any]], rows: dict[str, dict[str, Any]]
) -> None:
    for found in (all_rows, rows):
        ratio = found[TRUTH.straddling_group]["ratio"]
        assert ratio.lower < 0.8 and ratio.upper > 1


def test_every_row_is_about_the_families_of_the_headcount(
    evaluation: Evaluation, rows: dict[str, dict[str, Any]]
) -> None:
    """Six people with lived experience have no family on record; none of them makes one."""
    families = headcount(evaluation.read("person"), evaluation.read("attendance"))["families"]
    assert {row["undisclosed_share"].n for row in rows.values()} == {families.value}


def test_the_families_stand_where_they_were_planted(
    evaluation: Evaluation, population: pd.DataFrame
) -> None:
    assert place_cells(evaluation.read("person"), population) == TRUTH.families_by_place


def test_the_areas_over_and_under_represented_are_found(
    people: pd.DataFrame, population: pd.DataFrame
) -> None:
    areas = place_rows(people, population, "area")
    over = {row["label"] for row in areas.values() if row["ratio"].lower > 1}
    assert over == set(TRUTH.over_represented_areas)
    lowest = min(areas.values(), key=lambda row: row["ratio"].value)
    assert lowest["label"] == TRUTH.under_represented_area
    assert lowest["ratio"].upper < 1


def test_the_steps_of_the_example_add_up(evaluation: Evaluation, people: pd.DataFrame) -> None:
    tables = [evaluation.read(name) for name in ("person", "invitation", "attendance", "session")]
    found = funnel_steps(*tables)
    assert found["attended"] == len(people)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert found["signed_off"] > 0


def test_every_council_has_figures_that_can_be_compared_with(evaluation: Evaluation) -> None:
    denominator, chosen = evaluation.read("denominator"), evaluation.read("benchmark")
    councils = set(denominator["area_code"]) - {"S92000003"}
    assert len(councils) == 32
    for council in councils:
        for found in benchmarks(chosen, denominator, council).values():
            assert found.kind == "none" or 0 < found.low <= found.high <= 1
