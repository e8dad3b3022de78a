"""Hiding as little as the conditions known so far allow: a small integer programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from wfw_eval.disclosure.linked import LinkedTables

#: Branches looked at before the best answer so far is taken; not a time, so that runs agree.
NODES = 20


@dataclass(frozen=True)
class Cut:
    """A condition: what these cells add, where hidden, must reach what is needed."""

    cells: np.ndarray
    adds: np.ndarray
    needed: float

    @classmethod
    def of(cls, adds: np.ndarray, needed: float) -> Cut:
        """Keep the cells that add something; none counts for more than is needed."""
        cells = np.flatnonzero(adds > 1e-9)
        return cls(cells.astype(np.int32), np.minimum(adds[cells], needed), needed)


class Hiding:
    """Which cells are hidden: 1 or 0 each, at the least weight."""

    def __init__(
        self,
        tables: LinkedTables,
        at: Mapping[str, int],
        cost: np.ndarray,
        always: Collection[int],
        never: set[int],
    ) -> None:
        self.cost = cost
        self.never = never
        self._always = sorted(always)
        self.bound = 0.0
        self._solver = _solver(cost)
        for cell in always:
            self._solver.changeColBounds(cell, 1.0, 1.0)
        for cell in sorted(self.never):
            self._solver.changeColBounds(cell, 0.0, 0.0)
        self._start(tables, at, set(always))

    def add(self, cut: Cut) -> None:
        """Add a condition."""
        self._solver.addRow(cut.needed, highspy.kHighsInf, len(cut.cells), cut.cells, cut.adds)

    def cheapest(self) -> set[int]:
        """Return the cells to hide."""
        self._solver.run()
        values = np.array(self._solver.getSolution().col_value)
        self.bound = max(self.bound, self._lost())
        return {int(cell) for cell in np.flatnonzero(values > 0.5)}

    def _lost(self) -> float:
        """Return what is lost at least, beside what is hidden anyway."""
        return float(self._solver.getInfo().mip_dual_bound - self.cost[self._always].sum())

    def _start(self, tables: LinkedTables, at: Mapping[str, int], always: set[int]) -> None:
        """In each sum, a hidden cell needs another hidden one beside it."""
        for one in tables.sums:
            cells = np.array([at[name] for name in one], dtype=np.int32)
            for place, cell in enumerate(cells):
                adds = np.ones(len(cells))
                adds[place] = -1.0
                if int(cell) in always:
                    rest = np.delete(cells, place)
                    if not always & set(rest.tolist()):
                        self._solver.addRow(
                            1.0, highspy.kHighsInf, len(rest), rest, np.ones(len(rest))
                        )
                else:
                    self._solver.addRow(0.0, highspy.kHighsInf, len(cells), cells, adds)


def _solver(cost: np.ndarray) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", NODES)
    for weight in cost:
        solver.addCol(float(weight), 0.0, 1.0, 0, [], [])
    solver.changeColsIntegrality(
        len(cost),
        np.arange(len(cost), dtype=np.int32),
        np.full(len(cost), highspy.HighsVarType.kInteger),
    )
    return solver
