"""The list of what a release withholds and why, never with a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wfw_eval.chapters.blocks import Block, Heading, Listing, Paragraph, Span
from wfw_eval.chapters.page import Page
from wfw_eval.chapters.view import View
from wfw_eval.disclosure.primary import Reason

NAME = "withheld"
TITLE = "What is withheld, and why"

#: What each reason means to a reader.
MEANINGS: dict[Reason, str] = {
    "small count": "Counts, or leaves, fewer people or families than may be shown",
    "small base": "Rests on too few people or families for a percentage or ratio",
    "would give away another figure": "Would, with the totals shown, give away a small count",
    "differs little from before": "Would show a few people by the change since an earlier release",
}

NOTHING = "Nothing is withheld in this release."
INTRODUCTION = (
    "Each figure below stands in a chapter as a mark instead of a number. It is named by its "
    "address, with the reason; nothing is said of its size."
)


def withheld_page(pages: Sequence[Page], view: View) -> Page:
    """Return the page that lists what the chapters of a release withhold."""
    header = replace(pages[0].header, chapter="")  # it is about all of them
    blocks: list[Block] = [Heading(1, (Span(TITLE),))]
    blocks.append(Paragraph((Span(INTRODUCTION if view.withheld else NOTHING),)))
    for reason, meaning in MEANINGS.items():
        addresses = sorted(one for one, why in view.withheld.items() if why == reason)
        if addresses:
            blocks += [
                Heading(2, (Span(reason.capitalize()),)),
                Paragraph((Span(f"{meaning} ({len(addresses)}):"),)),
                Listing(tuple((Span(one, "code"),) for one in addresses)),
            ]
    return Page(header, TITLE, tuple(blocks), NAME)
