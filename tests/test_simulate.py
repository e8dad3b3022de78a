"""The simulated example is the same everywhere, hangs together, and holds what was planted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from wfw_eval.simulate import TRUTH, simulate, write_example
from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.provenance import PROVENANCE

EXAMPLE = Path(__file__).parents[1] / "data_raw" / "example"
SEED = 2023

# `sha256sum data_raw/example/*.csv`, files written with seed 2023 on Linux with pandas 3.1.1;
# Python 3.11.7 with numpy 2.4.6, Python 3.12.1 and 3.13.0 with numpy 2.5.5 wrote the same bytes.
SHA256 = {
    "attendance": "bb5e4118694f65ad7bd80009a356ddd80df816a0bc416219b041bd1c561ded6a",
    "family_characteristic": "5d37afd3d85dd06291c2813d6e5d684441dcabb98923eafa4f310d7e69936a32",
    "invitation": "55b0e697cc4aa6c85a1557ed0596fd3739c41d4b5dbc15d1d67e832d99e7c197",
    "organisation": "03bc28de0345d89e4e7af51cc9d2112153c6a6125b127485b3cf6cf8b9abb0df",
    "person": "d6fdbea705f9d8987cce5afb121813716d8b2cfc1959b19b31ecffe972457269",
    "session": "b877576c27be4262e6e1b86dae8fc29d5ef6e0d863e0ae7156f206d7f470a776",
}
KEYS = {
    "organisation": ["org_id"],
    "person": ["person_id"],
    "family_characteristic": ["family_id", "char"],
    "session": ["session_id"],
    "invitation": ["person_id", "session_id"],
    "attendance": ["person_id", "session_id"],
}
FOREIGN_KEYS = [
    ("person", "org_id", "organisation", "org_id"),
    ("session", "org_id", "organisation", "org_id"),
    ("family_characteristic", "family_id", "person", "family_id"),
    ("person", "family_id", "family_characteristic", "family_id"),
    ("invitation", "person_id", "person", "person_id"),
    ("invitation", "session_id", "session", "session_id"),
    ("attendance", "person_id", "person", "person_id"),
    ("attendance", "session_id", "session", "session_id"),
    *((table, "source_org", "organisation", "org_id") for table in KEYS),
]
STAGE_DATES = {
    "set_up": ("2023-01-01", "2023-04-30"),
    "design": ("2023-05-01", "2023-07-31"),
    "fieldwork": ("2023-08-01", "2024-02-29"),
    "analysis": ("2024-01-01", "2024-03-31"),
    "drafting": ("2024-03-01", "2024-05-31"),
    "feedback": ("2024-05-01", "2024-05-31"),
    "sign_off": ("2024-06-01", "2024-06-30"),
}

# Fife, Census 2022: data_raw/reference.
LONE_PARENTS_IN_FIFE = 0.2544
UNDER_1_IN_FIFE = 0.0777
RURAL_CHILDREN_IN_FIFE = 0.1602
CHILDREN_BY_AREA_IN_FIFE = {"Kirkcaldy": 0.1688, "Levenmouth": 0.1013, "North East Fife": 0.157}

THRESHOLD = 5


@cache
def tables() -> dict[str, pd.DataFrame]:
    return simulate(SEED)


# --- the same bytes -------------------------------------------------------------------------


def test_regenerating_gives_the_committed_bytes(tmp_path: Path) -> None:
    for path in write_example(tmp_path, SEED):
        assert path.read_bytes() == (EXAMPLE / path.name).read_bytes(), path.name


@pytest.mark.parametrize(("name", "digest"), SHA256.items())
def test_committed_files_have_the_pinned_digest(name: str, digest: str) -> None:
    assert hashlib.sha256((EXAMPLE / f"{name}.csv").read_bytes()).hexdigest() == digest


def test_same_seed_same_tables() -> None:
    for name, table in simulate(SEED).items():
        pd.testing.assert_frame_equal(table, tables()[name])


def test_another_seed_gives_other_people() -> None:
    assert not simulate(SEED + 1)["person"].equals(tables()["person"])


def test_files_are_plain_csv() -> None:
    for name in KEYS:
        content = (EXAMPLE / f"{name}.csv").read_bytes()
        assert content.endswith(b"\n") and b"\r" not in content
        assert b"True" not in content and b"nan" not in content.lower()


def test_a_stream_is_independent_of_the_others() -> None:
    assert Draws(SEED, "a").uniform(3).tolist() != Draws(SEED, "b").uniform(3).tolist()


def test_sharing_out_gives_exact_counts() -> None:
    shared = Draws(SEED, "test").share_out({"yes": 2, "no": 3, "unknown": 0})
    assert sorted(shared) == ["no", "no", "no", "yes", "yes"]


def test_scale_multiplies_families_and_keeps_keys_unique() -> None:
    larger = simulate(SEED, scale=3)
    assert larger["person"]["family_id"].nunique() == 3 * TRUTH.families
    assert not larger["attendance"].duplicated(KEYS["attendance"]).any()


# --- tables that hang together --------------------------------------------------------------


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_keys_are_unique(name: str, key: list[str]) -> None:
    assert not tables()[name].duplicated(key).any()


@pytest.mark.parametrize(("name", "column", "parent", "references"), FOREIGN_KEYS)
def test_foreign_keys_hold(name: str, column: str, parent: str, references: str) -> None:
    assert set(tables()[name][column].dropna()) <= set(tables()[parent][references])


@pytest.mark.parametrize("name", KEYS)
def test_every_row_says_it_is_synthetic(name: str) -> None:
    table = tables()[name]
    assert tuple(table.columns[-4:]) == PROVENANCE
    assert table["synthetic"].all()


def test_organisations_are_named_as_simulated() -> None:
    assert tables()["organisation"]["name"].str.startswith("Simulated ").all()


def test_every_family_has_one_answer_per_characteristic() -> None:
    answers = tables()["family_characteristic"].groupby("char").size()
    assert answers.to_dict() == dict.fromkeys(TRUTH.characteristics, TRUTH.families)


def test_attendance_lies_within_a_persons_dates() -> None:
    came = attended()
    assert (came["date"] >= came["joined_on"]).all()
    assert not (came["date"] > came["left_on"]).any()


def test_nobody_stays_longer_than_the_session() -> None:
    assert (attended()["hours"] <= attended()["session_hours"]).all()
    assert (attended()["hours"] * 4 % 1 == 0).all() and (attended()["hours"] > 0).all()


def test_an_invited_person_attended_exactly_if_the_register_says_so() -> None:
    register = tables()["attendance"].set_index(KEYS["attendance"]).index
    invited = tables()["invitation"].set_index(KEYS["invitation"])
    assert ((invited["outcome"] == "attended") == invited.index.isin(register)).all()


def test_only_paid_people_with_lived_experience_have_an_amount() -> None:
    came = attended()
    has_amount = came["paid"] & (came["stake"] == "lived")
    assert came["paid_gbp"].notna().equals(has_amount)
    assert came.loc[came["stake"] != "lived", "paid"].all()


def test_professionals_have_no_family_and_others_have_one() -> None:
    person = tables()["person"]
    assert person["family_id"].notna().equals(person["stake"] == "lived")


def test_lone_parents_bring_no_second_parent() -> None:
    lone = members_of(families_with("lone_parent"))
    adults = lone[lone["role"].isin(["parent", "carer"])]
    assert not adults["family_id"].duplicated().any()


def test_under_18s_have_assent_and_a_parents_consent() -> None:
    person = tables()["person"]
    under_18 = person["role"].isin(["child_u12", "young_person_12_17"])
    assert (person["consent"] == "assent_plus_parent").equals(under_18)


def test_those_who_left_have_a_reason_and_nobody_else() -> None:
    person = tables()["person"]
    assert person["left_on"].notna().equals(person["left_reason"].notna())
    assert not (person["left_on"] <= person["joined_on"]).any()


@pytest.mark.parametrize(("stage", "dates"), STAGE_DATES.items())
def test_sessions_lie_within_their_stage(stage: str, dates: tuple[str, str]) -> None:
    session = tables()["session"]
    held_on = session.loc[session["stage"] == stage, "date"]
    first, last = map(pd.Timestamp, dates)
    assert len(held_on) and held_on.between(first, last).all()


def test_nothing_is_received_before_it_happened() -> None:
    person, session = tables()["person"], tables()["session"]
    assert (session["received_on"] > session["date"]).all()
    assert not (person["received_on"] <= person["left_on"].fillna(person["joined_on"])).any()


def test_only_observed_sessions_are_observed_evidence() -> None:
    session = tables()["session"]
    assert (session["evidence_class"] == "observed").equals(session["observed"])
    assert session.loc[session["observed"], "date"].min() >= TRUTH.evaluator_observes_from


def test_rural_people_live_where_there_are_rural_places() -> None:
    person = tables()["person"]
    rural_areas = set(person.loc[person["urban_rural"] == "rural", "area"])
    assert TRUTH.area_without_rural_places not in rural_areas


# --- the planted features -------------------------------------------------------------------


@pytest.mark.parametrize("name", TRUTH.characteristics)
def test_answers_are_those_planted(name: str) -> None:
    counts, planted = answers_to(name).value_counts(), TRUTH.characteristics[name]
    assert {answer: int(counts.get(answer, 0)) for answer in vars(planted)} == vars(planted)


def test_families_live_where_planted() -> None:
    cells = families().groupby(["area", "urban_rural"]).size().to_dict()
    assert cells == {place: n for place, n in TRUTH.families_by_place.items() if n}


def lone_parents_are_over_represented() -> bool:
    low, high = ratio_interval(TRUTH.over_represented_group, LONE_PARENTS_IN_FIFE)
    return 1.2 < low < 1.6 < high


def nobody_is_a_mother_under_25() -> bool:
    return not families_with(TRUTH.empty_group)


def most_do_not_disclose_ethnicity() -> bool:
    planted = TRUTH.characteristics[TRUTH.undisclosed_group]
    return planted.disclosed / planted.families < 0.5


def families_with_a_baby_straddle_the_lower_limit() -> bool:
    low, high = ratio_interval(TRUTH.straddling_group, UNDER_1_IN_FIFE)
    return low < 0.8 and high > 1.0


def edge_of_care_falls_below_the_threshold() -> bool:
    return 2 <= len(families_with(TRUTH.suppressed_group)) < THRESHOLD


def care_experienced_stays_above_it() -> bool:
    return THRESHOLD <= len(families_with("care_experienced")) <= 9


def some_groups_overlap_in_fewer_than_the_threshold() -> bool:
    both = families_with("disabled_adult_or_child") & families_with("minority_ethnic")
    return 1 <= len(both) < THRESHOLD


def some_areas_are_over_represented() -> bool:
    return all(
        area_interval(area)[0] > CHILDREN_BY_AREA_IN_FIFE[area]
        for area in TRUTH.over_represented_areas
    )


def north_east_fife_is_under_represented() -> bool:
    area = TRUTH.under_represented_area
    return area_interval(area)[1] < CHILDREN_BY_AREA_IN_FIFE[area]


def rural_families_are_under_represented() -> bool:
    rural = int((families()["urban_rural"] == "rural").sum())
    return bool(
        proportion_confint(rural, len(families()), method="wilson")[1] < RURAL_CHILDREN_IN_FIFE
    )


def a_small_cell_can_be_had_from_its_area_total() -> bool:
    small, other = TRUTH.small_cell, TRUTH.derivable_cell
    counts = families().groupby(["area", "urban_rural"]).size()
    total = families().groupby("area").size()[small[0]]
    return 1 <= counts[small] == total - counts[other] < THRESHOLD <= counts[other]


def no_family_comes_from_the_empty_cells() -> bool:
    places = set(zip(families()["area"], families()["urban_rural"], strict=True))
    return not places & set(TRUTH.empty_cells)


def no_partner_works_with_one_group() -> bool:
    named = "|".join(tables()["organisation"]["priority_groups"].dropna()).split("|")
    return set(TRUTH.characteristics) - set(named) == {TRUTH.group_no_partner_works_with}


def every_step_of_the_funnel_loses_people() -> bool:
    steps = [len(step) for step in funnel()]
    return steps[-1] >= THRESHOLD and all(b < a for a, b in pairwise(steps))


def some_are_invited_and_never_attend() -> bool:
    invited, came = funnel()[1], funnel()[3]
    return len(invited - came) > 20


def some_attend_without_an_invitation() -> bool:
    came = len(tables()["attendance"])
    walked_in = came - int((tables()["invitation"]["outcome"] == "attended").sum())
    return 0 < walked_in / came < 0.05


def lone_parents_drop_out_faster_late() -> bool:
    lone = families_with("lone_parent")
    late = lived_attended()["date"] >= TRUTH.lone_parents_tire_from
    after = set(lived_attended().loc[late, "family_id"])
    before = set(lived_attended().loc[~late, "family_id"])
    others = before - lone
    return len(after & before & lone) / len(before & lone) < len(after & others) / len(others) / 2


def lone_parents_of_the_oversight_group_seldom_sign_off() -> bool:
    lone = set(members_of(families_with("lone_parent"))["person_id"])
    _, _, _, _, _, oversight_group, signed_off = funnel()
    others = oversight_group - lone
    return len(signed_off & lone) / len(oversight_group & lone) < len(signed_off & others) / len(
        others
    )


def drafting_and_sign_off_reach_few_families() -> bool:
    reached = lived_attended().groupby("stage")["family_id"].nunique()
    return bool(reached[["drafting", "sign_off"]].max() < reached["fieldwork"] / 5)


def under_12s_come_to_creative_sessions_only() -> bool:
    children = lived_attended().query("role == 'child_u12'")
    return set(children["kind"]) == {"creative"}


def oversight_group_meets_monthly_from_may() -> bool:
    session = tables()["session"]
    months = session.loc[session["kind"] == "oversight", "date"].dt.to_period("M")
    first = pd.Period(str(TRUTH.first_oversight_month), "M")
    return list(months) == list(pd.period_range(first, "2024-06", freq="M"))


def families_leave_for_the_planted_reasons() -> bool:
    left = families().groupby("left_reason").size().to_dict()
    return left == dict(TRUTH.leaving)


@pytest.mark.parametrize(
    "feature",
    [
        lone_parents_are_over_represented,
        nobody_is_a_mother_under_25,
        most_do_not_disclose_ethnicity,
        families_with_a_baby_straddle_the_lower_limit,
        edge_of_care_falls_below_the_threshold,
        care_experienced_stays_above_it,
        some_groups_overlap_in_fewer_than_the_threshold,
        some_areas_are_over_represented,
        north_east_fife_is_under_represented,
        rural_families_are_under_represented,
        a_small_cell_can_be_had_from_its_area_total,
        no_family_comes_from_the_empty_cells,
        no_partner_works_with_one_group,
        every_step_of_the_funnel_loses_people,
        some_are_invited_and_never_attend,
        some_attend_without_an_invitation,
        lone_parents_drop_out_faster_late,
        lone_parents_of_the_oversight_group_seldom_sign_off,
        drafting_and_sign_off_reach_few_families,
        under_12s_come_to_creative_sessions_only,
        oversight_group_meets_monthly_from_may,
        families_leave_for_the_planted_reasons,
    ],
    ids=lambda feature: feature.__name__,
)
def test_planted_feature_holds(feature: Callable[[], bool]) -> None:
    assert feature()


# --- what the tests look at -----------------------------------------------------------------


def answers_to(name: str) -> pd.Series:
    table = tables()["family_characteristic"].set_index("family_id")
    return table.loc[table["char"] == name, "value"]


def families_with(name: str) -> set[str]:
    answers = answers_to(name)
    return set(answers.index[answers == "yes"])


def families() -> pd.DataFrame:
    return tables()["person"].dropna(subset="family_id").drop_duplicates("family_id")


def members_of(family_ids: set[str]) -> pd.DataFrame:
    person = tables()["person"]
    return person[person["family_id"].isin(family_ids)]


def ratio_interval(name: str, benchmark: float) -> tuple[float, float]:
    planted = TRUTH.characteristics[name]
    low, high = proportion_confint(planted.yes, planted.disclosed, method="wilson")
    return low / benchmark, high / benchmark


def area_interval(area: str) -> tuple[float, float]:
    living_there = int((families()["area"] == area).sum())
    low, high = proportion_confint(living_there, len(families()), method="wilson")
    return low, high


@cache
def attended() -> pd.DataFrame:
    session = tables()["session"].rename(columns={"hours": "session_hours"})
    columns = ["session_id", "date", "kind", "stage", "session_hours"]
    with_session = tables()["attendance"].merge(session[columns], on="session_id")
    return with_session.merge(tables()["person"].drop(columns=list(PROVENANCE)), on="person_id")


def lived_attended() -> pd.DataFrame:
    return attended()[attended()["stake"] == "lived"]


def funnel() -> list[set[str]]:
    """Who was recorded, invited, agreed, came, came thrice, met in oversight, signed off."""
    person, invitation, came = tables()["person"], tables()["invitation"], lived_attended()
    lived = set(person.loc[person["stake"] == "lived", "person_id"])
    agreed = invitation["outcome"].isin(["attended", "agreed_absent"])
    times = came.groupby("person_id").size()
    return [
        lived,
        lived & set(invitation["person_id"]),
        lived & set(invitation.loc[agreed, "person_id"]),
        set(times.index),
        set(times.index[times >= 3]),
        set(came.loc[came["kind"] == "oversight", "person_id"]),
        set(came.loc[came["stage"] == "sign_off", "person_id"]),
    ]
