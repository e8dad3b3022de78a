"""Consent withdrawn: whoever takes it back vanishes from every table, and what hangs on it, too.

Rows follow their parents: what a person said, its coding, and links from it. A parent never
vanishes because of a child, except what is known of a family of whom nobody is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from wfw_eval.records.contracts import CONTRACTS

#: By table: column, parent table, column of the parent.
Foreign = Mapping[str, Sequence[tuple[str, str, str]]]

#: Columns that hold a person in whatever table they stand; link and tie are named below.
PERSON_COLUMNS = (
    "person_id",
    "respondent",
    "rater",
    "coder_id",
    "panel_member_id",
    "recorded_by",
)

#: What follows a person or an excerpt without a foreign key in the contracts: a link may start
#: from an excerpt, a theme or a finding, and may have been made by a person or a body.
FOLLOWS: Foreign = {
    "family_characteristic": (("family_id", "person", "family_id"),),
    "tie": (("from_id", "person", "person_id"), ("to_id", "person", "person_id")),
    "coding": (("excerpt_id", "excerpt", "excerpt_id"),),
    "link": (
        ("by", "person", "person_id"),
        *(
            (column, parent, key)
            for column in ("from_id", "to_id")
            for parent, key in (
                ("excerpt", "excerpt_id"),
                ("theme", "theme_id"),
                ("finding", "finding_id"),
                ("recommendation", "rec_id"),
            )
        ),
    ),
}


def foreign_keys(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[tuple[str, str, str]]]:
    """Collect what follows what: the contracts' foreign keys, person columns, and links."""
    keys: dict[str, list[tuple[str, str, str]]] = {}
    for name, frame in tables.items():
        contract = CONTRACTS.get(name)
        stated = [(f.column, f.table, f.references) for f in contract.foreign] if contract else []
        people = [(c, "person", "person_id") for c in PERSON_COLUMNS if name != "person"]
        wanted = [*stated, *people, *FOLLOWS.get(name, ())]
        keys[name] = [key for key in dict.fromkeys(wanted) if key[0] in frame.columns]
    return keys


def without_withdrawn(
    tables: Mapping[str, pd.DataFrame], foreign: Foreign | None = None
) -> dict[str, pd.DataFrame]:
    """Leave out everybody whose consent is withdrawn, in any row of theirs, from every table.

    Free text in which somebody else speaks of the person is not found: mask names for that. A row
    that only points to something not there, as rows before a data cut may, stays.

    Args:
        tables: The tables, with a table ``person`` that has ``person_id`` and ``consent``.
        foreign: What follows what, if not as in ``foreign_keys``.
    """
    foreign = foreign_keys(tables) if foreign is None else foreign
    before = dict(tables)
    if "person" not in before:
        return before
    person = before["person"]
    withdrawn = set(person.loc[_is_withdrawn(person), "person_id"].dropna())
    after = {
        **before,
        "person": person[~person["person_id"].isin(withdrawn) & ~_is_withdrawn(person)],
    }
    while True:
        smaller = {
            name: _following(frame, foreign.get(name, ()), before, after)
            for name, frame in after.items()
        }
        if all(len(smaller[name]) == len(frame) for name, frame in after.items()):
            return smaller
        after = smaller


def rows_gone(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]
) -> dict[str, int]:
    """Count the rows each table lost; tables that lost none are left out."""
    lost = {name: len(frame) - len(after[name]) for name, frame in before.items()}
    return {name: rows for name, rows in lost.items() if rows}


def _is_withdrawn(person: pd.DataFrame) -> pd.Series[bool]:
    consent = person["consent"].astype("string").str.strip().str.casefold()
    return (consent == "withdrawn").fillna(False).astype(bool)


def _following(
    frame: pd.DataFrame,
    keys: Iterable[tuple[str, str, str]],
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """Drop the rows one of whose parents has vanished; from a list only the parent is dropped."""
    parents: dict[str, list[tuple[str, str]]] = {}
    for column, table, key in keys:
        parents.setdefault(column, []).append((table, key))
    for column, places in parents.items():
        gone = _values(before, places) - _values(after, places)
        if gone and column in frame.columns:
            frame = _without(frame, column, gone)
    return frame


def _values(tables: Mapping[str, pd.DataFrame], places: Iterable[tuple[str, str]]) -> set[object]:
    return {
        value
        for table, key in places
        if table in tables and key in tables[table].columns
        for value in tables[table][key].dropna()
    }


def _without(frame: pd.DataFrame, column: str, gone: set[object]) -> pd.DataFrame:
    cells = frame[column]
    lists = cells.map(lambda cell: isinstance(cell, tuple | list))
    if lists.any():
        kept = cells.map(
            lambda cell: (
                tuple(item for item in cell if item not in gone)
                if isinstance(cell, tuple | list)
                else cell
            )
        )
        return frame.assign(**{column: kept})[lists | ~cells.isin(gone)]
    return frame[~cells.isin(gone)]
