"""The risk register, the communications and the lessons of the simulated project."""

import pandas as pd

from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import EVALUATOR, from_rows, recorded, whole

# Identifier, what it is about, owner, what is done; then each review: date, likelihood, impact,
# status. The register is opened a month late, as the oversight group is.
RISKS = (
    (
        *(
            "RK1",
            "too few rural families come",
            "core_oversight_group",
            "travel paid|online option",
        ),
        (
            *(("2023-05-09", 4, 4, "open"), ("2023-08-08", 4, 4, "open")),
            *(("2023-12-12", 3, 4, "reduced"), ("2024-03-12", 4, 4, "happened")),
        ),
    ),
    (
        *("RK2", "taking part is a burden", "core_oversight_group", "shorter sessions"),
        (
            *(("2023-05-09", 2, 3, "open"), ("2023-12-12", 3, 4, "open")),
            *(("2024-03-12", 5, 4, "happened"), ("2024-06-11", 4, 4, "accepted")),
        ),
    ),
    (
        *("RK3", "time runs out before drafting", "fife_voluntary_action", "end date moved"),
        (
            *(("2023-05-09", 3, 4, "open"), ("2023-12-12", 4, 4, "open")),
            ("2024-04-09", 2, 4, "reduced"),
        ),
    ),
    (
        *("RK4", "a partner sends no return", "fife_voluntary_action", "reminders"),
        (("2023-08-08", 3, 3, "open"), ("2024-01-09", 5, 3, "happened")),
    ),
    ("RK5", "nobody answers the recommendations", None, "", (("2023-05-09", 3, 5, "open"),)),
    (
        *("RK6", "distress in a session", "funded_partners", "a quiet room|a named contact"),
        (
            *(("2023-05-09", 3, 5, "open"), ("2023-10-10", 2, 5, "reduced")),
            ("2024-05-14", 1, 5, "closed"),
        ),
    ),
)

LEAD, LEADERS = "fife_voluntary_action", "wfw_leadership_group"

# Date, what it is about, issuer, audience, kind, formats, reach. Families hear late.
COMMUNICATIONS = (
    ("2023-02-10", "a call for partners", LEAD, "public", "press", "web", 420),
    ("2023-05-26", "a first meeting", LEAD, "staff", "newsletter", "web|pdf", 160),
    ("2023-06-30", "progress in the second quarter", LEAD, "leadership", "briefing", "word", 12),
    ("2023-08-18", "dates of sessions", LEAD, "families", "social", "web", 610),
    ("2023-09-29", "progress in the third quarter", LEAD, "leadership", "briefing", "word", 11),
    ("2023-10-20", "who has come so far", LEAD, "staff", "newsletter", "web|pdf", 155),
    ("2023-12-15", "thanks", LEAD, "families", "newsletter", "print|web", 140),
    ("2024-01-19", "what comes next", LEAD, "staff", "newsletter", "web|pdf", 150),
    ("2024-02-28", "first findings", LEAD, "leadership", "briefing", "word|pdf", 14),
    ("2024-03-22", "first findings", LEAD, "staff", "event", "", 48),
    ("2024-05-10", "findings shown to families", LEAD, "families", "event", "easy_read", 29),
    ("2024-05-24", "recommendations", LEAD, "leadership", "report", "pdf", None),
    ("2024-06-07", "recommendations", LEADERS, "public", "press", "web", None),
    ("2024-06-24", "the summary", LEAD, "public", "report", "web|pdf", 230),
    ("2024-06-26", "the summary for families", LEAD, "families", "report", "pdf|easy_read", 65),
)

# Date, lesson, condition, by whom the evidence was supplied, its class, who took it up.
LESSONS = (
    ("2023-07-11", "meals help people to stay", "enabler", "lead", "claimed", ""),
    ("2023-09-12", "a known worker opens doors", "enabler", "lead", "reported", "sim_partner_a"),
    ("2023-10-10", "papers came too late to read", "barrier", "evaluator", "observed", ""),
    ("2023-11-14", "small groups let quiet people speak", "enabler", "evaluator", "observed", ""),
    ("2023-12-12", "rural buses set the hours", "barrier", "lead", "recorded", "sim_council"),
    (
        *("2024-01-17", "drawing suits younger children", "enabler", "evaluator", "observed"),
        "sim_partner_b|sim_partner_c",
    ),
    ("2024-02-13", "lone parents stop coming in winter", "barrier", "evaluator", "recorded", ""),
    ("2024-03-12", "training builds trust", "enabler", "lead", "claimed", ""),
    ("2024-04-09", "drafting online shuts families out", "barrier", "evaluator", "observed", ""),
    ("2024-05-14", "payment on the day matters", "enabler", "lead", "reported", "sim_council"),
    ("2024-06-04", "children were not told the result", "barrier", "evaluator", "recorded", ""),
    ("2024-06-11", "partners will go on together", "enabler", "lead", "planned", ""),
)


def risk_table() -> pd.DataFrame:
    """Return the register: a row for each review; one risk has no owner and no review."""
    rows = [
        (risk, date, label, likelihood, impact, owner, status, mitigations)
        for risk, label, owner, mitigations, reviews in RISKS
        for date, likelihood, impact, status in reviews
    ]
    columns = ("risk_id", "date", "label", "likelihood", "impact", "owner", "status", "mitigations")
    table = from_rows(columns, rows).sort_values(["date", "risk_id"], ignore_index=True)
    table["label"] = "Simulated risk: " + table["label"]
    return recorded(table, LEAD_ORGANISATION)


def communication_table() -> pd.DataFrame:
    """Return what was issued; most of it went to leaders and staff."""
    columns = ("date", "title", "issuer", "audience", "kind", "formats", "reach")
    table = from_rows(columns, COMMUNICATIONS)
    table.insert(0, "communication_id", numbered("CM", len(table), 2))
    table["title"] = "Simulated communication on " + table["title"]
    return recorded(table.assign(reach=whole(table["reach"])), LEAD_ORGANISATION)


def learning_table() -> pd.DataFrame:
    """Return the lessons, of the project itself and with evidence of the evaluator."""
    columns = ("date", "statement", "condition", "by", "evidence", "reused_by")
    table = from_rows(columns, LESSONS)
    table.insert(0, "learning_id", numbered("LE", len(table), 2))
    table["statement"] = "Simulated lesson: " + table["statement"] + "."
    table["independent"] = table["by"] == "evaluator"
    source = table["by"].map({"lead": LEAD_ORGANISATION, "evaluator": EVALUATOR})
    columns = ("learning_id", "date", "statement", "condition", "independent", "reused_by")
    return recorded(table[list(columns)], source, evidence_class=table["evidence"])
