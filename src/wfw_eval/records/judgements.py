"""Contracts for the evaluator's evidence and judgements."""

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

QUESTIONS = tuple(f"EQ{n}" for n in range(1, 14))

#: Six is excellent; N is insufficient evidence, which is not a level and is never averaged.
SCORES = ("6", "5", "4", "3", "2", "1", "N")

#: The four components of confidence of GRADE-CERQual, and what each doubts.
CONFIDENCE = {
    "confidence_methods": "how the evidence was gathered",
    "confidence_coherence": "how well the judgement fits the evidence",
    "confidence_adequacy": "how much and how rich the evidence is",
    "confidence_relevance": "how well the evidence bears on the question",
}
CONCERNS = ("none", "minor", "moderate", "serious")

EVIDENCE = Contract(
    "evidence",
    "evidence register",
    ("records",),
    (
        text("evidence_id", "Identifier of the item of evidence."),
        date("date", "Day it was entered."),
        code("eq_id", "Evaluation question it bears on.", QUESTIONS),
        text("commitment_id", "Commitment it bears on, if any.", required=False),
        text("criterion_id", "Criterion of co-production it bears on, if any.", required=False),
        text("statement", "What it shows, in one sentence."),
        code(
            "shows",
            "Whether the commitment, criterion or question is met as far as this item goes.",
            ("met", "partly", "not_met", "cannot_tell"),
        ),
        text("indicator", "Indicator of the rubric it gives a value for, if any.", required=False),
        number("value", "Value of the indicator.", required=False),
        number("interval_low", "Lower end of the value's interval.", required=False),
        number("interval_high", "Upper end of the value's interval.", required=False),
        text("location", "Where it can be found: document and page, or table."),
        flag(
            "independent",
            "Whether neither the lead organisation nor the council produced it.",
        ),
        *PROVENANCE,
    ),
    key=("evidence_id",),
    foreign=(
        ForeignKey("commitment_id", "commitment", "commitment_id"),
        ForeignKey("criterion_id", "definition_criterion", "criterion_id"),
    ),
    dated_by="date",
)

JUDGEMENT = Contract(
    "judgement",
    "judgements of raters",
    ("records",),
    (
        text("judgement_id", "Identifier of the judgement."),
        date("date", "Day it was made."),
        code("eq_id", "Evaluation question that was judged.", QUESTIONS),
        text(
            "indicator",
            "Indicator of the rubric that was judged; empty for the question as a whole.",
            required=False,
        ),
        number("value", "Value of the indicator the rater had before them.", required=False),
        number("interval_low", "Lower end of the value's interval.", required=False),
        number("interval_high", "Upper end of the value's interval.", required=False),
        code(
            "score",
            "Level, from 6 (excellent) to 1 (unsatisfactory), or N (insufficient evidence).",
            SCORES,
        ),
        *(
            code(name, f"Concerns about {what}.", CONCERNS, required=False)
            for name, what in CONFIDENCE.items()
        ),
        text("reason", "Why the rater came to this level, naming the facts.", required=False),
        text("rater", "Pseudonym of the rater; give every rater a row of their own."),
        flag("self_rating", "Whether the rater belongs to an organisation that is being judged."),
        flag("interest_declared", "Whether the rater declared an interest."),
        text("rubric_hash", "Fingerprint of the rubric that was used, as chapters print it."),
        *PROVENANCE,
    ),
    key=("judgement_id",),
    dated_by="date",
)
