"""What a reader can work out: the audit of everything that is released together.

An attacker who knows every published figure and every sum between cells asks, for each cell that
is not published, how small and how large it can be. The answers are two linear programmes a cell.
This module shares no code with the one that chooses what to withhold, so that a fault there
shows here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

Range = tuple[float, float]
Relation = tuple[str, Sequence[str]]

#: Slack of a solver's answer when it is rounded to whole people.
SLACK = 1e-6


class ContradictionError(ValueError):
    """Published figures that cannot all be true."""


@dataclass(frozen=True)
class Exposed:
    """A count that the release gives away, or narrows too far.

    Attributes:
        cell: Which count.
        lower: Smallest it can be, going by what is published.
        upper: Largest it can be.
        width: How far apart the two should have been.
    """

    cell: str
    lower: float
    upper: float
    width: float


def attack(
    published: Mapping[str, float | Range],
    sums: Iterable[Relation],
    cells: Iterable[str] | None = None,
) -> dict[str, Range]:
    """Return, for each cell that is not published, the whole numbers it can lie between.

    Args:
        published: What is known: a count, or the range that a rounded figure leaves.
        sums: Pairs of a total and its parts, whether published or not.
        cells: Cells to work out; every cell that is not published exactly when left out.

    Returns:
        Smallest and largest count by cell; the largest is infinite where nothing bounds it.

    Raises:
        ContradictionError: no counts agree with everything that is published.
    """
    rows = _rows(published, sums)
    wanted = set(_unknown(published, rows) if cells is None else cells)
    found = {name: _known(published, name) for name in wanted}
    for component in _components(rows):
        inside = sorted({name for terms, _ in component for name in terms})
        targets = [name for name in inside if name in wanted]
        if targets:
            found |= _ranges(component, inside, targets, published)
    return {name: found[name] for name in sorted(found)}


def exposed(
    ranges: Mapping[str, Range], widths: Mapping[str, float], truth: Mapping[str, int] | None = None
) -> list[Exposed]:
    """Return the cells whose range is narrower than their protection.

    Args:
        ranges: What :func:`attack` found.
        widths: Protection by cell: the least width its range must have; cells left out need none.
        truth: True counts, where known: a range that misses its truth is a fault of the attack.
    """
    for name, count in (truth or {}).items():
        low, high = ranges.get(name, (count, count))
        if not low <= count <= high:
            raise ContradictionError(f"'{name}' is {count}, outside what the figures allow")
    return [
        Exposed(name, *ranges[name], width)
        for name, width in widths.items()
        if name in ranges and ranges[name][1] - ranges[name][0] < width
    ]


def _rows(
    published: Mapping[str, float | Range], sums: Iterable[Relation]
) -> list[tuple[dict[str, float], float]]:
    """Write each sum as terms over unknown cells and what they must add up to."""
    rows = []
    for total, parts in sums:
        terms: dict[str, float] = defaultdict(float)
        right = 0.0
        for name, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            value = published.get(name)
            if isinstance(value, int | float | np.number):
                right -= sign * float(value)
            else:
                terms[name] += sign
        if terms:
            rows.append((dict(terms), right))
        elif abs(right) > SLACK:
            raise ContradictionError(f"the published parts of '{total}' do not add up to it")
    return rows


def _unknown(
    published: Mapping[str, float | Range], rows: Iterable[tuple[dict[str, float], float]]
) -> Iterator[str]:
    yield from (name for terms, _ in rows for name in terms)
    yield from (name for name, value in published.items() if isinstance(value, tuple))


def _known(published: Mapping[str, float | Range], name: str) -> Range:
    value = published.get(name, (0.0, math.inf))
    low, high = value if isinstance(value, tuple) else (value, value)
    return _whole(float(low), float(high))


def _components(
    rows: Sequence[tuple[dict[str, float], float]],
) -> list[list[tuple[dict[str, float], float]]]:
    """Group rows that share unknown cells; what is not joined cannot help the attacker."""
    owner: dict[str, int] = {}
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, (terms, _) in enumerate(rows):
        for name in terms:
            parent[root(at)] = root(owner.setdefault(name, at))
    grouped = defaultdict(list)
    for at, row in enumerate(rows):
        grouped[root(at)].append(row)
    return list(grouped.values())


def _ranges(
    rows: Sequence[tuple[dict[str, float], float]],
    names: Sequence[str],
    targets: Sequence[str],
    published: Mapping[str, float | Range],
) -> dict[str, Range]:
    solver = _solver(rows, names, [_known(published, name) for name in names])
    at = {name: number for number, name in enumerate(names)}
    found = {}
    for name in targets:
        ends = [_end(solver, at[name], sense) for sense in (1.0, -1.0)]
        found[name] = _whole(ends[0], ends[1])
    return found


def _solver(
    rows: Sequence[tuple[dict[str, float], float]], names: Sequence[str], bounds: Sequence[Range]
) -> highspy.Highs:
    at = {name: number for number, name in enumerate(names)}
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")  # each programme starts from the last one's basis
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(names), len(rows)
    model.col_cost_ = np.zeros(len(names))
    model.col_lower_ = np.array([low for low, _ in bounds], dtype=float)
    model.col_upper_ = np.array([high for _, high in bounds], dtype=float)
    model.row_lower_ = model.row_upper_ = np.array([right for _, right in rows], dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    sizes = [len(terms) for terms, _ in rows]
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    model.a_matrix_.index_ = np.array(
        [at[name] for terms, _ in rows for name in terms], dtype=np.int32
    )
    model.a_matrix_.value_ = np.array([sign for terms, _ in rows for sign in terms.values()])
    solver.passModel(model)
    return solver


def _end(solver: highspy.Highs, column: int, sense: float) -> float:
    """Return the smallest (sense 1) or largest (sense -1) value of a column."""
    solver.changeColCost(column, sense)
    solver.run()
    status = solver.getModelStatus()
    solver.changeColCost(column, 0.0)
    if status == highspy.HighsModelStatus.kOptimal:
        return float(solver.getSolution().col_value[column])
    if status in (
        highspy.HighsModelStatus.kUnbounded,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ) and _feasible(solver):
        return math.inf
    raise ContradictionError("the published figures contradict one another")


def _feasible(solver: highspy.Highs) -> bool:
    solver.run()
    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _whole(low: float, high: float) -> Range:
    """Round a range inwards to whole people."""
    return math.ceil(low - SLACK), high if math.isinf(high) else math.floor(high + SLACK)
