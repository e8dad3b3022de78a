"""Spells of involvement, each from entry to end: who was at risk when, and who left when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from wfw_eval.metrics.columns import (
    Flags,
    Floats,
    Whole,
    check_lengths,
    flags,
    labels,
    numbers,
)
from wfw_eval.metrics.representation import Z95

#: Cells of a table of clusters by times held at once: 32 MB.
BLOCK = 4_000_000


@dataclass(frozen=True, eq=False)
class Steps:
    """The times at which somebody left, with how many were at risk and how many left."""

    times: Floats
    at_risk: Whole
    events: Whole

    def survival(self) -> Floats:
        """Return the share still involved just after each time."""
        left: Floats = np.cumprod((1 - self.events / self.at_risk).astype(float, copy=False))
        return left

    def up_to(self, end: float) -> Steps:
        """Return the steps not later than ``end``."""
        kept = int(np.searchsorted(self.times, end, side="right"))
        return Steps(self.times[:kept], self.at_risk[:kept], self.events[:kept])


@dataclass(frozen=True, eq=False)
class Spells:
    """How long each person was followed and whether the person left, without missing values.

    Attributes:
        durations: Ends of the spells, shape ``(n,)``.
        left: Whether the person then left.
        entry: Starts of observation, if not all 0.
        clusters: Cluster of each spell, from 0 without gaps.
        kept: Which of the rows given are complete, where not all are.
    """

    durations: NDArray[Any]
    left: Flags
    entry: NDArray[Any] | None = None
    clusters: Whole | None = None
    kept: Flags | None = None

    @property
    def n(self) -> int:
        """How many spells there are."""
        return int(self.durations.size)

    @property
    def follow_up(self) -> float:
        """The longest follow-up, 0 where there is none."""
        return float(self.durations.max()) if self.n else 0.0

    def steps(self) -> Steps:
        """Count who left and who was at risk at each time at which somebody left."""
        whole = _whole(self.durations) if self.entry is None else None
        return _sorted_steps(self) if whole is None else _counted_steps(whole, self.left)

    def places(self, times: Floats) -> tuple[Whole, Whole]:
        """Return, per spell, the first of the times at which it is at risk, and the one after."""
        after = np.searchsorted(times, self.durations, side="right")
        before = (
            np.zeros_like(after)
            if self.entry is None
            else np.searchsorted(times, self.entry, side="right")
        )
        return before, np.maximum(after, before)


def spells(
    durations: Any,
    events: Any,
    *,
    entry: Any = None,
    clusters: Any = None,
    complete: Flags | None = None,
) -> Spells:
    """Check the columns and drop the rows in which a value is missing.

    Args:
        durations: Ends of the spells.
        events: Whether the person then left.
        entry: Starts of observation.
        clusters: Cluster of each spell.
        complete: Which rows are complete in the caller's other columns.

    Raises:
        ValueError: see :func:`wfw_eval.metrics.survival.kaplan_meier`.
    """
    check_lengths(durations=durations, events=events, entry=entry, clusters=clusters)
    time, left = numbers(durations, "durations"), flags(events, "events")
    start = None if entry is None else numbers(entry, "entry")
    group = None if clusters is None else labels(clusters)[0]
    missing = np.isnan(left) if complete is None else np.isnan(left) | ~complete
    for column in (time, start):
        if column is not None and column.dtype.kind == "f":
            missing |= np.isnan(column)
    if group is not None:
        missing |= group < 0
    if missing.any():
        time, left = time[~missing], left[~missing]
        start = None if start is None else start[~missing]
        group = None if group is None else group[~missing]
    _check(time, start)
    if group is not None:
        group = np.unique(group, return_inverse=True)[1].astype(np.intp, copy=False)
    return Spells(time, left == 1, start, group, ~missing if missing.any() else None)


def critical(clusters: Whole | None, people: int | None = None) -> float:
    """Return the two-sided 95 % quantile.

    It is Student's t with one degree of freedom fewer than there are clusters, or than ``people``
    where each stands alone, and normal where neither is given.
    """
    if clusters is not None and clusters.size:
        people = int(clusters.max()) + 1
    if people is None:
        return Z95
    return float(t.ppf(0.975, people - 1)) if people > 1 else np.nan


def influence(data: Spells, steps: Steps, weights: Floats) -> Floats:
    """Return how far each spell moves a weighted sum of the steps in the log survival.

    The infinitesimal jackknife: the derivative by the weight of the spell.
    """
    jump, drift = _rates(steps)
    so_far = np.concatenate(([0.0], np.cumsum(drift * weights)))
    before, after = data.places(steps.times)
    each = so_far[after] - so_far[before]
    mine = data.left & (data.durations <= (steps.times[-1] if steps.times.size else -1))
    each[mine] -= (jump * weights)[after[mine] - 1]
    return each


def cluster_variance(data: Spells, steps: Steps) -> Floats:
    """Return the variance of the log survival after each step, robust to clusters."""
    if data.clusters is None or not steps.times.size:
        return np.zeros(steps.times.size)
    jump, drift = _rates(steps)
    before, after = data.places(steps.times)
    deaths = np.where(data.left, jump[np.maximum(after - 1, 0)], 0.0)
    return squared_paths(data.clusters, before, after, after - 1, deaths, drift)


def squared_paths(
    clusters: Whole,
    before: Whole,
    after: Whole,
    event_places: Whole,
    jumps: Floats,
    drift: Floats,
    event_clusters: Whole | None = None,
) -> Floats:
    """Return, after each step, the sum over clusters of (jumps so far - drift at risk)².

    Args:
        clusters: Cluster of each spell, from 0.
        before: First step at which the spell is at risk.
        after: First step at which it is not any more.
        event_places: Step of each event.
        jumps: Size of each event.
        drift: Expected size at each step, for each spell at risk.
        event_clusters: Cluster of each event; that of the spells, one event each, by default.
    """
    steps, groups = drift.size, int(clusters.max()) + 1
    owners = clusters if event_clusters is None else event_clusters
    total, rows = np.zeros(steps), max(1, BLOCK // (steps + 1))
    for first in range(0, groups, rows):
        size = min(rows, groups - first)
        ours = (clusters >= first) & (clusters < first + size)
        theirs = (owners >= first) & (owners < first + size) & (jumps != 0)
        base, shape = (clusters[ours] - first) * (steps + 1), (size, steps + 1)
        cells = size * (steps + 1)
        entered = np.bincount(base + before[ours], minlength=cells)
        gone = np.bincount(base + after[ours], minlength=cells)
        at_risk = np.cumsum((entered - gone).reshape(shape), axis=1)[:, :-1]
        place = (owners[theirs] - first) * (steps + 1) + event_places[theirs]
        happened = np.bincount(place, weights=jumps[theirs], minlength=cells).reshape(shape)
        path = np.cumsum(happened[:, :-1] - at_risk * drift, axis=1)
        total += np.square(path).sum(axis=0)
    return total


def _rates(steps: Steps) -> tuple[Floats, Floats]:
    # Where all at risk leave at once the curve is 0 and nobody can move it.
    staying = (steps.at_risk - steps.events).astype(float)
    jump = np.divide(1.0, staying, out=np.zeros_like(staying), where=staying > 0)
    return jump, jump * steps.events / steps.at_risk


def _check(durations: NDArray[Any], entry: NDArray[Any] | None) -> None:
    if durations.size and not (durations.min() >= 0 and durations.max() < np.inf):
        raise ValueError("durations must be finite and not negative")
    if entry is not None and not np.all(entry < durations):
        raise ValueError("everybody must enter before the end of their duration")


def _whole(durations: NDArray[Any]) -> Whole | None:
    """Return durations as whole numbers if they are, and if few enough to count each."""
    if durations.size == 0 or durations.max() > 4 * durations.size + 1_000:
        return None
    if durations.dtype.kind == "f":
        sample = durations[:100]
        if not np.array_equal(sample, np.floor(sample)):
            return None
        whole = durations.astype(np.intp)
        return whole if np.array_equal(whole, durations) else None
    return durations.astype(np.intp, copy=False)


def _counted_steps(durations: Whole, left: Flags) -> Steps:
    counts = np.bincount(2 * durations + left, minlength=2 * int(durations.max()) + 2)
    by_time = counts.reshape(-1, 2)
    at_risk = np.cumsum(by_time.sum(axis=1)[::-1])[::-1]
    times = np.flatnonzero(by_time[:, 1])
    return Steps(times.astype(float), at_risk[times], by_time[times, 1])


def _sorted_steps(data: Spells) -> Steps:
    # A time that is not negative sorts as its bits do and leaves the bit of the sign to spare:
    # shifted out of the way it makes room for the event, and one sort does for both.
    bits = (data.durations.astype(float) + 0.0).view(np.uint64)
    keys = np.sort((bits << np.uint64(1)) | data.left)
    ended = keys >> np.uint64(1)
    opens = np.flatnonzero(np.concatenate(([True], ended[1:] != ended[:-1]))[: ended.size])
    so_far = np.cumsum(keys & np.uint64(1)).astype(np.intp)
    events = np.diff(so_far[np.append(opens, ended.size)[1:] - 1], prepend=0)
    happened = events > 0
    times = ended[opens[happened]].view(float)
    at_risk = data.n - opens[happened]
    if data.entry is not None:
        at_risk -= data.n - np.searchsorted(np.sort(data.entry), times, side="left")
    return Steps(times, at_risk, events[happened])
