"""Searching the tables that are carried over for anything that still names somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.records.privacy.freetext import Finding, mask, scan
from wfw_eval.records.privacy.identifying import Identifying
from wfw_eval.records.privacy.names_in_text import KnownNames

#: What is masked in free text: nothing, what is sure, or also words that may be a name.
Masking = Literal["nothing", "sure", "all"]

#: Columns that are not searched, because only codes and dates stand there.
NOT_SEARCHED = frozenset(("source_org", "received_on", "evidence_class", "synthetic"))


@dataclass(frozen=True)
class Searched:
    """A table after its search: masked, with what remains and what was masked."""

    frame: pd.DataFrame
    problems: list[Problem]
    findings: list[Finding]
    masked: list[Finding]


def searched(
    frame: pd.DataFrame, table: str, rules: Identifying, names: KnownNames, masking: Masking
) -> Searched:
    """Search every column; what is found outside free text cannot be masked, and is a problem."""
    free = [name for name in frame.columns if name in rules.free_text]
    named = {*rules.person_columns(table), *rules.raters.get(table, ()), "family_id"}
    kept = rules.kept.get(table, ())
    codes = set(frame.columns) - {*free, *named, *kept, *NOT_SEARCHED}
    whole_only = KnownNames(names.whole, frozenset())
    outside = scan(frame, sorted(codes), whole_only, table)
    found = scan(frame, free, names, table)
    hidden = [item for item in found if masking == "all" or (masking == "sure" and item.sure)]
    frame = mask(frame, hidden)
    left = scan(frame, free, names, table) if hidden else found
    return Searched(frame, still_there(outside), left, hidden)


def still_there(findings: Iterable[Finding]) -> list[Problem]:
    """Turn what surely identifies somebody into problems, without its words."""
    return [
        Problem(
            f"{item.table}.csv",
            item.row,
            item.column,
            None,
            f"holds a {item.kind} at characters {item.start + 1} to {item.end}",
            "Take it out, or have free text masked.",
        )
        for item in findings
        if item.sure
    ]
