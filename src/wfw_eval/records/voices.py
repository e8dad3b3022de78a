"""Contracts for what people said: sources, excerpts, themes and their coding."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    flag,
    integer,
    text,
)
from wfw_eval.records.people import ROLES

TIERS = ("universal", "additional", "intensive", "none")

SOURCE = Contract(
    "source",
    "transcripts, notes and drawings",
    ("records",),
    (
        text("source_id", "Identifier of the transcript, note, answer, drawing or diary."),
        text("session_id", "Session it comes from, or at which it was collected."),
        code(
            "kind",
            "What kind of source.",
            ("transcript", "note", "survey_text", "drawing", "diary"),
        ),
        text("language", "Language people used, such as English, Polish or British Sign Language."),
        *PROVENANCE,
    ),
    key=("source_id",),
    foreign=(ForeignKey("session_id", "session", "session_id"),),
)

EXCERPT = Contract(
    "excerpt",
    "excerpts of what people said",
    ("records",),
    (
        text("excerpt_id", "Identifier of the excerpt."),
        text("source_id", "Source it was taken from."),
        text(
            "person_id",
            "Pseudonym of the person who said it; either this or the role is needed.",
            required=False,
        ),
        code(
            "role",
            "What the person takes part as, where the person is not known.",
            ROLES,
            required=False,
        ),
        text(
            "text",
            "The words themselves, without names; restricted, and empty if they stay with the "
            "organisation that recorded them.",
            required=False,
        ),
        code("sentiment", "Feeling the words carry.", ("neg", "mixed", "pos", "none")),
        code("tier", "Level of support the words are about.", TIERS),
        integer(
            "identifiers",
            "How many indirect identifiers are left in the words, from 0 to 3 (three or more).",
            low=0,
            high=3,
        ),
        flag("quoted", "Whether the project itself published these words as a quotation."),
        *PROVENANCE,
    ),
    key=("excerpt_id",),
    foreign=(
        ForeignKey("source_id", "source", "source_id"),
        ForeignKey("person_id", "person", "person_id"),
    ),
)

THEME = Contract(
    "theme",
    "code book of themes",
    ("records",),
    (
        text("theme_id", "Identifier of the theme."),
        text("parent", "Wider theme it belongs to; empty for a main theme.", required=False),
        text("label", "Short name of the theme."),
        text("definition", "When an excerpt belongs to the theme, and when it does not."),
        *PROVENANCE,
    ),
    key=("theme_id",),
    foreign=(ForeignKey("parent", "theme", "theme_id"),),
)

CODING = Contract(
    "coding",
    "coding of the excerpts",
    ("records",),
    (
        text("excerpt_id", "Excerpt that was coded."),
        text(
            "theme_id",
            "Theme the coder gave it; keep one theme for 'no theme fits', so that it is known "
            "that the coder read the excerpt.",
        ),
        text("coder_id", "Pseudonym of the coder; give every coder rows of their own."),
        integer("round", "Round of coding: 1 the first, 2 the independent second.", low=1),
        date("date", "Day it was coded."),
        *PROVENANCE,
    ),
    key=("excerpt_id", "theme_id", "coder_id"),
    foreign=(
        ForeignKey("excerpt_id", "excerpt", "excerpt_id"),
        ForeignKey("theme_id", "theme", "theme_id"),
    ),
    dated_by="date",
)
