"""What every published page says about itself, in whatever format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wfw_eval.chapters.page import Page
from wfw_eval.chapters.record import Header
from wfw_eval.disclosure.gate import WITHHELD_MARK

#: A release was decided over as a whole and recorded; a draft is a trial run, or one notebook
#: exported by itself.
Standing = Literal["release", "draft"]

LICENCE_LINE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)


@dataclass(frozen=True)
class Banner:
    """A warning at the top of every page."""

    lead: str
    text: str


def banners(header: Header, standing: Standing) -> tuple[Banner, ...]:
    """Return the warnings a page must carry."""
    found = []
    if header.synthetic:
        found.append(
            Banner(
                "Simulated records.",
                "The people, families, sessions and attendance on this page do not "
                "exist. The commissioning texts and population figures are real.",
            )
        )
    if standing == "draft":
        found.append(
            Banner(
                "Draft, not for release.",
                "This page was made by a trial run or exported by itself. It is not recorded "
                "as released, so a later release could be subtracted from it.",
            )
        )
    return tuple(found)


def policy_line(page: Page) -> str:
    """Say which figures are withheld."""
    policy = page.header.policy
    return (
        f"{WITHHELD_MARK} marks a figure withheld so that nobody can be found: counts of "
        f"people or families below {policy['threshold']} "
        f"({policy['heightened_threshold']} where health, care or small places are shown), "
        f"and percentages of fewer than {policy['minimum_base']}."
    )
