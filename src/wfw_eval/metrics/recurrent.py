"""How often people have attended by when, although not all were followed equally long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole, check_lengths, labels, numbers
from wfw_eval.metrics.result import Result, Unit, not_estimable
from wfw_eval.metrics.spells import critical, squared_paths


@dataclass(frozen=True, eq=False)
class MeanCumulative:
    """A mean cumulative function, one place for each time at which somebody attended.

    Attributes:
        times: Times at which somebody attended, ascending, shape ``(k,)``.
        at_risk: People under observation then.
        attended: Attendances (or hours) then.
        mean: Mean attendances (or hours) a person by then.
        std_error: Standard error of that mean.
        lower: Lower 95 % limit, on the log scale; NaN where the data give none.
        upper: Upper 95 % limit; NaN likewise.
        n: People.
        follow_up: Longest time anybody was followed.
        unit: What the mean is measured in.
        method: How the limits were computed.
    """

    times: Floats
    at_risk: Whole
    attended: Floats
    mean: Floats
    std_error: Floats
    lower: Floats
    upper: Floats
    n: int
    follow_up: float
    unit: Unit
    method: str

    def at(self, time: float, **about: Any) -> Result:
        """Return the mean a person by ``time``, with its 95 % interval.

        Raises:
            ValueError: the time is negative or missing.
        """
        if not time >= 0:
            raise ValueError(f"a time is not negative, as {time} is")
        known = {"n": self.n, "method": self.method, **about}
        if self.n == 0 or time > self.follow_up:
            return not_estimable("M10", self.unit, "nobody was followed so long", **known)
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Result(metric="M10", unit=self.unit, value=0.0, **known)
        low, high = float(self.lower[place]), float(self.upper[place])
        limits: dict[str, Any] = {"lower": low, "upper": high} if np.isfinite(low + high) else {}
        value = float(self.mean[place])
        return Result(metric="M10", unit=self.unit, value=value, **limits, **known)

    def frame(self) -> pd.DataFrame:
        """Return the function as a table, one row for each time at which somebody attended."""
        names = ("times", "at_risk", "attended", "mean", "std_error", "lower", "upper")
        return pd.DataFrame({name: getattr(self, name) for name in names})


@metric(
    "M10",
    name="Mean cumulative attendance",
    unit="rate",
    question="EQ3",
    formula="M(t) = Σ dᵢ/nᵢ; variance Σ over people of (Σ Y/n · (dN − d/n))²; "
    "limits M·exp(±t·√(m/(m − 1))·se/M)",
    source="Nelson 1988; Lawless & Nadeau 1995, Technometrics 37:158-168",
)
def mean_cumulative_attendance(
    people: Any,
    times: Any,
    follow_up: Any,
    *,
    hours: Any = None,
    entry: Any = None,
    clusters: Any = None,
) -> MeanCumulative:
    """Return how many sessions a person has attended by when, on average.

    People count for as long as they were under observation, whether they came or not.

    Args:
        people: Who attended, one row for each attendance, shape ``(m,)``.
        times: When, on the clock of the follow-up (days since joining, number of the session).
        follow_up: Per person (mapping or series), the end of observation; people who never
            attended belong here too.
        hours: Hours of each attendance; the mean is then of hours.
        entry: Per person, the start of observation, where it is not 0; a person counts from
            just after it.
        clusters: Per person, the family (or partner) the variance is summed in.

    Returns:
        The function, with limits by Student's t of one degree of freedom fewer than there are
        people (or clusters), m, and wider by √(m/(m − 1)). Attendances of which a value is
        missing are left out.

    Raises:
        ValueError: columns not equally long, somebody attended who has no follow-up, or while
            not under observation, or is in no cluster; a follow-up is missing or negative.

    Example:
        >>> came = mean_cumulative_attendance(
        ...     ["a", "a", "b"], [1, 4, 2], {"a": 5, "b": 3, "c": 5})
        >>> came.mean.round(4).tolist(), came.at_risk.tolist()
        ([0.3333, 0.6667, 1.1667], [3, 3, 2])
    """
    names, ends, starts, groups = _observed(follow_up, entry, clusters)
    who, when, size = _attendances(people, times, hours, names)
    _check_observed(who, when, starts, ends)
    moments, place = np.unique(when, return_inverse=True)
    before = np.searchsorted(moments, starts, side="right")
    before[starts == 0] = 0  # from the first moment on, which can be 0 itself
    after = np.maximum(np.searchsorted(moments, ends, side="right"), before)
    cells = moments.size + 1
    change = np.bincount(before, minlength=cells) - np.bincount(after, minlength=cells)
    at_risk = np.cumsum(change)[:-1]
    attended: Floats = np.bincount(place, weights=size, minlength=moments.size).astype(float)
    rate = attended / at_risk
    owner = np.arange(names.size) if groups is None else groups
    variance = _variance(owner, before, after, place, size / at_risk[place], rate / at_risk, who)
    mean, error = np.cumsum(rate), np.sqrt(variance)
    units = names.size if groups is None else int(groups.max(initial=-1)) + 1
    # The variance divides by the units, not by one fewer; for few of them the limits make it good.
    widening = np.sqrt(units / (units - 1)) if units > 1 else np.nan
    lower, upper = _limits(mean, error, critical(groups, names.size) * widening)
    method = "Lawless-Nadeau variance, log limits" + ("" if groups is None else ", by cluster")
    return MeanCumulative(
        moments, at_risk, attended, mean, error, lower, upper,
        n=int(names.size), follow_up=float(ends.max()) if ends.size else 0.0,
        unit="rate" if hours is None else "hours", method=method,
    )  # fmt: skip


def _observed(
    follow_up: Any, entry: Any, clusters: Any
) -> tuple[pd.Index, Floats, Floats, Whole | None]:
    last = pd.Series(follow_up, dtype=float if len(follow_up) == 0 else None)
    if not last.index.is_unique:
        raise ValueError("a person has more than one follow-up")
    ends = numbers(last, "follow_up").astype(float)
    starts = np.zeros(ends.size)
    if entry is not None:
        starts = numbers(pd.Series(entry).reindex(last.index), "entry").astype(float)
    if not (np.all(starts >= 0) and np.all(ends >= starts) and np.all(np.isfinite(ends))):
        raise ValueError("each person needs a follow-up that ends after it starts, at 0 or later")
    if clusters is None:
        return last.index, ends, starts, None
    groups = labels(pd.Series(clusters).reindex(last.index))[0]
    if np.any(groups < 0):
        raise ValueError("somebody is in no cluster")
    dense = np.unique(groups, return_inverse=True)[1].astype(np.intp, copy=False)
    return last.index, ends, starts, dense


def _attendances(
    people: Any, times: Any, hours: Any, names: pd.Index
) -> tuple[Whole, Floats, Floats]:
    check_lengths(people=people, times=times, hours=hours)
    codes, known = labels(people)
    when = numbers(times, "times").astype(float)
    size = np.ones(when.size) if hours is None else numbers(hours, "hours").astype(float)
    kept = (codes >= 0) & ~np.isnan(when) & ~np.isnan(size)
    place = names.get_indexer(known)
    who = place[codes[kept]].astype(np.intp)
    if np.any(who < 0):
        raise ValueError("somebody attended for whom no follow-up is given")
    if np.any(size[kept] < 0):
        raise ValueError("hours are not negative")
    return who, when[kept], size[kept]


def _check_observed(who: Whole, when: Floats, starts: Floats, ends: Floats) -> None:
    early = (when <= starts[who]) & ~((starts[who] == 0) & (when == 0))
    if np.any(early | (when > ends[who])):
        raise ValueError("somebody attended while not under observation")


def _variance(
    owner: Whole,
    before: Whole,
    after: Whole,
    place: Whole,
    jumps: Floats,
    drift: Floats,
    who: Whole,
) -> Floats:
    if not owner.size or not drift.size:
        return np.zeros(drift.size)
    return squared_paths(owner, before, after, place, jumps, drift, event_clusters=owner[who])


def _limits(mean: Floats, error: Floats, quantile: float) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where((mean > 0) & (error > 0), quantile * error / mean, np.nan)
    return mean * np.exp(-spread), mean * np.exp(spread)
