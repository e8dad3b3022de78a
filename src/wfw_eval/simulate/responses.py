"""What the bodies answered to the recommendations, and what people were told."""

import pandas as pd

from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import from_rows, involved, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

LEADERSHIP, PARTNERSHIP = "wfw_leadership_group", "children_in_fife_partnership"
ACTION = "Simulated action"

# Recommendation, body, date, decision, reason, action, stage, due.
RESPONSES = (
    ("R01", LEADERSHIP, "2024-05-28", "accept", None, ACTION, 2, "2024-12-31"),
    ("R02", LEADERSHIP, "2024-05-28", "accept", None, ACTION, 1, "2025-03-31"),
    (
        *("R03", LEADERSHIP, "2024-05-28", "partly"),
        *("Simulated reason: one area first.", ACTION, 1, "2025-03-31"),
    ),
    ("R04", LEADERSHIP, "2024-06-18", "accept", None, None, 0, None),
    (
        *("R05", LEADERSHIP, "2024-06-18", "reject"),
        *("Simulated reason: terms of reference are settled.", None, 0, None),
    ),
    ("R06", LEADERSHIP, "2024-06-28", "none", None, None, 0, None),
    (
        *("R07", LEADERSHIP, "2024-06-18", "partly"),
        *("Simulated reason: money for one year only.", ACTION, 1, "2025-06-30"),
    ),
    (
        *("R08", LEADERSHIP, "2024-06-18", "defer"),
        *("Simulated reason: waits for the budget.", None, 0, "2025-03-31"),
    ),
    ("R09", LEADERSHIP, "2024-06-04", "accept", None, ACTION, 3, "2024-09-30"),
    ("R10", LEADERSHIP, "2024-06-28", "none", None, None, 0, None),
    ("R01", PARTNERSHIP, "2024-06-25", "accept", None, None, 0, None),
    ("R02", PARTNERSHIP, "2024-06-28", "none", None, None, 0, None),
    ("R03", PARTNERSHIP, "2024-06-25", "reject", None, None, 0, None),
    (
        *("R04", PARTNERSHIP, "2024-06-25", "partly"),
        *("Simulated reason: staff are short.", ACTION, 0, "2025-06-30"),
    ),
)

# Group, date, channel, content.
TOLD_AS_A_GROUP = (
    ("parent", "2023-12-15", "letter", "thanks"),
    ("practitioner", "2024-02-28", "meeting", "findings"),
    ("parent", "2024-05-10", "event", "findings"),
    ("carer", "2024-05-10", "event", "findings"),
    ("manager", "2024-05-22", "email", "recommendations"),
    ("parent", "2024-06-20", "meeting", "decisions"),
)
TOLD_ON = pd.Timestamp("2024-06-21")
TOLD_WITHIN = 7
CHANNELS = {"letter": 5, "email": 3, "phone": 1, "text_message": 2}
CONTENTS = {"decisions": 6, "actions": 2, "recommendations": 2}


def response_table() -> pd.DataFrame:
    """Return the answers: accepted, partly, rejected with and without a reason, or none."""
    columns = ("rec_id", "body_id", "date", "decision", "reason", "action", "stage", "due")
    return recorded(from_rows(columns, RESPONSES, dates=("date", "due")), "sim_council")


def feedback_event_table(draws: Draws, person: pd.DataFrame, came: pd.Series) -> pd.DataFrame:
    """Return who was told what, of those who ever came. No child or young person was told."""
    groups = from_rows(("group", "date", "channel", "content_kind"), TOLD_AS_A_GROUP)
    people = involved(person, TOLD_ON)
    people = people[people["person_id"].isin(came)]
    share = people["role"].map(PROCESS_TRUTH.told_share).to_numpy()
    told = people[draws.chance(share, len(people))][["person_id"]].reset_index(drop=True)
    told["date"] = TOLD_ON + pd.to_timedelta(draws.below(TOLD_WITHIN, len(told)), unit="D")
    told["channel"] = draws.choose(CHANNELS, len(told))
    told["content_kind"] = draws.choose(CONTENTS, len(told))
    table = pd.concat([groups, told.astype({"date": "datetime64[s]"})], ignore_index=True)
    table = table.sort_values("date", kind="stable", ignore_index=True)
    table.insert(0, "feedback_id", numbered("FB", len(table), 3))
    columns = ["feedback_id", "person_id", "group", "date", "channel", "content_kind"]
    return recorded(table[columns], LEAD_ORGANISATION)
