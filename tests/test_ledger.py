"""The ledger of releases, and what a second release may not give away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import people

from wfw_eval.disclosure.audit import audit
from wfw_eval.disclosure.gate import decide
from wfw_eval.disclosure.ledger import Entry, add_entry, check_head, head, read_ledger
from wfw_eval.errors import InputError
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

POLICY = DisclosurePolicy()
FIRST = Entry("S12000047 2023", "mid-term", "2023-12-31", {"a": 20, "b": 30}, {"c": 2},
              (("a", "b", "c"),))  # fmt: skip
SECOND = Entry("S12000047 2023", "final", "2024-06-30", {"a": 40})


def ledger(folder: Path) -> Path:
    path = folder / "ledger.jsonl"
    add_entry(path, FIRST)
    add_entry(path, SECOND)
    return path


def test_entries_come_back_in_order_and_the_same_release_is_added_once(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    add_entry(path, FIRST)
    assert read_ledger(path) == [FIRST, SECOND]
    assert path.stat().st_mode & 0o077 == 0
    assert [item.name for item in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_no_ledger_is_no_release(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "none.jsonl") == []


@pytest.mark.parametrize(
    ("change", "line", "rule"),
    [
        (lambda text: text.replace('"a": 20', '"a": 21'), 1, "this line was changed"),
        (lambda text: text.split("\n", 1)[1], 1, "the line before this one"),
        (lambda text: text[:-9], 2, "cannot be read"),
        (lambda text: text[:-1], 2, "cut short"),
        (lambda text: text + "{}\n", 3, "cannot be read"),
    ],
)
def test_a_ledger_that_was_changed_is_refused_with_its_line(
    tmp_path: Path, change: object, line: int, rule: str
) -> None:
    path = ledger(tmp_path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(InputError, match=rule) as refused:
        read_ledger(path)
    assert refused.value.problems[0].row == line
    with pytest.raises(InputError):
        add_entry(path, SECOND)


def test_lines_lost_at_the_end_are_noticed_by_who_was_recorded_there(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    known = head(path)
    check_head(path, known)
    path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="missing or was replaced"):
        check_head(path, known)
    path.unlink()
    with pytest.raises(InputError, match="missing or was replaced"):
        check_head(path, known)


def released(results: dict[str, Result], withheld: object) -> dict[str, dict[str, object]]:
    return {address: {"withheld": True} if address in withheld else result.to_json()  # type: ignore[operator]
            for address, result in results.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("now", "hidden"),
    [
        ({"a": 20, "b": 30}, set()),  # nothing changed
        ({"a": 21, "b": 30}, {"a"}),  # one came: subtracting shows them
        ({"a": 17, "b": 30}, {"a"}),  # three withdrew
        ({"a": 25, "b": 40}, set()),  # five and more
        ({"a": 24, "b": 31}, {"a", "b"}),
    ],
)
def test_what_differs_little_from_an_earlier_release_is_withheld(
    now: dict[str, int], hidden: set[str]
) -> None:
    earlier = [Entry("e", "r", "2023-12-31", {"a": 20, "b": 30})]
    results = {cell: people(count, cell) for cell, count in now.items()}
    withheld = decide(results, [], POLICY, earlier)
    assert set(withheld) == hidden
    assert set(withheld.values()) <= {"differs little from before"}
    assert audit(released(results, withheld), results, [], POLICY, earlier).passed
    if hidden:
        exposed = audit(released(results, ()), results, [], POLICY, earlier).exposed
        assert {one.cell for one in exposed} == {f"{cell} since {cell} (release 1)"
                                                 for cell in hidden}  # fmt: skip


def test_what_an_earlier_release_withheld_is_not_given_away_by_the_next() -> None:
    """The first withheld c and b under a known total; with b the same and shown, c is known."""
    earlier = [Entry("e", "r", "2023-12-31", {"a": 20}, {"b": 30, "c": 2}, (("a", "b", "c"),))]
    results = {"b": people(30, "b")}
    shown = audit(released(results, ()), results, [], POLICY, earlier)
    before = audit({}, {}, [], POLICY, earlier)
    assert before.ranges["c (release 1)"] == (0, 32)
    assert shown.ranges["c (release 1)"] == (2, 32)  # b can only have been as many or fewer


def test_the_audit_starts_from_what_is_written_and_not_from_what_was_decided() -> None:
    counts = {"a": 40, "b": 30, "c": 2}
    results = {cell: people(count, cell) for cell, count in counts.items()}
    partitions = [tuple(counts)]
    withheld = decide(results, partitions, POLICY)
    assert audit(released(results, withheld), results, partitions, POLICY).passed
    for address in withheld:
        weaker = set(withheld) - {address}
        assert not audit(released(results, weaker), results, partitions, POLICY).passed


def test_a_ledger_line_is_one_json_object(tmp_path: Path) -> None:
    lines = ledger(tmp_path).read_text(encoding="utf-8").splitlines()
    assert [set(json.loads(line)) for line in lines] == [{"before", "digest", "entry"}] * 2
