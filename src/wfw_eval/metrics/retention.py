"""Dose: how many sessions and hours each person had.

How long people stay is in :mod:`wfw_eval.metrics.survival`, whether groups differ in it in
:mod:`wfw_eval.metrics.logrank`, and how attendance adds up over time in
:mod:`wfw_eval.metrics.recurrent`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Flags, Floats, Whole, labels, numbers
from wfw_eval.metrics.inequality import gini
from wfw_eval.metrics.result import Result, Unit, not_estimable

#: What :func:`dose` says of sessions and of hours.
FIGURES = ("total", "median", "lower_quartile", "upper_quartile", "interquartile_range", "gini")


@metric(
    "M10",
    name="Dose",
    unit="count",
    question="EQ3",
    formula="sessions and hours a person: total, median, quartiles (type 7), IQR, Gini",
    source="framework of this evaluation; quantiles: Hyndman & Fan 1996",
    library="numpy",
)
def dose(
    attendance: pd.DataFrame,
    *,
    people: Any = None,
    person: str = "person_id",
    hours: str | None = "hours",
    **about: Any,
) -> dict[str, Result]:
    """Return how many sessions and hours people had, and how unevenly.

    The register holds every attendance, so there is no sampling interval. Time grows with the
    rows: keep the people categorical and ten million rows take under a second.

    Args:
        attendance: One row for each person at each session.
        people: Everybody who counts, also those who never came, who had 0. Attendances of
            others are left out. Without it, those count who came at least once.
        person: Column of the person.
        hours: Column of the hours; None for sessions only.
        **about: Further attributes of each result.

    Returns:
        ``sessions_`` and ``hours_`` each with ``total``, ``median``, ``lower_quartile``,
        ``upper_quartile``, ``interquartile_range`` and ``gini``. A session whose hours are
        missing counts as a session; its person is left out of the hours, which then have a
        smaller base.

    Raises:
        ValueError: a column or a person is missing, somebody is listed twice, hours are negative.

    Example:
        >>> rows = pd.DataFrame({"person_id": list("aaab"), "hours": [2, 2, 2, 1]})
        >>> had = dose(rows, people=["a", "b", "c"])
        >>> had["sessions_median"].value, had["hours_total"].value, had["sessions_median"].n
        (1.0, 7.0, 3)
    """
    had = _had(attendance, person, hours).of(people)
    return had.figures(np.ones(had.sessions.size, dtype=bool), about)


@metric(
    "M10",
    name="Dose by group",
    unit="count",
    question="EQ3",
    formula="as the dose, within each group",
    source="framework of this evaluation",
    library="numpy",
)
def dose_by_group(
    attendance: pd.DataFrame,
    groups: Mapping[Any, Any] | pd.Series,
    *,
    person: str = "person_id",
    hours: str | None = "hours",
    **about: Any,
) -> dict[str, dict[str, Result]]:
    """Return the dose within each group.

    Args:
        attendance: One row for each person at each session.
        groups: Group of each person; those who never came count with 0, and those without a
            group are in none.
        person: Column of the person.
        hours: Column of the hours; None for sessions only.
        **about: Further attributes of each result.

    Returns:
        Per group what :func:`dose` returns, in the order of the categories or of first mention.

    Raises:
        ValueError: as :func:`dose`.

    Example:
        >>> rows = pd.DataFrame({"person_id": list("aaab"), "hours": [2, 2, 2, 1]})
        >>> had = dose_by_group(rows, {"a": "families", "b": "professionals", "c": "families"})
        >>> {group: figures["sessions_median"].value for group, figures in had.items()}
        {'families': 1.5, 'professionals': 1.0}
    """
    column = pd.Series(groups)
    had = _had(attendance, person, hours).of(column.index)
    codes, names = labels(column)
    return {str(name): had.figures(codes == place, about) for place, name in enumerate(names)}


@dataclass(frozen=True, eq=False)
class _Had:
    """Sessions and hours of each person; hours are NaN where some are not known."""

    people: pd.Index
    sessions: Whole
    hours: Floats | None

    def of(self, people: Any) -> _Had:
        """Return those of the people listed, 0 for those who never came."""
        if people is None:
            came = self.sessions > 0
            return _Had(
                self.people[came],
                self.sessions[came],
                None if self.hours is None else self.hours[came],
            )
        wanted = pd.Index(people)
        if not wanted.is_unique or wanted.hasnans:
            raise ValueError("each person must be listed once, and none missing")
        place = self.people.get_indexer(wanted)
        known = place >= 0
        sessions = np.zeros(wanted.size, dtype=np.intp)
        sessions[known] = self.sessions[place[known]]
        if self.hours is None:
            return _Had(wanted, sessions, None)
        hours = np.zeros(wanted.size)
        hours[known] = self.hours[place[known]]
        return _Had(wanted, sessions, hours)

    def figures(self, chosen: Flags, about: Mapping[str, Any]) -> dict[str, Result]:
        """Return the figures of the people chosen."""
        found = _figures("sessions", "count", self.sessions[chosen], about)
        if self.hours is not None:
            hours = self.hours[chosen]
            found |= _figures("hours", "hours", hours[~np.isnan(hours)], about)
        return found


def _had(attendance: pd.DataFrame, person: str, hours: str | None) -> _Had:
    for column in (person, *([hours] if hours is not None else [])):
        if column not in attendance.columns:
            raise ValueError(f"the attendance has no column {column}")
    who, people = labels(attendance[person])
    if who.size and who.min() < 0:
        raise ValueError(f"an attendance has no {person}")
    sessions = np.bincount(who, minlength=len(people)).astype(np.intp, copy=False)
    if hours is None:
        return _Had(people, sessions, None)
    length = numbers(attendance[hours], "hours")
    if length.size and length.min() < 0:
        raise ValueError("hours are not negative")
    total = np.bincount(who, weights=length, minlength=len(people)).astype(float, copy=False)
    return _Had(people, sessions, total)


def _figures(
    what: str, unit: Unit, amounts: NDArray[Any], about: Mapping[str, Any]
) -> dict[str, Result]:
    known = {"n": int(amounts.size), **about}
    units: dict[str, Unit] = dict.fromkeys(FIGURES, unit) | {"gini": "index"}
    if not amounts.size:
        reason = "nobody is in the group, or nobody's are known"
        return {
            f"{what}_{name}": not_estimable("M10", units[name], reason, **known) for name in FIGURES
        }
    low, middle, high = (float(end) for end in np.quantile(amounts, [0.25, 0.5, 0.75]))
    values = (amounts.sum().item(), middle, low, high, high - low)
    found = {
        f"{what}_{name}": Result(metric="M10", unit=unit, value=value, **known)
        for name, value in zip(FIGURES, values, strict=False)
    }
    return found | {f"{what}_gini": gini(amounts, **about).about(metric="M10")}
