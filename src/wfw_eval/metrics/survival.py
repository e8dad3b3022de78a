"""How long people stay: the Kaplan-Meier curve, its median, and the mean up to a horizon.

Rows in which a duration or an event is missing are left out. With clusters (families, partner
organisations) standard errors are the infinitesimal jackknife's, summed within clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole
from wfw_eval.metrics.result import Result, Unit, not_estimable
from wfw_eval.metrics.spells import Spells, Steps, cluster_variance, critical, influence, spells


@dataclass(frozen=True, eq=False)
class Curve:
    """A Kaplan-Meier curve, one place for each time at which somebody left.

    Attributes:
        times: Times at which somebody left, ascending, shape ``(k,)``.
        at_risk: People still involved just before.
        events: People who left then.
        survival: Share still involved just after.
        std_error: Standard error of that share.
        lower: Lower 95 % log-log limit; NaN where nobody is left, as then there is none.
        upper: Upper 95 % log-log limit; NaN likewise.
        n: People.
        follow_up: Longest time anybody was followed.
        median: Time by which half had left, with its 95 % interval.
        method: How the limits were computed.
    """

    times: Floats
    at_risk: Whole
    events: Whole
    survival: Floats
    std_error: Floats
    lower: Floats
    upper: Floats
    n: int
    follow_up: float
    median: Result
    method: str

    def at(self, time: float, **about: Any) -> Result:
        """Return the share still involved after ``time``, with its 95 % interval.

        There is no interval before the first has left, nor when nobody is left.

        Raises:
            ValueError: the time is negative or missing.
        """
        if not time >= 0:
            raise ValueError(f"a time is not negative, as {time} is")
        known = {"n": self.n, "method": self.method, **about}
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        left = self.survival[place] if place >= 0 else 1.0
        if self.n == 0 or (time > self.follow_up and left > 0):
            return not_estimable("M09", "probability", "nobody was followed so long", **known)
        low, high = (self.lower[place], self.upper[place]) if place >= 0 else (np.nan, np.nan)
        return _between(float(left), low, high, "probability", known)

    def frame(self) -> pd.DataFrame:
        """Return the curve as a table, one row for each time at which somebody left."""
        names = ("times", "at_risk", "events", "survival", "std_error", "lower", "upper")
        return pd.DataFrame({name: getattr(self, name) for name in names})


@metric(
    "M09",
    name="Kaplan-Meier curve of staying involved",
    unit="probability",
    question="EQ3",
    formula="S(t) = Π (1 − dᵢ/nᵢ); limits S^exp(±z·se(ln(−ln S))); median: first t with S ≤ ½",
    source="Kaplan & Meier 1958; Kalbfleisch & Prentice 1980; Brookmeyer & Crowley 1982, "
    "Biometrics 38:29-41",
)
def kaplan_meier(
    durations: Any,
    events: Any,
    *,
    entry: Any = None,
    clusters: Any = None,
    unit: Unit = "days",
    **about: Any,
) -> Curve:
    """Return the share still involved over time, with log-log limits and the median.

    Args:
        durations: How long each person was followed, shape ``(n,)``.
        events: Whether the person then left (1) or was still involved (0).
        entry: When each person came under observation, where that is later than the start;
            a person counts from just after it.
        clusters: Family (or partner) of each person. Limits are then wider where those of a
            cluster leave together, and use Student's t with one degree of freedom fewer than
            there are clusters.
        unit: What durations are measured in, for the median: days, hours, count (of sessions).
        **about: Further attributes of the median.

    Returns:
        The curve. Its median is not estimable where more than half stayed; its upper limit is
        missing where the data do not reach it. Where the curve runs level at one half the median
        is the middle of that level.

    Coverage: where a quarter have left of 25 people, the limits of the share are a little too
    wide and hold the truth in 98 of 100 data sets, since shares of few people come in steps.

    Raises:
        ValueError: the columns are not equally long, a duration is negative, an event is neither
            0 nor 1, or somebody entered at or after the end.

    Example:
        Freireich et al. 1963, weeks of remission under 6-mercaptopurine.

        >>> weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        >>> curve = kaplan_meier(weeks, [1] * 9 + [0] * 12, unit="count")
        >>> curve.survival.round(4).tolist()
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
        >>> curve.median.value, curve.median.lower, curve.median.upper
        (23.0, 13.0, None)
    """
    data = spells(durations, events, entry=entry, clusters=clusters)
    steps = data.steps()
    survival = steps.survival()
    std_error = np.sqrt(_variance(data, steps, survival))
    lower, upper = _log_log(survival, std_error, critical(data.clusters))
    method = "log-log limits" + (", robust to clusters" if data.clusters is not None else "")
    return Curve(
        steps.times, steps.at_risk, steps.events, survival, std_error, lower, upper,
        n=data.n, follow_up=data.follow_up, method=method,
        median=_median(steps.times, survival, lower, upper, data.n, unit, about),
    )  # fmt: skip


@metric(
    "M09",
    name="Restricted mean time involved",
    unit="days",
    question="EQ3",
    formula="μ = ∫₀^τ S(t) dt; variance Σ Aᵢ² dᵢ/(nᵢ(nᵢ − dᵢ)), Aᵢ = ∫ from tᵢ to τ of S; "
    "limits on the scale of ln(μ/(τ − μ)), Student's t",
    source="Irwin 1949; Klein & Moeschberger 2003, section 4.5",
)
def restricted_mean(
    durations: Any,
    events: Any,
    *,
    horizon: float | None = None,
    entry: Any = None,
    clusters: Any = None,
    unit: Unit = "days",
    **about: Any,
) -> Result:
    """Return the mean time people stay involved, up to a horizon.

    Args:
        durations: How long each person was followed, shape ``(n,)``.
        events: Whether the person then left (1) or was still involved (0).
        horizon: Time up to which it is counted; the longest follow-up unless given.
        entry: When each person came under observation, where later than the start.
        clusters: Family (or partner) of each person, as in :func:`kaplan_meier`.
        unit: What durations are measured in.
        **about: Further attributes of the result.

    Returns:
        The mean with its 95 % interval; not estimable where nobody was followed to the horizon.
        The limits are symmetric on the logit scale of the mean over the horizon, with one degree
        of freedom fewer than there are people (or clusters): the plain mean ± 1.96 standard
        errors held the truth in 83 to 92 of 100 data sets of 10 to 25 people, these in 93 to 96.
        There is no interval where nobody left before the horizon.

    Raises:
        ValueError: as in :func:`kaplan_meier`, or the horizon is not above 0.

    Example:
        >>> weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        >>> mean = restricted_mean(weeks, [1] * 9 + [0] * 12, horizon=35)
        >>> print(f"{mean.value:.2f} ({mean.lower:.2f} to {mean.upper:.2f})")
        23.29 (16.89 to 28.32)
    """
    data = spells(durations, events, entry=entry, clusters=clusters)
    end = data.follow_up if horizon is None else float(horizon)
    if horizon is not None and not 0 < end < np.inf:
        raise ValueError(f"a horizon lies above 0, not at {horizon}")
    steps = data.steps().up_to(end)
    survival, known = steps.survival(), {"n": data.n, **about}
    if data.n == 0 or (end > data.follow_up and (survival.size == 0 or survival[-1] > 0)):
        return not_estimable("M09", unit, "nobody was followed to the horizon", **known)
    area = _areas(steps.times, survival, end)
    error = float(np.sqrt(_mean_variance(data, steps, area[1:])))
    low, high = _logit_limits(float(area[0]), error, end, critical(data.clusters, data.n))
    robust = "" if clusters is None else ", robust to clusters"
    method = f"up to {end:g}, logit limits{robust}"
    return _between(float(area[0]), low, high, unit, {"method": method, **known})


def _variance(data: Spells, steps: Steps, survival: Floats) -> Floats:
    if data.clusters is not None:
        return survival**2 * cluster_variance(data, steps)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = steps.events / (steps.at_risk * (steps.at_risk - steps.events))
        return np.where(survival > 0, survival**2 * np.cumsum(terms), 0.0)


def _mean_variance(data: Spells, steps: Steps, area: Floats) -> float:
    if data.clusters is not None:
        each = influence(data, steps, area)
        return float(np.square(np.bincount(data.clusters, weights=each)).sum())
    left = steps.at_risk - steps.events
    terms = np.divide(area**2 * steps.events, steps.at_risk * left, where=left > 0,
                      out=np.zeros_like(area))  # fmt: skip
    return float(terms.sum())


def _areas(times: Floats, survival: Floats, end: float) -> Floats:
    """Return the area under the curve from 0, and from each time, up to the end."""
    widths = np.diff(np.concatenate(([0.0], times, [end])))
    pieces = widths * np.concatenate(([1.0], survival))
    return np.cumsum(pieces[::-1])[::-1]


def _logit_limits(mean: float, error: float, end: float, quantile: float) -> tuple[float, float]:
    if not (error > 0 and 0 < mean < end):
        return np.nan, np.nan
    odds, spread = mean / (end - mean), quantile * error * end / (mean * (end - mean))
    low, high = odds * np.exp(-spread), odds * np.exp(spread)
    return float(end * low / (1 + low)), float(end * high / (1 + high))


def _log_log(survival: Floats, std_error: Floats, quantile: float) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(survival)
        spread = np.exp(quantile * std_error / (survival * -log))
        spread[survival == 0] = np.nan
        return np.exp(log * spread), np.exp(log / spread)


def _median(
    times: Floats, survival: Floats, lower: Floats, upper: Floats, n: int, unit: Unit,
    about: dict[str, Any],
) -> Result:  # fmt: skip
    known = {"n": n, "method": "Brookmeyer-Crowley, log-log", **about}
    value = _crossing(times, survival)
    low, high = _crossing(times, lower), _crossing(times, upper)
    known |= {"lower": low, "upper": high}
    if n == 0:
        return not_estimable("M09", unit, "nobody was followed", **known)
    if value is None:
        return not_estimable("M09", unit, "more than half were still involved", **known)
    return Result(metric="M09", unit=unit, value=value, **known)


def _crossing(times: Floats, curve: Floats) -> float | None:
    # Products of fractions miss one half by rounding: 3/4 · 2/3 is a hair off.
    low = np.flatnonzero(curve <= 0.5 + 1e-9)
    if not low.size:
        return None
    first = int(low[0])
    level = abs(curve[first] - 0.5) <= 1e-9 and first + 1 < times.size
    return float((times[first] + times[first + 1]) / 2 if level else times[first])


def _between(value: float, low: float, high: float, unit: Unit, known: dict[str, Any]) -> Result:
    limits = (float(low), float(high)) if np.isfinite(low) and np.isfinite(high) else (None, None)
    return Result(metric="M09", unit=unit, value=value, lower=limits[0], upper=limits[1], **known)
