"""Who speaks: shares of the floor against shares of the seats, and how often it passes on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, whole_number
from wfw_eval.metrics.result import Result, not_estimable

#: Fewest sessions for which an interval is given.
FEWEST_SESSIONS = 3

Table = Mapping[str, float] | pd.Series | pd.DataFrame


@metric(
    "M11",
    name="Voice parity ratio",
    unit="ratio",
    question="EQ4",
    formula="(group's turns / all turns) / (group's seats / all seats); "
    "limits exp(ln ratio ± t·se), se by a jackknife over sessions",
    source="after Karpowitz, Mendelberg & Shaker 2012, APSR 106:533-547",
)
def voice_parity(
    turns: Table,
    seats: Table,
    *,
    facilitator: str | None = "facilitator",
    **about: Any,
) -> dict[str, Result]:
    """Return how much of the floor each group had for its share of the seats.

    A ratio of 1 is parity. Facilitators have turns and seats like others, so they count in both
    totals, and are shown by themselves at the end.

    Args:
        turns: Turns (or seconds, or words) of each group; or a table of one row for each session
            and one column for each group, as :func:`by_session` makes of rows.
        seats: People of each group present, in the same form and for the same sessions. A group
            that was present and said nothing has 0 turns.
        facilitator: The group that facilitates.
        **about: Further attributes of each result.

    Returns:
        A ratio per group. Given by session, and for at least 3 of them, it has a 95 % interval
        that lets the turns of one session hang together: the standard error of the logarithm is
        a jackknife's that leaves out one session at a time, with Student's t of one degree of
        freedom fewer than there are sessions. (A percentile bootstrap over sessions held the
        truth in 82 of 100 data sets of 5 sessions and 92 of 20.) There is no interval for a
        group that spoke in no session, with a ratio of 0, or in one only.

    Raises:
        ValueError: turns by session but not seats (or the reverse), other sessions, a group with
            turns that has no seats in the table, a value missing or negative.

    Example:
        >>> ratios = voice_parity({"families": 18, "professionals": 62, "facilitator": 20},
        ...                       {"families": 6, "professionals": 6, "facilitator": 2})
        >>> {group: round(ratio.value, 4) for group, ratio in ratios.items()}
        {'families': 0.42, 'professionals': 1.4467, 'facilitator': 1.4}
    """
    groups, spoken, present = _tables(turns, seats)
    last = [name for name in groups if name == facilitator]
    order = [name for name in groups if name != facilitator] + last
    return {name: _ratio(groups.index(name), spoken, present, about) for name in order}


@metric(
    "M14",
    name="Turn-taking index",
    unit="index",
    question="EQ4",
    formula="(turns − 1) / (contributions − 1)",
    source="Almaatouq et al. 2023",
)
def turn_taking_index(turns: int, contributions: int, **about: Any) -> Result:
    """Return how often the floor passed to another speaker, of the times it could have.

    Args:
        turns: Runs of contributions by one speaker, as :func:`speaking_turns` counts them.
        contributions: Contributions (chats, utterances) in all.
        **about: Further attributes of the result.

    Returns:
        An index from 0 (one spoke) to 1 (it passed on each time); not estimable with fewer than
        two contributions.

    Raises:
        ValueError: the counts are not whole, or there are more turns than contributions, or
            contributions without a turn.

    Example:
        >>> round(turn_taking_index(5, 20).value, 4)
        0.2105
    """
    turns, contributions = whole_number(turns), whole_number(contributions)
    if turns > contributions or (contributions > 0 and turns == 0):
        raise ValueError(f"{turns} turns cannot come of {contributions} contributions")
    known = {"n": contributions, "of": "contributions", **about}
    if contributions < 2:
        return not_estimable("M14", "index", "fewer than two contributions", **known)
    return Result(metric="M14", unit="index", value=(turns - 1) / (contributions - 1), **known)


def speaking_turns(speakers: Iterable[Any]) -> tuple[int, int]:
    """Return the turns and the contributions of speakers in the order in which they spoke.

    >>> speaking_turns(["ann", "ann", "bob", "ann"])
    (3, 4)
    """
    order = list(speakers)
    if any(pd.isna(speaker) for speaker in order):
        raise ValueError("the speaker of a contribution is missing")
    return len(order) and 1 + sum(one != next_ for one, next_ in pairwise(order)), len(order)


def by_session(sessions: Any, groups: Any, amounts: Any = None) -> pd.DataFrame:
    """Return rows (a turn, or a person present) as a table of sessions by groups.

    >>> by_session(["s1", "s1", "s2"], ["families", "families", "staff"]).to_numpy().tolist()
    [[2, 0], [0, 1]]
    """
    rows = pd.DataFrame({"session": list(sessions), "group": list(groups)})
    rows["amount"] = 1 if amounts is None else list(amounts)
    if rows.isna().any(axis=None):
        raise ValueError("a session, group or amount is missing")
    return rows.pivot_table(
        index="session", columns="group", values="amount", aggfunc="sum", fill_value=0
    )


def _tables(turns: Table, seats: Table) -> tuple[list[str], Floats, Floats]:
    """Return the groups, and turns and seats as tables of sessions by groups."""
    if isinstance(turns, pd.DataFrame) != isinstance(seats, pd.DataFrame):
        raise ValueError("turns and seats must both be by session, or neither")
    spoken, present = _frame(turns), _frame(seats)
    strange = [str(name) for name in spoken.columns if name not in present.columns]
    if strange:
        raise ValueError(f"no seats are given for {', '.join(strange)}")
    if set(spoken.index) != set(present.index):
        raise ValueError("turns and seats are of different sessions")
    spoken = spoken.reindex(index=present.index, columns=present.columns, fill_value=0)
    found = [frame.to_numpy(dtype=float, na_value=np.nan) for frame in (spoken, present)]
    if not all(np.all((table >= 0) & (table < np.inf)) for table in found):
        raise ValueError("turns and seats must be given and not negative; absent is 0")
    return list(present.columns), found[0], found[1]


def _frame(table: Table) -> pd.DataFrame:
    frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame([dict(table)])
    if not (frame.index.is_unique and frame.columns.is_unique):
        raise ValueError("a session or group is listed twice")
    return frame


def _ratio(at: int, spoken: Floats, present: Floats, about: Mapping[str, Any]) -> Result:
    said, sat = spoken.sum(axis=0), present.sum(axis=0)
    if sat[at] == 0:
        return not_estimable("M11", "ratio", "nobody of the group was present", **about)
    if said.sum() == 0:
        return not_estimable("M11", "ratio", "nobody spoke", **about)
    value = float(said[at] / said.sum() / (sat[at] / sat.sum()))
    spread = _spread(at, spoken, present)
    if spread is None:
        return Result(metric="M11", unit="ratio", value=value, **about)
    limits: dict[str, Any] = {"lower": value * math.exp(-spread), "upper": value * math.exp(spread)}
    method = "log ratio, jackknife over sessions, t"
    return Result(metric="M11", unit="ratio", value=value, **limits, **{"method": method, **about})


def _spread(at: int, spoken: Floats, present: Floats) -> float | None:
    """Return half the width of the interval of the log ratio, where there is one."""
    sessions = spoken.shape[0]
    if sessions < FEWEST_SESSIONS:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        without = _log_share_without(at, spoken) - _log_share_without(at, present)
    if not np.all(np.isfinite(without)):
        return None
    error = math.sqrt((sessions - 1) / sessions * float(np.square(without - without.mean()).sum()))
    return float(t.ppf(0.975, sessions - 1)) * error if error > 0 else None


def _log_share_without(at: int, table: Floats) -> Floats:
    """Return the logarithm of a group's share with each session left out in turn."""
    own, every = table[:, at], table.sum(axis=1)
    logs: Floats = np.log((own.sum() - own) / (every.sum() - every))
    return logs
