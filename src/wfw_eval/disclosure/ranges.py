"""The range in which hidden counts can lie, and what makes it too narrow."""

from __future__ import annotations

import math
from collections.abc import Mapping

import highspy
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, vstack

from wfw_eval.disclosure.hiding import Cut
from wfw_eval.disclosure.linked import LinkedTables

#: Values nearer than this are one to the solver.
TOLERANCE = 1e-7


class Ranges:
    """All tables that agree with what is shown, asked for the ends of one cell after another.

    Every cell is a column; one that is shown is fixed at its count. Tables met on the way are
    remembered as witnesses: a cell that two of them put far enough apart needs no programme.
    """

    def __init__(self, tables: LinkedTables, at: Mapping[str, int]) -> None:
        self.counts = np.array([tables.counts[name] for name in at], dtype=float)
        self.sums = _matrix(tables, at)
        self.most = float(self.counts.sum() + 1000)
        self._lowest = self._highest = self.counts
        self._hidden: set[int] = set()
        self._solver = _solver(self.sums, self.counts)

    def hide(self, cells: set[int]) -> None:
        """Let these cells vary, and no others."""
        if not self._hidden <= cells:  # with more hidden, what could be stays possible
            self._lowest, self._highest = self.counts.copy(), self.counts.copy()
        for cell in sorted(cells ^ self._hidden):
            free = cell in cells
            count = self.counts[cell]
            self._solver.changeColBounds(cell, 0.0 if free else count, self.most if free else count)
        self._hidden = set(cells)

    def too_narrow(self, cell: int, width: float) -> Cut | None:
        """Return what must be hidden for the cell's range to be wide enough, or None if it is."""
        if self._highest[cell] - self._lowest[cell] >= width:
            return None
        high, above = self._end(cell, -1.0)
        low, below = self._end(cell, 1.0)
        if math.floor(high + TOLERANCE) - math.ceil(low - TOLERANCE) >= width:
            return None
        # Ends between whole numbers can leave a range of reals wide enough and too few people.
        needed = max(float(width), high - low + 0.5)
        return Cut.of(above + below, needed)

    def moving_with(
        self, cell: int, width: float, chosen: set[int], cost: np.ndarray, never: set[int]
    ) -> set[int]:
        """Return cells that, hidden too, let the cell move by ``width`` at about the least loss."""
        movable = np.array([number not in never for number in range(len(self.counts))])
        price = np.where([number in chosen for number in range(len(self.counts))], 0.0, cost)
        moves = _cheapest_move(self.sums, self.counts, cell, width, price, movable)
        return {int(number) for number in np.flatnonzero(np.abs(moves) > TOLERANCE)}

    def _end(self, cell: int, sense: float) -> tuple[float, np.ndarray]:
        """Return an end of the range, and what each cell would add to it if it were hidden."""
        solver = self._solver
        solver.changeColCost(cell, sense)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # The true table always agrees with what is shown, so that there is an answer.
            raise RuntimeError("the solver found no range for a cell")
        solution = solver.getSolution()
        values, duals = np.array(solution.col_value), np.array(solution.col_dual)
        solver.changeColCost(cell, 0.0)
        self._remember(values)
        return float(values[cell]), self._room(-duals)

    def _remember(self, values: np.ndarray) -> None:
        """Keep a table as a witness, if it is one in whole numbers."""
        if np.abs(values - np.rint(values)).max() < TOLERANCE:
            self._lowest = np.minimum(self._lowest, np.rint(values))
            self._highest = np.maximum(self._highest, np.rint(values))

    def _room(self, pull: np.ndarray) -> np.ndarray:
        up = np.where(pull > TOLERANCE, pull * (self.most - self.counts), 0.0)
        down = np.where(pull < -TOLERANCE, -pull * self.counts, 0.0)
        return up + down


def _matrix(tables: LinkedTables, at: Mapping[str, int]) -> csr_matrix:
    rows = [row for row, one in enumerate(tables.sums) for _ in one]
    columns = [at[name] for one in tables.sums for name in one]
    signs = [-1.0 if name == one.total else 1.0 for one in tables.sums for name in one]
    return csr_matrix((signs, (rows, columns)), shape=(len(tables.sums), len(at)))


def _solver(sums: csr_matrix, counts: np.ndarray) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")  # each programme starts from the last one's basis
    solver.setOptionValue("threads", 1)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = sums.shape
    model.col_cost_ = np.zeros(len(counts))
    model.col_lower_ = model.col_upper_ = counts.copy()
    model.row_lower_ = model.row_upper_ = np.zeros(sums.shape[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = sums.indptr.astype(np.int32)
    model.a_matrix_.index_ = sums.indices.astype(np.int32)
    model.a_matrix_.value_ = sums.data
    solver.passModel(model)
    return solver


def _cheapest_move(
    sums: csr_matrix,
    counts: np.ndarray,
    cell: int,
    width: float,
    price: np.ndarray,
    movable: np.ndarray,
) -> np.ndarray:
    """Find the table nearest to the true one, by price, in which the cell is ``width`` more."""
    size = len(counts)
    room = np.where(movable, 1.0, 0.0)
    bounds = [(0, counts.sum() * open_ + width * open_) for open_ in room]
    bounds += [(0, count * open_) for count, open_ in zip(counts, room, strict=True)]
    both = np.concatenate([price, price]) + 1e-6
    wanted = np.zeros(2 * size)
    wanted[cell], wanted[size + cell] = 1.0, -1.0
    matrix = vstack([hstack([sums, -sums]), csr_matrix(wanted)])
    right = np.append(np.zeros(sums.shape[0]), width)
    found = linprog(both, A_eq=matrix, b_eq=right, bounds=bounds, method="highs-ds")
    if not found.success:
        return np.zeros(size)
    return np.asarray(found.x[:size] - found.x[size:])
