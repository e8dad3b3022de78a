"""The same person from several suppliers: kept once, counted, and never merged on a guess.

Partners record the same families. On the pseudonym the rows of a person are found and the one
received first is kept; people who only might be the same are listed for a human.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from wfw_eval.records.contracts import CONTRACTS

#: Columns in which rows about the same thing may differ without disagreeing.
ABOUT_THE_ROW = ("source_org", "received_on", "evidence_class", "synthetic", "_place", "_row")
DIFFERING = ["table", "key", "column", "values"]
PSEUDONYMS = frozenset(("person_id", "family_id", "from_id", "to_id"))


@dataclass(frozen=True)
class Deduplicated:
    """Tables without duplicates, and what was found.

    Attributes:
        tables: The tables; every row about the same thing comes from one supplier.
        counts: By table: rows, how many were the same supplier's row again (``repeated``), how
            many another supplier's (``across``), how many are kept, and how many things (people,
            in the table of people) several suppliers recorded (``shared``).
        differing: Where suppliers disagree about the same thing: table, key, column, values by
            supplier. For a human; restricted, since it is about single people.
    """

    tables: dict[str, pd.DataFrame]
    counts: pd.DataFrame
    differing: pd.DataFrame


def contract_keys() -> dict[str, tuple[str, ...]]:
    """Return the keys of the tables whose rows are about people or families."""
    return {
        name: contract.key
        for name, contract in CONTRACTS.items()
        if PSEUDONYMS & set(contract.key) and name != "link"
    }


def without_duplicates(
    tables: Mapping[str, pd.DataFrame], keys: Mapping[str, Sequence[str]] | None = None
) -> Deduplicated:
    """Keep what several suppliers recorded once, from the supplier whose row came first.

    Two rows of one supplier that say different things both stay: the check of the records reports
    them. A family whose members are all kept under one other family is that family.

    Args:
        tables: The tables, with pseudonyms.
        keys: By table, the columns that name what a row is about.
    """
    keys = contract_keys() if keys is None else keys
    made, counts, differing = dict(tables), [], []
    order = sorted(set(keys) & set(tables), key=lambda name: (name != "person", name))
    for name in order:
        kept, count, found = _once(name, made[name], list(keys[name]))
        if name == "person" and "family_id" in kept.columns:
            made = _in_one_family(made, kept)
        made[name] = kept
        counts.append(count)
        differing.append(found)
    together = pd.concat(differing) if differing else pd.DataFrame(columns=DIFFERING)
    return Deduplicated(made, pd.DataFrame(counts), together.reset_index(drop=True))


def near_duplicates(traits: pd.DataFrame) -> pd.DataFrame:
    """List people who might be the same: same birth month, area and initials, other pseudonym.

    Args:
        traits: Columns ``person_id, source_org, birth_month, initials, area``, hashed.

    Returns:
        ``group, person_id, source_org, area``; nothing is merged, a human decides.
    """
    same = ["birth_month", "initials", "area"]
    blank = (traits[same].isna() | (traits[same] == "")).any(axis=1)
    full = traits[~blank].drop_duplicates(["person_id", "source_org", *same])
    groups = full.groupby(same, sort=True)
    several = groups["person_id"].transform("nunique") > 1
    listed = full.assign(group=groups.ngroup())[several].sort_values(["group", "person_id"])
    numbers = pd.factorize(listed["group"])[0] + 1
    return listed.assign(group=numbers)[["group", "person_id", "source_org", "area"]].reset_index(
        drop=True
    )


def _once(
    table: str, frame: pd.DataFrame, key: list[str]
) -> tuple[pd.DataFrame, dict[str, object], pd.DataFrame]:
    """Keep one supplier's rows for each key; rows without a whole key are left alone."""
    frame = frame.reset_index(drop=True)
    keyed = frame[frame[key].notna().all(axis=1)]
    keyed = keyed.assign(source_org=keyed["source_org"].fillna(""))
    arrived = keyed["received_on"].astype(str).argsort(kind="stable")
    keyed = keyed.iloc[arrived.to_numpy()]
    content = [name for name in frame.columns if name not in ABOUT_THE_ROW]
    repeated = keyed[[*content, "source_org"]].astype(str).duplicated()
    keyed = keyed[~repeated]
    first = keyed.groupby(key, sort=False)["source_org"].transform("first")
    across = keyed["source_org"] != first
    shared = keyed[across].drop_duplicates(key)
    gone = {*repeated.index[repeated], *keyed.index[across]}
    kept = frame[~frame.index.isin(gone)]
    count: dict[str, object] = {
        "table": table,
        "rows": len(frame),
        "repeated": int(repeated.sum()),
        "across": int(across.sum()),
        "kept": len(kept),
        "shared": len(shared),
    }
    return kept, count, _differing(table, keyed, key, [c for c in content if c not in key], shared)


def _differing(
    table: str, keyed: pd.DataFrame, key: list[str], columns: list[str], shared: pd.DataFrame
) -> pd.DataFrame:
    """List what suppliers say differently about the same thing; looks at shared things only."""
    those = pd.MultiIndex.from_frame(shared[key])
    rows = keyed[pd.MultiIndex.from_frame(keyed[key]).isin(those)]
    name = rows[key[0]].astype("string")
    for column in key[1:]:
        name = name + " + " + rows[column].astype("string")
    found = []
    for column in columns:
        cells = rows[column].astype("string").fillna("")
        several = cells.groupby(name).transform("nunique") > 1
        said = (rows["source_org"] + ": " + cells)[several].groupby(name[several]).agg(" | ".join)
        found += [(table, str(which), column, str(values)) for which, values in said.items()]
    return pd.DataFrame(sorted(found), columns=DIFFERING)


def _in_one_family(
    tables: Mapping[str, pd.DataFrame], kept: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Rename families none of whose members is kept, if the members are all in one other family."""
    person = tables["person"].dropna(subset=["person_id", "family_id"])
    lost = person[~person["family_id"].isin(kept["family_id"].dropna())]
    now = kept.dropna(subset=["family_id"]).drop_duplicates("person_id").set_index("person_id")
    members = lost.assign(now=lost["person_id"].map(now["family_id"]))
    homes = members.groupby("family_id")["now"].agg(["nunique", "first", "count", "size"])
    homes = homes[(homes["nunique"] == 1) & (homes["count"] == homes["size"])]
    new = homes["first"].to_dict()
    return {
        name: frame.assign(family_id=frame["family_id"].map(lambda old: new.get(old, old)))
        if "family_id" in frame.columns and new
        else frame
        for name, frame in tables.items()
    }
