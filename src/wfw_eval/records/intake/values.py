"""Reading one cell: what it says in canonical form, or why that cannot be known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from wfw_eval.records.contract import Field
from wfw_eval.records.intake.model import Unreadable
from wfw_eval.records.intake.words import fold

#: What a spreadsheet writes into a cell whose formula failed.
ERRORS = frozenset(
    {
        "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
    }
)  # fmt: skip

#: Signs that stand where a character was lost; a surrogate cannot be written as UTF-8.
LOST = re.compile("[\x00\ufffd\ud800-\udfff]")

SPACES = "spaces or invisible signs taken away"
DASH = "dash written as a hyphen"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read.

    Attributes:
        text: Its canonical form.
        what: What was done to it, if it stood there otherwise.
        rule: What it should have been, if it cannot be read.
        next_step: What the user can do then.
    """

    text: str
    what: str = ""
    rule: str = ""
    next_step: str = ""


Reader = Callable[[object], Cell]


def fault(rule: str, next_step: str) -> Cell:
    """Make a cell that cannot be read."""
    return Cell("", rule=rule, next_step=next_step)


def broken(value: object) -> Cell | None:
    """Recognise a cell that holds no value: an error, an unknown formula, a lost character."""
    if isinstance(value, Unreadable):
        return fault(value.rule, value.next_step)
    if not isinstance(value, str):
        return None
    if value in ERRORS:
        rule = "the formula in this cell gives an error"
        return fault(rule, "Correct the formula, or write the value.")
    if LOST.search(value):
        rule = "a character of this cell was lost"
        return fault(rule, "Save the file again as CSV UTF-8, and look at this cell.")
    return None


def plain_number(value: object) -> str | None:
    """Write a number without exponent and without the noise of binary fractions.

    >>> plain_number(2.0), plain_number(0.1 + 0.2), plain_number(1e21)
    ('2', '0.3', '1000000000000000000000')
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    if not exact.is_finite():
        return None
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_reader(item: Field, *, identifies: bool) -> Reader:
    """Read text; identifiers are kept as they are, but for dashes, which people cannot tell apart.

    Args:
        item: The column.
        identifies: Whether its cells name things in this table or another.
    """

    def read(value: object) -> Cell:
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            return _text_turned_date(value, identifies)
        if isinstance(value, bool):
            return Cell(str(value).lower(), "true or false read as text")
        number = plain_number(value)
        if number is None:
            return Cell(str(value))
        if identifies and isinstance(value, float) and abs(value) >= 1e15:
            rule = "a spreadsheet has rounded this long number"
            return fault(rule, "Format the column as text, and write it again.")
        return Cell(number)

    return read


def _text_turned_date(value: dt.date | dt.time | dt.timedelta, identifies: bool) -> Cell:
    if identifies:
        rule = "a spreadsheet has turned this identifier into a date or time"
        return fault(rule, "Format the column as text, and write it again.")
    midnight = isinstance(value, dt.datetime) and value.time() == dt.time()
    shown = value.date() if midnight and isinstance(value, dt.datetime) else value
    return Cell(str(shown), "date or time read as text")


#: How people write true and false.
FLAGS = {
    "true": ("true", "t", "yes", "y", "1", "☑", "✓", "✔", "✅", "🗹"),
    "false": ("false", "f", "no", "n", "0", "☐", "✗", "✘", "❌"),
}
_FLAGS = {word: flag for flag, words in FLAGS.items() for word in words}


def flag_reader(item: Field) -> Reader:
    """Read true and false. A cross is refused: it means yes on some forms and no on others."""

    def read(value: object) -> Cell:
        if isinstance(value, bool):
            return Cell(str(value).lower())
        word = plain_number(value) or str(value).replace("\ufe0f", "").casefold()
        flag = _FLAGS.get(word) or _FLAGS.get(fold(word))
        if flag is None:
            return fault("must be true or false", "Write true or false.")
        return Cell(flag, "yes or no read as true or false")

    return read
