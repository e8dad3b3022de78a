"""Contracts for risks, communications, lessons and claims of contribution."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    codes,
    date,
    flag,
    integer,
    listing,
    text,
)

#: The criteria on which evidence for a claim of contribution is judged.
STRENGTHS = {
    "plausibility": "it is plausible that the mechanism was at work",
    "uniqueness": "the evidence points to the project and to nothing else",
    "triangulation": "independent sources agree",
    "transparency": "it is clear where the evidence comes from",
    "independence": "the evidence comes from people without an interest in the result",
}

RISK = Contract(
    "risk",
    "risk register",
    ("records",),
    (
        text("risk_id", "Identifier of the risk; repeat it each time the risk is reviewed."),
        date("date", "Day it was entered or reviewed."),
        text("label", "The risk in a few words, without names of people."),
        integer("likelihood", "How likely, from 1 (rare) to 5 (almost certain).", low=1, high=5),
        integer("impact", "How serious, from 1 (slight) to 5 (severe).", low=1, high=5),
        text("owner", "Body that answers for it; empty if nobody was named.", required=False),
        code("status", "Where it stands.", ("open", "reduced", "accepted", "happened", "closed")),
        listing("mitigations", "What is done about it."),
        *PROVENANCE,
    ),
    key=("risk_id", "date"),
    foreign=(ForeignKey("owner", "body", "body_id"),),
    dated_by="date",
)

COMMUNICATION = Contract(
    "communication",
    "communications issued",
    ("records",),
    (
        text("communication_id", "Identifier of the communication."),
        date("date", "Day it was issued."),
        text("title", "What it is called or is about."),
        text("issuer", "Body that issued it."),
        code("audience", "Whom it is mainly for.", ("leadership", "staff", "families", "public")),
        code(
            "kind",
            "What kind of communication.",
            ("report", "briefing", "newsletter", "press", "social", "event"),
        ),
        codes(
            "formats",
            "Forms in which it can be had.",
            (
                "print",
                "web",
                "pdf",
                "word",
                "easy_read",
                "child_friendly",
                "translated",
                "sign_language",
                "audio_video",
            ),
        ),
        integer("reach", "How many people it reached, if counted.", required=False, low=0),
        *PROVENANCE,
    ),
    key=("communication_id",),
    foreign=(ForeignKey("issuer", "body", "body_id"),),
    dated_by="date",
)

LEARNING = Contract(
    "learning",
    "lessons recorded",
    ("records",),
    (
        text("learning_id", "Identifier of the lesson."),
        date("date", "Day it was recorded."),
        text("statement", "The lesson in one sentence."),
        code(
            "condition",
            "Whether it is about something that helped or that got in the way.",
            ("enabler", "barrier"),
        ),
        flag("independent", "Whether somebody outside the project supplied the evidence for it."),
        listing("reused_by", "Organisations that have taken it up."),
        *PROVENANCE,
    ),
    key=("learning_id",),
    dated_by="date",
)

CONTRIBUTION_CLAIM = Contract(
    "contribution_claim",
    "claims of contribution",
    ("records",),
    (
        text("claim_id", "Identifier of the claim."),
        date("date", "Day the claim was set out, which is before it is tested."),
        text("claim", "What the project is said to have contributed to."),
        text("mechanism", "How it is said to have come about."),
        listing("rivals", "Other explanations that must be ruled out."),
        *PROVENANCE,
    ),
    key=("claim_id",),
    dated_by="date",
)

CONTRIBUTION_TEST = Contract(
    "contribution_test",
    "tests of contribution claims",
    ("records",),
    (
        text("test_id", "Identifier of the test."),
        text("claim_id", "Claim that was tested."),
        date("date", "Day of the test."),
        text("rival", "Other explanation it was tested against.", required=False),
        code(
            "test_kind",
            "What passing it would mean: nothing firm, not yet ruled out, shown, or shown with "
            "the rivals ruled out.",
            ("straw_in_the_wind", "hoop", "smoking_gun", "doubly_decisive"),
        ),
        code("result", "What came of it.", ("passed", "failed", "inconclusive")),
        *(
            integer(name, f"How far {what}, from 1 (weak) to 5 (strong).", low=1, high=5)
            for name, what in STRENGTHS.items()
        ),
        *PROVENANCE,
    ),
    key=("test_id",),
    foreign=(ForeignKey("claim_id", "contribution_claim", "claim_id"),),
    dated_by="date",
)
