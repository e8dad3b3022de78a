"""Each rule between columns and tables finds its fault, at the edge and not before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from wfw_eval.params import RunFile, load_run_file
from wfw_eval.records.contract import Contract, ForeignKey, listing, text
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.read import empty_table
from wfw_eval.records.rules import (
    RULES,
    attendance_while_involved,
    council_has_figures,
    hours_within_session,
    left_before_joined,
    orphans,
    session_in_period,
    under_18_consent,
)

RUN_FILE = """\
name: test
title: A test
council: S12000047
period: {start: 2023-01-01, end: 2023-12-31}
data_cut: 2023-12-31
records: .
"""


EMPTY = {name: empty_table(contract) for name, contract in CONTRACTS.items()}


@pytest.fixture
def run_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFile:
    monkeypatch.chdir(tmp_path)
    Path("run.yaml").write_text(RUN_FILE, encoding="utf-8")
    return load_run_file("run.yaml")


def rows(table: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Make typed rows of a table, empty where nothing is given, numbered from row 2."""
    places = [{"_place": f"{table}.csv", "_row": n} for n in range(2, len(given) + 2)]
    made = pd.DataFrame([row | place for row, place in zip(given, places, strict=True)])
    dates = [item.name for item in CONTRACTS[table].fields if item.kind == "date"]
    made = made.reindex(columns=EMPTY[table].columns)
    return made.assign(**{name: pd.to_datetime(made[name]) for name in dates})


def tables(**frames: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return EMPTY | frames


def involved(
    joined: str | None = "2023-02-01", left: str | None = "2023-05-01", **attendance: Any
) -> dict[str, pd.DataFrame]:
    """Make a person, a session of 2 hours on 1 March 2023, and one attendance."""
    attended = {"person_id": "P1", "session_id": "S1", "hours": 2.0} | attendance
    return tables(
        person=rows("person", {"person_id": "P1", "joined_on": joined, "left_on": left}),
        session=rows("session", {"session_id": "S1", "date": "2023-03-01", "hours": 2.0}),
        attendance=rows("attendance", attended),
    )


@pytest.mark.parametrize(
    ("left", "found"),
    [("2023-02-01", []), ("2023-02-02", []), (None, []), ("2023-01-31", ["2023-01-31"])],
)
def test_left_before_joined(run_file: RunFile, left: str | None, found: list[str]) -> None:
    problems = list(left_before_joined(involved(left=left), run_file))
    assert [problem.value for problem in problems] == found
    assert all(problem.rule == "must not be before joined_on (2023-02-01)" for problem in problems)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2022-12-31", False),
        ("2023-01-01", True),
        ("2023-12-31", True),
        ("2024-01-01", False),
        (None, True),
    ],
)
def test_session_in_period(run_file: RunFile, day: str | None, inside: bool) -> None:
    held = tables(session=rows("session", {"session_id": "S1", "date": day}))
    problems = list(session_in_period(held, run_file))
    assert [problem.value for problem in problems] == ([] if inside else [day])
    assert all("(2023-01-01 to 2023-12-31)" in problem.rule for problem in problems)


@pytest.mark.parametrize(
    ("joined", "left", "fits"),
    [
        ("2023-03-01", "2023-03-01", True),
        ("2023-03-02", None, False),
        ("2023-02-01", "2023-02-28", False),
        ("2023-02-01", None, True),
        (None, None, True),
    ],
)
def test_attendance_while_involved(
    run_file: RunFile, joined: str | None, left: str | None, fits: bool
) -> None:
    problems = list(attendance_while_involved(involved(joined, left), run_file))
    assert [(problem.row, problem.column, problem.value) for problem in problems] == (
        [] if fits else [(2, "session_id", "S1")]
    )
    assert all("2023-03-01, when P1 was not involved" in problem.rule for problem in problems)


@pytest.mark.parametrize(
    ("hours", "found"), [(1.99, []), (2.0, []), (None, []), (2.01, ["2.01"]), (3.0, ["3"])]
)
def test_hours_within_session(run_file: RunFile, hours: float | None, found: list[str]) -> None:
    problems = list(hours_within_session(involved(hours=hours), run_file))
    assert [problem.value for problem in problems] == found
    assert all(problem.rule.endswith("session's 2 hours") for problem in problems)


@pytest.mark.parametrize(
    ("role", "consent", "fits"),
    [
        ("child_u12", "adult", False),
        ("young_person_12_17", "adult", False),
        ("young_adult_18_25", "adult", True),
        ("child_u12", "assent_plus_parent", True),
        ("child_u12", "withdrawn", True),
        ("child_u12", None, True),
        (None, "adult", True),
    ],
)
def test_under_18_consent(
    run_file: RunFile, role: str | None, consent: str | None, fits: bool
) -> None:
    person = rows("person", {"person_id": "P1", "role": role, "consent": consent})
    problems = list(under_18_consent(tables(person=person), run_file))
    assert [problem.value for problem in problems] == ([] if fits else ["adult"])


def test_council_without_figures_is_named_once_and_the_known_ones_are_counted(
    run_file: RunFile,
) -> None:
    held = tables(
        denominator=rows("denominator", {"area_code": "S12000005"}, {"area_code": "S12000006"}),
        area_population=rows("area_population", {"area_code": "S12000047"}),
        area_tile=rows("area_tile", {"area_code": "S12000005"}),
    )
    (problem,) = council_has_figures(held, run_file)
    assert (problem.place, problem.row, problem.column) == ("run.yaml", 3, "council")
    assert problem.value == "S12000047"
    assert "denominator (holds 2 areas), area_tile (holds 1 area)" in problem.rule
    assert "add the council's rows" in problem.next_step


def test_a_schematic_map_is_not_needed_where_boundaries_are_named(run_file: RunFile) -> None:
    held = tables(area_tile=rows("area_tile", {"area_code": "S12000005"}))
    named = run_file.model_copy(update={"boundaries": "areas.geojson"})
    assert list(council_has_figures(held, run_file))
    assert not list(council_has_figures(held, named))


class TestOrphans:
    CHILD = Contract(
        "child", "children", ("records",),
        (text("id", "Key."), text("one", "A parent.", required=False), listing("many", "Parents.")),
        key=("id",), foreign=(ForeignKey("one", "parent", "name"),
                              ForeignKey("many", "parent", "name")),
    )  # fmt: skip

    def found(self, one: str | None, many: tuple[str, ...], *parents: str | None) -> list[Any]:
        place = {"_place": "child.csv", "_row": 7}
        child = pd.DataFrame([{"id": "a", "one": one, "many": many} | place])
        parent = pd.DataFrame({"name": list(parents)}, dtype=str)
        return list(orphans(self.CHILD, {"child": child, "parent": parent}))

    def test_where_all_is_there(self) -> None:
        assert not self.found("x", ("x", "y"), "x", "y")

    def test_one_value(self) -> None:
        (problem,) = self.found("z", (), "x")
        assert (problem.place, problem.row, problem.column) == ("child.csv", 7, "one")
        assert (problem.value, problem.rule) == ("z", "is not in table parent, column name")
        assert problem.next_step == "Correct it, or add the row to parent.csv."

    def test_each_value_of_a_list(self) -> None:
        assert [problem.value for problem in self.found(None, ("z", "x", "w"), "x")] == ["z", "w"]

    def test_nothing_is_looked_for(self) -> None:
        assert not self.found(None, (), "x", None)

    def test_an_empty_parent_is_its_own_problem(self) -> None:
        assert not self.found("z", ("z",))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_tables_without_rows_have_no_faults(rule: Any, run_file: RunFile) -> None:
    assert list(rule(tables(), run_file)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_empty_and_repeated_cells_are_passed_over(rule: Any, run_file: RunFile) -> None:
    held = involved()
    doubled = {name: pd.concat([held[name]] * 2, ignore_index=True)
               for name in ("person", "session", "attendance")}  # fmt: skip
    blank = {
        name: pd.concat([frame, frame.assign(person_id=None, session_id=None)], ignore_index=True)
        for name, frame in doubled.items()
    }
    assert list(rule(held | blank, run_file)) == []
