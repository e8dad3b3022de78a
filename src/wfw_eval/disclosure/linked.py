"""Counts that hang together: cells, and the sums that join them.

Tables with margins, hierarchies and tables that share cells are all the same thing here: named
counts of people, and sums saying that one is the total of others. Whatever shares a name is one
cell, in whichever table or chapter it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

#: Stands for "all" in the name of a margin.
ALL = "all"


class TablesError(ValueError):
    """Counts that cannot be those of people, or that do not add up."""


@dataclass(frozen=True)
class Sum:
    """One cell is the sum of others."""

    total: str
    parts: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter((self.total, *self.parts))


@dataclass(frozen=True)
class LinkedTables:
    """Named counts and the sums between them.

    Attributes:
        counts: Count of people by cell.
        sums: Which cell is the total of which others.

    Raises:
        TablesError: a count is negative or not whole, a sum names an unknown cell or the same
            cell twice, or a sum does not add up.
    """

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        for name, count in self.counts.items():
            _check_count(name, count)
        for one in self.sums:
            self._check(one)

    def _check(self, one: Sum) -> None:
        unknown = [name for name in one if name not in self.counts]
        if unknown:
            raise TablesError(f"the sum to '{one.total}' names '{unknown[0]}', which has no count")
        if not one.parts or len(set(one)) != len(one.parts) + 1:
            raise TablesError(f"the sum to '{one.total}' is empty or names a cell twice")
        added = sum(self.counts[part] for part in one.parts)
        if added != self.counts[one.total]:
            raise TablesError(
                f"the parts of '{one.total}' add up to {added}, not to {self.counts[one.total]}"
            )


def table_of(
    inner: ArrayLike, name: str = "table", labels: Sequence[Sequence[str]] | None = None
) -> LinkedTables:
    """Return a table of any number of dimensions with all its margins.

    Args:
        inner: Counts without margins, shape ``(k1, k2, ...)``.
        name: Stands before the cells' names.
        labels: Names of the categories of each dimension; numbers where left out.

    >>> tables = table_of([[3, 20], [15, 25]])
    >>> tables.counts["table[0,1]"], tables.counts["table[0,all]"], len(tables.sums)
    (20, 23, 6)
    """
    counts = np.asarray(inner)
    named = labels or [[str(at) for at in range(size)] for size in counts.shape]
    every = [[*names, ALL] for names in named]
    whole = {key: int(counts[_where(key, named)].sum()) for key in product(*every)}
    sums = [
        Sum(_cell(name, key), tuple(_cell(name, _at(key, axis, part)) for part in named[axis]))
        for key in whole
        for axis in range(counts.ndim)
        if key[axis] == ALL
    ]
    return LinkedTables({_cell(name, key): count for key, count in whole.items()}, tuple(sums))


def linked(tables: Iterable[LinkedTables]) -> LinkedTables:
    """Join tables: cells of one name are one cell.

    Raises:
        TablesError: a cell has two counts.
    """
    counts: dict[str, int] = {}
    sums: dict[Sum, None] = {}
    for table in tables:
        for name, count in table.counts.items():
            if counts.setdefault(name, count) != count:
                raise TablesError(f"'{name}' is {counts[name]} in one table and {count} in another")
        sums |= dict.fromkeys(table.sums)
    return LinkedTables(counts, tuple(sums))


def components(tables: LinkedTables) -> list[LinkedTables]:
    """Split tables into parts that share no cell; what happens in one says nothing of another."""
    owner = {name: name for name in tables.counts}

    def root(name: str) -> str:
        while owner[name] != name:
            owner[name] = owner[owner[name]]
            name = owner[name]
        return name

    for one in tables.sums:
        for part in one.parts:
            owner[root(part)] = root(one.total)
    counts: dict[str, dict[str, int]] = {}
    sums: dict[str, list[Sum]] = {}
    for name, count in tables.counts.items():
        counts.setdefault(root(name), {})[name] = count
    for one in tables.sums:
        sums.setdefault(root(one.total), []).append(one)
    return [LinkedTables(inside, tuple(sums.get(key, ()))) for key, inside in counts.items()]


def _check_count(name: str, count: object) -> None:
    if isinstance(count, bool) or not isinstance(count, Integral):
        raise TablesError(f"the count of '{name}' is not a whole number: {count!r}")
    if int(count) < 0:
        raise TablesError(f"the count of '{name}' is negative: {count}")


def _cell(name: str, key: Sequence[str]) -> str:
    return f"{name}[{','.join(key)}]"


def _at(key: Sequence[str], axis: int, part: str) -> tuple[str, ...]:
    return (*key[:axis], part, *key[axis + 1 :])


def _where(key: Sequence[str], named: Sequence[Sequence[str]]) -> tuple[slice | int, ...]:
    return tuple(
        slice(None) if part == ALL else list(names).index(part)
        for part, names in zip(key, named, strict=True)
    )
