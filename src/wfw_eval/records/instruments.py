"""Contracts for questionnaires: the instrument, its items and the answers."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    flag,
    number,
    text,
)

WAVES = ("baseline", "mid", "end", "follow_up")

INSTRUMENT = Contract(
    "instrument",
    "questionnaires used",
    ("records",),
    (
        text("instrument_id", "Identifier of the questionnaire."),
        text("title", "Name of the questionnaire."),
        text("version", "Version or year."),
        text("licence", "Terms on which it may be used, or 'own' for one made for the project."),
        *PROVENANCE,
    ),
    key=("instrument_id",),
)

ITEM = Contract(
    "item",
    "items of the questionnaires",
    ("records",),
    (
        text("item_id", "Identifier of the item, unlike that of any other questionnaire's items."),
        text("instrument_id", "Questionnaire it belongs to."),
        text("label", "What it asks about, in a few neutral words; not the licensed wording."),
        text("subscale", "Part of the questionnaire it is scored with.", required=False),
        flag("reverse", "Whether a high answer is unfavourable, so that it is scored reversed."),
        number("scale_min", "Lowest answer that can be given."),
        number("scale_max", "Highest answer that can be given."),
        *PROVENANCE,
    ),
    key=("item_id",),
    foreign=(ForeignKey("instrument_id", "instrument", "instrument_id"),),
)

RESPONSE_ITEM = Contract(
    "response_item",
    "answers to questionnaires",
    ("records",),
    (
        text("person_id", "Pseudonym of the person who answered."),
        text("item_id", "Item that was answered."),
        code("wave", "When in the project the questionnaire was given.", WAVES),
        date("date", "Day it was answered."),
        number(
            "value",
            "The answer as ticked, before any reversing; empty if there is none.",
            required=False,
        ),
        code(
            "na_reason",
            "Why there is no answer; empty if there is one.",
            ("not_applicable", "prefer_not", "skipped", "not_asked", "unknown"),
            required=False,
        ),
        *PROVENANCE,
    ),
    key=("person_id", "item_id", "wave"),
    foreign=(
        ForeignKey("person_id", "person", "person_id"),
        ForeignKey("item_id", "item", "item_id"),
    ),
    dated_by="date",
)
