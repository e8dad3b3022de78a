"""The rules between tables: a case that keeps each rule, and cases that break it.

The tables are written by hand and read as a run would read them; a dash is an empty cell, and
columns that are left out are empty.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from wfw_eval.errors import Problem
from wfw_eval.params import RunFile, load_run_file
from wfw_eval.records import (
    instruments,
    meetings,
    partners,
    process_rules,
    protected,
    recommendations,
    sessions,
    voices,
)
from wfw_eval.records.contract import Contract
from wfw_eval.records.process_rules import OBSERVATIONS, PROCESS_RULES, problems_between
from wfw_eval.records.read import empty_table, load_table
from wfw_eval.records.rules import Rule

ALL_RULES = PROCESS_RULES | OBSERVATIONS

RUN_FILE = Path(__file__).parents[2] / "params" / "example.yaml"
MODULES = (
    partners, protected, sessions, meetings, voices, recommendations, instruments,
)  # fmt: skip
CONTRACTS = {
    value.name: value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, Contract)
}

Frames = dict[str, pd.DataFrame]
Read = Callable[[str], Frames]
#: File, row, column and value of a problem.
Place = tuple[str, int | None, str | None, str | None]

ATTENDED = """
    attendance: session_id person_id
    S1 P1
    S1 P2
    S2 P1
"""
TALK = (
    ATTENDED
    + """
    turn: session_id seq person_id role
    S1 1 P1 -
    S1 2 - parent
    S2 1 P1 -
"""
)
CAME = (
    ATTENDED
    + """
    invitation: session_id person_id outcome
    S1 P1 attended
    S2 P2 no_reply
"""
)
CODED = """
    coding: excerpt_id theme_id coder_id round
    X1 T1 ann 1
    X1 T2 ann 1
    X1 T1 bob 2
    X2 T1 bob 1
"""
STAGES = """
    session: session_id date stage
    S1 2023-05-01 design
    S2 2023-06-30 design
    S3 2023-09-01 fieldwork
    decision: decision_id date stage
    D1 2023-05-01 design
    D2 2023-06-30 design
    D3 2030-01-01 drafting
"""
WEIGHTS = """
    recommendation: rec_id weight
    R1 0.25
    R2 0.7504
    R3 -
"""
MONEY = """
    award: award_id org_id gbp
    A1 north 20000
    A2 north 5000
    A3 south 10000
    spend: spend_id org_id gbp
    B1 north 24999.00
    B2 south 9000
    B3 south 1001
"""
ANSWERS = """
    item: item_id scale_min scale_max
    Q1 1 5
    Q2 0 10
    response_item: person_id item_id wave value na_reason
    P1 Q1 end 1 -
    P2 Q1 end 5 -
    P1 Q2 end 0 -
    P3 Q1 end - skipped
"""
RETURNS = """
    receipt: receipt_id due received
    V1 2024-04-15 2023-04-15
    V2 2024-04-15 2025-01-01
    V3 2024-04-15 -
"""
PANEL = """
    application: app_id panel_member_id org_id date outcome
    A1 P1 north 2023-03-18 funded
    A1 P2 north 2023-03-18 funded
    A2 P1 south 2023-03-19 not
"""
BANDS = """
    person_protected: person_id char value
    P1 age 18_to_25
    P1 disability no
    P1 sex prefer_not
    P2 race not_asked
"""
LINKS = """
    excerpt: excerpt_id
    X1
    theme: theme_id
    T1
    finding: finding_id
    F1
    recommendation: rec_id
    R1
    link: from_id to_id kind
    X1 T1 supports
    T1 F1 supports
    F1 R1 supports
    T1 R1 excluded
"""
SAID = """
    excerpt: excerpt_id person_id role
    X1 P1 -
    X2 - carer
"""
TOLD = """
    feedback_event: feedback_id person_id group
    K1 P1 -
    K2 - parent
"""

GOOD = {
    "turn_by_someone_present": TALK,
    "attended_as_invited": CAME,
    "second_coding_by_another": CODED,
    "decision_in_stage": STAGES,
    "weights_add_up": WEIGHTS,
    "spend_within_awards": MONEY,
    "spend_reconciles": MONEY,
    "answer_within_scale": ANSWERS,
    "answer_or_reason": ANSWERS,
    "received_near_due": RETURNS,
    "one_outcome_an_application": PANEL,
    "band_suits_characteristic": BANDS,
    "link_between_known_things": LINKS,
    "speaker_of_turn": TALK,
    "speaker_of_excerpt": SAID,
    "receiver_of_feedback": TOLD,
}

#: Rule, what to change in its good tables, and where the fault must be found, with some words.
BAD = [
    (
        "turn_by_someone_present", "S2 1 P1 -", "S2 1 P2 -",
        ("turn.csv", 4, "person_id", "P2"), "did not attend session S2",
    ),
    (
        "attended_as_invited", "S2 P2 no_reply", "S2 P2 attended",
        ("invitation.csv", 3, "outcome", "attended"), "no row for P2 at session S2",
    ),
    (
        "second_coding_by_another", "X1 T1 bob 2", "X1 T3 ann 2",
        ("coding.csv", 4, "coder_id", "ann"), "excerpt X1 already in round 1",
    ),
    (
        "decision_in_stage", "D1 2023-05-01", "D1 2023-04-30",
        ("decision.csv", 2, "date", "2023-04-30"), "run from 2023-05-01 to 2023-06-30",
    ),
    (
        "decision_in_stage", "D2 2023-06-30", "D2 2023-07-01",
        ("decision.csv", 3, "date", "2023-07-01"), "must be within the stage design",
    ),
    (
        "weights_add_up", "0.7504", "0.7520",
        ("recommendation.csv", None, "weight", "1.002"), "must add up to 1",
    ),
    (
        "spend_within_awards", "B3 south 1001", "B3 south 1001.01",
        ("spend.csv", 4, "gbp", "10001.01"),
        "south spent 10001.01 pounds in all, more than the 10000.00",
    ),
    (
        "spend_within_awards", "B2 south", "B2 west",
        ("spend.csv", 3, "gbp", "9000"), "more than the 0.00 it was awarded",
    ),
    (
        "spend_reconciles", "24999.00", "23750",
        ("spend.csv", 2, "gbp", "23750"), "north spent 23750.00 pounds in all of the 25000.00",
    ),
    (
        "spend_reconciles", "B1 north 24999.00", "B1 south 0",
        ("award.csv", 3, "gbp", "0"), "north spent 0.00 pounds in all of the 25000.00",
    ),
    (
        "answer_within_scale", "P2 Q1 end 5", "P2 Q1 end 6",
        ("response_item.csv", 3, "value", "6"), "scale of item Q1, from 1 to 5",
    ),
    (
        "answer_within_scale", "P1 Q2 end 0", "P1 Q2 end -0.5",
        ("response_item.csv", 4, "value", "-0.5"), "from 0 to 10",
    ),
    (
        "answer_or_reason", "end - skipped", "end - -",
        ("response_item.csv", 5, "na_reason", None), "why there is no answer",
    ),
    (
        "answer_or_reason", "end - skipped", "end 3 skipped",
        ("response_item.csv", 5, "na_reason", "skipped"), "where there is an answer (3)",
    ),
    (
        "received_near_due", "2023-04-15", "2023-04-14",
        ("receipt.csv", 2, "received", "2023-04-14"), "due (2024-04-15)",
    ),
    (
        "one_outcome_an_application", "A1 P2 north 2023-03-18 funded",
        "A1 P2 north 2023-03-18 not", ("application.csv", 3, "outcome", "not"), "application A1",
    ),
    (
        "one_outcome_an_application", "A1 P2 north 2023-03-18", "A1 P2 north 2023-03-17",
        ("application.csv", 3, "date", "2023-03-17"), "says for date",
    ),
    (
        "band_suits_characteristic", "disability no", "disability muslim",
        ("person_protected.csv", 3, "value", "muslim"), "which has: yes, no",
    ),
    (
        "link_between_known_things", "X1 T1 supports", "X9 T1 supports",
        ("link.csv", 2, "from_id", "X9"), "excerpt, theme, finding, recommendation",
    ),
    (
        "link_between_known_things", "T1 F1 supports", "T1 X1 supports",
        ("link.csv", 3, "to_id", "X1"), "tables theme, finding, recommendation",
    ),
    (
        "speaker_of_turn", "S1 2 - parent", "S1 2 - -",
        ("turn.csv", 3, "person_id", None), "one of the two is needed",
    ),
    (
        "speaker_of_excerpt", "X2 - carer", "X2 - -",
        ("excerpt.csv", 3, "person_id", None), "and so is role",
    ),
    (
        "receiver_of_feedback", "K2 - parent", "K2 - -",
        ("feedback_event.csv", 3, "person_id", None), "and so is group",
    ),
]  # fmt: skip
#: Rules that ask for one of two cells, so that an empty one is what they look for.
EITHER = {"answer_or_reason", "speaker_of_turn", "speaker_of_excerpt", "receiver_of_feedback"}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads tables written by hand."""

    def tables(written: str) -> Frames:
        lines: dict[str, list[list[str]]] = {}
        for line in filter(None, map(str.strip, written.splitlines())):
            name, heading, columns = line.partition(":")
            if heading:
                lines[name] = [columns.split()]
            else:
                lines[list(lines)[-1]].append(
                    ["" if cell == "-" else cell for cell in line.split()]
                )
        return {name: table(CONTRACTS[name], *rows) for name, rows in lines.items()}

    def table(contract: Contract, heading: list[str], *rows: list[str]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=heading).reindex(columns=list(contract.columns))
        frame.to_csv(tmp_path / f"{contract.name}.csv", index=False)
        return load_table(contract, {"records": tmp_path}).frame

    return tables


@pytest.fixture(scope="module")
def run_file() -> RunFile:
    return load_run_file(RUN_FILE)


def place_of(problem: Problem) -> Place:
    return Path(problem.place).name, problem.row, problem.column, problem.value


def rule_called(name: str) -> Rule:
    return next(rule for rule in ALL_RULES if rule.__name__ == name)


@pytest.mark.parametrize("name", GOOD)
def test_good_tables_keep_the_rule(name: str, read: Read, run_file: RunFile) -> None:
    assert list(rule_called(name)(read(GOOD[name]), run_file)) == []


@pytest.mark.parametrize(("name", "old", "new", "place", "words"), BAD)
def test_a_broken_rule_is_reported_where_it_is_broken(
    name: str, old: str, new: str, place: Place, words: str, read: Read, run_file: RunFile
) -> None:
    assert GOOD[name].count(old) == 1
    (problem,) = rule_called(name)(read(GOOD[name].replace(old, new)), run_file)
    assert place_of(problem) == place
    assert words in problem.rule
    assert problem.next_step.endswith(".")


@pytest.mark.parametrize("name", GOOD)
def test_rules_pass_over_tables_without_rows(name: str, run_file: RunFile) -> None:
    rule = rule_called(name)
    tables = {table: empty_table(CONTRACTS[table]) for table in ALL_RULES[rule]}
    assert list(rule(tables, run_file)) == []


@pytest.mark.parametrize(("name", "place"), [(case[0], case[3]) for case in BAD])
def test_rules_pass_over_empty_cells(
    name: str, place: Place, read: Read, run_file: RunFile
) -> None:
    if name not in EITHER:
        table, column = place[0].removesuffix(".csv"), str(place[2])
        tables = read(GOOD[name])
        empty = empty_table(CONTRACTS[table])[column].reindex(tables[table].index)
        tables[table] = tables[table].assign(**{column: empty})
        assert list(rule_called(name)(tables, run_file)) == []


def test_awards_of_an_organisation_with_an_unreadable_amount_are_not_judged(
    read: Read, run_file: RunFile
) -> None:
    tables = read(MONEY.replace("A1 north 20000", "A1 north lots"))
    assert list(process_rules.spend_within_awards(tables, run_file)) == []
    assert list(process_rules.spend_reconciles(tables, run_file)) == []


def test_no_weights_at_all_are_no_problem(read: Read, run_file: RunFile) -> None:
    tables = read("recommendation: rec_id weight\nR1 -\nR2 -")
    assert list(process_rules.weights_add_up(tables, run_file)) == []


def test_every_rule_has_a_good_and_a_bad_case() -> None:
    names = {rule.__name__ for rule in ALL_RULES}
    assert names == set(GOOD) == {case[0] for case in BAD}


def test_rules_are_applied_where_their_tables_have_rows(read: Read, run_file: RunFile) -> None:
    tables = read(TALK.replace("S2 1 P1 -", "S2 1 P2 -"))
    assert [problem.column for problem in problems_between(tables, run_file)] == ["person_id"]
    without = tables | {"attendance": empty_table(sessions.ATTENDANCE)}
    assert list(problems_between(without, run_file)) == []
    assert list(problems_between({"turn": tables["turn"]}, run_file)) == []
