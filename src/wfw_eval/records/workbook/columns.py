"""What a column of the workbook says about itself, and what it lets people enter."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable

from openpyxl.utils import quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from wfw_eval.records.contract import PROVENANCE, Contract, Field, rule_of
from wfw_eval.records.read import LARGEST_INTEGER

#: Columns of the evaluation team: last on each sheet, folded away, filled in on arrival if empty.
FOR_TEAM = tuple(item.name for item in PROVENANCE)
TEAM_NOTE = "For the evaluation team; leave empty."

CODES_SHEET = "Codes"
FIRST_DAY = dt.date(2020, 1, 1)
LAST_DAY = dt.date(2030, 12, 31)

#: What Excel holds of a list written into a cell's rule, of an error and of an input message.
LONGEST_LIST, LONGEST_ERROR, LONGEST_PROMPT, LONGEST_TITLE = 255, 225, 255, 32


def asked_of(contract: Contract) -> tuple[Field, ...]:
    """Return the columns of a table that a supplier fills in."""
    return tuple(item for item in contract.fields if item.name not in FOR_TEAM)


def is_for_team(item: Field) -> bool:
    """Say whether a column is the evaluation team's, not the supplier's."""
    return item.name in FOR_TEAM


def on_sheet(contract: Contract) -> tuple[Field, ...]:
    """Return the columns of a table's sheet: the supplier's, and then the evaluation team's."""
    team = tuple(item for item in contract.fields if is_for_team(item))
    return (*asked_of(contract), *team)


def rule_in_workbook(item: Field) -> str:
    """Say what a cell of this column must hold; dates are held to the years of the project.

    >>> rule_in_workbook(Field("date", "date", "Day it was held."))
    'must be a date such as 2023-04-30, from 2020-01-01 to 2030-12-31'
    """
    if item.kind == "date":
        return f"must be a date such as 2023-04-30, from {FIRST_DAY} to {LAST_DAY}"
    return rule_of(item)


def need_of(item: Field) -> str:
    """Say whether a cell of this column may be left empty."""
    if is_for_team(item):
        return TEAM_NOTE
    return "Needed." if item.required else "May be empty."


def prompt_for(item: Field) -> str:
    """Say what a cell is for, within the length of an input message.

    >>> prompt_for(Field("hours", "number", "Hours attended.", low=0, high=24))
    'Hours attended. Needed. It must be a number from 0 to 24.'
    """
    for rule in (rule_in_workbook(item), _short_rule(item)):
        told = f"{need_of(item)} It {rule}."
        if len(item.about) + 1 + len(told) <= LONGEST_PROMPT:
            return f"{item.about} {told}"
    about = textwrap.shorten(item.about, LONGEST_PROMPT - 1 - len(told), placeholder=" …")
    return f"{about} {told}"


def error_for(item: Field) -> str:
    """Say which rule a refused cell breaks, within the length of an error message."""
    rules = (rule_in_workbook(item), _short_rule(item))
    return next(text for text in (f"{item.name} {r}." for r in rules) if len(text) <= LONGEST_ERROR)


def _short_rule(item: Field) -> str:
    if item.kind == "code":
        return "must be one of the codes in the drop-down list (see the sheet Guidance)"
    if item.kind == "codes":
        return "must be codes from the sheet Guidance, separated by '|'"
    return rule_in_workbook(item)


def needs_code_range(item: Field) -> bool:
    """Say whether a column's codes are too long for a list written into the cell's rule."""
    return item.kind == "code" and len(_written_list(item.allowed)) > LONGEST_LIST


def validation_of(item: Field, codes: str | None) -> DataValidation:
    """Make the rule that Excel holds a cell of this column to.

    Args:
        item: The column.
        codes: Where the column's codes stand on the sheet of codes, if they are there.
    """
    limits: dict[str, object] = {"type": None}
    if item.kind == "code":
        limits = {"type": "list", "formula1": codes or _written_list(item.allowed)}
    elif item.kind == "flag":
        limits = {"type": "list", "formula1": _written_list(("true", "false"))}
    elif item.kind == "date":
        limits = _between("date", to_excel(FIRST_DAY), to_excel(LAST_DAY))
    elif item.kind in ("integer", "number"):
        low = -LARGEST_INTEGER if item.low is None else item.low
        high = LARGEST_INTEGER if item.high is None else item.high
        limits = _between("whole" if item.kind == "integer" else "decimal", low, high)
    return DataValidation(
        **limits,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_title(item),
        error=error_for(item),
        showInputMessage=True,
        promptTitle=_title(item),
        prompt=prompt_for(item),
    )


def heading_message(item: Field) -> DataValidation:
    """Make the message that appears when a column's heading is selected."""
    return DataValidation(
        type=None, showInputMessage=True, promptTitle=_title(item), prompt=prompt_for(item)
    )


def code_range(column: str, count: int) -> str:
    """Name a column of codes on their sheet, below its heading.

    >>> code_range("B", 3)
    "'Codes'!$B$2:$B$4"
    """
    return f"{quote_sheetname(CODES_SHEET)}!${column}$2:${column}${count + 1}"


def _between(kind: str, low: float, high: float) -> dict[str, object]:
    return {
        "type": kind,
        "operator": "between",
        "formula1": f"{low:.17g}",
        "formula2": f"{high:.17g}",
    }


def _written_list(allowed: Iterable[str]) -> str:
    return f'"{",".join(allowed)}"'


def _title(item: Field) -> str:
    return item.name[:LONGEST_TITLE]
