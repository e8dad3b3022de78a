"""What was received: small logs, registers and answers, counted by hand."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from wfw_eval.analysis import received
from wfw_eval.analysis.rows import Cells, Rows
from wfw_eval.errors import Problem
from wfw_eval.evaluation import open_evaluation
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy, load_run_file
from wfw_eval.records.contracts import CONTRACTS

PROJECT = Path(__file__).parents[2]
RUN_FILE = PROJECT / "params" / "example.yaml"
RECORDS = {name for name, contract in CONTRACTS.items() if "records" in contract.origins}

ORGANISATION = pd.DataFrame({"org_id": ["a", "b"], "name": ["the A", "B"]})


def days(*texts: str | None) -> pd.Series:
    return pd.to_datetime(pd.Series(list(texts), dtype=object))


@pytest.fixture
def receipt() -> pd.DataFrame:
    """A sent both of its returns, one of them late; B owed one and sent none."""
    return pd.DataFrame(
        {
            "org_id": ["a", "a", "b"],
            "period": ["2023-Q2", "2023-Q3", "2023-Q2"],
            "due": days("2023-07-15", "2023-10-15", "2023-07-15"),
            "received": days("2023-07-15", "2023-10-20", None),
            "complete": [1.0, 0.5, 0.0],
        }
    )


def value(cells: Cells, name: str) -> object:
    cell = cells[name]
    return cell.value if isinstance(cell, Result) else cell


def column(rows: Rows, name: str) -> list[object]:
    return [value(row, name) for row in rows.values()]


def shown(result: Result | str) -> Result | None:
    return result if isinstance(result, Result) else None


# ---------------------------------------------------------------- returns


def test_returns_by_organisation(receipt: pd.DataFrame) -> None:
    rows = received.return_rows(receipt, ORGANISATION)
    assert column(rows, "label") == ["The A", "B", "All of them"]
    assert column(rows, "due") == [2, 1, 3]
    assert column(rows, "received") == [2, 0, 2]
    assert column(rows, "on_time") == [1, 0, 1]
    assert column(rows, "complete") == [0.75, None, 0.75]
    assert column(rows, "complete_due") == [0.75, 0.0, 0.5]
    assert received.senders(rows) == {"every": ["The A"], "some": [], "silent": ["B"]}


def test_the_return_rate_has_a_wilson_interval() -> None:
    log = pd.DataFrame({"org_id": "a", "period": "2023-Q2", "complete": 1.0,
                        "due": pd.Timestamp("2023-07-15"),
                        "received": days(*["2023-07-15"] * 12, *[None] * 28)})  # fmt: skip
    rate = received.return_rows(log, ORGANISATION)["all"]["rate"]
    assert isinstance(rate, Result)
    assert (rate.metric, rate.of, rate.value) == ("M49", "returns", 0.3)
    assert rate.lower == pytest.approx(0.1807, abs=5e-5)
    assert rate.upper == pytest.approx(0.4543, abs=5e-5)


def test_returns_by_period(receipt: pd.DataFrame) -> None:
    assert received.return_periods(receipt) == [("2023_q2", "2023 Q2"), ("2023_q3", "2023 Q3")]
    rows = received.return_matrix(receipt, ORGANISATION)
    assert column(rows, "2023_q2") == [1.0, 0.0]
    assert column(rows, "2023_q3") == [0.5, None]  # B owed nothing


def test_what_a_return_held_before_it_came_does_not_count(receipt: pd.DataFrame) -> None:
    later = receipt.assign(received=days(None, None, None), complete=float("nan"))
    rows = received.return_rows(later, ORGANISATION)
    assert value(rows["all"], "complete_due") == 0.0
    assert value(rows["all"], "rate") == 0.0


# ---------------------------------------------------------------- tables


def supplied(*orgs: str | None, kind: str = "recorded", synthetic: bool = True) -> pd.DataFrame:
    return pd.DataFrame({"source_org": orgs, "evidence_class": kind, "synthetic": synthetic})


def test_every_table_of_records_is_asked_for() -> None:
    assert set(received.ASKED) == RECORDS


def test_tables_that_came_and_that_did_not() -> None:
    tables = {"award": supplied("b", "sim_council", "b"), "spend": None, "risk": supplied()}
    rows = received.table_rows(tables, ORGANISATION)
    assert rows["award"] | {"rows": 3} == {
        "label": "Awards to organisations", "rows": 3, "suppliers": "B, Simulated council",
        "simulated": "yes",
    }  # fmt: skip
    assert column(rows, "rows") == [3, 0]
    assert rows["risk"]["suppliers"] == "nobody by the data cut"
    missing = received.missing_rows(tables)
    assert list(missing) == ["spend"]
    assert missing["spend"]["suppliers"] == "Funded partners"
    summary = received.tables_summary(tables)
    assert {name: result.value for name, result in summary.items()} == {
        "asked": 3, "received": 2, "empty": 1, "missing": 1,
    }  # fmt: skip


def test_rows_of_the_documents_are_not_received() -> None:
    tables = {"organisation": supplied(None, None, "a", synthetic=False)}
    row = received.table_rows(tables, ORGANISATION)["organisation"]
    assert value(row, "rows") == 1
    assert row["simulated"] == "no"


def test_a_row_about_a_person_counts_a_person() -> None:
    tables = {"person": supplied("a"), "award": supplied("a")}
    rows = received.table_rows(tables, ORGANISATION)
    units = [cell.of for row in rows.values() if isinstance(cell := row["rows"], Result)]
    assert units == ["people", "rows"]


# ---------------------------------------------------------------- answers


@pytest.fixture
def answered() -> Rows:
    """Four families took part; of F4 nothing stands on record, and F9 did not take part."""
    given = {"F1": "yes", "F2": "no", "F3": "prefer_not", "F9": "unknown"}
    answers = pd.DataFrame(
        [(family, "lone_parent", given[family]) for family in given]
        + [("F1", "edge_of_care", "not_asked")],
        columns=["family_id", "char", "value"],
    )
    labels = {"lone_parent": "Lone parent", "edge_of_care": "Edge of care"}
    members = pd.Series(["F1", "F2", "F3", "F4", None])
    return received.answer_rows(answers, "family_id", members, labels, of="families")


def test_gaps_are_kept_apart(answered: Rows) -> None:
    assert [value(answered["lone_parent"], name) for name in ("answered", *received.KINDS)] == [
        0.5, 0.0, 0.25, 0.0, 0.25,
    ]  # fmt: skip
    assert [value(answered["edge_of_care"], name) for name in ("answered", *received.KINDS)] == [
        0.0, 0.0, 0.0, 0.25, 0.75,
    ]  # fmt: skip
    about = [cell for row in answered.values() if isinstance(cell := row["unknown"], Result)]
    assert [result.sensitivity for result in about] == ["standard", "heightened"]
    assert about[0].cell == "families:lone_parent=unknown"


def test_what_was_answered_least(answered: Rows) -> None:
    least = received.least_answered(answered, shown)
    assert (least["name"].value, least["answered"].value) == ("edge of care", 0.0)
    hidden = received.least_answered(answered, lambda result: None)
    assert hidden["name"].value == "nothing that may be printed"
    assert not hidden["answered"].estimable


def test_kinds_of_gap_add_up_to_those_who_did_not_answer(answered: Rows) -> None:
    (total, *gaps), everyone, halves = received.answer_partitions(answered, "families")[:3]
    assert total == "= families:lone_parent=undisclosed"
    assert gaps == [f"families:lone_parent={kind}" for kind in received.KINDS]
    assert everyone == ["families:lone_parent=disclosed", *gaps]
    assert halves == ["families:lone_parent=disclosed", "families:lone_parent=undisclosed"]


def test_nobody_took_part() -> None:
    nothing = pd.DataFrame(columns=["person_id", "char", "value"])
    assert received.answer_rows(nothing, "person_id", [], {"age": "Age"}, of="people") == {}


# ---------------------------------------------------------------- checks


def test_a_payment_entered_twice_is_found() -> None:
    spend = pd.DataFrame(
        {"spend_id": ["S1", "S2", "S3"], "org_id": "a", "gbp": [10.0, 10.0, 20.0],
         "date": pd.Timestamp("2023-05-01"), "category": "staff"}
    )  # fmt: skip
    rows = received.check_rows({"spend": spend, "award": None}, 4, None)
    assert column(rows, "found") == [0, 1, 4, None]
    again = spend.assign(spend_id=["S1", "S1", "S3"])
    assert column(received.check_rows({"spend": again}, 0, 2), "found") == [1, 1, 0, 2]


def test_observations_name_the_organisation() -> None:
    found = Problem("x/spend.csv", 9, "gbp", "5", "a spent 5.00 pounds", "Correct it.")
    rows = received.observation_rows([found], ORGANISATION)
    assert rows["observation_1"]["place"] == "Spending by organisations"
    assert rows["observation_1"]["words"] == "The A spent 5.00 pounds"


def test_money_is_compared_once_the_period_is_over() -> None:
    tables = {"award": supplied("a"), "spend": supplied("a")}
    over, before = (load_run_file(RUN_FILE, data_cut=day)
                    for day in (dt.date(2024, 6, 30), dt.date(2024, 6, 29)))  # fmt: skip
    assert received.comparable(tables, over)
    assert not received.comparable(tables, before)
    assert not received.comparable(tables | {"spend": None}, over)
    assert not received.comparable(tables | {"spend": supplied()}, over)


# ---------------------------------------------------------------- sources and policy


def test_suppliers_and_classes() -> None:
    tables = {
        "award": supplied("a", "a", "b"),
        "risk": supplied("sim_evaluator", kind="claimed"),
        "turn": None,
    }
    lines = received.provenance(tables)
    suppliers = received.supplier_rows(lines, ORGANISATION)
    assert column(suppliers, "label") == ["The A", "B", "Simulated evaluator"]
    assert column(suppliers, "took_part") == ["yes", "yes", "no"]
    assert column(suppliers, "share") == [0.5, 0.25, 0.25]
    classes = received.class_rows(lines, pd.DataFrame({"evidence_class": ["planned", "claimed"]}))
    assert column(classes, "rows") == [0, 3, 0, 1, 0]
    assert column(classes, "clauses") == [0, 0, 0, 1, 1]
    assert column(classes, "scores") == ["yes", "yes", "yes", "no", "no"]
    summary = received.sources_summary(lines, ORGANISATION)
    assert {name: result.value for name, result in summary.items()} == {
        "suppliers": 3, "took_part": 0.75, "outside": 0.25, "scores": 0.75, "largest": "The A",
        "largest_share": 0.5,
    }  # fmt: skip


def test_nothing_was_supplied() -> None:
    lines = received.provenance({"award": supplied(), "risk": None})
    assert received.supplier_rows(lines, ORGANISATION) == {}
    summary = received.sources_summary(lines, ORGANISATION)
    assert summary["largest"].value == "nobody"
    assert not summary["took_part"].estimable


def test_the_policy_of_the_run() -> None:
    rows = received.policy_rows(DisclosurePolicy(threshold=6))
    assert column(rows, "value") == [6, 10, 10]


# ---------------------------------------------------------------- the worked example


@pytest.fixture
def without(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that copies the example without some tables, and its run file."""

    def copy(*names: str) -> Path:
        shutil.copytree(PROJECT / "data_raw", tmp_path / "data_raw")
        (tmp_path / "params").mkdir()
        for name in names:
            (tmp_path / "data_raw" / "example" / f"{name}.csv").unlink()
        return Path(shutil.copy(RUN_FILE, tmp_path / "params"))

    return copy


def test_the_example_plants_a_silent_partner() -> None:
    evaluation = open_evaluation(RUN_FILE)
    rows = received.return_rows(evaluation.read("receipt"), evaluation.read("organisation"))
    assert column(rows, "due") == [5, 5, 5, 15]
    assert column(rows, "received") == [5, 4, 0, 9]
    assert received.senders(rows)["silent"] == ["Simulated partner C"]


def test_tables_left_out_are_named(without: Callable[..., Path]) -> None:
    evaluation = open_evaluation(without("receipt", "spend", "person_protected"))
    tables = {name: evaluation.read(name) if evaluation.has(name) else None
              for name in received.ASKED}  # fmt: skip
    assert set(received.missing_rows(tables)) == {"receipt", "spend", "person_protected"}
    assert received.tables_summary(tables)["missing"].value == 3
    assert not received.comparable(tables, evaluation.run_file)
