"""Reading dates as people and spreadsheets write them, the day first.

The form says that the day comes first, so 03/04/2023 is the third of April. Where a column also
holds a date that can only be read month first, such as 04/13/2023, the form was not followed, and
the unclear dates of that column are problems.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress

from wfw_eval.params import DATE_IN_WORDS
from wfw_eval.records.contract import Field
from wfw_eval.records.intake.values import Cell, Reader, fault
from wfw_eval.records.intake.words import plain_dashes

YEARS = range(1990, 2100)

#: Real dates without which nothing can be said about them all.
ENOUGH = 5

DAY_FIRST = "date read day first"
MONTH_FIRST = "date that can only be read month first"
SPELT = "date written otherwise"
SERIAL = "serial number of a spreadsheet read as a date"
TIME = "time of day left out"
MONTH = "month read as its last day"

_TIME = (
    r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:[ap]m|Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + f"({_TIME})", re.I)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,2})" + _TIME, re.I)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBERS = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})" + _TIME, re.I)
_NAMED = re.compile(
    _WEEKDAY + r"([0-9]{1,2})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?([a-z]{3,9})\.?[\s,./-]*"
    r"([0-9]{4}|[0-9]{2})" + _TIME,
    re.I,
)
_NAMED_FIRST = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})" + _TIME, re.I
)
_MONTH = re.compile(r"([a-z]{3,9})\.?[\s,/-]*([0-9]{4}|[0-9]{2})", re.I)
_MONTH_NUMBER = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})[/.-]([0-9]{1,2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}


def date_reader(
    item: Field, seen: Sequence[object], *, months_allowed: bool, epoch_1904: bool
) -> Reader:
    """Read dates.

    Args:
        item: The column.
        seen: Everything that stands in the column, which tells whether its dates are month first.
        months_allowed: Whether a month is enough.
        epoch_1904: Whether serial numbers count from 1904.
    """
    unclear = any(isinstance(value, str) and _only_month_first(value) for value in seen)
    swapped = _may_be_swapped(seen)

    def read(value: object) -> Cell:
        if isinstance(value, bool | dt.time | dt.timedelta):
            return _wrong()
        if isinstance(value, dt.date):
            return _swapped() if swapped and value.day != value.month else _real(value)
        if isinstance(value, int | float):
            return _serial(value, epoch_1904)
        text = plain_dashes(str(value))
        if unclear and _either_way(text):
            return _unclear()
        return _text(text, months_allowed, epoch_1904)

    return read


def _wrong() -> Cell:
    return fault(f"must be {DATE_IN_WORDS}", "Write year-month-day, such as 2023-04-30.")


def _unclear() -> Cell:
    rule = "it is unclear which number is the month: another date of this column has it first"
    return fault(rule, "Write year-month-day, such as 2023-04-30.")


def _swapped() -> Cell:
    rule = (
        "a spreadsheet may have taken the day for the month: no real date of this column is later "
        "in its month than the 12th, and dates that are later are text"
    )
    return fault(rule, "Compare it with the paper form, and write the column as 2023-04-30.")


def _may_be_swapped(seen: Sequence[object]) -> bool:
    """Recognise a column that was typed day first into a spreadsheet that expects the month first.

    It takes 3/4 for the fourth of March, and leaves 13/4 alone, as text. That so many real dates
    are early in their months by chance is less likely than 1 in 100.
    """
    real = [value for value in seen if isinstance(value, dt.date)]
    texts = (_NUMBERS.fullmatch(plain_dashes(one)) for one in seen if isinstance(one, str))
    left = any(found and int(found[1]) > 12 for found in texts)
    return left and len(real) >= ENOUGH and all(value.day <= 12 for value in real)


def _made(year: int, month: int, day: int, what: str) -> Cell:
    """Make a date, if there is such a day; a year of two digits is one of this century."""
    with suppress(ValueError):
        date = dt.date(year if year > 99 else 2000 + year, month, day)
        if date.year in YEARS:
            return Cell(f"{date:%Y-%m-%d}", what)
    return _wrong()


def _real(value: dt.date) -> Cell:
    timed = isinstance(value, dt.datetime) and value.time() != dt.time()
    return _made(value.year, value.month, value.day, TIME if timed else "")


def _serial(value: float, epoch_1904: bool) -> Cell:
    """Count days from the spreadsheet's first day; eight digits are year, month and day."""
    compact = _COMPACT.fullmatch(str(value))
    if compact:
        year, month, day = map(int, compact.groups())
        return _made(year, month, day, SPELT)
    first = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    if not 30_000 < value < 80_000:
        return _wrong()
    date = first + dt.timedelta(days=int(value))
    return _made(date.year, date.month, date.day, SERIAL)


def _text(text: str, months_allowed: bool, epoch_1904: bool) -> Cell:
    iso = _ISO.fullmatch(text)
    if iso:
        midnight = not re.search("[1-9]", re.sub(r"[+-].*$", "", iso[4]))
        what = "" if not iso[4] else SPELT if midnight else TIME
        return _made(int(iso[1]), int(iso[2]), int(iso[3]), what)
    if _SERIAL.fullmatch(text):
        return _serial(float(text), epoch_1904)
    found = _numbers(text) or _named(text) or _year_first(text)
    if found is None and months_allowed:
        found = _month(text)
    return found or _wrong()


def _numbers(text: str) -> Cell | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    first, second, year = map(int, found.groups())
    if second > 12 >= first:
        return _made(year, first, second, MONTH_FIRST)
    return _made(year, second, first, DAY_FIRST)


def _only_month_first(text: str) -> bool:
    found = _NUMBERS.fullmatch(plain_dashes(text))
    return found is not None and int(found[2]) > 12 >= int(found[1])


def _either_way(text: str) -> bool:
    """Say whether day and month could change places and mean another day."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    return first <= 12 and second <= 12 and first != second


def _named(text: str) -> Cell | None:
    day_first, name_first = _NAMED.fullmatch(text), _NAMED_FIRST.fullmatch(text)
    if day_first:
        day, name, year = day_first.groups()
    elif name_first:
        name, day, year = name_first.groups()
    else:
        return None
    month = _MONTHS.get(name.casefold())
    return _made(int(year), month, int(day), SPELT) if month else None


def _year_first(text: str) -> Cell | None:
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return _made(year, month, day, SPELT)


def _month(text: str) -> Cell | None:
    named, numbered = _MONTH.fullmatch(text), _MONTH_NUMBER.fullmatch(text)
    if named:
        month, year = _MONTHS.get(named[1].casefold(), 0), int(named[2])
    elif numbered:
        month, year = int(numbered[1] or numbered[4]), int(numbered[2] or numbered[3])
    else:
        return None
    if not 1 <= month <= 12:
        return None
    year = year if year > 99 else 2000 + year
    return _made(year, month, calendar.monthrange(year, month)[1], MONTH)
