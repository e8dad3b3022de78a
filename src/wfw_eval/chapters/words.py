"""How results read: numbers, dates, ranges and lists in plain British English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, get_args

from wfw_eval.disclosure.gate import WITHHELD_MARK
from wfw_eval.metrics.representation import COMPARABLE
from wfw_eval.metrics.result import Result

Form = Literal["value", "exact", "interval", "with_interval", "n", "count", "reading"]
FORMS: tuple[Form, ...] = get_args(Form)

Reading = Literal["more than its share", "about its share", "less than its share", "not clear"]

NOT_APPLICABLE_MARK = "[z]"


def shown(result: Result, form: Form = "value") -> str:
    """Return a result as a reader sees it.

    Args:
        result: What to show; it must have passed the disclosure gate.
        form: Which part of it.

    >>> shown(Result(metric="M01", unit="proportion", value=0.3, lower=0.1807, upper=0.4543),
    ...       "with_interval")
    '30% (18% to 45%)'
    >>> shown(Result(metric="M41", unit="days", value=91))
    '91 days'
    """
    if form == "n":
        return _number(result.n)
    if form == "count":
        return _number(result.count)
    if not result.estimable:
        return NOT_APPLICABLE_MARK
    if form == "interval" or result.value is None:
        return _interval(result)
    if form == "with_interval" and result.lower is not None:
        return f"{_value(result, result.value)} ({_interval(result)})"
    if form == "reading":
        return reading(result)
    if form == "exact" and isinstance(result.value, float):
        return f"{result.value:.4f}"
    return _value(result, result.value)


def reading(result: Result) -> Reading:
    """Say what a participation ratio means, taking its interval seriously.

    >>> reading(Result(metric="M02", unit="ratio", value=1.64, lower=1.4, upper=1.9))
    'more than its share'
    """
    if result.lower is None or result.upper is None:
        return "not clear"
    if COMPARABLE[0] <= result.lower and result.upper <= COMPARABLE[1]:
        return "about its share"
    if result.lower > 1:
        return "more than its share"
    return "less than its share" if result.upper < 1 else "not clear"


def listed(names: Sequence[str], none: str = "none") -> str:
    """Join names as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if not names:
        return none
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def long_date(day: dt.date) -> str:
    """Write a date out, without a leading zero.

    >>> long_date(dt.date(2024, 6, 3))
    '3 June 2024'
    """
    return f"{day.day} {day:%B %Y}"


def _interval(result: Result) -> str:
    if result.lower is None or result.upper is None:
        return NOT_APPLICABLE_MARK
    return f"{_value(result, result.lower)} to {_value(result, result.upper)}"


def _value(result: Result, value: object) -> str:
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    return {
        "count": lambda: _number(round(number)),
        "proportion": lambda: _percentage(number),
        "difference": lambda: _points(number),
        "probability": lambda: _probability(number),
        "ratio": lambda: _signed(number, 2),
        "index": lambda: _signed(number, 2),
        "score": lambda: _signed(number, 1),
        "rate": lambda: _signed(number, 1),
        "hours": lambda: f"{number:,.1f} hours",
        "pounds": lambda: f"{'−' if number < 0 else ''}£{abs(number):,.0f}",
        "days": lambda: _of(number, "day"),
        "months": lambda: _of(number, "month"),
    }[result.unit]()


def _percentage(share: float) -> str:
    """Round to whole per cent, but never to a false 0 or 100."""
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{share * 100:.0f}%"


def _points(difference: float) -> str:
    return f"{_signed(difference * 100, 0)} points"


def _probability(number: float) -> str:
    return "under 0.001" if number < 0.001 else f"{number:.3f}"


def _signed(number: float, digits: int) -> str:
    """Write a number with a true minus sign, and no minus before nought."""
    text = f"{number:,.{digits}f}"
    return text.replace("-", "" if not float(text.replace(",", "")) else "−")


def _of(number: float, unit: str) -> str:
    return f"{_number(round(number))} {unit}{'' if abs(number) == 1 else 's'}"


def _number(number: int | None) -> str:
    if number is None:
        return NOT_APPLICABLE_MARK
    return f"{number:,}".replace("-", "−")


MARKS = {
    WITHHELD_MARK: "withheld, because showing it could help someone find a person or family",
    NOT_APPLICABLE_MARK: "not applicable, or not enough information to work it out",
}
