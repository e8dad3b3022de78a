"""Prose templates: Markdown whose numbers are all fields, checked before anything is shown.

A field is ``{address}`` or ``{address:form}``, or a reference that the documentary record
vouches for: ``{clause 2.4a}``, ``{discrepancy D03}``, ``{timeline T10}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wfw_eval.chapters.words import FORMS, Form
from wfw_eval.errors import ChapterError

_FIELD = re.compile(r"\{([^{}]*)\}")
_REFERENCE = re.compile(r"(clause|statement|discrepancy|timeline|chapter) ([A-Za-z0-9.]+)")
_ADDRESS = re.compile(r"(?:(\d\d)/)?([a-z][\w-]*(?:\.[\w-]+)*)(?::([a-z_]+))?")


@dataclass(frozen=True)
class Words:
    """Text that stands as written."""

    text: str


@dataclass(frozen=True)
class Number:
    """A result, to be shown in some form."""

    address: str
    form: Form


@dataclass(frozen=True)
class Reference:
    """A clause, discrepancy or timeline row."""

    kind: str
    id: str

    @property
    def text(self) -> str:
        """How the reference reads."""
        return f"timeline row {self.id}" if self.kind == "timeline" else f"{self.kind} {self.id}"


Part = Words | Number | Reference


def parts(template: str, chapter: str) -> list[Part]:
    """Split a template into words, numbers and references.

    Args:
        template: The text.
        chapter: Two-digit number that relative addresses belong to.

    Raises:
        ChapterError: a digit is typed in the words, a brace is unmatched, or a field is not
            understood.

    >>> parts("Of {reach.people} people", "04")
    [Words(text='Of '), Number(address='04/reach.people', form='value'), Words(text=' people')]
    """
    return list(_parts(template, chapter))


def _parts(template: str, chapter: str) -> Iterator[Part]:
    end = 0
    for match in _FIELD.finditer(template):
        yield from _words(template[end : match.start()], template)
        yield _field(match.group(1).strip(), template, chapter)
        end = match.end()
    yield from _words(template[end:], template)


def _words(text: str, template: str) -> Iterator[Words]:
    digit = re.search(r"\d", text)
    if digit:
        around = text[max(0, digit.start() - 25) : digit.end() + 10]
        raise ChapterError(
            f"a digit is typed in prose: '…{around}…'. Register the number as a result and name "
            "its address in braces."
        )
    if "{" in text or "}" in text:
        raise ChapterError(f"a brace has no partner in: '{template[:60]}…'.")
    if text:
        yield Words(text)


def _field(name: str, template: str, chapter: str) -> Number | Reference:
    reference = _REFERENCE.fullmatch(name)
    if reference:
        return Reference(reference.group(1), reference.group(2))
    address = _ADDRESS.fullmatch(name)
    if address is None:
        raise ChapterError(
            f"the field '{{{name}}}' is neither an address nor a reference in: '{template[:60]}…'."
        )
    form = address.group(3) or "value"
    if form not in FORMS:
        raise ChapterError(f"'{form}' in '{{{name}}}' is not one of: {', '.join(FORMS)}.")
    return Number(f"{address.group(1) or chapter}/{address.group(2)}", form)


def typed_digit(text: str) -> str | None:
    """Return the surroundings of the first digit in a Markdown cell, or None.

    >>> typed_digit("We met 12 families.")
    'We met 12 families.'
    """
    digit = re.search(r"\d", text)
    return text[max(0, digit.start() - 25) : digit.end() + 25].strip() if digit else None
