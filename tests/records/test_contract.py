"""The contracts hang together, and say in words what they ask for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import PROJECT

from wfw_eval.records.contract import Contract, Field, ForeignKey, rule_of, step_for
from wfw_eval.records.contracts import CONTRACTS

FIELDS = [(contract, item) for contract in CONTRACTS.values() for item in contract.fields]
FOREIGN = [(contract, foreign) for contract in CONTRACTS.values() for foreign in contract.foreign]

every_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
every_file = pytest.mark.parametrize(
    "path", sorted((PROJECT / "data_raw").glob("*/*.csv")), ids=lambda path: path.stem
)
every_field = pytest.mark.parametrize(
    ("contract", "item"), FIELDS, ids=[f"{contract.name}.{item.name}" for contract, item in FIELDS]
)


@every_file
def test_a_file_of_the_project_has_the_columns_of_its_contract(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == CONTRACTS[path.stem].columns


@every_contract
def test_keys_are_required_columns(contract: Contract) -> None:
    assert contract.key
    assert all(contract.field(name).required for name in contract.key)
    assert len(set(contract.columns)) == len(contract.columns)


@every_contract
def test_the_date_of_a_row_is_a_required_date(contract: Contract) -> None:
    if contract.dated_by is not None:
        assert contract.field(contract.dated_by).kind == "date"
        assert contract.field(contract.dated_by).required


@pytest.mark.parametrize(
    ("contract", "foreign"), FOREIGN, ids=[f"{c.name}.{f.column}" for c, f in FOREIGN]
)
def test_a_foreign_key_leads_to_a_column_that_is_there(
    contract: Contract, foreign: ForeignKey
) -> None:
    assert foreign.column in contract.columns
    assert foreign.references in CONTRACTS[foreign.table].columns


@every_field
def test_a_field_can_be_said_in_words(contract: Contract, item: Field) -> None:
    assert item.about.endswith(".")
    assert rule_of(item).startswith("must be ")
    assert bool(item.allowed) == (item.kind in ("code", "codes"))


@every_field
def test_only_a_list_may_be_empty_by_nature(contract: Contract, item: Field) -> None:
    assert not (item.kind in ("codes", "list") and item.required)


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (Field("n", "integer", "", low=1), "must be a whole number of at least 1"),
        (Field("n", "integer", "", high=5), "must be a whole number of at most 5"),
        (Field("n", "number", "", low=0.0001, high=1), "must be a number from 0.0001 to 1"),
        (Field("n", "date", ""), "must be a date as YYYY-MM-DD, from 1990 to 2099"),
        (Field("n", "flag", ""), "must be true or false"),
        (Field("n", "list", ""), "must be values separated by '|'"),
        (Field("n", "codes", "", allowed=("a", "b")),
         "must be one or more of (separated by '|'): a, b"),
    ],
)  # fmt: skip
def test_rules_in_words(item: Field, rule: str) -> None:
    assert rule_of(item) == rule


@pytest.mark.parametrize(
    ("kind", "cell", "step"),
    [
        ("code", "Online", "Did you mean 'online'?"),
        ("code", "in person", "Did you mean 'in_person'?"),
        ("code", "zzz", "Use one of these codes."),
        ("codes", "online|hybird", "Did you mean 'hybrid'?"),
        ("codes", "online;hybrid", "Did you mean 'online'?"),
    ],
)
def test_the_nearest_code_is_suggested(kind: str, cell: str, step: str) -> None:
    item = Field("mode", kind, "", allowed=("online", "in_person", "hybrid"))  # type: ignore[arg-type]
    assert step_for(item, cell) == step
