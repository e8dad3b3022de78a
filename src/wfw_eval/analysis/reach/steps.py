"""From invitation to sign-off: how many people stayed from step to step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from wfw_eval.analysis.reach.people import METRIC, tally, with_lived_experience
from wfw_eval.analysis.rows import Rows
from wfw_eval.metrics.representation import funnel
from wfw_eval.metrics.result import not_estimable

STEP_LABELS = {
    "approached": "Invited, or came",
    "agreed": "Agreed to come",
    "attended": "Attended at least once",
    "sustained": "Attended at least three times",
    "core": "At the core of the oversight group",
    "signed_off": "Of these, present at sign-off",
}


def funnel_rows(steps: Mapping[str, int]) -> Rows:
    """Return one row per step: how many people, and what part of the step before."""
    shares = funnel(steps, of="people", inputs=("person", "invitation", "attendance", "session"))
    first = not_estimable(METRIC, "proportion", "this is the first step")
    return {
        name: {
            "label": STEP_LABELS[name],
            "people": tally(count, "people", f"people:step={name}"),
            "share": shares.get(name, first).about(cell=f"people:step={name}"),
        }
        for name, count in steps.items()
    }


def funnel_steps(
    person: pd.DataFrame,
    invitation: pd.DataFrame,
    attendance: pd.DataFrame,
    session: pd.DataFrame,
    sustained: int = 3,
    core: int = 2,
) -> dict[str, int]:
    """Count people with lived experience at each step from invitation to sign-off.

    Each step is counted among those of the step before. People who came without an invitation
    join at "attended", so the first two steps count those invited or present.

    Args:
        person: Table ``person``.
        invitation: Table ``invitation``.
        attendance: Table ``attendance``.
        session: Table ``session``.
        sustained: Sessions that count as sustained involvement.
        core: Oversight group meetings that count as being at its core.
    """
    lived = set(with_lived_experience(person)["person_id"])
    came = attendance[attendance["person_id"].isin(lived)].merge(
        session[["session_id", "kind", "stage"]], on="session_id"
    )
    agreed = invitation[invitation["outcome"].isin(("attended", "agreed_absent"))]
    present = _at_least(1, came)
    steps = (
        ("approached", (set(invitation["person_id"]) & lived) | present),
        ("agreed", set(agreed["person_id"]) | present),
        ("attended", present),
        ("sustained", _at_least(sustained, came)),
        ("core", _at_least(core, came[came["kind"] == "oversight"])),
        ("signed_off", _at_least(1, came[came["stage"] == "sign_off"])),
    )
    return _nested(steps)


def _at_least(times: int, came: pd.DataFrame) -> set[str]:
    """Return the people who came at least so many times."""
    sessions = came.groupby("person_id").size()
    return set(sessions[sessions >= times].index)


def _nested(steps: Sequence[tuple[str, set[str]]]) -> dict[str, int]:
    counts, inside = {}, steps[0][1]
    for name, members in steps:
        inside = members & inside
        counts[name] = len(inside)
    return counts
