"""What a metric returns: a value with its interval, its base, and how it came about."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from numbers import Integral, Real
from typing import Any, Literal

Unit = Literal[
    "count", "proportion", "difference", "probability", "ratio", "index", "score", "rate",
    "days", "months", "hours", "pounds", "date", "text",
]  # fmt: skip
IntervalKind = Literal["confidence", "bounds"]
Sensitivity = Literal["standard", "heightened"]
Value = float | int | str | dt.date | None

#: Digits kept when a result is stored: more than anyone prints, fewer than machines differ in.
STORED_DIGITS = 10


@dataclass(frozen=True, kw_only=True)
class Result:
    """One number (or word) that a chapter may print.

    A result without a value is either a range (``lower`` and ``upper`` are its ends) or not
    estimable, and then ``reason`` says why; it is never NaN.

    Attributes:
        metric: Catalogue id, such as ``M01``.
        unit: What the value is measured in; a proportion, a difference of two and a probability
            are stored as shares of one, an index or score is a pure number, a rate is per person.
        value: The estimate.
        lower: Lower end of the interval.
        upper: Upper end of the interval.
        interval: Whether the ends are a 95 % confidence interval or hard bounds.
        count: People (families, ...) the value counts: what disclosure control looks at.
        n: The base: people (families, ...) the value is about.
        of: What is counted, in the plural.
        cell: Which cell of the population is counted. Results about one cell are withheld
            together, whatever their form.
        sensitivity: Whether the heightened threshold applies.
        method: How the value and its interval were computed.
        reason: Why there is no value.
        inputs: Tables the result rests on.
    """

    metric: str
    unit: Unit
    value: Value = None
    lower: float | None = None
    upper: float | None = None
    interval: IntervalKind = "confidence"
    count: int | None = None
    n: int | None = None
    of: str | None = None
    cell: str | None = None
    sensitivity: Sensitivity = "standard"
    method: str = ""
    reason: str | None = None
    inputs: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for number in (self.value, self.lower, self.upper):
            if not _finite(number):
                raise ValueError(f"a result holds finite numbers, not {number}")

    @property
    def estimable(self) -> bool:
        """Whether there is a value or a range."""
        ranged = self.lower is not None and self.upper is not None
        return self.reason is None and (self.value is not None or ranged)

    def about(self, **changes: Any) -> Result:
        """Return a copy that says more about what was counted (``cell``, ``inputs``, ...)."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Return a plain mapping, with numbers rounded so that every machine stores the same."""
        plain = {key: _plain(value) for key, value in asdict(self).items()}
        return {key: value for key, value in plain.items() if value is not None and value != []}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Result:
        """Rebuild a result from :meth:`to_json`."""
        known = {item.name for item in fields(cls)}
        values = {key: value for key, value in stored.items() if key in known}
        values["inputs"] = tuple(values.get("inputs", ()))
        if values["unit"] == "date" and values.get("value") is not None:
            values["value"] = dt.date.fromisoformat(values["value"])
        return cls(**values)


def not_estimable(metric: str, unit: Unit, reason: str, **known: Any) -> Result:
    """Return a result that says why there is no number.

    >>> not_estimable("M01", "proportion", "nobody was asked").estimable
    False
    """
    return Result(metric=metric, unit=unit, reason=reason, **known)


def _finite(value: object) -> bool:
    return math.isfinite(value) if isinstance(value, Real) else True


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):  # a timestamp too, of which the day is kept
        return dt.date(value.year, value.month, value.day).isoformat()
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(f"{value:.{STORED_DIGITS}g}")
    return list(value) if isinstance(value, tuple) else value
