"""Contracts for what happened in meetings: who spoke, what was decided, and by whom."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    flag,
    integer,
    number,
    text,
)
from wfw_eval.records.people import PERSON, ROLES
from wfw_eval.records.sessions import STAGES

STAKES = PERSON.field("stake").allowed

TURN = Contract(
    "turn",
    "turns at speaking in observed sessions",
    ("records",),
    (
        text("session_id", "Session that was observed."),
        integer("seq", "Order of the turn in the session, from 1.", low=1),
        text(
            "person_id",
            "Pseudonym of the person who spoke; either this or the role is needed.",
            required=False,
        ),
        code(
            "role",
            "What the speaker takes part as, where the person is not known.",
            ROLES,
            required=False,
        ),
        number("seconds", "Length of the turn in seconds, if timed.", required=False, low=0),
        integer("words", "Number of words, if counted.", required=False, low=0),
        code(
            "kind",
            "What the speaker did.",
            ("speak", "propose", "question", "interrupt", "facilitate"),
        ),
        *PROVENANCE,
    ),
    key=("session_id", "seq"),
    foreign=(
        ForeignKey("session_id", "session", "session_id"),
        ForeignKey("person_id", "person", "person_id"),
    ),
)

DECISION = Contract(
    "decision",
    "log of decisions",
    ("records",),
    (
        text("decision_id", "Identifier of the decision."),
        date("date", "Day it was taken."),
        code("stage", "Stage of the process it belongs to.", STAGES),
        text("text", "What was decided, in one sentence and without names of people."),
        integer(
            "importance", "Weight of the decision, from 1 (minor) to 3 (major).", low=1, high=3
        ),
        code(
            "proposed_by",
            "Whether it was proposed out of lived experience, professionally, or by both together.",
            STAKES,
        ),
        text("body_id", "Body that took it."),
        text("clause_id", "Clause of the proposal it carries out, if any.", required=False),
        *PROVENANCE,
    ),
    key=("decision_id",),
    foreign=(
        ForeignKey("body_id", "body", "body_id"),
        ForeignKey("clause_id", "clause", "clause_id"),
    ),
    dated_by="date",
)

DECISION_RATING = Contract(
    "decision_rating",
    "ratings of how decisions were shared",
    ("records",),
    (
        text("decision_id", "Decision that was rated."),
        text("rater", "Pseudonym of the rater; give every rater a row of their own."),
        integer(
            "tlap",
            "Rung of the Think Local Act Personal ladder: 1 coercion, 2 educating, 3 informing, "
            "4 consultation, 5 engagement, 6 co-design, 7 co-production.",
            low=1,
            high=7,
        ),
        code(
            "authority",
            "What part people with lived experience had in deciding.",
            ("informed", "consulted", "joint", "delegated"),
        ),
        flag("blind", "Whether the rater did not know the other ratings."),
        *PROVENANCE,
    ),
    key=("decision_id", "rater"),
    foreign=(ForeignKey("decision_id", "decision", "decision_id"),),
)
