"""The calendar: every session from January 2023 to June 2024."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Days, Draws, Flags
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.organisations import PARTNER_BY_AREA
from wfw_eval.simulate.provenance import LEAD_ORGANISATION, with_provenance
from wfw_eval.simulate.truth import TRUTH

COLUMNS = (
    *("session_id", "date", "kind", "co_type", "stage", "mode", "area", "org_id", "hours"),
    "observed",
)


@dataclass(frozen=True)
class Block:
    """A number of sessions of one kind, spread over a period of one stage."""

    stage: str
    kind: str
    first: str
    last: str
    count: int
    hours: float


BLOCKS = (
    Block("set_up", "training", "2023-01-23", "2023-04-21", 3, 5.0),
    Block("set_up", "event", "2023-02-06", "2023-04-28", 3, 3.5),
    Block("design", "workshop", "2023-05-22", "2023-07-28", 6, 2.5),
    Block("design", "creative", "2023-06-05", "2023-07-28", 2, 2.0),
    Block("fieldwork", "interview", "2023-08-14", "2024-02-23", 14, 5.0),
    Block("fieldwork", "focus_group", "2023-08-21", "2024-02-16", 12, 1.75),
    Block("fieldwork", "creative", "2023-08-14", "2024-02-23", 7, 2.25),
    Block("fieldwork", "survey", "2023-10-02", "2024-01-26", 2, 0.75),
    Block("fieldwork", "event", "2023-09-04", "2024-02-09", 3, 3.0),
    Block("analysis", "workshop", "2024-01-15", "2024-03-22", 4, 2.5),
    Block("drafting", "drafting", "2024-03-11", "2024-05-10", 5, 2.0),
    Block("feedback", "event", "2024-05-06", "2024-05-31", 2, 3.0),
    Block("feedback", "focus_group", "2024-05-13", "2024-05-31", 1, 1.5),
    Block("sign_off", "workshop", "2024-06-03", "2024-06-21", 2, 2.5),
)

# One a month, starting in May 2023: a month later than planned.
OVERSIGHT_STAGES = (
    *["design"] * 3,
    *["fieldwork"] * 5,
    *["analysis"] * 2,
    *["drafting"] * 2,
    *["feedback", "sign_off"],
)
OVERSIGHT_HOURS = 2.0

CO_TYPES = {
    "set_up": "commission",
    "design": "design",
    "fieldwork": "deliver",
    "analysis": "assess",
    "drafting": "design",
    "feedback": "assess",
    "sign_off": "commission",
}

USUAL_MODES = {"in_person": 75, "hybrid": 10, "online": 15}
MODES: Mapping[str, Mapping[str, int]] = {
    "oversight": {"hybrid": 3, "in_person": 1},
    "creative": {"in_person": 1},
    "survey": {"online": 1},
    "drafting": {"online": 3, "hybrid": 1},
}

OBSERVED_SHARE = {"oversight": 0.6, "workshop": 0.5, "drafting": 0.4}
USUALLY_OBSERVED = 0.25
CLOSED_DAYS = np.arange("2023-12-25", "2024-01-03", dtype="datetime64[D]")


def simulate_sessions(draws: Draws) -> pd.DataFrame:
    """Return the sessions in order of date."""
    sessions = pd.concat([_oversight_meetings(), *(_spread(draws, block) for block in BLOCKS)])
    sessions = sessions.sort_values(["date", "stage", "kind"], ignore_index=True)
    sessions["session_id"] = numbered("S", len(sessions), 3)
    sessions["co_type"] = sessions["stage"].map(CO_TYPES)
    sessions["mode"] = [draws.choose(MODES.get(k, USUAL_MODES), 1)[0] for k in sessions["kind"]]
    sessions["area"] = draws.choose(_families_by_area(), len(sessions))
    sessions["org_id"] = _convenor(sessions)
    sessions["observed"] = _observed(draws, sessions)
    return sessions[list(COLUMNS)].astype({"mode": "str", "area": "str"})


def session_table(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the sessions with provenance; what the evaluator saw counts as observed."""
    evidence = sessions["observed"].map({True: "observed", False: "recorded"})
    held_on = sessions["date"].to_numpy().astype("datetime64[D]")
    return with_provenance(sessions, sessions["org_id"], held_on, evidence)


def _spread(draws: Draws, block: Block) -> pd.DataFrame:
    first, last = np.datetime64(block.first), np.datetime64(block.last)
    days = int((last - first).astype(np.int64))
    start = np.arange(block.count) * days // block.count
    dates = first + start + draws.below(days // block.count, block.count)
    held_on = np.busday_offset(dates, 0, roll="backward", holidays=CLOSED_DAYS)
    return _block(block.stage, block.kind, block.hours, held_on)


def _oversight_meetings() -> pd.DataFrame:
    months = TRUTH.first_oversight_month + np.arange(len(OVERSIGHT_STAGES))
    second_tuesday = np.busday_offset(months, 1, roll="forward", weekmask="Tue")
    return _block(OVERSIGHT_STAGES, "oversight", OVERSIGHT_HOURS, second_tuesday)


def _block(stage: str | tuple[str, ...], kind: str, hours: float, dates: Days) -> pd.DataFrame:
    return pd.DataFrame({"date": dates}).assign(
        stage=list(stage) if isinstance(stage, tuple) else stage, kind=kind, hours=hours
    )


def _families_by_area() -> dict[str, int]:
    areas = dict.fromkeys(PARTNER_BY_AREA, 0)
    for (area, _), families in TRUTH.families_by_place.items():
        areas[area] += families
    return areas


def _convenor(sessions: pd.DataFrame) -> pd.Series:
    by_partner = sessions["stage"].isin(["design", "fieldwork"]) & (sessions["kind"] != "oversight")
    convenor = sessions["area"].map(PARTNER_BY_AREA).where(by_partner, LEAD_ORGANISATION)
    return convenor.mask(sessions["stage"] == "set_up", "sim_council").astype("str")


def _observed(draws: Draws, sessions: pd.DataFrame) -> Flags:
    share = sessions["kind"].map(OBSERVED_SHARE).fillna(USUALLY_OBSERVED).to_numpy()
    evaluator_appointed = (sessions["date"] >= TRUTH.evaluator_observes_from).to_numpy()
    return evaluator_appointed & draws.chance(share, len(sessions))
