"""What the session records show of each row of the timetable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from wfw_eval.analysis.timeline.plan import CORRECTED, METRIC, PROJECT, plans, timetable
from wfw_eval.metrics.result import Result

#: Rows that happen once or begin something: their first session is held against the plan.
#: Of all other rows it is the last session of the stage.
STARTS = frozenset({"T1", "T8"})
#: Rows shown by a kind of session, whatever its stage.
SHOWN_BY_KIND = {"T8": "oversight"}

#: Days without a session after which a stage counts as over, if the project has not ended.
QUIET_DAYS = 60

#: What a reader must know about the session log, by whether it is simulated.
STANDING = {
    True: "The sessions are simulated: none of them took place, and no date taken from them says "
    "how the real project kept to its timetable. They show what a session log could tell.",
    False: "The log was supplied by the organisations that ran the process, and is not independent "
    "of them.",
}

State = Literal["over", "running", "absent", "unseen"]


@dataclass(frozen=True)
class Shown:
    """What the session records show of one row.

    Attributes:
        state: Whether the row's sessions are over, still running, absent from the records, or
            such as no session could show.
        words: What shows it, or why nothing does.
        first: Day of the first session that counts.
        last: Day of the last session that counts.
        day: The day held against the plan, known once the sessions are over.
    """

    state: State
    words: str
    first: dt.date | None = None
    last: dt.date | None = None
    day: dt.date | None = None


def session_log(session: pd.DataFrame, synthetic: bool) -> dict[str, Result]:
    """Return how many sessions are on record, and whether they are simulated or recorded."""
    kind, inputs = "simulated" if synthetic else "recorded", ("session",)
    return {
        "sessions": Result(
            metric=METRIC, unit="count", value=len(session), of="sessions", inputs=inputs
        ),
        "kind": Result(metric="words", unit="text", value=kind, inputs=inputs),
    }


def shown_by_sessions(
    milestone: pd.DataFrame, session: pd.DataFrame, data_cut: dt.date
) -> dict[str, Shown]:
    """Find the sessions that show each row of the timetable.

    A stage is over once the records reach the published end of the project, or once no session
    of it has been held for :data:`QUIET_DAYS`. Until then its last session is not an end.

    Args:
        milestone: Table ``milestone``.
        session: Table ``session``, up to the data cut.
        data_cut: Last day that the records cover.
    """
    end = plans(milestone)[CORRECTED][PROJECT].actual_end
    ended = end is not None and data_cut >= end
    quiet_since = data_cut if ended else data_cut - dt.timedelta(QUIET_DAYS)
    return {
        name: _shown(name, row.stage, session, quiet_since)
        for name, row in timetable(milestone).items()
    }


def _shown(name: str, stage: str | None, session: pd.DataFrame, quiet_since: dt.date) -> Shown:
    if stage is None:
        return Shown("unseen", "no session can show it")
    kind = SHOWN_BY_KIND.get(name)
    what = (kind or stage).replace("_", "-")
    held = session["stage"] == stage if kind is None else session["kind"] == kind
    days = session.loc[held, "date"]
    if days.empty:
        return Shown("absent", f"no {what} session on record")
    first, last = days.min().date(), days.max().date()
    if name in STARTS:
        return Shown("over", f"first {what} session", first, first, first)
    if last > quiet_since:
        return Shown("running", f"{what} sessions not known to be over", first, last)
    return Shown("over", f"last {what} session", first, last, last)
