"""Claims of what the simulated project contributed to, and the tests they were put to."""

import pandas as pd

from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.tabulate import EVALUATOR, from_rows, recorded

PARALLEL = "engagement elsewhere at the same time"
PLANS = "plans that had set the themes already"
PRINCIPLES = "national principles repeated"
SELECTION = "families who were engaged already"

# Identifier, date, what, how, rivals.
CLAIMS = (
    (
        "CC1",
        "2023-11-06",
        "leaders heard family voices",
        "accounts in one report",
        (PARALLEL, PLANS),
    ),
    ("CC2", "2023-11-06", "recommendations on waiting", "many like accounts", (PRINCIPLES, PLANS)),
    ("CC3", "2023-11-06", "parents grew in confidence", "practice with support", (SELECTION,)),
    ("CC4", "2024-01-22", "partners work together more", "meeting each month", (PARALLEL,)),
)

# Claim, date, rival, kind of test, result, then strength on the five criteria.
TESTS = (
    ("CC1", "2024-05-20", PARALLEL, "hoop", "passed", 4, 2, 3, 4, 4),
    ("CC1", "2024-05-20", PLANS, "smoking_gun", "inconclusive", 4, 2, 3, 4, 4),
    ("CC2", "2024-05-21", PRINCIPLES, "hoop", "passed", 5, 4, 4, 5, 4),
    ("CC2", "2024-05-21", PLANS, "doubly_decisive", "passed", 5, 4, 4, 5, 4),
    ("CC2", "2024-05-21", None, "straw_in_the_wind", "passed", 4, 2, 3, 4, 3),
    ("CC3", "2024-06-18", SELECTION, "hoop", "failed", 3, 1, 2, 3, 2),
    ("CC4", "2024-06-18", PARALLEL, "straw_in_the_wind", "passed", 3, 2, 2, 3, 2),
    ("CC4", "2024-06-18", PARALLEL, "hoop", "inconclusive", 3, 2, 3, 3, 3),
)
STRENGTHS = ("plausibility", "uniqueness", "triangulation", "transparency", "independence")


def contribution_claim_table() -> pd.DataFrame:
    """Return the claims, set out before they were tested."""
    table = from_rows(("claim_id", "date", "claim", "mechanism", "rivals"), CLAIMS)
    table["claim"] = "Simulated claim: " + table["claim"] + "."
    table["mechanism"] = "Simulated mechanism: " + table["mechanism"] + "."
    return recorded(table.assign(rivals=table["rivals"].str.join("|")), EVALUATOR)


def contribution_test_table() -> pd.DataFrame:
    """Return the tests: one claim holds against every rival, one falls, two stay open."""
    columns = ("claim_id", "date", "rival", "test_kind", "result", *STRENGTHS)
    table = from_rows(columns, TESTS)
    table.insert(0, "test_id", numbered("CT", len(table), 2))
    return recorded(table, EVALUATOR)
