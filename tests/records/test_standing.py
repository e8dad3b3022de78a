"""Which rows stand at a data cut, followed through the tables that hang together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from conftest import PROJECT

from wfw_eval.evaluation import Evaluation, open_evaluation

PROVENANCE = "sim_partner_a,{received},recorded,true"

#: One person followed from the register to the coding of what they said.
FOLLOWED = "P0001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the example, with an excerpt and its coding for the person followed."""
    shutil.copytree(PROJECT / "data_raw", tmp_path / "data_raw")
    values = yaml.safe_load((PROJECT / "params/example.yaml").read_text(encoding="utf-8"))
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "example.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    return tmp_path


def opened(folder: Path, cut: str | None = None) -> Evaluation:
    return open_evaluation(folder / "params" / "example.yaml", data_cut=cut)


def edit(folder: Path, table: str, column: str, value: str, key: str = FOLLOWED) -> None:
    path = folder / "data_raw" / "example" / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[frame["person_id"] == key, column] = value
    frame.to_csv(path, index=False)


def names(evaluation: Evaluation, table: str) -> set[str]:
    return set(evaluation.read(table)["person_id"])


def test_everybody_stands_at_the_end(folder: Path) -> None:
    evaluation = opened(folder)
    assert {FOLLOWED} <= names(evaluation, "person") & names(evaluation, "attendance")
    assert len(evaluation.read("attendance")) == 1605


def test_who_withdrew_consent_is_in_no_table(folder: Path) -> None:
    edit(folder, "person", "consent", "withdrawn")
    evaluation = opened(folder)
    for table in ("person", "invitation", "attendance"):
        assert FOLLOWED not in names(evaluation, table), table


def test_a_family_goes_with_its_last_member(folder: Path) -> None:
    everyone = pd.read_csv(folder / "data_raw/example/person.csv", dtype=str)
    family = everyone.loc[everyone["person_id"] == FOLLOWED, "family_id"].item()
    members = everyone.loc[everyone["family_id"] == family, "person_id"]
    for left, member in zip(range(len(members) - 1, -1, -1), members, strict=True):
        edit(folder, "person", "consent", "withdrawn", member)
        stays = family in set(opened(folder).read("family_characteristic")["family_id"])
        assert stays is (left > 0)


@pytest.mark.parametrize(
    ("table", "column"), [("attendance", "received_on"), ("person", "received_on")]
)
def test_a_late_return_does_not_stand_before_it_came(folder: Path, table: str, column: str) -> None:
    edit(folder, table, column, "2024-09-01")
    assert FOLLOWED not in names(opened(folder), "attendance")
    assert FOLLOWED in names(opened(folder, "2024-09-01"), "attendance")


def test_nothing_later_than_the_cut_stands(folder: Path) -> None:
    evaluation = opened(folder, "2023-12-31")
    session = evaluation.read("session")
    assert session["date"].max() <= pd.Timestamp("2023-12-31")
    assert evaluation.read("attendance")["received_on"].max() <= pd.Timestamp("2023-12-31")
    assert set(evaluation.read("attendance")["session_id"]) <= set(session["session_id"])
    assert evaluation.read("person")["left_on"].dropna().max() <= pd.Timestamp("2023-12-31")


def test_a_table_that_was_never_received_says_so(folder: Path) -> None:
    for path in (folder / "data_raw" / "example").glob("spend.csv"):
        path.unlink()
    evaluation = opened(folder)
    assert not evaluation.has("spend") and evaluation.has("person")
    with pytest.raises(Exception, match=r"spend\.csv: this table was not received"):
        evaluation.read("spend")
