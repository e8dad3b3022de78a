"""What was commissioned and claimed: by hand on small tables, and on the documentary record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from wfw_eval.analysis import commission
from wfw_eval.analysis.rows import Rows
from wfw_eval.evaluation import Evaluation, open_evaluation
from wfw_eval.metrics.result import Result

EXAMPLE = Path(__file__).parents[2] / "params" / "example.yaml"

CLAUSES = pd.DataFrame(
    [
        ("1", "P", "context", ()),
        ("2", "P", "outcome", ()),
        ("3", "P", "outcome", ()),
        ("W1", "W", "claim", ("Open  to all", "in town")),
        ("W2", "W", "definition", ()),
    ],
    columns=["clause_id", "doc", "kind", "key_phrases"],
)
COMMITMENTS = pd.DataFrame(
    [
        ("C1", "2", "Open it.", ("open to all", "free", "in town"), "W1", "hall", "2024-03-31",
         "It is open", True),
        ("C2", "3", "Warm it.", ("warm",), "W1", None, "2024-05-01", None, True),
        ("C3", "2", "Light it.", ("in town",), "W1", None, None, None, False),
        ("C4", "3", "Paint it.", ("blue",), None, "hall", None, None, False),
    ],
    columns=["commitment_id", "clause_id", "statement", "qualifiers", "claim_clause_id",
             "owner_body_id", "due_end", "measure", "lead"],
).astype({"due_end": "datetime64[us]"})  # fmt: skip
BODIES = pd.DataFrame(
    [("hall", "The Hall", "forum"), ("lead", "The Lead", "lead")],
    columns=["body_id", "name", "kind"],
)
DISCREPANCIES = pd.DataFrame(
    [
        ("D1", "gap", ("2",), (), "low", "open", None),
        ("D2", "drift", ("2",), ("W1",), "high", "open", "The first"),
        ("D3", "drift", ("3",), ("W2",), "medium", "resolved", None),
        ("D02", "contradiction", ("1", "2"), ("3",), "high", "explained", None),
        ("D24", "tension", ("1",), (), "high", "open", None),
    ],
    columns=["disc_id", "kind", "clause_a", "clause_b", "materiality", "status",
             "default_reading"],
).assign(what="what", treatment="treatment")  # fmt: skip
CRITERIA = pd.DataFrame(
    [
        ("a", "A is named", "yes", "yes", "yes", "a", "a", "a"),
        ("b", "B is named", "yes", "yes", "no", "b", "bb", None),
        ("c", "C is named", "yes", "no", "no", "c", None, None),
        ("d", "D is named", "no", "no", "yes", None, None, "d"),
    ],
    columns=["criterion_id", "label", "in_2_2", "in_W8", "in_W9", "phrase_2_2", "phrase_W8",
             "phrase_W9"],
)  # fmt: skip
ORGANISATIONS = pd.DataFrame(
    [
        ("lead", "the Lead", "third", None, (), ("2",), False),
        ("one", "one House", "third", "North", ("young", "other"), ("W1", "W2"), False),
        ("two", "Two", "third", None, (), ("W1",), False),
        ("council", "Council", "public", None, ("old",), ("W1",), False),
        ("made_up", "Made up", "third", "North", ("old",), (), True),
    ],
    columns=["org_id", "name", "sector", "area", "priority_groups", "named_in", "synthetic"],
)
GROUPS = pd.DataFrame(
    [("young", "Young families"), ("old", "Old families"), ("new", "New families")],
    columns=["group", "label"],
)
CLAIMS = pd.DataFrame(
    [
        ("W1", "It was open.", ("visit", "plan"), "A register.", None, "claimed"),
        ("W2", "It was warm.", ("visit", "heat", "source"), "A log.", "The feel.", "claimed"),
    ],
    columns=["clause_id", "claim", "evidence_tables", "would_show", "limits", "evidence_class"],
)
TABLES = {
    "visit": [("recorded", True), ("observed", True), ("claimed", False)],
    "plan": [("planned", False), ("planned", False)],
    "heat": [("reported", False), ("recorded", True)],
}


def read(name: str) -> pd.DataFrame | None:
    if name not in TABLES:
        return None
    return pd.DataFrame(TABLES[name], columns=["evidence_class", "synthetic"])


def counted(cell: Result | str) -> tuple[int | None, int | None]:
    assert isinstance(cell, Result)
    return cell.count, cell.n


def number(cell: Result | str) -> int | None:
    return counted(cell)[0]


@pytest.fixture(scope="module")
def example() -> Evaluation:
    return open_evaluation(EXAMPLE)


def drifts(evaluation: Evaluation) -> Rows:
    tables = (evaluation.read(name) for name in ("commitment", "clause", "discrepancy"))
    return commission.drift_rows(*tables)


# By hand


def test_clauses_are_counted_by_kind_and_document() -> None:
    rows = commission.inventory_rows(CLAUSES, pd.DataFrame({"doc": ["P", "W"]}))
    counts = {kind: (number(row["P"]), number(row["W"])) for kind, row in rows.items()}
    assert counts == {"context": (1, 0), "definition": (0, 1), "outcome": (2, 0), "claim": (0, 1)}
    totals = commission.inventory(CLAUSES, COMMITMENTS)
    assert {name: result.value for name, result in totals.items()} == {
        "clauses": 5, "P": 3, "W": 2, "commitments": 4, "lead": 2,
    }  # fmt: skip


def test_a_commitment_is_clear_if_it_says_who_when_and_how() -> None:
    rows = commission.clarity_rows(COMMITMENTS)
    assert {name: counted(row["commitments"]) for name, row in rows.items()} == {
        "owner": (2, 4), "date": (2, 4), "measure": (1, 4), "all": (1, 4), "none": (1, 4),
    }  # fmt: skip
    share = rows["owner"]["commitments"]
    assert isinstance(share, Result)
    assert (share.value, share.lower, share.upper) == (0.5, None, None)


def test_every_commitment_is_listed_with_what_it_leaves_open() -> None:
    rows = commission.commitment_rows(COMMITMENTS, BODIES)
    assert rows["C1"] == {"clause": "2", "statement": "Open it.", "owner": "The Hall",
                          "date": "March 2024", "measure": "yes", "claim": "W1"}  # fmt: skip
    assert [rows["C4"][name] for name in ("date", "measure", "claim")] == ["none"] * 3
    assert rows["C3"]["owner"] == "none"


def test_definitions_overlap_in_the_criteria_that_both_hold() -> None:
    overlap = commission.definition_overlap(CRITERIA)
    assert {name: counted(result) for name, result in overlap.items()} == {
        "both": (2, 4), "only_planned": (1, 4), "only_published": (0, 4), "neither": (1, 4),
        "everywhere": (1, 4),
    }  # fmt: skip
    assert commission.definition_lists(CRITERIA)["both"] == ["a is named", "b is named"]
    gains = commission.definition_gains(CRITERIA)
    assert gains["both"]["names"] == "A is named; b is named"
    assert gains["only_published"]["names"] == "Nothing"


def test_a_criterion_shows_its_phrase_or_says_that_it_is_not_named() -> None:
    row = commission.definition_rows(CRITERIA)["b"]
    assert [row[name] for name in ("in_W8", "phrase_W8", "in_W9", "phrase_W9")] == [
        "yes", "bb", "no", "not named",
    ]  # fmt: skip


def test_a_qualifier_is_lost_if_the_claim_does_not_hold_its_phrase() -> None:
    rows = commission.drift_rows(COMMITMENTS, CLAUSES, DISCREPANCIES)
    assert list(rows) == ["C1", "C2", "C3"]
    assert {key: (number(row["kept"]), number(row["lost"])) for key, row in rows.items()} == {
        "C1": (2, 1), "C2": (0, 1), "C3": (1, 0),
    }  # fmt: skip
    assert (rows["C1"]["kept_phrases"], rows["C1"]["lost_phrases"]) == (
        "open to all; in town",
        "free",
    )
    assert [row["register"] for row in rows.values()] == ["D2", "none", "D2"]


def test_drift_is_summed_over_commitments() -> None:
    rows = commission.drift_rows(COMMITMENTS, CLAUSES, DISCREPANCIES)
    totals = commission.drift_total(rows)
    assert {name: counted(result) for name, result in totals.items()} == {
        "drift": (2, 5), "whole": (1, 3), "emptied": (1, 3), "unregistered": (1, 3),
    }  # fmt: skip
    assert commission.fates(rows) == {"whole": ["2"], "emptied": ["3"], "unregistered": ["3"]}
    assert list(commission.lossy(rows)) == ["C1", "C2"]


def test_commitments_match_apart_for_lead_ones_and_others() -> None:
    found = commission.matches(COMMITMENTS)
    assert {name: counted(result) for name, result in found.items()} == {
        "all": (3, 4), "lead": (2, 2), "others": (1, 2),
    }  # fmt: skip


def test_without_lead_commitments_their_match_is_not_estimable() -> None:
    assert not commission.matches(COMMITMENTS[~COMMITMENTS["lead"]])["lead"].estimable


def test_discrepancies_are_counted_by_kind_materiality_and_status() -> None:
    matrix = commission.register_matrix(DISCREPANCIES)
    assert list(matrix) == list(commission.DISCREPANCY_KINDS)
    assert [number(matrix["drift"][level]) for level in commission.MATERIALITY] == [1, 1, 0]
    assert [number(matrix["typo"][level]) for level in commission.MATERIALITY] == [0, 0, 0]
    summary = commission.register_summary(DISCREPANCIES)
    assert {name: number(result) for name, result in summary.items()} == {
        "all": 5, "high": 3, "medium": 1, "low": 1, "open": 3, "explained": 1, "resolved": 1,
        "high_open": 2, "high_contradictions_open": 0,
    }  # fmt: skip


def test_the_register_lists_one_level_with_both_sides() -> None:
    rows = commission.register_rows(DISCREPANCIES, "high")
    assert list(rows) == ["D2", "D02", "D24"]
    assert rows["D02"]["clauses"] == "1, 2 against 3"
    assert rows["D24"]["clauses"] == "1"
    assert (rows["D2"]["reading"], rows["D24"]["reading"]) == ("The first", "none needed")


def test_a_discrepancy_is_computed_here_elsewhere_or_read() -> None:
    rows = commission.drift_rows(COMMITMENTS, CLAUSES, DISCREPANCIES)
    assert commission.how_found(DISCREPANCIES, rows) == {
        "here": ["D2", "D24"], "elsewhere": ["D02"], "read": ["D1", "D3"],
    }  # fmt: skip


def test_partners_are_real_named_third_sector_organisations_without_the_lead() -> None:
    partners = commission.named_partners(ORGANISATIONS, BODIES)
    assert list(partners["org_id"]) == ["one", "two"]
    groups = pd.concat([GROUPS, pd.DataFrame([{"group": "other", "label": "Others"}])])
    assert commission.partner_rows(partners, groups)["one"] == {
        "label": "One House", "named_in": "W1, W2", "groups": "Young families; Others",
        "area": "North",
    }  # fmt: skip


def test_selection_guarantees_a_group_only_where_a_partner_states_it() -> None:
    partners = commission.named_partners(ORGANISATIONS, BODIES)
    found = commission.guaranteed(partners, GROUPS)
    assert {name: counted(result) for name, result in found.items()} == {
        "partners": (2, None), "with_group": (1, 2), "with_area": (1, 2), "stated": (1, 3),
        "at_most": (2, 3),
    }  # fmt: skip


def test_without_partners_nothing_is_guaranteed() -> None:
    found = commission.guaranteed(ORGANISATIONS.iloc[:0], GROUPS)
    assert (found["stated"].count, found["at_most"].count) == (0, 0)
    assert not found["with_group"].estimable


def test_a_table_that_was_not_received_is_none() -> None:
    frames = commission.received(CLAIMS, read)
    assert {name: frame is not None for name, frame in frames.items()} == {
        "visit": True, "plan": True, "heat": True, "source": False,
    }  # fmt: skip


def test_holdings_name_their_state_evidence_first() -> None:
    titles = {"visit": "visits", "heat": "heat", "plan": "plan", "source": "transcripts"}
    rows = commission.holding_rows(CLAIMS, commission.received(CLAIMS, read), titles)
    shown: dict[str, tuple[Any, ...]] = {
        name: (row["label"], row["claims"], row["state"], number(row["rows"]), number(row["real"]))
        for name, row in rows.items()
    }
    assert shown == {
        "visit": ("Visits", "W1, W2", "simulated", 3, 0),
        "heat": ("Heat", "W2", "partly simulated", 2, 1),
        "plan": ("Plan", "W1", "plans and claims only", 2, 0),
        "source": ("Transcripts", "W2", "not received", 0, 0),
    }
    assert list(rows) == ["visit", "heat", "plan", "source"]


def test_claims_count_the_tables_held_for_them() -> None:
    frames = commission.received(CLAIMS, read)
    rows = commission.claim_rows(CLAIMS, frames)
    held = {
        key: tuple(number(row[name]) for name in ("needed", "simulated", "real"))
        for key, row in rows.items()
    }
    assert held == {"W1": (2, 1, 0), "W2": (3, 1, 1)}
    assert rows["W1"]["limits"] == "none stated"
    summary = commission.claims_summary(
        CLAIMS, rows, commission.holding_rows(CLAIMS, frames, dict.fromkeys(frames, "table"))
    )
    assert {name: counted(result) for name, result in summary.items()} == {
        "claimed": (2, 2), "supported": (1, 2), "missing": (1, 4), "simulated": (1, 4),
        "planned": (1, 4), "real": (1, 4),
    }  # fmt: skip


# The documentary record; the expected figures were counted in the texts


def test_record_holds_84_clauses_and_23_commitments(example: Evaluation) -> None:
    totals = commission.inventory(example.read("clause"), example.read("commitment"))
    assert {name: result.value for name, result in totals.items()} == {
        "clauses": 84, "P": 72, "W": 12, "commitments": 23, "lead": 6,
    }  # fmt: skip


def test_no_commitment_states_owner_date_and_measure(example: Evaluation) -> None:
    rows = commission.clarity_rows(example.read("commitment"))
    assert {name: counted(row["commitments"]) for name, row in rows.items()} == {
        "owner": (7, 23), "date": (7, 23), "measure": (7, 23), "all": (0, 23), "none": (7, 23),
    }  # fmt: skip


def test_the_definitions_share_4_of_16_criteria(example: Evaluation) -> None:
    overlap = commission.definition_overlap(example.read("definition_criterion"))
    assert {name: counted(result) for name, result in overlap.items()} == {
        "both": (4, 16), "only_planned": (6, 16), "only_published": (2, 16), "neither": (4, 16),
        "everywhere": (2, 16),
    }  # fmt: skip


def test_evidence_of_engagement_lost_3_of_4_qualifiers(example: Evaluation) -> None:
    row = next(row for row in drifts(example).values() if row["from"] == "2.11b")
    assert (row["to"], row["register"]) == ("W5b", "D07")
    assert (number(row["kept"]), number(row["lost"])) == (1, 3)
    assert row["lost_phrases"] == "evidence of; priority children and families; rural and urban"


def test_the_registered_drifts_are_found_by_computation(example: Evaluation) -> None:
    rows = drifts(example)
    registered = {str(row["from"]): row["register"] for row in rows.values()}
    assert registered == {
        "2.1": "D09", "2.4a": "D06", "2.4b": "D08", "2.4c": "none", "2.10c": "none",
        "2.10d": "none", "2.11a": "D08", "2.11b": "D07", "2.11c": "none",
    }  # fmt: skip
    assert commission.fates(rows) == {
        "whole": ["2.4c", "2.11c"], "emptied": ["2.4a"], "unregistered": ["2.10c", "2.10d"],
    }  # fmt: skip
    assert counted(commission.drift_total(rows)["drift"]) == (24, 49)


def test_the_web_page_claims_9_of_23_commitments(example: Evaluation) -> None:
    found = commission.matches(example.read("commitment"))
    assert {name: counted(result) for name, result in found.items()} == {
        "all": (9, 23), "lead": (6, 6), "others": (3, 17),
    }  # fmt: skip


def test_the_register_holds_37_discrepancies_11_of_them_high_and_open(example: Evaluation) -> None:
    discrepancy = example.read("discrepancy")
    summary = commission.register_summary(discrepancy)
    assert {name: number(result) for name, result in summary.items()} == {
        "all": 37, "high": 11, "medium": 18, "low": 8, "open": 29, "explained": 5, "resolved": 3,
        "high_open": 11, "high_contradictions_open": 6,
    }  # fmt: skip
    found = commission.how_found(discrepancy, drifts(example))
    assert found["here"] == ["D06", "D07", "D08", "D09", "D24"]
    assert found["elsewhere"] == ["D02", "D03"]
    assert len(found["read"]) == 30
    listed = [key for level in commission.MATERIALITY
              for key in commission.register_rows(discrepancy, level)]  # fmt: skip
    assert sorted(listed) == sorted(discrepancy["disc_id"])


def test_the_documents_guarantee_none_of_the_six_groups(example: Evaluation) -> None:
    partners = commission.named_partners(example.read("organisation"), example.read("body"))
    assert set(partners["org_id"]) == {"barnardos", "clued_up", "cottage_family_centre"}
    groups = example.read("priority_group")
    found = commission.guaranteed(partners, groups[groups["priority"]])
    assert {name: counted(result) for name, result in found.items()} == {
        "partners": (3, None), "with_group": (0, 3), "with_area": (0, 3), "stated": (0, 6),
        "at_most": (3, 6),
    }  # fmt: skip


def test_simulated_records_support_no_claim(example: Evaluation) -> None:
    claims = example.read("claim_evidence")
    frames = commission.received(
        claims, lambda name: example.read(name) if example.has(name) else None
    )
    rows = commission.claim_rows(claims, frames)
    assert counted(commission.claims_summary(claims, rows, {})["supported"]) == (0, 11)
