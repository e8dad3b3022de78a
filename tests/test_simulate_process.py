"""The simulated tables of the process keep their contracts and hold what was planted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wfw_eval.params import load_run_file
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.process_rules import OBSERVATIONS, PROCESS_RULES
from wfw_eval.records.read import load_table
from wfw_eval.records.rules import Rule, orphans
from wfw_eval.simulate import PROCESS_TRUTH, simulate
from wfw_eval.simulate.turns import observed_seats

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "data_raw" / "example"
FOLDERS = {
    "documents": ROOT / "data_raw" / "documents",
    "reference": ROOT / "data_raw" / "reference",
    "records": EXAMPLE,
}
SEED = 2023
SIZE_LIMIT = 1_500_000
MID_TERM, END = "2023-12-31", "2024-07-31"

# `sha256sum data_raw/example/*.csv`; Python 3.11.7 and 3.13.0 wrote the same bytes.
SHA256 = {
    "application": "ebc8ae244b3f194b28ca5d78d7962916a75defd429b7a3413deed2ea48c27933",
    "award": "43838de0f2a59961a2c33583b4a5eb269124b0ed4cf381903767609690ea39ed",
    "coding": "b6745fbd68645883d9918d194095c4d77f1ad208a7f0e90c9c945e63fa5532ef",
    "communication": "deddeea639537542b3b6154769419e9706fb9b02512c542b190f8a55a77abd82",
    "contribution_claim": "6953e2e634570d8f815d0184169c9ceeb9af106f722bede4cc37c49537446772",
    "contribution_test": "72abe59820e9a34f2414a9922c79980cb90bec7cfd1d5cc408e080ecf34fe6cf",
    "decision": "e11cc812111f6ab38e6c42157cc524d6f320534580b79f0140e63828e4e3ad03",
    "decision_rating": "b203b73392b2f22528d5ee8553ce5cb23ec54d7a06723a89f62f2467bb5691c3",
    "evidence": "8a4d2cd3751723b027cf6864220fce75257d76b591492a016e53f08fcc6ec293",
    "excerpt": "4113728ad8abebd0c47d61cad07eb939b6f83b7fd9850a4c5d170a5b5b987da4",
    "feedback_event": "c669fd64f95a961af54a80e146c62d01363ab33509f257406fca513154f425c5",
    "finding": "3671ddeb9d9746a508c5d3bf7a060e268ec38207e4d4449975c0b8f59a9e5806",
    "instrument": "18f8f988f3851e324777c914c618848ee7428b18a19d68badc027f78874807ef",
    "item": "95d7cb259881180cf84d097f8f54f58c77ccfe8fb7d7d15fd1d2dfabe70ae202",
    "judgement": "a7f38afb648a567c8711ce02800550dcdaf06cfba494746157ddff5376afd968",
    "learning": "d3f9d5ab9cd508948d306bf3e774c3440051fb9612174e837244267d064bd029",
    "link": "33cc7ab8841d392d4cf31970a5b2602ef1f6366ef524d405fcdf15a518ea7d47",
    "person_protected": "0dcffa0c194a24aa23862361d6886c146a860308aee5f9a0cc64e209db2876b2",
    "receipt": "4771f686117a93c5ca9d6fd6106bce6b2430f757ddf93bd6ef534c4352ef2ee2",
    "recommendation": "0464205568e0bcae96b0814e167a199ba7ea423737172aedb3adb8b99560814e",
    "response": "4a2fb4c0e1daea7c2d6087032dc1080256aae5ad15f74d6eb7b65fffde1827da",
    "response_item": "0fc1b7da860f2662f9e94d9480fa8f76ac9d019c116596a9998d15295e07dcae",
    "risk": "3ec63b87b46677e2a9341d334e533c36388988b045a67db273239953f8f962d1",
    "source": "54e838c95723b917e50887d5c18cd538305a9c700ea7eb6a662601c49d638b2b",
    "spend": "e617b90c9251e79d16d1c737faef1853e46a7c4b0f66dacbc0fee2baf753af81",
    "support": "4727824ca652fb3c460d42f805b2c3aa0a6624532002f38fad1bca9189ea3eed",
    "theme": "30efe0b1e4ab50b8a2f52ffc1799bbd805d81dfc57068da674730c23f0a9faf5",
    "tie": "4e2dc1dabf559ead48b6bc3e88cb51b8d11a7c98cb8c3284adce05bbb2296120",
    "turn": "53bf153a829a3812eddee917bea1a3452903a1ee07d3b3c70ee0eaca112fa939",
}
EXPERIENCE = "INS1"


@cache
def tables() -> dict[str, pd.DataFrame]:
    return simulate(SEED)


def table(name: str) -> pd.DataFrame:
    return tables()[name]


@cache
def loaded() -> dict[str, pd.DataFrame]:
    return {name: load_table(contract, FOLDERS).frame for name, contract in CONTRACTS.items()}


# --- bytes, contracts, rules ----------------------------------------------------------------


@pytest.mark.parametrize(("name", "digest"), SHA256.items())
def test_committed_files_have_the_pinned_digest(name: str, digest: str) -> None:
    assert hashlib.sha256((EXAMPLE / f"{name}.csv").read_bytes()).hexdigest() == digest


def test_every_table_of_the_records_is_in_the_example() -> None:
    records = {name for name, item in CONTRACTS.items() if "records" in item.origins}
    assert set(tables()) == records


def test_the_example_stays_small() -> None:
    assert sum(path.stat().st_size for path in EXAMPLE.iterdir()) < SIZE_LIMIT


@pytest.mark.parametrize("name", SHA256)
def test_contract_holds(name: str) -> None:
    contract = CONTRACTS[name]
    assert tuple(table(name).columns) == contract.columns
    assert load_table(contract, FOLDERS).problems == ()


@pytest.mark.parametrize("name", SHA256)
def test_what_a_row_points_to_is_there(name: str) -> None:
    assert not list(orphans(CONTRACTS[name], loaded()))


@pytest.mark.parametrize("rule", PROCESS_RULES, ids=lambda rule: rule.__name__)
def test_rule_between_tables_holds(rule: Rule) -> None:
    run_file = load_run_file(ROOT / "params" / "example.yaml")
    assert list(rule(loaded(), run_file)) == []


def test_money_of_one_partner_alone_does_not_add_up() -> None:
    run_file = load_run_file(ROOT / "params" / "example.yaml")
    found = [problem for rule in OBSERVATIONS for problem in rule(loaded(), run_file)]
    (org, pounds), *_ = PROCESS_TRUTH.unexplained_pounds.items()
    assert [problem.value for problem in found] == [str(PROCESS_TRUTH.awards[org] - pounds)]


@pytest.mark.parametrize("name", SHA256)
def test_every_row_is_synthetic_and_received_after_it_happened(name: str) -> None:
    rows = table(name)
    assert rows["synthetic"].all()
    dated = CONTRACTS[name].dated_by
    if dated is not None:
        assert (rows["received_on"] > rows[dated]).all()


@pytest.mark.parametrize(
    ("name", "column"),
    [
        *(("excerpt", "text"), ("finding", "text"), ("recommendation", "text")),
        *(("decision", "text"), ("risk", "label"), ("communication", "title")),
        *(("learning", "statement"), ("evidence", "statement"), ("judgement", "reason")),
        *(("contribution_claim", "claim"), ("item", "label"), ("theme", "label")),
        *(("response", "reason"), ("response", "action"), ("link", "reason")),
    ],
)
def test_texts_say_that_they_are_simulated(name: str, column: str) -> None:
    assert table(name)[column].dropna().str.startswith("Simulated ").all()


@pytest.mark.parametrize("seed", [1, 7])
def test_other_seeds_and_scales_work(seed: int) -> None:
    larger = simulate(seed, scale=2)
    for name, rows in larger.items():
        assert not rows.duplicated(list(CONTRACTS[name].key)).any(), name


# --- meetings -------------------------------------------------------------------------------


@cache
def seats() -> pd.DataFrame:
    return observed_seats(table("person"), table("session"), table("attendance"))


def gini(session_id: str) -> float:
    present = seats().loc[seats()["session_id"] == session_id, "person_id"]
    spoke = table("turn").query("session_id == @session_id").groupby("person_id").size()
    turns = spoke.reindex(present, fill_value=0).to_numpy(dtype=float)
    apart = np.abs(turns[:, None] - turns).sum()
    return float(apart / (2 * len(turns) ** 2 * turns.mean()))


def ginis() -> list[float]:
    return sorted(gini(session_id) for session_id in seats()["session_id"].unique())


def parity(heavy: bool) -> float:
    """Share of turns over share of seats of families, where professionals weigh or do not."""
    sides = pd.crosstab(seats()["session_id"], seats()["side"], normalize="index")
    weighs = 1 - sides["families"] >= PROCESS_TRUTH.professionals_weigh_from
    sat = seats()[seats()["session_id"].map(weighs) == heavy]
    spoke = table("turn").merge(sat[["session_id", "person_id", "side"]])
    return float((spoke["side"] == "families").mean() / (sat["side"] == "families").mean())


def silent_in_the_dominated_meeting() -> int:
    session_id = max(seats()["session_id"].unique(), key=gini)
    present = seats().loc[seats()["session_id"] == session_id, "person_id"]
    return len(
        set(present) - set(table("turn")["person_id"][table("turn")["session_id"] == session_id])
    )


def meetings_not_observed() -> int:
    session = table("session").set_index("session_id")
    return int((~session.loc[table("turn")["session_id"], "observed"]).sum())


@cache
def rated() -> pd.DataFrame:
    return table("decision_rating").merge(
        table("decision").drop(columns="received_on"), on="decision_id"
    )


def shared_by(cut: str) -> float:
    """Importance-weighted share of ratings at 6 or 7, of what was received by a day."""
    known = rated()[rated()["received_on"] <= cut]
    return float(known.loc[known["tlap"] >= 6, "importance"].sum() / known["importance"].sum())


def raters_two_apart() -> int:
    levels = rated().groupby("decision_id")["tlap"]
    return int((levels.max() - levels.min() >= 2).sum())


@pytest.mark.parametrize(("stage", "rungs"), PROCESS_TRUTH.tlap_by_stage.items())
def test_ratings_lie_on_the_rungs_of_their_stage(stage: str, rungs: tuple[int, int]) -> None:
    levels = rated().loc[rated()["stage"] == stage, "tlap"]
    assert len(levels) == 2 * PROCESS_TRUTH.decisions_by_stage[stage]
    assert levels.between(*rungs).all()


def test_every_decision_has_two_blind_raters() -> None:
    assert table("decision_rating")["blind"].all()
    assert set(table("decision_rating").groupby("decision_id")["rater"].nunique()) == {2}


# --- voices ---------------------------------------------------------------------------------


@cache
def said() -> pd.DataFrame:
    person = table("person")[["person_id", "family_id", "role"]]
    who = table("excerpt").merge(person, on="person_id", how="left", suffixes=("_told", ""))
    who["role"] = who["role_told"].fillna(who["role"])
    source = table("source")[["source_id", "session_id"]]
    return who.merge(source).merge(table("session")[["session_id", "kind"]])


def coded() -> pd.DataFrame:
    columns = ["excerpt_id", "source_id", "family_id", "role", "kind"]
    return table("coding").merge(said()[columns], on="excerpt_id")


def new_themes(role: str) -> list[int]:
    """How many themes each interview raises for the first time, in order."""
    themes = coded().query("role == @role and kind == 'interview' and round == 1")
    first = themes.groupby("theme_id")["source_id"].min()
    interviews = sorted(themes["source_id"].unique())
    return [int((first == source_id).sum()) for source_id in interviews]


def information_in_the_last_runs(role: str) -> float:
    """New themes of the last two interviews over those of the first four."""
    new = new_themes(role)
    return sum(new[-2:]) / sum(new[:4])


def agreement(theme_id: str) -> tuple[float, float]:
    """Observed agreement of the two coders on a theme, and Cohen's kappa."""
    units = table("coding").query("round == 2")["excerpt_id"].unique()
    given = table("coding")[table("coding")["theme_id"] == theme_id]
    first, second = (np.isin(units, given.loc[given["round"] == n, "excerpt_id"]) for n in (1, 2))
    observed = float((first == second).mean())
    p, q = first.mean(), second.mean()
    expected = float(p * q + (1 - p) * (1 - q))
    return observed, (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def families_raising(theme_id: str) -> int:
    return int(coded().loc[coded()["theme_id"] == theme_id, "family_id"].nunique())


def prevalence(theme_id: str) -> float:
    return families_raising(theme_id) / said()["family_id"].nunique()


def double_coded() -> int:
    return int(table("coding").query("round == 2")["excerpt_id"].nunique())


def quoted(sentiment: str) -> float:
    return float(said().loc[said()["sentiment"] == sentiment, "quoted"].mean())


def test_themes_form_a_tree_of_two_levels() -> None:
    theme = table("theme").set_index("theme_id")
    parents = theme["parent"].dropna()
    assert len(theme) == 14 and theme.loc[parents.unique(), "parent"].isna().all()


def test_the_rare_theme_is_a_kappa_paradox() -> None:
    observed, kappa = agreement(PROCESS_TRUTH.paradox_theme)
    assert observed >= 0.95 and kappa < 0


def test_the_unvarying_theme_is_coded_and_never_twice() -> None:
    theme_id = PROCESS_TRUTH.unvarying_theme
    assert (table("coding")["theme_id"] == theme_id).sum() == 5
    assert np.isnan(agreement(theme_id)[1])


# --- recommendations ------------------------------------------------------------------------


def leading_to(thing: str) -> pd.DataFrame:
    link = table("link")
    return link[(link["to_id"] == thing) & (link["kind"] == "supports")]


def families_behind(rec_id: str) -> int:
    findings = leading_to(rec_id)["from_id"]
    sources = pd.concat([leading_to(finding)["from_id"] for finding in findings])
    of_themes = coded()[coded()["theme_id"].isin(sources)]
    of_excerpts = said()[said()["excerpt_id"].isin(sources)]
    return int(pd.concat([of_themes["family_id"], of_excerpts["family_id"]]).nunique())


def kept_recommendations() -> pd.DataFrame:
    return table("recommendation").query("dropped_reason.isna()")


def test_one_recommendation_is_an_orphan() -> None:
    orphaned = [rec for rec in kept_recommendations()["rec_id"] if leading_to(rec).empty]
    assert orphaned == [PROCESS_TRUTH.orphan]


def test_one_recommendation_rests_on_one_family() -> None:
    traced = set(kept_recommendations()["rec_id"]) - {PROCESS_TRUTH.orphan}
    alone = {rec_id for rec_id in traced if families_behind(rec_id) == 1}
    assert alone == {PROCESS_TRUTH.one_family_recommendation}


@pytest.mark.parametrize(
    ("theme_id", "has_reason"),
    [(PROCESS_TRUTH.dropped_with_reason, True), (PROCESS_TRUTH.dropped_without_reason, False)],
)
def test_a_frequent_theme_was_dropped(theme_id: str, has_reason: bool) -> None:
    link = table("link")[table("link")["from_id"] == theme_id]
    assert list(link["kind"]) == ["excluded"]
    assert link["reason"].notna().all() == has_reason
    assert prevalence(theme_id) > 0.25


def test_weights_add_up_to_one() -> None:
    assert kept_recommendations()["weight"].sum() == pytest.approx(1)
    assert table("recommendation")["weight"].isna().sum() == 1


def test_answers_are_of_every_kind() -> None:
    answered = table("response")
    assert set(answered["decision"]) == {"accept", "partly", "reject", "defer", "none"}
    rejected = answered[answered["decision"] == "reject"]
    assert sorted(rejected["reason"].notna()) == [False, True]
    assert answered.loc[answered["decision"] == "none", "reason"].isna().all()


def told(role: str) -> int:
    event = table("feedback_event").merge(table("person")[["person_id", "role"]], how="left")
    return int(((event["role"] == role) | (event["group"] == role)).sum())


# --- people, money and answers --------------------------------------------------------------


def unmet(kind: str, group: str) -> float:
    """Share of those who asked for a kind of support and did not receive it."""
    person = table("person")[["person_id", "family_id", "urban_rural"]]
    asked = table("support").query("kind == @kind and requested").merge(person)
    answers = table("family_characteristic").query("char == 'lone_parent' and value == 'yes'")
    lone = asked["family_id"].isin(answers["family_id"])
    rural = asked["urban_rural"] == "rural"
    groups = {
        "lone_parent": lone,
        "rural": rural,
        "others": ~lone if kind == "childcare" else ~rural,
    }
    return 1 - float(asked.loc[groups[group], "received"].mean())


def returns(org_id: str) -> int:
    return int(table("receipt").query("org_id == @org_id")["received"].notna().sum())


@cache
def answers() -> pd.DataFrame:
    person = table("person")[["person_id", "role", "stake"]]
    given = table("response_item").merge(table("item")[["item_id", "instrument_id", "reverse"]])
    given = given.query("instrument_id == @EXPERIENCE").merge(person)
    value = given["value"].astype(float)
    return given.assign(scored=value.where(~given["reverse"], 6 - value))


def at_top(item_id: str) -> float:
    return float((answers().loc[answers()["item_id"] == item_id, "scored"].dropna() == 5).mean())


def reverse_correlation() -> float:
    """Correlation of the reversed item, as ticked, with the sum of the others."""
    wide = answers().pivot(index=["person_id", "wave"], columns="item_id", values="scored").dropna()
    reverse = PROCESS_TRUTH.reverse_item
    return float((6 - wide[reverse]).corr(wide.drop(columns=reverse).sum(axis=1)))


def perception_gap() -> float:
    mean = answers().groupby(answers()["stake"] == "lived")["scored"].mean()
    return float(mean[False] - mean[True])


def ei_index(wave: str) -> float:
    stake = table("person").set_index("person_id")["stake"] == "lived"
    ties = table("tie").query("wave == @wave and kind == 'contact'")
    across = (stake[ties["from_id"]].to_numpy() != stake[ties["to_id"]].to_numpy()).mean()
    return float(2 * across - 1)


def lessons_that_are_only_claimed() -> int:
    return int(table("learning")["evidence_class"].isin(("claimed", "planned")).sum())


def never_answered_about_ties() -> int:
    return len(set(table("tie")["to_id"]) - set(table("tie")["from_id"]))


def test_six_young_people_answer_each_wave() -> None:
    young = answers()[answers()["role"] == PROCESS_TRUTH.small_subgroup]
    sizes = young.groupby("wave")["person_id"].nunique()
    assert sizes.to_dict() == dict.fromkeys(
        ("baseline", "mid", "end"), PROCESS_TRUTH.small_subgroup_size
    )


def test_awards_add_up_to_the_sum_of_the_clause() -> None:
    assert table("award")["gbp"].sum() == 75_000


def test_protected_characteristics_fit_what_families_said() -> None:
    answer = table("person_protected").merge(table("person")[["person_id", "family_id", "role"]])
    family = table("family_characteristic").query("char == 'minority_ethnic'")
    race = answer.query("char == 'race'").merge(family[["family_id", "value"]], on="family_id")
    undisclosed = race["value_y"].isin(("unknown", "prefer_not", "not_asked"))
    assert (race.loc[undisclosed, "value_x"] == race.loc[undisclosed, "value_y"]).all()
    parents = answer.query("char == 'age' and role == 'parent'")
    assert "18_to_25" not in set(parents["value"])


def test_raters_differ_in_what_they_declare() -> None:
    judged = table("judgement").groupby("rater")[["self_rating", "interest_declared"]].first()
    assert judged.index[judged["interest_declared"]].tolist() == [PROCESS_TRUTH.conflicted_rater]
    assert PROCESS_TRUTH.self_rater in judged.index[judged["self_rating"]]
    assert not judged.loc["evaluator_1"].any()


def level(eq_id: str, rater: str, cut: str) -> str:
    overall = table("judgement")[table("judgement")["indicator"].isna()]
    made = overall.query("eq_id == @eq_id and rater == @rater and received_on <= @cut")
    return str(made.sort_values("date")["score"].iloc[-1])


@pytest.mark.parametrize(
    ("eq_id", "rater", "mid_term", "end"),
    [("EQ5", "evaluator_1", "4", "3"), ("EQ5", "evaluator_2", "4", "2"),
     ("EQ9", "evaluator_1", "N", "2"), ("EQ1", "evaluator_1", "3", "3")],
)  # fmt: skip
def test_judgements_move_between_mid_term_and_end(
    eq_id: str, rater: str, mid_term: str, end: str
) -> None:
    assert (level(eq_id, rater, MID_TERM), level(eq_id, rater, END)) == (mid_term, end)


# --- the planted figures --------------------------------------------------------------------

PARENT, YOUNG = PROCESS_TRUTH.saturated_role, PROCESS_TRUTH.unsaturated_role

# What, how it is computed, and the range it must lie in.
FIGURES: list[tuple[str, Callable[[], float], float, float]] = [
    ("Gini of the dominated meeting", lambda: ginis()[-1], 0.8, 0.95),
    ("Gini of the next", lambda: ginis()[-2], 0.0, 0.5),
    ("Gini of the balanced meeting", lambda: gini(str(seats()["session_id"].min())), 0.0, 0.15),
    ("silent people in the dominated meeting", silent_in_the_dominated_meeting, 10, 30),
    ("turns in meetings not observed", meetings_not_observed, 0, 0),
    ("parity where professionals weigh", lambda: parity(True), 0.4, 0.6),
    ("parity elsewhere", lambda: parity(False), 0.85, 1.1),
    ("decisions with raters two apart", raters_two_apart, 2, 2),
    ("shared decisions at mid-term", lambda: shared_by(MID_TERM), 0.35, 0.50),
    ("shared decisions at the end", lambda: shared_by(END), 0.20, 0.34),
    ("double-coded excerpts", double_coded, 120, 120),
    ("interviews with parents", lambda: len(new_themes(PARENT)), 12, 30),
    ("interviews with young people", lambda: len(new_themes(YOUNG)), 8, 20),
    ("new information of parents", lambda: information_in_the_last_runs(PARENT), 0, 0),
    ("new information of young people", lambda: information_in_the_last_runs(YOUNG), 0.2, 1),
    ("families behind the theme of one", lambda: families_raising("TH12"), 1, 1),
    ("unhappy words quoted", lambda: quoted("neg"), 0, 0),
    ("happy words quoted", lambda: quoted("pos"), 0.15, 0.45),
    ("parents told", lambda: told("parent"), 40, 80),
    ("children told", lambda: told("child_u12"), 0, 0),
    ("young people told", lambda: told("young_person_12_17"), 0, 0),
    ("rural transport unmet", lambda: unmet("transport", "rural"), 0.6, 1),
    ("other transport unmet", lambda: unmet("transport", "others"), 0, 0.2),
    ("childcare of lone parents unmet", lambda: unmet("childcare", "lone_parent"), 0.35, 0.75),
    ("other childcare unmet", lambda: unmet("childcare", "others"), 0, 0.2),
    ("returns of partner A", lambda: returns("sim_partner_a"), 5, 5),
    ("returns of partner B", lambda: returns("sim_partner_b"), 4, 4),
    ("returns of partner C", lambda: returns("sim_partner_c"), 0, 0),
    ("ceiling of the ceiling item", lambda: at_top(PROCESS_TRUTH.ceiling_item), 0.6, 0.9),
    ("ceiling of another item", lambda: at_top("EX4"), 0, 0.15),
    ("correlation of the reversed item", reverse_correlation, -1, -0.3),
    ("professionals kinder than families", perception_gap, 0.2, 0.8),
    ("E-I index at the start", lambda: ei_index("baseline"), -0.8, -0.5),
    ("E-I index at the end", lambda: ei_index("end"), -0.5, 0),
    ("silent in the network", never_answered_about_ties, 2, 2),
    ("risks without an owner", lambda: table("risk")["owner"].isna().sum(), 1, 1),
    ("claimed or planned lessons", lessons_that_are_only_claimed, 2, 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("compute", "low", "high"),
    [pytest.param(*figure, id=name) for name, *figure in FIGURES],
)
def test_planted_figure(compute: Callable[[], float], low: float, high: float) -> None:
    assert low <= compute() <= high


def test_registered_values_are_those_of_the_data() -> None:
    values = table("evidence").query("indicator == 'share_decisions_tlap6'")["value"]
    assert values.tolist() == [round(shared_by(cut), 2) for cut in (MID_TERM, END)]
