"""Who was to answer for each row of the timetable."""

from __future__ import annotations

import pandas as pd

from wfw_eval.analysis.rows import Rows, capital
from wfw_eval.analysis.timeline.plan import METRIC, timetable
from wfw_eval.metrics.result import Result


def owner_columns(milestone: pd.DataFrame, body: pd.DataFrame) -> dict[str, str]:
    """Return the bodies that own any row of the timetable, by id with their names."""
    names = dict(zip(body["body_id"], body["name"], strict=True))
    rows = timetable(milestone).values()
    owners = dict.fromkeys(owner for row in rows for owner in row.owners)
    return {owner: capital(names[owner]) for owner in owners}


def owner_rows(milestone: pd.DataFrame, body: pd.DataFrame) -> Rows:
    """Return who owns each row of the timetable: yes or no per body, and how many own it."""
    owners = owner_columns(milestone, body)
    return {
        name: {
            "label": f"{name} {row.label}",
            **{owner: "Yes" if owner in row.owners else "No" for owner in owners},
            "owners": _owners(len(row.owners)),
        }
        for name, row in timetable(milestone).items()
    }


def ownership(milestone: pd.DataFrame) -> dict[str, list[str]]:
    """Name the rows that have no owner, and per body those that it alone owns."""
    named: dict[str, list[str]] = {"no_owner": [], "all": []}
    for name, row in timetable(milestone).items():
        named["all"].append(name)
        if len(row.owners) < 2:
            named.setdefault(row.owners[0] if row.owners else "no_owner", []).append(name)
    return named


def _owners(count: int) -> Result:
    return Result(metric=METRIC, unit="count", value=count, of="bodies", inputs=("milestone",))
