"""Reading codes, and lists of codes or of other values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from wfw_eval.errors import closest
from wfw_eval.records.contract import Field, rule_of
from wfw_eval.records.intake.synonyms import CODES
from wfw_eval.records.intake.values import Cell, Reader, fault, plain_number
from wfw_eval.records.intake.words import fold

LABEL = "label or other spelling read as its code"
SEPARATED = "list separated by '|'"


def code_reader(item: Field) -> Reader:
    """Read one of the codes of a column, also where its label or another spelling stands."""
    known = _spellings(item)

    def read(value: object) -> Cell:
        return _code(_written(value), item, known)

    return read


def codes_reader(item: Field) -> Reader:
    """Read any number of codes; they may be separated by whatever no code holds."""
    known = _spellings(item)

    def read(value: object) -> Cell:
        parts = _split(_written(value), r"[|;,\n]")
        found = [_code(part, item, known) for part in parts]
        wrong = next((cell for cell in found if cell.rule), None)
        if wrong is not None:
            return wrong
        what = LABEL if any(cell.what for cell in found) else SEPARATED
        return Cell("|".join(cell.text for cell in found), what)

    return read


def list_reader(item: Field, *, identifies: bool) -> Reader:
    """Read any number of values. A comma separates identifiers only: in text it is just a comma."""
    separators = r"[|;,\n]" if identifies else r"[|;\n]"

    def read(value: object) -> Cell:
        return Cell("|".join(_split(_written(value), separators)), SEPARATED)

    return read


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return plain_number(value) or str(value)


def _split(text: str, separators: str) -> list[str]:
    return [part.strip() for part in re.split(separators, text) if part.strip()]


def _spellings(item: Field) -> Callable[[str], str | None]:
    """Return a function that finds the code a spelling stands for, if there is just one."""
    codes: dict[str, set[str]] = {}
    for code in item.allowed:
        for form in (code, *CODES.get(code, ())):
            codes.setdefault(fold(form), set()).add(code)
            codes.setdefault(fold(form).replace(" ", ""), set()).add(code)
    own = {fold(code): code for code in item.allowed}
    clear = {form: found.pop() for form, found in codes.items() if len(found) == 1}
    return _finder(clear | own)


def _finder(known: Mapping[str, str]) -> Callable[[str], str | None]:
    def find(written: str) -> str | None:
        form = fold(written.replace("'", "").replace("’", ""))
        return known.get(form) or known.get(form.replace(" ", ""))

    return find


def _code(written: str, item: Field, known: Callable[[str], str | None]) -> Cell:
    if written in item.allowed:
        return Cell(written)
    code = known(written)
    if code is not None:
        return Cell(code, LABEL)
    near = closest(written, item.allowed)
    step = f"Did you mean {near!r}?" if near else "Use one of these codes."
    return fault(rule_of(item), step)
