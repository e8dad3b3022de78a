"""Contracts for the documentary record: what was commissioned and what was claimed."""

from __future__ import annotations

from wfw_eval.records.contract import (
    DOCUMENTARY,
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
from wfw_eval.records.people import CHARACTERISTICS
from wfw_eval.records.sessions import STAGES

BASELINES = ("A_literal", "B_corrected", "C_18m")
YES_NO = ("yes", "no")

DOCUMENT = Contract(
    "document",
    "documents",
    ("documents",),
    (
        text("doc", "Letter the document is cited by."),
        text("title", "Title."),
        text("kind", "What kind of document."),
        text("publisher", "Publisher, where the text shows one.", required=False),
        text("period_stated", "Period the document states.", required=False),
        text("note", "What a reader should know.", required=False),
        *DOCUMENTARY,
    ),
    key=("doc",),
)

CLAUSE = Contract(
    "clause",
    "clauses and statements",
    ("documents",),
    (
        text("clause_id", "Clause number, timeline row or web statement."),
        code("doc", "P the proposal, W the web page.", ("P", "W")),
        integer("sequence", "Order in the document.", low=1),
        code(
            "kind",
            "What the clause does.",
            (
                "context",
                "definition",
                "outcome",
                "output",
                "activity",
                "criterion",
                "duty",
                "resource",
                "milestone",
                "claim",
            ),
        ),
        text("text", "The clause in plain words."),
        listing("key_phrases", "Exact phrases of the clause."),
        *DOCUMENTARY,
    ),
    key=("clause_id",),
    foreign=(ForeignKey("doc", "document", "doc"),),
)

BODY = Contract(
    "body",
    "bodies",
    ("documents",),
    (
        text("body_id", "Identifier."),
        text("name", "Name used in this evaluation."),
        listing("aliases", "Every spelling the documents use."),
        code(
            "kind",
            "What kind of body.",
            ("oversight", "leadership", "forum", "panel", "partner", "council", "hscp", "lead"),
        ),
        listing("named_in", "Clauses that name it."),
        *DOCUMENTARY,
    ),
    key=("body_id",),
    foreign=(ForeignKey("named_in", "clause", "clause_id"),),
)

ORGANISATION = Contract(
    "organisation",
    "organisations",
    ("documents", "records"),
    (
        text("org_id", "Identifier."),
        text("name", "Name."),
        code("sector", "Sector.", ("third", "public", "other")),
        text("area", "Area served, where stated.", required=False),
        codes("priority_groups", "Priority groups served, where stated.", CHARACTERISTICS),
        listing("named_in", "Clauses that name it."),
        text("source_org", "Organisation that supplied the row.", required=False),
        date("received_on", "Day the evaluator received it.", required=False),
        *DOCUMENTARY,
    ),
    key=("org_id",),
    foreign=(ForeignKey("named_in", "clause", "clause_id"),),
)

COMMITMENT = Contract(
    "commitment",
    "commitments",
    ("documents",),
    (
        text("commitment_id", "Identifier."),
        text("clause_id", "Clause that makes the commitment."),
        text("statement", "The commitment in plain words."),
        listing("qualifiers", "Exact phrases that limit or specify it."),
        text("claim_clause_id", "Published statement that claims it.", required=False),
        text("owner_body_id", "Body that owns it.", required=False),
        date("due_start", "Earliest day due.", required=False),
        date("due_end", "Last day due.", required=False),
        text("measure", "How the text says one would know.", required=False),
        flag("lead", "Whether it is a lead outcome or output."),
        *DOCUMENTARY,
    ),
    key=("commitment_id",),
    foreign=(
        ForeignKey("clause_id", "clause", "clause_id"),
        ForeignKey("claim_clause_id", "clause", "clause_id"),
        ForeignKey("owner_body_id", "body", "body_id"),
    ),
)

MILESTONE = Contract(
    "milestone",
    "outline timeline",
    ("documents",),
    (
        text("milestone_id", "Timeline row, or PROJECT for the whole."),
        code("baseline", "Which reading of the plan.", BASELINES),
        text("clause_id", "Clause the dates come from."),
        text("label", "What was to happen."),
        listing("owner_body_ids", "Bodies named as owners."),
        flag("owner_stated", "Whether an organisation is named."),
        date("planned_start", "First planned day.", required=False),
        date("planned_end", "Last planned day.", required=False),
        code("precision", "How exactly the plan states it.", ("day", "month", "tbc")),
        date("actual_start", "First actual day published.", required=False),
        date("actual_end", "Last actual day published.", required=False),
        text("actual_source", "Statement the actual dates come from.", required=False),
        code(
            "evidence_stage", "Session stage that would show it happened.", STAGES, required=False
        ),
        text("note", "What a reader should know.", required=False),
        *DOCUMENTARY,
    ),
    key=("milestone_id", "baseline"),
    foreign=(
        ForeignKey("clause_id", "clause", "clause_id"),
        ForeignKey("owner_body_ids", "body", "body_id"),
        ForeignKey("actual_source", "clause", "clause_id"),
    ),
)

DISCREPANCY = Contract(
    "discrepancy",
    "discrepancy register",
    ("documents",),
    (
        text("disc_id", "Identifier."),
        code(
            "kind",
            "What kind of discrepancy.",
            ("contradiction", "drift", "gap", "tension", "independence", "typo"),
        ),
        listing("clause_a", "Clauses on one side."),
        listing("clause_b", "Clauses on the other."),
        text("quote_a", "Exact phrase on one side.", required=False),
        text("quote_b", "Exact phrase on the other.", required=False),
        text("what", "The discrepancy in one sentence."),
        text("why_it_matters", "Why it matters."),
        code("materiality", "How much it changes the evaluation.", ("high", "medium", "low")),
        text("treatment", "How the evaluation treats it."),
        text("default_reading", "Reading used where one is needed.", required=False),
        code("status", "Whether it is settled.", ("open", "explained", "resolved")),
        listing("affects", "Chapters whose results it changes."),
        listing("question", "Evaluation questions it bears on."),
        *DOCUMENTARY,
    ),
    key=("disc_id",),
    foreign=(
        ForeignKey("clause_a", "clause", "clause_id"),
        ForeignKey("clause_b", "clause", "clause_id"),
    ),
)

DEFINITION_CRITERION = Contract(
    "definition_criterion",
    "definition criteria",
    ("documents",),
    (
        text("criterion_id", "Identifier."),
        text("label", "The criterion in plain words."),
        code("in_2_2", "Whether the proposal's definition holds it.", YES_NO),
        code("in_W8", "Whether the published definition holds it.", YES_NO),
        code("in_W9", "Whether the published explanation holds it.", YES_NO),
        text("phrase_2_2", "Exact phrase of the proposal.", required=False),
        text("phrase_W8", "Exact phrase of the published definition.", required=False),
        text("phrase_W9", "Exact phrase of the explanation.", required=False),
        text("note", "What a reader should know.", required=False),
        *DOCUMENTARY,
    ),
    key=("criterion_id",),
)

CLAIM_EVIDENCE = Contract(
    "claim_evidence",
    "claims and the evidence they need",
    ("documents",),
    (
        text("clause_id", "Published statement."),
        text("claim", "What it claims, in plain words."),
        listing("evidence_tables", "Tables that could bear on it."),
        text("would_show", "Evidence needed to admit the claim."),
        text("limits", "What such evidence could not show.", required=False),
        *DOCUMENTARY,
    ),
    key=("clause_id",),
    foreign=(ForeignKey("clause_id", "clause", "clause_id"),),
)
