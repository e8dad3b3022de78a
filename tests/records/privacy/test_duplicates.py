"""Exact duplicates are kept once and counted; near-duplicates are only listed."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from wfw_eval.records.privacy.duplicates import contract_keys, near_duplicates, without_duplicates

KEYS = {
    "person": ("person_id",),
    "attendance": ("person_id", "session_id"),
    "family_characteristic": ("family_id", "char"),
}


def person(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    columns = ["person_id", "family_id", "area", "source_org", "received_on"]
    return pd.DataFrame(rows, columns=columns)


def attendance(*rows: tuple[str | None, str, float, str, str]) -> pd.DataFrame:
    columns = ["person_id", "session_id", "hours", "source_org", "received_on"]
    return pd.DataFrame(rows, columns=columns)


def characteristic(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["family_id", "char", "value", "source_org"])
    return frame.assign(received_on="2023-07-15")


def test_a_person_two_suppliers_recorded_is_kept_once() -> None:
    frame = person(
        ("P-1", "F-1", "Levenmouth", "b", "2023-10-15"),
        ("P-2", "F-2", "Kirkcaldy", "a", "2023-07-15"),
        ("P-1", "F-1", "Levenmouth", "a", "2023-07-15"),
    )
    found = without_duplicates({"person": frame}, KEYS)
    kept = found.tables["person"]
    assert kept["person_id"].tolist() == ["P-2", "P-1"]
    assert kept["source_org"].tolist() == ["a", "a"]  # the row that came first
    assert found.counts.to_dict("records") == [
        {"table": "person", "rows": 3, "repeated": 0, "across": 1, "kept": 2, "shared": 1}
    ]
    assert found.differing.empty


def test_three_suppliers_are_one_person_shared() -> None:
    frame = person(*[("P-1", "F-1", "x", org, "2023-07-15") for org in "abc"])
    (count,) = without_duplicates({"person": frame}, KEYS).counts.to_dict("records")
    assert (count["rows"], count["across"], count["kept"], count["shared"]) == (3, 2, 1, 1)


def test_suppliers_that_disagree_are_listed() -> None:
    frame = person(
        ("P-1", "F-1", "Levenmouth", "a", "2023-07-15"),
        ("P-1", "F-1", "Kirkcaldy", "b", "2023-10-15"),
    )
    found = without_duplicates({"person": frame}, KEYS)
    assert found.tables["person"]["area"].tolist() == ["Levenmouth"]
    assert found.differing.to_dict("records") == [
        {
            "table": "person",
            "key": "P-1",
            "column": "area",
            "values": "a: Levenmouth | b: Kirkcaldy",
        }
    ]


def test_the_same_row_again_from_one_supplier_goes() -> None:
    again = ("P-1", "S1", 2.0, "a", "2023-07-15")
    frame = attendance(again, again, (*again[:4], "2023-10-15"))
    found = without_duplicates({"attendance": frame}, KEYS)
    assert len(found.tables["attendance"]) == 1
    assert found.counts.loc[0, "repeated"] == 2
    assert found.counts.loc[0, "across"] == 0


def test_one_supplier_that_contradicts_itself_is_left_for_the_check() -> None:
    frame = attendance(("P-1", "S1", 2.0, "a", "2023-07-15"), ("P-1", "S1", 3.0, "a", "2023-07-15"))
    found = without_duplicates({"attendance": frame}, KEYS)
    assert len(found.tables["attendance"]) == 2


def test_an_attendance_two_suppliers_recorded_counts_once() -> None:
    frame = attendance(
        ("P-1", "S1", 2.0, "a", "2023-07-15"),
        ("P-1", "S1", 2.5, "b", "2023-07-15"),
        ("P-1", "S2", 2.0, "b", "2023-07-15"),
        ("P-2", "S1", 2.0, "b", "2023-07-15"),
    )
    found = without_duplicates({"attendance": frame}, KEYS)
    assert found.tables["attendance"]["hours"].tolist() == [2.0, 2.0, 2.0]
    assert found.differing["key"].tolist() == ["P-1 + S1"]


def test_rows_without_a_key_are_left_alone() -> None:
    frame = attendance((None, "S1", 2.0, "a", "2023"), (None, "S1", 2.0, "b", "2023"))
    assert len(without_duplicates({"attendance": frame}, KEYS).tables["attendance"]) == 2


def test_index_labels_that_repeat_do_no_harm() -> None:
    frame = attendance(("P-1", "S1", 2.0, "a", "2023"), ("P-1", "S1", 2.0, "b", "2023"))
    frame = pd.concat([frame, attendance(("P-2", "S1", 1.0, "a", "2023"))])
    kept = without_duplicates({"attendance": frame}, KEYS).tables["attendance"]
    assert kept["person_id"].tolist() == ["P-1", "P-2"]


def test_a_family_whose_members_are_all_kept_elsewhere_is_that_family() -> None:
    tables = {
        "person": person(
            ("P-1", "F-a", "x", "a", "2023-07-15"),
            ("P-2", "F-a", "x", "a", "2023-07-15"),
            ("P-1", "F-b", "x", "b", "2023-10-15"),
        ),
        "family_characteristic": characteristic(
            ("F-a", "lone_parent", "yes", "a"),
            ("F-b", "lone_parent", "yes", "b"),
            ("F-b", "child_under_1", "no", "b"),
        ),
    }
    found = without_duplicates(tables, KEYS)
    known = found.tables["family_characteristic"][["family_id", "char"]].to_numpy().tolist()
    assert known == [["F-a", "lone_parent"], ["F-a", "child_under_1"]]
    assert found.differing["column"].tolist() == ["family_id"]


def test_a_family_with_others_left_is_not_merged() -> None:
    tables = {
        "person": person(
            ("P-1", "F-a", "x", "a", "2023-07-15"),
            ("P-1", "F-b", "x", "b", "2023-10-15"),
            ("P-3", "F-b", "x", "b", "2023-10-15"),
        ),
        "family_characteristic": characteristic(("F-b", "lone_parent", "yes", "b")),
    }
    made = without_duplicates(tables, KEYS).tables
    assert made["family_characteristic"]["family_id"].tolist() == ["F-b"]
    assert set(made["person"]["family_id"]) == {"F-a", "F-b"}


def test_a_family_whose_members_went_two_ways_is_not_merged() -> None:
    tables = {
        "person": person(
            ("P-1", "F-a", "x", "a", "2023-07-15"),
            ("P-2", "F-c", "x", "a", "2023-07-15"),
            ("P-1", "F-b", "x", "b", "2023-10-15"),
            ("P-2", "F-b", "x", "b", "2023-10-15"),
        ),
        "family_characteristic": characteristic(("F-b", "lone_parent", "yes", "b")),
    }
    made = without_duplicates(tables, KEYS).tables
    assert made["family_characteristic"]["family_id"].tolist() == ["F-b"]


def test_empty_and_other_tables_pass_through() -> None:
    tables = {"person": person(), "session": pd.DataFrame({"session_id": ["S1", "S1"]})}
    found = without_duplicates(tables, KEYS)
    assert len(found.tables["session"]) == 2
    assert found.counts.loc[0, "rows"] == 0
    assert without_duplicates({}, KEYS).differing.empty


def test_keys_come_from_the_contracts() -> None:
    assert KEYS.items() <= contract_keys().items()
    assert "link" not in contract_keys()


def traits(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    columns = ["person_id", "source_org", "birth_month", "initials", "area"]
    return pd.DataFrame(rows, columns=columns)


def test_near_duplicates_are_listed() -> None:
    listed = near_duplicates(
        traits(
            ("P-1", "a", "M-1", "I-1", "Levenmouth"),
            ("P-2", "b", "M-1", "I-1", "Levenmouth"),
            ("P-3", "a", "M-1", "I-1", "Kirkcaldy"),
            ("P-4", "a", "M-1", "I-2", "Levenmouth"),
            ("P-5", "a", "M-2", "I-1", "Levenmouth"),
        )
    )
    assert listed.to_dict("records") == [
        {"group": 1, "person_id": "P-1", "source_org": "a", "area": "Levenmouth"},
        {"group": 1, "person_id": "P-2", "source_org": "b", "area": "Levenmouth"},
    ]


@pytest.mark.parametrize("blank", range(2, 5))
def test_what_is_not_known_makes_nobody_similar(blank: int) -> None:
    row = ["P-1", "a", "M-1", "I-1", "x"]
    row[blank] = ""
    assert near_duplicates(traits(tuple(row), ("P-2", *row[1:]))).empty  # type: ignore[arg-type]


def test_exact_duplicates_are_not_near_ones() -> None:
    assert near_duplicates(traits(("P-1", "a", "M", "I", "x"), ("P-1", "b", "M", "I", "x"))).empty


def test_time_grows_with_the_rows_only() -> None:
    """Four times the rows of one supplier must not take sixteen times as long."""
    random = np.random.default_rng(1)

    def seconds(rows: int) -> float:
        numbers = random.integers(0, rows, rows)
        frame = pd.DataFrame({"person_id": numbers.astype(str), "session_id": "S1", "hours": 1.0})
        frame = frame.assign(
            source_org=np.where(random.random(rows) < 0.5, "a", "b"), received_on="2023"
        )
        same = (
            traits()
            .reindex(range(rows))
            .assign(
                person_id=frame["person_id"],
                source_org="a",
                birth_month="M",
                initials="I",
                area="x",
            )
        )
        start = time.perf_counter()
        without_duplicates({"attendance": frame}, KEYS)
        near_duplicates(same)
        return time.perf_counter() - start

    seconds(1_000)
    assert seconds(80_000) < 10 * max(seconds(20_000), 0.05)
