"""The list of what a release withholds and why, never with a value."""

from __future__ import annotations

from collections.abc import Sequence

from wfw_eval.chapters.blocks import Block, Cell, Heading, Paragraph, Row, Span, Table
from wfw_eval.chapters.page import Page
from wfw_eval.chapters.view import View
from wfw_eval.disclosure.primary import Reason

NAME = "withheld"
TITLE = "What is withheld, and why"

#: What each reason means to a reader.
MEANINGS: dict[Reason, str] = {
    "small count": "it counts, or leaves, fewer people or families than may be shown",
    "small base": "too few people or families for a percentage or ratio",
    "would give away another figure": "with the totals shown, it would give away a small count",
    "differs little from before": "the change since an earlier release would show a few people",
}

NOTHING = "Nothing is withheld in this release."
INTRODUCTION = (
    "Each figure below stands in a chapter as a mark instead of a number. The list names its "
    "address and the reason; it says nothing of its size."
)


def withheld_page(pages: Sequence[Page], view: View) -> Page:
    """Return the page that lists what the chapters of a release withhold."""
    blocks: list[Block] = [Heading(1, (Span(TITLE),))]
    if view.withheld:
        blocks += [Paragraph((Span(INTRODUCTION),)), _table(view)]
    else:
        blocks.append(Paragraph((Span(NOTHING),)))
    return Page(pages[0].header, TITLE, tuple(blocks), NAME)


def _table(view: View) -> Table:
    rows = tuple(
        Row(address, (Cell(address), Cell(reason.capitalize()), Cell(MEANINGS[reason])))
        for address, reason in sorted(view.withheld.items())
    )
    return Table(
        number=None,
        anchor="withheld",
        caption="Withheld figures by address",
        columns=("Address", "Reason", "What that means"),
        numeric=(False, False, False),
        rows=rows,
        marks=(),
        notes=(),
    )
