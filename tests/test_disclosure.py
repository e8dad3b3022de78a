"""Suppression and its audit: published vectors, random tables, and weakened suppressors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from wfw_eval.disclosure.attack import ContradictionError, attack, exposed
from wfw_eval.disclosure.linked import LinkedTables, Sum, TablesError, linked, table_of
from wfw_eval.disclosure.suppress import ProtectionError, suppress

#: Framework of the evaluation, annex A1, ``suppression_lp``: intervals given every margin.
INNER = [[3, 20, 30, 17], [15, 25, 40, 22], [12, 7, 18, 33]]
VECTORS = {
    ((0, 0),): {(0, 0): (3, 3)},
    ((0, 0), (0, 3), (2, 0), (2, 3)): {
        (0, 0): (0, 15), (0, 3): (5, 20), (2, 0): (0, 15), (2, 3): (30, 45),
    },
    ((0, 0), (0, 1), (0, 3), (2, 0), (2, 1)): {
        (0, 0): (0, 15), (0, 1): (8, 23), (0, 3): (17, 17), (2, 0): (0, 15), (2, 1): (4, 19),
    },
}  # fmt: skip

WIDTH = 5


def name(cell: tuple[int, int]) -> str:
    return f"table[{cell[0]},{cell[1]}]"


def sums(tables: LinkedTables) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.total, one.parts) for one in tables.sums]


def seen(tables: LinkedTables, hidden: frozenset[str]) -> dict[str, float]:
    return {cell: count for cell, count in tables.counts.items() if cell not in hidden}


def small(tables: LinkedTables) -> dict[str, int]:
    return {cell: WIDTH for cell, count in tables.counts.items() if 0 < count < WIDTH}


def grand_totals(tables: LinkedTables) -> list[str]:
    parts = {part for one in tables.sums for part in one.parts}
    return [one.total for one in tables.sums if one.total not in parts]


@pytest.mark.parametrize("hidden", VECTORS, ids=len)
def test_the_attack_finds_the_published_intervals(hidden: tuple[tuple[int, int], ...]) -> None:
    table = table_of(INNER)
    found = attack(seen(table, frozenset(map(name, hidden))), sums(table))
    assert found == {name(cell): ends for cell, ends in VECTORS[hidden].items()}


def test_a_line_with_two_hidden_cells_can_still_give_one_away() -> None:
    table = table_of(INNER)
    hidden = frozenset(map(name, list(VECTORS)[2]))
    found = attack(seen(table, hidden), sums(table))
    assert [one.cell for one in exposed(found, dict.fromkeys(hidden, WIDTH))] == ["table[0,3]"]


def test_suppression_of_the_published_table_is_the_smallest_there_is() -> None:
    table = table_of(INNER)
    margins = [cell for cell in table.counts if "all" in cell]
    chosen = suppress(table, {"table[0,0]": WIDTH}, shown=margins)
    assert len(chosen.secondary) == 3 and chosen.proved
    assert smallest(table, "table[0,0]", margins) == 3


def smallest(table: LinkedTables, cell: str, margins: list[str]) -> int:
    """Try every pattern, the small ones first."""
    from itertools import combinations

    inner = [one for one in table.counts if one not in margins and one != cell]
    for size in range(len(inner)):
        for others in combinations(inner, size):
            found = attack(seen(table, frozenset({cell, *others})), sums(table))
            if not exposed(found, {cell: WIDTH}):
                return size
    raise AssertionError("nothing protects it")


def random_tables(number: int) -> LinkedTables:
    """Two or three dimensions, a linked pair, or areas within a total, by turns."""
    draws = np.random.default_rng(number)

    def counts(*shape: int) -> np.ndarray:
        return draws.poisson(draws.gamma(0.8, 12, shape))

    kind = number % 4
    if kind == 0:
        return table_of(counts(draws.integers(2, 6), draws.integers(2, 6)))
    if kind == 1:
        return table_of(counts(2, 3, draws.integers(2, 4)))
    if kind == 2:  # two tables of the same families, by area and by something else
        areas = ["a", "b", "c"]
        first = counts(3, 3)
        second = np.array([draws.multinomial(row.sum(), [0.1, 0.9]) for row in first])
        pair = (table_of(first, "x", [areas, ["p", "q", "r"]]),
                table_of(second, "y", [areas, ["s", "t"]]))  # fmt: skip
        same = {"x[all,all]": "y[all,all]"} | {f"x[{area},all]": f"y[{area},all]" for area in areas}
        return linked([pair[0], renamed(pair[1], {new: old for old, new in same.items()})])
    return hierarchy(counts(3, 2, 2))


def renamed(table: LinkedTables, names: Mapping[str, str]) -> LinkedTables:
    def of(cell: str) -> str:
        return names.get(cell, cell)

    return LinkedTables(
        {of(cell): count for cell, count in table.counts.items()},
        tuple(Sum(of(one.total), tuple(map(of, one.parts))) for one in table.sums),
    )


def hierarchy(inner: np.ndarray) -> LinkedTables:
    """Streets within areas within the whole, each by two groups."""
    areas, streets, groups = inner.shape
    flat = table_of(inner.reshape(areas * streets, groups), "h")
    subtotals, joined = {}, []
    for area in range(areas):
        inside = [str(area * streets + at) for at in range(streets)]
        for group in [*map(str, range(groups)), "all"]:
            parts = tuple(f"h[{at},{group}]" for at in inside)
            subtotals[f"h[area {area},{group}]"] = sum(flat.counts[part] for part in parts)
            joined.append(Sum(f"h[area {area},{group}]", parts))
    return LinkedTables({**flat.counts, **subtotals}, (*flat.sums, *joined))


def audited(tables: LinkedTables, hidden: frozenset[str]) -> list[str]:
    found = attack(seen(tables, hidden), sums(tables))
    widths = small(tables)
    given = {cell: (count, count) for cell, count in seen(tables, hidden).items() if cell in widths}
    return [one.cell for one in exposed({**found, **given}, widths, tables.counts)]


@pytest.mark.parametrize("block", range(10))
def test_no_random_table_is_exposed(block: int) -> None:
    """A table of fewer than ten people in all is not published, and the next one drawn instead."""
    tried, number = 0, block * 1000
    while tried < 100:
        tables, number = random_tables(number), number + 1
        whole = grand_totals(tables)
        if any(tables.counts[total] < 2 * WIDTH for total in whole):
            continue
        chosen = suppress(tables, small(tables), shown=whole, rounds=6)
        assert audited(tables, chosen.hidden) == [], number
        assert chosen.bound <= chosen.cost + 1e-6
        tried += 1


def test_a_weakened_suppressor_is_caught() -> None:
    """Leaving out any one secondary cell of a proved pattern exposes something."""
    caught = 0
    for number in range(0, 80, 4):
        tables = random_tables(number)
        whole = grand_totals(tables)
        chosen = suppress(tables, small(tables), shown=whole)
        for cell in chosen.secondary:
            assert audited(tables, chosen.hidden - {cell}), (number, cell)
            caught += 1
    assert caught > 20


def test_what_must_be_shown_can_make_protection_impossible() -> None:
    table = table_of([[3, 20], [15, 25]])
    others = [cell for cell in table.counts if cell != "table[0,0]"]
    with pytest.raises(ProtectionError, match=r"'table\[0,0\]'") as refused:
        suppress(table, {"table[0,0]": WIDTH}, shown=others)
    assert refused.value.cells == ("table[0,0]",)


def test_heavier_cells_are_kept() -> None:
    table = table_of([[3, 20, 30], [15, 25, 40], [12, 7, 18]])
    margins = [cell for cell in table.counts if "all" in cell]
    kept = {"table[0,1]": 10.0, "table[1,0]": 10.0}
    chosen = suppress(table, {"table[0,0]": WIDTH}, shown=margins, weights=kept)
    assert chosen.secondary == {"table[0,2]", "table[2,0]", "table[2,2]"}


@pytest.mark.parametrize(
    ("counts", "parts", "message"),
    [
        ({"all": 5, "a": 2, "b": 2}, ("a", "b"), "add up to 4, not to 5"),
        ({"all": 1, "a": 2, "b": -1}, ("a", "b"), "negative"),
        ({"all": 4, "a": 2, "b": 2.5}, ("a", "b"), "whole number"),
        ({"all": 4, "a": 2}, ("a", "b"), "has no count"),
        ({"all": 4, "a": 2}, ("a", "a"), "names a cell twice"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    counts: dict[str, int], parts: tuple[str, ...], message: str
) -> None:
    with pytest.raises(TablesError, match=message):
        LinkedTables(counts, (Sum("all", parts),))


def test_tables_that_disagree_are_refused() -> None:
    with pytest.raises(TablesError, match="is 3 in one table and 4 in another"):
        linked([LinkedTables({"a": 3}, ()), LinkedTables({"a": 4}, ())])


def test_published_figures_that_contradict_one_another_are_noticed() -> None:
    with pytest.raises(ContradictionError):
        attack({"all": 10, "a": 20}, [("all", ("a", "b"))])
    with pytest.raises(ContradictionError):
        attack({"all": 10, "a": 4, "b": 5}, [("all", ("a", "b"))])


def test_a_rounded_figure_leaves_a_range() -> None:
    assert attack({"all": 100, "a": (19.5, 20.5)}, [("all", ("a", "b"))]) == {
        "a": (20, 20), "b": (80, 80),
    }  # fmt: skip


def test_a_cell_that_nothing_bounds_has_no_upper_end() -> None:
    assert attack({}, [("all", ("a", "b"))])["all"] == (0, float("inf"))
