"""What was looked for in the records when they were read, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from wfw_eval.analysis.received.names import called, names_of
from wfw_eval.analysis.rows import Rows, capital, counted
from wfw_eval.errors import Problem
from wfw_eval.metrics.result import Result, not_estimable
from wfw_eval.params import RunFile
from wfw_eval.records.contracts import CONTRACTS

METRIC = "records"

UNCOMPARED = "awards and spending have not both come, or the period is not over"

#: Tables of which no two rows should be the same but for their identifier.
LOGS = ("session", "award", "spend", "communication", "decision")


def check_rows(
    tables: Mapping[str, pd.DataFrame | None], problems: int, observations: int | None
) -> Rows:
    """Return one row per check, with how many rows or cells it found.

    Args:
        tables: Each table that was asked for, as it stood at the data cut, or None.
        problems: How many cells and rows break a rule of their table or between tables.
        observations: How many sums do not add up, or None if they cannot be compared yet.
    """
    came = {name: table for name, table in tables.items() if table is not None}
    twice = sum(int(table.duplicated(list(CONTRACTS[name].key)).sum())
                for name, table in came.items())  # fmt: skip
    alike = sum(_alike(name, table) for name, table in came.items() if name in LOGS)
    found = {
        "twice": ("The same identifier in two rows of a table", twice),
        "alike": ("A session, decision, message, award or payment entered twice", alike),
        "rules": ("A cell that is empty, wrong, or points to nothing", problems),
    }
    rows: Rows = {key: {"label": label, "found": _rows(count)}
                  for key, (label, count) in found.items()}  # fmt: skip
    sums = (
        not_estimable(METRIC, "count", UNCOMPARED) if observations is None else _rows(observations)
    )
    return {**rows, "sums": {"label": "Spending that does not match the award", "found": sums}}


def observation_rows(observations: Sequence[Problem], organisation: pd.DataFrame) -> Rows:
    """Return one row per sum that does not add up: which table, and what it says.

    Args:
        observations: As the evaluation returns them.
        organisation: Table ``organisation``, for the names.
    """
    names = names_of(organisation)
    return {
        f"observation_{number}": {
            "place": _place(found),
            "words": _named(found.rule, names),
            "rows": _rows(1),
        }
        for number, found in enumerate(observations, start=1)
    }


def comparable(tables: Mapping[str, pd.DataFrame | None], run_file: RunFile) -> bool:
    """Say whether spending can be held against awards.

    Both tables must have come, and the records must reach the end of the period: until then
    money may simply be unspent.
    """
    came = all(table is not None and len(table) for table in map(tables.get, ("award", "spend")))
    return came and run_file.data_cut >= run_file.period.end


def _alike(name: str, table: pd.DataFrame) -> int:
    """Count rows that repeat an earlier one in all but the identifier and their provenance."""
    contract = CONTRACTS[name]
    apart = {*contract.key, "source_org", "received_on", "evidence_class", "synthetic"}
    columns = [column for column in contract.columns if column not in apart]
    return int(table[columns].astype(str).duplicated().sum())


def _place(found: Problem) -> str:
    name = Path(found.place).stem
    return capital(CONTRACTS[name].title if name in CONTRACTS else found.place)


def _named(rule: str, names: Mapping[str, str]) -> str:
    """Write the rule with the organisation's name in place of its identifier, its first word."""
    first, gap, rest = rule.partition(" ")
    return f"{called(first, names)}{gap}{rest}"


def _rows(count: int) -> Result:
    return counted(METRIC, count, "rows")
