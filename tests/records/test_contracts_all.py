"""Every table of the data model has a contract, and the contracts agree with each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from wfw_eval.records import (
    documents,
    figures,
    governance,
    instruments,
    judgements,
    meetings,
    network,
    partners,
    people,
    protected,
    recommendations,
    sessions,
    support,
    voices,
)
from wfw_eval.records.contract import PROVENANCE, Contract, Field
from wfw_eval.records.dictionary import (
    HEADINGS,
    dictionary_markdown,
    dictionary_rows,
    supplied_by,
)
from wfw_eval.records.read import load_table
from wfw_eval.records.suppliers import SUPPLIERS, TITLES, suppliers_of

NEW = (
    partners, protected, support, meetings, voices, recommendations, instruments, network,
    governance, judgements,
)  # fmt: skip
MODULES = (documents, figures, people, sessions, *NEW)
#: By identity: a module may hold what it imports from another.
CONTRACTS = list(
    {
        id(value): value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, Contract)
    }.values()
)
RECORDS = [contract for contract in CONTRACTS if "records" in contract.origins]
FIGURES = {contract.name: contract for contract in CONTRACTS if "reference" in contract.origins}
PROJECT = {contract.name: contract for contract in CONTRACTS if "reference" not in contract.origins}

#: The tables of the framework's section 9; its population_ref is the table of denominators.
FRAMEWORK = re.findall(
    r"\w+",
    """
    clause commitment discrepancy body organisation application award spend person
    family_characteristic person_protected denominator session invitation attendance support turn
    decision decision_rating source excerpt theme coding finding recommendation link response
    feedback_event instrument item response_item tie milestone risk communication learning
    contribution_claim contribution_test receipt evidence judgement
    """,
)

#: Columns the framework names, beside the key, for tables that had no contract before.
COLUMNS = """
    application: org_id date crit_relationship crit_experience crit_commitment crit_geography
        panel_member_id outcome interest_declared
    award: org_id gbp date category
    spend: org_id gbp date category
    receipt: org_id period due received complete
    support: person_id kind offered requested received
    turn: session_id seq person_id role seconds words kind
    decision: date stage text importance proposed_by body_id clause_id
    decision_rating: decision_id rater tlap authority blind
    source: source_id session_id kind language
    excerpt: source_id person_id role text sentiment tier identifiers
    theme: parent label definition
    coding: excerpt_id theme_id coder_id round date
    finding: text tier drafted_by edited_by signed_off_by dropped_reason
    recommendation: text weight tier principles drafted_by edited_by signed_off_by dropped_reason
    link: from_id to_id kind by date
    response: rec_id body_id date decision reason action stage due
    feedback_event: person_id group date channel content_kind
    instrument: instrument_id version licence
    item: item_id reverse scale_min scale_max
    response_item: person_id wave value na_reason
    tie: from_id to_id wave kind strength
    risk: risk_id date likelihood impact owner status mitigations
    communication: date issuer audience kind reach
    learning: statement condition evidence_class independent reused_by
    contribution_claim: mechanism rivals
    contribution_test: test_kind result plausibility uniqueness triangulation transparency
        independence
    evidence: eq_id indicator value interval_low interval_high
    judgement: eq_id indicator value score rater self_rating interest_declared rubric_hash
"""

RANGES = [
    ("application", "crit_relationship", 0, 4),
    ("award", "gbp", 0, None),
    ("spend", "gbp", 0, None),
    ("receipt", "complete", 0, 1),
    ("decision", "importance", 1, 3),
    ("decision_rating", "tlap", 1, 7),
    ("excerpt", "identifiers", 0, 3),
    ("recommendation", "weight", 0, 1),
    ("response", "stage", 0, 4),
    ("tie", "strength", 0, 4),
    ("risk", "likelihood", 1, 5),
    ("risk", "impact", 1, 5),
    ("contribution_test", "plausibility", 1, 5),
]

#: Codes written as the documents and the rubric print them.
PRINTED = {"P", "W", "A_literal", "B_corrected", "C_18m", "N", *judgements.QUESTIONS}

Fault = tuple[int | None, str | None]

WORDS = {"text", "code", "codes", "list"}

each = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
each_of_records = pytest.mark.parametrize("contract", RECORDS, ids=lambda contract: contract.name)


def parent_of(contract: Contract, table: str) -> Contract:
    """Find a table by name; the public figures may have a table of the same name as the project."""
    near, far = (FIGURES, PROJECT) if contract.name in FIGURES else (PROJECT, FIGURES)
    return near.get(table) or far[table]


@pytest.mark.parametrize("name", FRAMEWORK)
def test_every_table_of_the_framework_has_a_contract(name: str) -> None:
    assert name in {contract.name for contract in CONTRACTS}


@pytest.mark.parametrize(
    ("table", "names"),
    re.findall(r"(\w+): ((?:[\w ]|\n {8})+)", COLUMNS),
    ids=lambda text: text[:20],
)
def test_columns_have_the_names_of_the_framework(table: str, names: str) -> None:
    assert set(names.split()) <= set(PROJECT[table].columns)


def test_table_names_are_unique() -> None:
    count = Counter(contract.name for contract in CONTRACTS)
    assert {name for name, times in count.items() if times > 1} <= {"source"}
    assert len(PROJECT) + len(FIGURES) == len(CONTRACTS)


@each
def test_columns_are_unique_and_the_key_is_always_filled(contract: Contract) -> None:
    assert len(set(contract.columns)) == len(contract.columns)
    assert contract.key
    for name in contract.key:
        assert contract.field(name).required, name


@each
def test_foreign_keys_point_to_columns_of_the_same_kind(contract: Contract) -> None:
    for key in contract.foreign:
        here = contract.field(key.column).kind
        there = parent_of(contract, key.table).field(key.references).kind
        assert here == there or {here, there} <= WORDS, key


@each
def test_columns_are_explained_in_sentences(contract: Contract) -> None:
    for item in contract.fields:
        assert re.fullmatch(r"[A-Z].+[^.]\.", item.about), (item.name, item.about)


@each
def test_codes_are_snake_case(contract: Contract) -> None:
    for item in contract.fields:
        assert len(set(item.allowed)) == len(item.allowed), item.name
        for code in set(item.allowed) - PRINTED:
            assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code), (item.name, code)


@each
def test_a_row_is_dated_by_a_date_that_is_always_filled(contract: Contract) -> None:
    if contract.dated_by is not None:
        assert contract.field(contract.dated_by).kind == "date"
        assert contract.field(contract.dated_by).required


@each_of_records
def test_records_say_where_they_come_from(contract: Contract) -> None:
    assert {item.name for item in PROVENANCE} <= set(contract.columns)


@pytest.mark.parametrize(("table", "column", "low", "high"), RANGES)
def test_ranges_are_those_of_the_framework(
    table: str, column: str, low: float, high: float | None
) -> None:
    item = PROJECT[table].field(column)
    assert (item.low, item.high) == (low, high)


@pytest.mark.parametrize(
    ("table", "instead"), [("turn", "role"), ("excerpt", "role"), ("feedback_event", "group")]
)
def test_either_of_two_columns_may_be_empty(table: str, instead: str) -> None:
    contract = PROJECT[table]
    assert not contract.field("person_id").required
    assert not contract.field(instead).required
    assert f"either this or the {instead} is needed" in contract.field("person_id").about


def test_each_of_the_nine_characteristics_has_bands() -> None:
    assert len(protected.BANDS) == 9
    for bands in protected.BANDS.values():
        assert not set(bands) & set(people.UNDISCLOSED)
        assert set(bands) < set(protected.PERSON_PROTECTED.field("value").allowed)


def cell(item: Field) -> str:
    """Write a cell that keeps the rule of its column."""
    if item.allowed:
        return "|".join(item.allowed[:2]) if item.kind == "codes" else item.allowed[-1]
    number = f"{item.low if item.high is None else item.high:g}" if item.low is not None else "2"
    return {"date": "2023-04-30", "flag": "TRUE", "list": "a|b", "text": "a, b"}.get(
        item.kind, number
    )


def faults(contract: Contract, folder: Path, changes: list[dict[str, str]]) -> list[Fault]:
    """Read a row for each of the changes; return row number and column of each cell at fault."""
    row = {item.name: cell(item) for item in contract.fields}
    pd.DataFrame([row | changed for changed in changes]).to_csv(
        folder / f"{contract.name}.csv", index=False
    )
    folders = {"documents": folder / "nothing", "records": folder}
    found = load_table(contract, folders).problems
    return [(fault.row, fault.column) for fault in found if "key is already" not in fault.rule]


@each_of_records
def test_rows_that_keep_the_contract_are_read(contract: Contract, tmp_path: Path) -> None:
    free = {item.name: "" for item in contract.fields if not item.required}
    assert faults(contract, tmp_path, [{}, free]) == []


@each_of_records
def test_cells_that_break_the_contract_are_found(contract: Contract, tmp_path: Path) -> None:
    changes = [{item.name: value} for item in contract.fields for value in wrong_cells(item)]
    expected = [(number, *change) for number, change in enumerate(changes, start=2)]
    assert faults(contract, tmp_path, changes) == expected


def wrong_cells(item: Field) -> Iterator[str]:
    if item.low is not None:
        yield f"{item.low - 1:g}"
    if item.high is not None:
        yield f"{item.high + 1:g}"
    if item.allowed:
        yield "no such code"
    if item.kind in ("date", "flag", "number", "integer"):
        yield "perhaps"
    if item.required:
        yield ""


@each_of_records
def test_every_table_of_the_records_has_a_supplier(contract: Contract) -> None:
    assert suppliers_of(contract.name)
    assert suppliers_of(contract.name)[0] in supplied_by(contract)


def test_suppliers_supply_tables_of_the_records() -> None:
    assert list(SUPPLIERS) == list(TITLES)
    for tables in SUPPLIERS.values():
        assert set(tables) <= {contract.name for contract in RECORDS}
        assert len(set(tables)) == len(tables)


def test_the_dictionary_has_a_row_for_each_column() -> None:
    rows = dictionary_rows(PROJECT.values())
    assert [(row["table"], row["column"]) for row in rows] == [
        (contract.name, name) for contract in PROJECT.values() for name in contract.columns
    ]
    assert all(
        row[name] for row in rows for name in (*HEADINGS, "supplied_by") if name != "refers_to"
    )


def test_a_row_of_the_dictionary() -> None:
    (row,) = [row for row in dictionary_rows([meetings.DECISION]) if row["column"] == "body_id"]
    assert row == {
        "table": "decision",
        "title": "log of decisions",
        "supplied_by": "oversight group, families' evaluation panel",
        "key": "decision_id",
        "dated_by": "date",
        "column": "body_id",
        "kind": "text",
        "required": "yes",
        "holds": "must be text",
        "refers_to": "body.body_id",
        "about": "Body that took it.",
    }


@each
def test_the_dictionary_on_the_page_mentions_each_column_once(contract: Contract) -> None:
    lines = dictionary_markdown([contract]).splitlines()
    assert lines[0] == f"## {contract.name}: {contract.title}"
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("|")]
    assert {len(row) for row in cells} == {len(HEADINGS)}
    assert [row[0].strip() for row in cells[2:]] == [f"`{name}`" for name in contract.columns]
    assert not re.search(r"Supplied by: \.", "\n".join(lines))


def test_the_dictionary_on_the_page_has_a_section_for_each_table() -> None:
    page = dictionary_markdown(PROJECT.values())
    assert re.findall(r"^## (\w+):", page, flags=re.MULTILINE) == list(PROJECT)
    assert "- Each `person_id` must be in `person.person_id`." in page
