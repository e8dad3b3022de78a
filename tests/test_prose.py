"""Prose templates: no number without a result."""

from __future__ import annotations

import pytest

from wfw_eval.chapters.prose import Number, Reference, Words, parts, typed_digit
from wfw_eval.errors import ChapterError


def test_fields_become_numbers_and_references() -> None:
    found = parts("In {clause 2.4a}, {reach.people:n} of {03/slip.days}.", "04")
    assert found == [
        Words("In "),
        Reference("clause", "2.4a"),
        Words(", "),
        Number("04/reach.people", "n"),
        Words(" of "),
        Number("03/slip.days", "value"),
        Words("."),
    ]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("There were 12 families.", "a digit is typed in prose"),
        ("There were ١٢ families.", "a digit is typed in prose"),
        ("A brace { alone", "no partner"),
        ("A brace } alone", "no partner"),
        ("{}", "neither an address nor a reference"),
        ("{reach people}", "neither an address nor a reference"),
        ("{__import__('os')}", "neither an address nor a reference"),
        ("{reach.people:loudly}", "'loudly'"),
    ],
)
def test_what_no_result_stands_behind_is_refused(template: str, message: str) -> None:
    with pytest.raises(ChapterError, match=message):
        parts(template, "04")


@pytest.mark.parametrize(("text", "found"), [("Families met.", False), ("In 2023 they met.", True)])
def test_a_typed_digit_is_found(text: str, found: bool) -> None:
    assert (typed_digit(text) is not None) is found
