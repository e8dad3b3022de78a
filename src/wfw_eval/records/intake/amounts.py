"""Reading numbers as people write them: with pounds, thousands, percent, hours."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from wfw_eval.records.contract import Field, rule_of, step_for
from wfw_eval.records.intake.values import Cell, Reader, fault, plain_number
from wfw_eval.records.intake.words import plain_dashes

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LOOSE = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}([, ])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)?")
_POUNDS = re.compile(r"^([+-]?)\s*(?:£|GBP)\s*|\s*(?:£|GBP|pounds?)$", re.IGNORECASE)
_HOURS = re.compile(r"\s*(?:hours?|hrs?|h)\.?$", re.IGNORECASE)

WRITTEN = "number written with other signs"


def number_reader(item: Field, *, decimal_comma: bool) -> Reader:
    """Read a number within the bounds of its column.

    Args:
        item: The column.
        decimal_comma: Whether the file may write decimals with a comma, so that 1,250 is unclear.
    """

    def read(value: object) -> Cell:
        cell = _number(value, item, decimal_comma)
        return cell if cell.rule else _within(cell, item, str(value))

    return read


def _number(value: object, item: Field, decimal_comma: bool) -> Cell:
    if isinstance(value, bool | dt.date):
        return fault(rule_of(item), _step(item, "a date or flag"))
    if isinstance(value, dt.time | dt.timedelta):
        return _clock(value, item)
    native = plain_number(value)
    return Cell(native) if native is not None else _text(str(value), item, decimal_comma)


def _text(text: str, item: Field, decimal_comma: bool) -> Cell:
    if PLAIN.fullmatch(text):
        return Cell(text)
    bare = _without_units(plain_dashes(text), item)
    if bare.endswith("%"):
        return _percent(bare[:-1].strip(), item)
    if _THOUSANDS.fullmatch(bare) and not (decimal_comma and "," in bare):
        return Cell(_plain(re.sub("[, ]", "", bare)), WRITTEN)
    if _LOOSE.fullmatch(bare):
        return Cell(_plain(bare), WRITTEN)
    if re.fullmatch(r"[+-]?[0-9.]*,[0-9.,]*", bare):
        rule = "it is unclear whether the comma stands before decimals or thousands"
        return fault(rule, "Write the number with a point before decimals and without a comma.")
    return fault(rule_of(item), _step(item, text))


def _without_units(text: str, item: Field) -> str:
    if item.name.endswith("gbp"):
        text = _POUNDS.sub(r"\1", text)
    return _HOURS.sub("", text) if item.name == "hours" else text


def _percent(bare: str, item: Field) -> Cell:
    """Read a percentage where the column holds shares; elsewhere its unit is unknown."""
    if item.high == 1 and PLAIN.fullmatch(bare):
        return Cell(_plain(str(Decimal(bare) / 100)), "percentage read as a share")
    return fault(f"{rule_of(item)}, not a percentage", "Write the number itself.")


def _clock(value: dt.time | dt.timedelta, item: Field) -> Cell:
    """Read a clock time as a length where the column holds hours."""
    if item.name != "hours":
        return fault(rule_of(item), _step(item, str(value)))
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    hours = plain_number(round(value.total_seconds() / 3600, 4))
    return Cell(hours or "", "time of the clock read as a length in hours")


def _plain(text: str) -> str:
    """Write without sign, exponent and empty places, but keep the decimals that were given."""
    try:
        written = f"{Decimal(text):f}"
    except InvalidOperation:  # pragma: no cover - the patterns above let only numbers through
        return text
    return written


def _within(cell: Cell, item: Field, written: str) -> Cell:
    exact = Decimal(cell.text)
    low, high = item.low, item.high
    if (low is not None and exact < Decimal(low)) or (high is not None and exact > Decimal(high)):
        return fault(rule_of(item), "Correct the number.")
    if item.kind == "number":
        return cell if abs(exact) < Decimal("1e300") else fault(rule_of(item), "Correct it.")
    if exact != exact.to_integral_value() or abs(exact) > 2**53:
        return fault(rule_of(item), _step(item, written))
    whole = f"{exact.to_integral_value():f}"
    return cell if whole == cell.text else Cell(whole, cell.what or "whole number")


def _step(item: Field, written: str) -> str:
    return step_for(item, written)
