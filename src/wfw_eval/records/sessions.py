"""Contracts for sessions, invitations and attendance."""

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

STAGES = ("set_up", "design", "fieldwork", "analysis", "drafting", "sign_off", "feedback")

SESSION = Contract(
    "session",
    "session log",
    ("records",),
    (
        text("session_id", "Identifier of the session."),
        date("date", "Day it was held."),
        code(
            "kind",
            "What kind of session.",
            (
                "oversight",
                "workshop",
                "interview",
                "focus_group",
                "survey",
                "creative",
                "event",
                "training",
                "drafting",
            ),
        ),
        code("co_type", "Which of the four Co's.", ("commission", "design", "deliver", "assess")),
        code("stage", "Stage of the process.", STAGES),
        code("mode", "How people met.", ("in_person", "online", "hybrid")),
        text("area", "Area it was held in."),
        text("org_id", "Organisation that ran it.", required=False),
        number("hours", "Length in hours.", low=0, high=24),
        flag("observed", "Whether an independent observer was there."),
        *PROVENANCE,
    ),
    key=("session_id",),
    foreign=(ForeignKey("org_id", "organisation", "org_id"),),
    dated_by="date",
)

_PERSON_AND_SESSION = (
    ForeignKey("person_id", "person", "person_id"),
    ForeignKey("session_id", "session", "session_id"),
)

INVITATION = Contract(
    "invitation",
    "invitations",
    ("records",),
    (
        text("person_id", "Person invited."),
        text("session_id", "Session invited to."),
        code(
            "channel",
            "How the invitation was made.",
            ("partner", "letter", "email", "phone", "event"),
        ),
        code("outcome", "What came of it.", ("attended", "agreed_absent", "declined", "no_reply")),
        *PROVENANCE,
    ),
    key=("person_id", "session_id"),
    foreign=_PERSON_AND_SESSION,
)

ATTENDANCE = Contract(
    "attendance",
    "attendance register",
    ("records",),
    (
        text("person_id", "Person who attended."),
        text("session_id", "Session attended."),
        number("hours", "Hours attended.", low=0, high=24),
        number("paid_gbp", "Payment in pounds; empty if none or salaried.", required=False, low=0),
        flag("paid", "Whether the time was paid."),
        *PROVENANCE,
    ),
    key=("person_id", "session_id"),
    foreign=_PERSON_AND_SESSION,
)
