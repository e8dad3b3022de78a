"""The simple form of the disclosure rule, at its thresholds."""

from __future__ import annotations

import pytest
from conftest import people

from wfw_eval.disclosure.gate import decide
from wfw_eval.disclosure.primary import primary_reason
from wfw_eval.metrics.representation import dissimilarity, participation_ratio, share
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

POLICY = DisclosurePolicy()


@pytest.mark.parametrize(
    ("count", "withheld"), [(0, False), (1, True), (4, True), (5, False), (400, False)]
)
def test_a_count_is_withheld_from_one_to_just_below_the_threshold(
    count: int, withheld: bool
) -> None:
    assert (primary_reason(people(count, "a"), POLICY) is not None) is withheld


@pytest.mark.parametrize(("count", "withheld"), [(0, False), (1, True), (9, True), (10, False)])
def test_the_heightened_threshold_applies_to_sensitive_counts(count: int, withheld: bool) -> None:
    result = people(count, "a", sensitivity="heightened")
    assert (primary_reason(result, POLICY) is not None) is withheld


@pytest.mark.parametrize(
    ("count", "n", "withheld"),
    [
        (20, 40, False),
        (4, 40, True),
        (36, 40, True),  # the reader subtracts: four are left
        (35, 40, False),
        (40, 40, False),
        (0, 40, False),
        (0, 9, True),  # too small a base for a percentage
        (0, 10, False),
    ],
)
def test_a_share_is_withheld_when_it_or_what_it_leaves_is_small(
    count: int, n: int, withheld: bool
) -> None:
    for result in (share(count, n), participation_ratio(count, n, 0.2)):
        assert (primary_reason(result, POLICY) is not None) is withheld


def test_counts_of_things_are_not_withheld() -> None:
    assert primary_reason(share(3, 4, of="qualifiers"), POLICY) is None


def test_what_is_counted_is_people_unless_it_is_said() -> None:
    assert primary_reason(share(3, 40), POLICY) is not None


def test_an_index_needs_a_base() -> None:
    assert primary_reason(dissimilarity([3, 3, 3], [3, 2, 1]), POLICY) == "small base"
    assert primary_reason(dissimilarity([4, 3, 3], [3, 2, 1]), POLICY) is None


def test_results_about_one_cell_are_withheld_together() -> None:
    results = {
        "count": people(3, "lone"),
        "ratio": Result(metric="M02", unit="ratio", value=1.2, cell="lone"),
        "other": people(30, "other"),
    }
    assert set(decide(results, [], POLICY)) == {"count", "ratio"}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 40, "b": 30, "c": 20}, set()),
        ({"a": 40, "b": 30, "c": 2}, {"b", "c"}),  # the total gives c away, so b goes too
        ({"a": 40, "b": 3, "c": 2}, {"b", "c"}),  # each may be anything from none to five
        ({"a": 40, "b": 2, "c": 2}, {"a", "b", "c"}),  # together four: too little
        ({"a": 40, "b": 0, "c": 2}, {"a", "c"}),  # a hidden zero would protect nothing
        ({"a": 40, "b": 30, "c": 0}, set()),
    ],
)
def test_one_more_cell_goes_where_a_total_would_give_it_away(
    counts: dict[str, int], hidden: set[str]
) -> None:
    results = {key: people(count, key) for key, count in counts.items()}
    assert set(decide(results, [tuple(counts)], POLICY)) == hidden


def test_cells_hidden_for_one_total_are_seen_by_the_next() -> None:
    results = {key: people(count, key) for key, count in
               {"a": 2, "b": 12, "c": 40, "d": 50}.items()}  # fmt: skip
    # b stands in two totals: hiding it would take d along, hiding c takes nothing.
    assert set(decide(results, [("a", "b", "c"), ("b", "d")], POLICY)) == {"a", "c"}
    assert set(decide(results, [("a", "b"), ("b", "d")], POLICY)) == {"a", "b", "d"}


def test_a_run_file_may_be_stricter_than_the_floor_never_weaker() -> None:
    assert DisclosurePolicy(threshold=8, heightened_threshold=12).threshold == 8
    with pytest.raises(ValueError, match="greater than or equal to 5"):
        DisclosurePolicy(threshold=3)
