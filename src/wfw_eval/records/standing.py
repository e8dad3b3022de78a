"""Which rows stand at a data cut: dated and received by then, with consent, and their parents too.

A late return, a session still to come and a person who withdrew consent are all the same thing
here: rows that do not stand, and with them everything that points to them.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from wfw_eval.records.contract import Contract, ForeignKey
from wfw_eval.records.contracts import CONTRACTS

#: Columns that say something ended or arrived: blank, at a data cut, if it had not yet.
LATER = {"left_on": ("left_on", "left_reason"), "received": ("received", "complete")}

Standing = Callable[[str], "pd.DataFrame | None"]


def standing_rows(
    contract: Contract, frame: pd.DataFrame, cut: pd.Timestamp, standing: Standing
) -> pd.DataFrame:
    """Return the rows of a table that stand at the data cut.

    Args:
        contract: The table.
        frame: All its rows.
        cut: The data cut.
        standing: Returns another table's standing rows, or None where there is no such table.
    """
    for column in (contract.dated_by, "received_on"):
        if column in contract.columns:
            frame = frame[~(frame[column] > cut)]
    if "consent" in contract.columns:
        frame = frame[frame["consent"] != "withdrawn"]
    for foreign in contract.foreign:
        frame = _with_parent(contract, frame, foreign, standing)
    return _as_known_then(contract, frame, cut)


def _with_parent(
    contract: Contract, frame: pd.DataFrame, foreign: ForeignKey, standing: Standing
) -> pd.DataFrame:
    """Keep the rows whose parent stands; an empty optional key points to nothing."""
    from_records = "records" in CONTRACTS[foreign.table].origins
    single = contract.field(foreign.column).kind not in ("list", "codes")
    if not (from_records and single) or foreign.table == contract.name:
        return frame
    parent = standing(foreign.table)
    if parent is None:
        return frame
    keys = frame[foreign.column]
    return frame[keys.isna() | keys.isin(parent[foreign.references])]


def _as_known_then(contract: Contract, frame: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    """Blank what had not happened yet."""
    for column, blanked in LATER.items():
        if column in contract.columns and contract.field(column).kind == "date":
            later = frame[column] > cut
            known = [name for name in blanked if name in contract.columns]
            frame = frame.assign(**{name: frame[name].mask(later) for name in known})
    return frame
