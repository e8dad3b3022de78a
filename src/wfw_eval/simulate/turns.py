"""Who spoke in the meetings the evaluator observed."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Labels
from wfw_eval.simulate.provenance import with_provenance
from wfw_eval.simulate.tabulate import EVALUATOR, days, whole
from wfw_eval.simulate.truth import PROCESS_TRUTH

MEETINGS = ("oversight", "workshop", "drafting", "focus_group")
TURNS_EACH = 3
EXTRA_TURNS = 12
SHARE_IN = 10_000
"""Shares of the turns are whole numbers of ten thousandths."""

KINDS = {
    "families": {"speak": 80, "question": 14, "propose": 5, "interrupt": 1},
    "facilitators": {"facilitate": 70, "speak": 20, "question": 10},
    "professionals": {"speak": 65, "question": 10, "propose": 17, "interrupt": 8},
}
SHORTEST, SPREAD = 5, 85
NOT_COUNTED = 0.05
SPEAKER_UNKNOWN = 0.1


def turn_table(
    draws: Draws, person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Return the turns in order. Only people in the attendance register speak."""
    seats = observed_seats(person, session, attendance)
    size = seats.groupby("session_id").size()
    balanced, dominated = size.index[0], size.sort_values(kind="stable").index[-1]
    meetings = [
        _meeting(draws, seat, session_id == balanced, session_id == dominated)
        for session_id, seat in seats.groupby("session_id")
    ]
    turns = _described(draws, pd.concat(meetings, ignore_index=True))
    columns = ["session_id", "seq", "person_id", "role", "seconds", "words", "kind"]
    return with_provenance(turns[columns], EVALUATOR, days(turns["date"]), "observed")


def observed_seats(
    person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Return who sat in each observed meeting, in the order of the meetings.

    People who are there in both capacities count as professionals here.
    """
    meeting = session[session["observed"] & session["kind"].isin(MEETINGS)]
    seats = attendance[["session_id", "person_id"]].merge(
        meeting[["session_id", "date", "kind"]], on="session_id"
    )
    seats = seats.merge(person[["person_id", "role", "stake"]], on="person_id")
    cases = [seats["stake"] == "lived", seats["role"] == "facilitator"]
    seats["side"] = np.select(cases, ["families", "facilitators"], default="professionals")
    return seats.sort_values(["session_id", "person_id"], ignore_index=True)


def _meeting(draws: Draws, seat: pd.DataFrame, balanced: bool, dominated: bool) -> pd.DataFrame:
    seat = seat.reset_index(drop=True)
    weights = _weights(draws, seat, dominated)
    if balanced:
        rounds = [draws.order(len(seat)) for _ in range(TURNS_EACH)]
        rows = np.concatenate([*rounds, draws.below(len(seat), EXTRA_TURNS)])
    else:
        rows = draws.choose(weights, TURNS_EACH * len(seat)).astype(np.int64)
    turns = seat.iloc[rows].reset_index(drop=True)
    return turns.assign(seq=np.arange(1, len(turns) + 1))


def _weights(draws: Draws, seat: pd.DataFrame, dominated: bool) -> dict[str, int]:
    """Return how likely each seat is to speak next: the side's share, split within the side."""
    shuffled = seat.iloc[draws.order(len(seat))]
    rank = shuffled.groupby("side").cumcount().sort_index().to_numpy(dtype=np.int64)
    # Halving with each rank lets two or three people have nearly all the turns of their side.
    halved, usual = np.left_shift(1, np.maximum(12 - rank, 0)), 12 + 6 // (1 + rank)
    appetite = np.where(dominated, halved, usual)
    of_side = pd.Series(appetite).groupby(seat["side"]).transform("sum").to_numpy()
    share = seat["side"].map(_shares(seat)).to_numpy()
    weights = share * appetite * SHARE_IN // of_side
    return {str(row): int(weight) for row, weight in enumerate(weights)}


def _shares(seat: pd.DataFrame) -> dict[str, int]:
    """Return the share of the turns each side has: families' by the planted parity."""
    seats = seat["side"].value_counts()
    families, facilitators = int(seats.get("families", 0)), int(seats.get("facilitators", 0))
    truth = PROCESS_TRUTH
    heavy = len(seat) - families >= truth.professionals_weigh_from * len(seat)
    parity = truth.family_parity_where_professionals_weigh if heavy else truth.family_parity
    of_families = int(parity * families * SHARE_IN) // len(seat)
    of_facilitators = SHARE_IN * facilitators // len(seat) * 3 // 2
    rest = max(SHARE_IN - of_families - of_facilitators, 0)
    return {"families": of_families, "facilitators": of_facilitators, "professionals": rest}


def _described(draws: Draws, turns: pd.DataFrame) -> pd.DataFrame:
    """Add what was done, for how long and in how many words, and forget some speakers' names."""
    size = len(turns)
    drawn = {side: draws.choose(kinds, size) for side, kinds in KINDS.items()}
    kind: Labels = np.select(
        [turns["side"] == side for side in KINDS], list(drawn.values()), "speak"
    )
    seconds = pd.Series(SHORTEST + draws.below(SPREAD, size))
    words = seconds * 2 + draws.below(20, size)
    uncounted = draws.chance(NOT_COUNTED, size)
    in_focus_group = (turns["kind"] == "focus_group").to_numpy()
    unknown = in_focus_group & draws.chance(SPEAKER_UNKNOWN, size)
    return turns.assign(
        kind=kind,
        seconds=whole(seconds),
        words=whole(words).mask(uncounted),
        person_id=turns["person_id"].mask(unknown),
        role=turns["role"].where(unknown),
    )
