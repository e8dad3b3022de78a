"""The returns that funded organisations owed: which came, when, and how complete (clause 5.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from wfw_eval.analysis.received.names import called, names_of
from wfw_eval.analysis.rows import Cells, Rows, counted, key_of, number
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result, not_estimable

METRIC = "M49"

INPUTS = ("receipt",)


def return_rows(receipt: pd.DataFrame, organisation: pd.DataFrame) -> Rows:
    """Return one row per organisation that owed a return, and one for all of them.

    Args:
        receipt: Table ``receipt``.
        organisation: Table ``organisation``, for the names.

    Returns:
        Per organisation: label, due, received, on_time, rate (received of due), complete (mean
        share filled in of the returns that came) and complete_due (the same of all that were
        due, where one that did not come counts as nothing).
    """
    names = names_of(organisation)
    rows = {key_of(org): _returns(called(str(org), names), owed)
            for org, owed in receipt.groupby("org_id")}  # fmt: skip
    return {**rows, "all": _returns("All of them", receipt)}


def return_periods(receipt: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the periods in the order in which returns were due, each with its key."""
    periods = receipt.sort_values("due")["period"].drop_duplicates()
    return [(key_of(period), str(period).replace("-", " ")) for period in periods]


def return_matrix(receipt: pd.DataFrame, organisation: pd.DataFrame) -> Rows:
    """Return how much of each return was filled in, by organisation and period."""
    names = names_of(organisation)
    means = _filled(receipt).groupby([receipt["org_id"], receipt["period"].map(key_of)]).mean()
    filled = dict(zip(means.index.tolist(), means.tolist(), strict=True))
    keys = [key for key, _ in return_periods(receipt)]
    return {
        key_of(org): {
            "label": called(org, names),
            **{key: _cell(filled, (org, key)) for key in keys},
        }
        for org in receipt["org_id"].sort_values().unique()
    }


def senders(rows: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Name the organisations by whether they sent all, some or none of their returns."""
    named: dict[str, list[str]] = {"every": [], "some": [], "silent": []}
    for key, row in rows.items():
        due, came = number(row["due"]), number(row["received"])
        if key != "all":
            kind = "silent" if came == 0 else "every" if came == due else "some"
            named[kind].append(str(row["label"]))
    return named


def _returns(label: str, owed: pd.DataFrame) -> Cells:
    came = owed["received"].notna()
    on_time = owed["received"] <= owed["due"]
    return {
        "label": label,
        "due": _count(len(owed)),
        "received": _count(came.sum()),
        "on_time": _count(on_time.sum()),
        "rate": share(int(came.sum()), len(owed), of="returns", inputs=INPUTS).about(metric=METRIC),
        "complete": _mean(_filled(owed[came]), "no return came"),
        "complete_due": _mean(_filled(owed), "no return was due"),
    }


def _count(count: int) -> Result:
    return counted(METRIC, count, "returns", inputs=INPUTS)


def _filled(owed: pd.DataFrame) -> pd.Series:
    """Return how much of each return was filled in; one that did not come holds nothing."""
    return owed["complete"].where(owed["received"].notna(), 0.0)


def _mean(filled: pd.Series, otherwise: str) -> Result:
    return _proportion(float(filled.mean()), otherwise) if len(filled) else _none(otherwise)


def _cell(filled: Mapping[tuple[str, str], float], place: tuple[str, str]) -> Result:
    otherwise = "no return was due"
    return _proportion(filled[place], otherwise) if place in filled else _none(otherwise)


def _proportion(value: float, otherwise: str) -> Result:
    if math.isnan(value):
        return _none(otherwise)
    return Result(metric=METRIC, unit="proportion", value=value, method="mean", inputs=INPUTS)


def _none(reason: str) -> Result:
    return not_estimable(METRIC, "proportion", reason, inputs=INPUTS)
