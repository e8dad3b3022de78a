"""Suppression and audit of a table of 50 by 20 with all its margins, and of larger ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.timing import Case
from wfw_eval.disclosure.attack import attack
from wfw_eval.disclosure.linked import LinkedTables, table_of
from wfw_eval.disclosure.suppress import suppress

WIDTH = 5


def tables(rows: int) -> dict[str, Any]:
    draws = np.random.default_rng(1)
    table = table_of(draws.poisson(draws.gamma(1, 20, (rows, 20))))
    margins = [cell for cell in table.counts if "all" in cell]
    small = {cell: WIDTH for cell, count in table.counts.items() if 0 < count < WIDTH}
    inner = {cell: width for cell, width in small.items() if cell not in margins}
    return {"table": table, "margins": margins, "small": inner}


def chosen(rows: int) -> dict[str, Any]:
    known = tables(rows)
    found = suppress(known["table"], known["small"], shown=known["margins"])
    return known | {"hidden": found.hidden}


def suppressed(known: dict[str, Any]) -> object:
    return suppress(known["table"], known["small"], shown=known["margins"])


def attacked(known: dict[str, Any]) -> object:
    table: LinkedTables = known["table"]
    shown = {cell: count for cell, count in table.counts.items() if cell not in known["hidden"]}
    return attack(shown, [(one.total, one.parts) for one in table.sums])


CASES = [
    *(
        Case("disclosure", "secondary suppression", f"{rows} × 20", lambda rows=rows: tables(rows),
             suppressed, repeat=3)
        for rows in (50, 100, 200)
    ),
    *(
        Case("disclosure", "ranges of every hidden cell", f"{rows} × 20",
             lambda rows=rows: chosen(rows), attacked, repeat=3)
        for rows in (50, 100, 200)
    ),
]  # fmt: skip
