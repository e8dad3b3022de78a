"""Meetings of which the true share of the floor is known."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from benchmarks.simulation import Scenario
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.voice import voice_parity

#: Seats of families and of professionals in a session: 3 to 8 of each, all alike likely; and one
#: facilitator.
SEATS = np.arange(3, 9)


def truth(eagerness: float, facilitation: float) -> float:
    """Add up families' expected share of turns over all pairs of seats, over that of seats.

    Turns go to people in proportion to their eagerness (professionals 1), and how many there are
    does not depend on who is present.
    """
    families, professionals = np.meshgrid(SEATS, SEATS)
    spoken = eagerness * families
    floor = (spoken / (spoken + professionals + facilitation)).mean()
    return float(floor / (SEATS.mean() / (2 * SEATS.mean() + 1)))


def meetings(
    generator: np.random.Generator, n: int, eagerness: float, facilitation: float, steadiness: float
) -> Result:
    """Draw sessions whose floor is shared by a Dirichlet-multinomial, and estimate."""
    seats = np.column_stack([*generator.choice(SEATS, (2, n)), np.ones(n, dtype=int)])
    floor = generator.gamma(
        steadiness
        * np.array([eagerness, 1.0, facilitation])
        * seats
        / _weight(seats, eagerness, facilitation)
    )
    turns = generator.multinomial(
        generator.poisson(80, n) + 5, floor / floor.sum(axis=1, keepdims=True)
    )
    groups = ["families", "professionals", "facilitator"]
    tables = [pd.DataFrame(table, columns=groups) for table in (turns, seats)]
    return voice_parity(*tables)["families"]


def _weight(seats: np.ndarray, eagerness: float, facilitation: float) -> np.ndarray:
    weights: np.ndarray = seats @ np.array([eagerness, 1.0, facilitation])
    return weights[:, None]


SCENARIOS = [
    Scenario(
        "voice_parity",
        f"families' eagerness {eagerness:g}, facilitator's {facilitation:g}, "
        f"concentration {steadiness:g}",
        n, truth(eagerness, facilitation),
        partial(meetings, n=n, eagerness=eagerness, facilitation=facilitation,
                steadiness=steadiness),
    )
    for n in (5, 10, 20, 50, 200)
    for eagerness, facilitation, steadiness in ((0.5, 3.0, 6.0), (1.0, 2.0, 20.0), (0.2, 5.0, 6.0))
]  # fmt: skip
