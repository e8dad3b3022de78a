"""The log of decisions, and how far two blind raters found each to be shared."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Whole, as_labels
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION, with_provenance
from wfw_eval.simulate.tabulate import EVALUATOR, days, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

RATERS = ("rater_1", "rater_2")

TOPICS = {
    "set_up": ("how partners apply", "what the money may pay for", "who sits on the panel"),
    "design": ("which questions to ask", "where to meet", "how people are paid", "ways of working"),
    "fieldwork": ("who else to invite", "changing a session", "what children are asked"),
    "analysis": ("which accounts to read together", "the names of themes"),
    "drafting": ("the order of the recommendations", "the wording of a recommendation"),
    "feedback": ("how findings are shown to families",),
    "sign_off": ("approving the report", "who receives the report"),
}
CLAUSES = {
    "set_up": ("2.8", "2.9", "2.10a", "T6"),
    "design": ("2.10b", "2.10c", "T9"),
    "fieldwork": ("2.10e", "2.11b", "T10"),
    "analysis": ("2.4a", "T11"),
    "drafting": ("2.11a", "T11"),
    "feedback": ("T12",),
    "sign_off": ("3.1", "T13"),
}
BODIES = {
    "set_up": {"selection_panel": 2, "fife_voluntary_action": 1, "fife_council": 1},
    "drafting": {"fife_voluntary_action": 2, "project_team": 1},
}
USUAL_BODIES = {"core_oversight_group": 4, "project_team": 1}
PROPOSED_BY = {
    "set_up": {"professional": 1},
    "design": {"lived": 3, "both": 4, "professional": 3},
    "fieldwork": {"lived": 4, "both": 3, "professional": 3},
    "drafting": {"professional": 5, "both": 1},
}
USUALLY_PROPOSED_BY = {"professional": 3, "both": 2, "lived": 1}
IMPORTANCE = {"1": 3, "2": 4, "3": 3}
WITHOUT_CLAUSE = 0.2

AUTHORITY = {
    1: "informed",
    2: "informed",
    3: "informed",
    4: "consulted",
    5: "consulted",
    6: "joint",
    7: "joint",
}
DELEGATED = 0.3
OFF_BY_ONE = {"-1": 1, "0": 5, "1": 1}


def decision_table(draws: Draws, session: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions. Each was taken on the day of a session of its stage."""
    stages = PROCESS_TRUTH.decisions_by_stage
    table = pd.concat(
        [_of_stage(draws, session, stage, n) for stage, n in stages.items()], ignore_index=True
    )
    table = table.sort_values("date", kind="stable", ignore_index=True)
    numbers = (table.index + 1).astype("str")
    table.insert(0, "decision_id", numbered("D", len(table), 2))
    table["text"] = "Simulated decision " + numbers + ": " + table["text"] + "."
    return recorded(table, LEAD_ORGANISATION)


def decision_rating_table(draws: Draws, decision: pd.DataFrame) -> pd.DataFrame:
    """Return two blind ratings of each decision, on the planted levels of its stage."""
    first, second = _levels(draws, decision)
    ratings = pd.concat(
        [
            decision[["decision_id", "date"]].assign(rater=rater, tlap=levels)
            for rater, levels in zip(RATERS, (first, second), strict=True)
        ]
    ).sort_values(["decision_id", "rater"], ignore_index=True)
    authority = ratings["tlap"].map(AUTHORITY)
    delegated = (ratings["tlap"] == 7).to_numpy() & draws.chance(DELEGATED, len(ratings))
    ratings["authority"] = authority.mask(delegated, "delegated")
    columns = ["decision_id", "rater", "tlap", "authority", "blind"]
    return with_provenance(ratings.assign(blind=True)[columns], EVALUATOR, days(ratings["date"]))


def _of_stage(draws: Draws, session: pd.DataFrame, stage: str, size: int) -> pd.DataFrame:
    # Not on the first or last day, so that the stage's limits do not hang on a single session.
    held = session.loc[session["stage"] == stage, "date"].to_numpy()[1:-1]
    bodies = BODIES.get(stage, USUAL_BODIES)
    proposers = PROPOSED_BY.get(stage, USUALLY_PROPOSED_BY)
    clause = as_labels(CLAUSES[stage])[draws.below(len(CLAUSES[stage]), size)]
    clause[draws.chance(WITHOUT_CLAUSE, size)] = None
    return pd.DataFrame(
        {
            "date": held[draws.below(len(held), size)],
            "stage": stage,
            "text": as_labels(TOPICS[stage])[draws.below(len(TOPICS[stage]), size)],
            "importance": draws.choose(IMPORTANCE, size).astype(np.int64),
            "proposed_by": draws.choose(proposers, size),
            "body_id": draws.choose(bodies, size),
            "clause_id": clause,
        }
    )


def _levels(draws: Draws, decision: pd.DataFrame) -> tuple[Whole, Whole]:
    """Return both raters' levels. They are two apart in the first decision of two stages."""
    size = len(decision)
    low, high = (decision["stage"].map(bound).to_numpy() for bound in _bounds())
    first: Whole = low + draws.below(high - low + 1, size)
    slip = draws.choose(OFF_BY_ONE, size).astype(np.int64)
    second = np.clip(first + slip, low, high)
    opening = ~decision["stage"].duplicated()
    apart = (opening & decision["stage"].isin(PROCESS_TRUTH.stages_raters_disagree)).to_numpy()
    return np.where(apart, low, first), np.where(apart, low + 2, second)


def _bounds() -> tuple[dict[str, int], dict[str, int]]:
    levels = PROCESS_TRUTH.tlap_by_stage
    return (
        {stage: low for stage, (low, _) in levels.items()},
        {stage: high for stage, (_, high) in levels.items()},
    )
