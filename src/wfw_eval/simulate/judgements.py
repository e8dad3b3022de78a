"""The evaluator's register of evidence, and the judgements of several raters."""

import pandas as pd

from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import EVALUATOR, FAMILIES_PANEL, from_rows, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

# Date, question, commitment, criterion, what it shows, where, class, independent.
EVIDENCE = (
    ("2023-09-18", "EQ1", "C08", None, "partly", "clause", "recorded", True),
    ("2023-09-18", "EQ3", "C19", None, "partly", "family_characteristic", "recorded", False),
    ("2023-09-18", "EQ2", "C05", None, "met", "application", "recorded", False),
    ("2023-09-25", "EQ7", "C06", None, "partly", "attendance", "recorded", False),
    ("2023-09-25", "EQ11", "C07", None, "met", "session", "recorded", False),
    ("2023-09-29", "EQ5", None, "work_together", "met", "decision_rating", "observed", True),
    ("2023-09-29", "EQ5", None, "equal_basis", "partly", "turn", "observed", True),
    ("2023-09-29", "EQ7", "C17", None, "partly", "risk", "recorded", False),
    ("2023-12-11", "EQ4", None, "supported_to_share", "partly", "support", "recorded", True),
    ("2023-12-11", "EQ6", None, "value_driven", "met", "response_item", "reported", True),
    ("2024-02-26", "EQ3", "C09", None, "not_met", "family_characteristic", "recorded", False),
    ("2024-02-26", "EQ3", "C13", None, "partly", "session", "observed", True),
    ("2024-03-18", "EQ8", "C02", None, "cannot_tell", "coding", "recorded", True),
    ("2024-06-24", "EQ5", None, "equal_basis", "not_met", "turn", "observed", True),
    ("2024-06-24", "EQ5", None, "shared_decision", "not_met", "decision_rating", "observed", True),
    ("2024-04-22", "EQ7", "C20", None, "partly", "receipt", "recorded", False),
    ("2024-04-22", "EQ13", "C21", None, "not_met", "receipt", "recorded", False),
    ("2024-05-13", "EQ9", "C12", None, "partly", "link", "recorded", True),
    ("2024-05-13", "EQ9", "C03", None, "partly", "recommendation", "recorded", True),
    ("2024-05-20", "EQ11", "C04", None, "partly", "learning", "claimed", False),
    ("2024-05-20", "EQ11", "C11", None, "met", "communication", "claimed", False),
    ("2024-06-10", "EQ10", "C15", None, "met", "communication", "recorded", False),
    ("2024-06-10", "EQ10", "C16", None, "partly", "communication", "recorded", False),
    ("2024-06-17", "EQ12", "C23", None, "partly", "spend", "recorded", False),
    ("2024-06-17", "EQ13", "C22", None, "met", "judgement", "recorded", True),
    ("2024-06-24", "EQ10", None, "recommendations", "met", "response", "recorded", False),
    ("2024-06-24", "EQ11", "C14", None, "cannot_tell", "contribution_test", "planned", False),
)

# Indicator, value and interval, by row of the register above, as the data of that day gave them.
VALUES = {
    5: ("share_decisions_tlap6", 0.38, None, None),
    6: ("vpr_families", 0.99, None, None),
    10: ("disclosure_rate", 0.46, 0.39, 0.53),  # of ethnicity
    13: ("vpr_families", 0.86, None, None),
    14: ("share_decisions_tlap6", 0.28, None, None),
}

# Levels by question: two evaluators at mid-term and at the end, the lead's own, the council's
# rater with an interest, the families' panel. N is insufficient evidence.
LEVELS = {
    "EQ1": ("3", "3", "3", "3", "4", None, "3"),
    "EQ2": ("4", "4", "3", "4", "5", "5", "4"),
    "EQ3": ("3", "3", "2", "2", "4", "4", "2"),
    "EQ4": ("4", "4", "3", "3", "5", None, "3"),
    "EQ5": ("4", "4", "3", "2", "5", "4", "2"),
    "EQ6": ("4", "5", "4", "3", "5", None, "3"),
    "EQ7": ("4", "4", "3", "3", "5", "5", "3"),
    "EQ8": ("N", "N", "3", "4", "4", None, "N"),
    "EQ9": ("N", "N", "2", "3", "5", "4", "2"),
    "EQ10": ("N", "N", "3", "3", "4", "5", "2"),
    "EQ11": ("3", "3", "3", "3", "5", None, "4"),
    "EQ12": ("N", "N", "N", "N", "4", "4", "N"),
    "EQ13": ("2", "3", "3", "3", None, None, "3"),
}
MID_TERM, END, LATER = "2023-09-29", "2024-06-26", "2024-06-27"
RATINGS = (
    ("evaluator_1", MID_TERM),
    ("evaluator_2", MID_TERM),
    ("evaluator_1", END),
    ("evaluator_2", END),
    (PROCESS_TRUTH.self_rater, LATER),
    (PROCESS_TRUTH.conflicted_rater, LATER),
    ("families_panel_1", LATER),
)
SOURCES = {PROCESS_TRUTH.self_rater: LEAD_ORGANISATION, "families_panel_1": FAMILIES_PANEL}
CONFIDENCE = ("methods", "coherence", "adequacy", "relevance")
CONCERNS = {
    "2": ("minor", "moderate", "moderate", "minor"),
    "3": ("minor", "minor", "moderate", "none"),
    "4": ("minor", "none", "minor", "none"),
    "5": ("none", "none", "minor", "none"),
    "N": ("serious", "moderate", "serious", "minor"),
}
RUBRIC = "simulated-rubric"


def evidence_table() -> pd.DataFrame:
    """Return the register; what is only claimed or planned is in it, and marked so."""
    columns = ("date", "eq_id", "commitment_id", "criterion_id", "shows", "location")
    table = from_rows((*columns, "evidence", "independent"), EVIDENCE)
    table.insert(0, "evidence_id", numbered("EV", len(table), 2))
    table["statement"] = "Simulated evidence from table " + table["location"] + "."
    table["location"] = "table " + table["location"]
    values = pd.DataFrame.from_dict(
        VALUES, orient="index", columns=["indicator", "value", "interval_low", "interval_high"]
    )
    table = table.join(values)
    indicator = ["statement", "shows", *values.columns, "location", "independent"]
    ordered = table[["evidence_id", *columns[:4], *indicator]]
    return recorded(ordered, EVALUATOR, evidence_class=table["evidence"])


def judgement_table() -> pd.DataFrame:
    """Return a level a question, rater and date, and some of single indicators."""
    rows = [
        (date, question, score, rater)
        for question, scores in LEVELS.items()
        for (rater, date), score in zip(RATINGS, scores, strict=True)
        if score is not None
    ]
    table = from_rows(("date", "eq_id", "score", "rater"), rows)
    table = pd.concat([table, _of_indicators()], ignore_index=True)
    table = table.sort_values(["date", "rater"], kind="stable", ignore_index=True)
    table.insert(0, "judgement_id", numbered("J", len(table), 2))
    concerns = pd.DataFrame([CONCERNS[score] for score in table["score"]])
    named = {f"confidence_{name}": concerns[n] for n, name in enumerate(CONFIDENCE)}
    return _ordered(table.assign(**named))


def _of_indicators() -> pd.DataFrame:
    """Return judgements of single indicators, with the value the rater had before them."""
    rows = [
        (date, "EQ5", score, rater, *VALUES[row])
        for rater in ("evaluator_1", "evaluator_2")
        for date, row, score in ((MID_TERM, 5, "4"), (END, 13, "4"), (END, 14, "3"))
    ]
    value = ("indicator", "value", "interval_low", "interval_high")
    return from_rows(("date", "eq_id", "score", "rater", *value), rows)


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    truth = PROCESS_TRUTH
    table["reason"] = "Simulated reason for level " + table["score"] + "."
    table["self_rating"] = table["rater"].isin((truth.self_rater, truth.conflicted_rater))
    table["interest_declared"] = table["rater"] == truth.conflicted_rater
    source = table["rater"].map(SOURCES).fillna(EVALUATOR)
    source = source.mask(table["rater"] == truth.conflicted_rater, "sim_council")
    first = ["judgement_id", "date", "eq_id", "indicator", "value", "interval_low"]
    concerns = [f"confidence_{name}" for name in CONFIDENCE]
    last = ["reason", "rater", "self_rating", "interest_declared", "rubric_hash"]
    columns = [*first, "interval_high", "score", *concerns, *last]
    return recorded(table.assign(rubric_hash=RUBRIC)[columns], source)
