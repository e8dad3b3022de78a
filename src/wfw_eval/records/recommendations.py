"""Contracts for the way from findings to recommendations, to answers, and back to families."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    Field,
    ForeignKey,
    code,
    codes,
    date,
    flag,
    integer,
    listing,
    number,
    text,
)
from wfw_eval.records.meetings import STAKES
from wfw_eval.records.people import ROLES
from wfw_eval.records.voices import TIERS

#: The Promise's ten principles of intensive family support.
PRINCIPLES = (
    "holistic_and_relational",
    "therapeutic",
    "non_stigmatising",
    "patient_and_persistent",
    "childrens_rights",
    "community_based",
    "responsive_and_timely",
    "family_assets",
    "empowerment_and_agency",
    "flexible",
)

SMART = {
    "smart_specific": "says exactly what should happen",
    "smart_measurable": "says how one would know that it was done",
    "smart_achievable": "is within the power of whoever it is addressed to",
    "smart_relevant": "answers something that people said",
    "smart_time_bound": "says by when",
}


def _authors(thing: str) -> tuple[Field, ...]:
    """Make the columns on who had a hand in the wording."""
    who = "Whether people with lived experience, professionals or both"
    none = "empty if nobody did"
    return (
        code("drafted_by", f"{who} drafted the {thing}.", STAKES),
        code("edited_by", f"{who} changed the {thing}; {none}.", STAKES, required=False),
        code("signed_off_by", f"{who} signed the {thing} off; {none}.", STAKES, required=False),
        text(
            "dropped_reason",
            f"Why the {thing} was left out of the final report; empty if it is in it.",
            required=False,
        ),
    )


FINDING = Contract(
    "finding",
    "findings of the project",
    ("records",),
    (
        text("finding_id", "Identifier of the finding."),
        date("date", "Day it was first written down."),
        text("text", "The finding, as the project words it."),
        code("tier", "Level of support it is about.", TIERS),
        *_authors("finding"),
        *PROVENANCE,
    ),
    key=("finding_id",),
    dated_by="date",
)

RECOMMENDATION = Contract(
    "recommendation",
    "recommendations",
    ("records",),
    (
        text("rec_id", "Identifier of the recommendation."),
        date("date", "Day it was first written down."),
        text("text", "The recommendation, as the project words it."),
        number(
            "weight",
            "Share of the whole that the families' panel gave it; the weights of all "
            "recommendations add up to 1. Leave all empty if none were given.",
            required=False,
            low=0,
            high=1,
        ),
        code("tier", "Level of support it is about.", TIERS),
        flag(
            "upstream",
            "Whether it moves money or staff towards earlier help; empty if not judged.",
            required=False,
        ),
        *(
            flag(name, f"Whether it {what}; empty if not judged.", required=False)
            for name, what in SMART.items()
        ),
        codes("principles", "The Promise's principles of family support it serves.", PRINCIPLES),
        listing("clauses", "Clauses of the proposal it answers, such as 1.3b or 2.4b."),
        *_authors("recommendation"),
        *PROVENANCE,
    ),
    key=("rec_id",),
    foreign=(ForeignKey("clauses", "clause", "clause_id"),),
    dated_by="date",
)

LINK = Contract(
    "link",
    "links from accounts to recommendations",
    ("records",),
    (
        text("from_id", "Excerpt, theme, finding or recommendation the link starts from."),
        text("to_id", "Theme, finding or recommendation the link leads to."),
        code(
            "kind",
            "What the start does for the end; excluded means considered for it and left out.",
            ("supports", "contradicts", "merged_into", "excluded"),
        ),
        text("by", "Pseudonym of the person or name of the body that made the link."),
        date("date", "Day the link was recorded."),
        text("reason", "Why something was excluded or merged.", required=False),
        *PROVENANCE,
    ),
    key=("from_id", "to_id"),
    dated_by="date",
)

RESPONSE = Contract(
    "response",
    "responses to the recommendations",
    ("records",),
    (
        text("rec_id", "Recommendation that was answered."),
        text("body_id", "Body that was asked to answer."),
        date("date", "Day of the answer; if there was none, the last day it was looked for."),
        code("decision", "What the body decided.", ("accept", "partly", "reject", "defer", "none")),
        text("reason", "Reason the body gave.", required=False),
        text("action", "What the body says it will do.", required=False),
        integer(
            "stage",
            "How far it has been put into practice, from 0 (not at all) to 4 (part of daily work).",
            low=0,
            high=4,
        ),
        date("due", "Day by which the body says it will be done.", required=False),
        *PROVENANCE,
    ),
    key=("rec_id", "body_id"),
    foreign=(
        ForeignKey("rec_id", "recommendation", "rec_id"),
        ForeignKey("body_id", "body", "body_id"),
    ),
    dated_by="date",
)

FEEDBACK_EVENT = Contract(
    "feedback_event",
    "news given back to those who took part",
    ("records",),
    (
        text("feedback_id", "Identifier of the row."),
        text(
            "person_id",
            "Pseudonym of the person who was told; either this or the group is needed.",
            required=False,
        ),
        code("group", "Role of the people who were told as a group.", ROLES, required=False),
        date("date", "Day they were told."),
        code(
            "channel",
            "How they were told.",
            ("letter", "email", "phone", "text_message", "meeting", "event", "website"),
        ),
        code(
            "content_kind",
            "What they were told: thanks only, what was found, what was recommended, what was "
            "decided, or what was done.",
            ("thanks", "findings", "recommendations", "decisions", "actions"),
        ),
        *PROVENANCE,
    ),
    key=("feedback_id",),
    foreign=(ForeignKey("person_id", "person", "person_id"),),
    dated_by="date",
)
