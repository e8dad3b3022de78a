"""Who is asked to which kind of session, and how likely they are to come."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Labels


@dataclass(frozen=True)
class Asked:
    """The chance of an invitation: for people of the session's own area, and from elsewhere."""

    local: float
    elsewhere: float


ALL = Asked(1.0, 1.0)

# Under-12s are asked to creative sessions only. Meetings behind closed doors (oversight, drafting,
# sign-off) ask the oversight group alone, and drafting asks few of its families.
INVITED: Mapping[str, Mapping[str, Asked]] = {
    "training": {"professional": Asked(0.35, 0.35), "oversight_professional": Asked(0.6, 0.6)},
    "event": {
        "young_person": Asked(0.35, 0.05),
        "adult": Asked(0.45, 0.10),
        "oversight_family": Asked(0.6, 0.3),
        "professional": Asked(0.5, 0.2),
        "oversight_professional": Asked(0.5, 0.3),
    },
    "workshop": {
        "young_person": Asked(0.2, 0.08),
        "adult": Asked(0.35, 0.12),
        "oversight_family": Asked(0.5, 0.4),
        "professional": Asked(0.4, 0.2),
        "oversight_professional": Asked(0.5, 0.4),
    },
    "creative": {
        "child": Asked(0.8, 0.12),
        "young_person": Asked(0.5, 0.06),
        "adult": Asked(0.2, 0.01),
        "professional": Asked(0.15, 0.03),
    },
    "interview": {
        "young_person": Asked(0.2, 0.02),
        "adult": Asked(0.3, 0.03),
        "oversight_family": Asked(0.2, 0.05),
        "professional": Asked(0.1, 0.03),
    },
    "focus_group": {
        "young_person": Asked(0.45, 0.03),
        "adult": Asked(0.45, 0.04),
        "oversight_family": Asked(0.4, 0.05),
        "professional": Asked(0.2, 0.03),
    },
    "survey": {
        "young_person": Asked(0.4, 0.4),
        "adult": Asked(0.6, 0.6),
        "oversight_family": Asked(0.8, 0.8),
        "professional": Asked(0.4, 0.4),
        "oversight_professional": Asked(0.6, 0.6),
    },
    "oversight": {"oversight_family": ALL, "oversight_professional": ALL},
    "drafting": {
        "oversight_family": Asked(0.3, 0.3),
        "oversight_professional": Asked(0.8, 0.8),
    },
    "sign_off": {"oversight_family": ALL, "oversight_professional": ALL},
}

WALKS_IN = {"event": 0.08, "creative": 0.06}

OUTCOMES = ("attended", "agreed_absent", "declined", "no_reply")

# Chances of the outcomes above, in that order.
ANSWERS: Mapping[str, tuple[float, float, float, float]] = {
    "never": (0.0, 0.15, 0.25, 0.60),
    "seldom": (0.45, 0.20, 0.15, 0.20),
    "often": (0.75, 0.12, 0.08, 0.05),
}

FAMILY_KEENNESS = {"never": 16, "seldom": 44, "often": 40}
PROFESSIONAL_KEENNESS = {"never": 6, "seldom": 24, "often": 70}

PAID_SHARE = {"child_u12": 0.0, "young_person_12_17": 0.3}
ADULTS_PAID_SHARE = 0.55


def audience(people: pd.DataFrame) -> Labels:
    """Return the audience each person belongs to when a session sends its invitations."""
    lived = people["stake"] == "lived"
    on_oversight_group = people["in_oversight_group"].astype("bool")
    cases = [
        (on_oversight_group & lived, "oversight_family"),
        (on_oversight_group, "oversight_professional"),
        (~lived, "professional"),
        (people["role"] == "child_u12", "child"),
        (people["role"] == "young_person_12_17", "young_person"),
    ]
    conditions, labels = zip(*cases, strict=True)
    belongs_to: Labels = np.select(list(conditions), list(labels), default="adult")
    return belongs_to


def with_habits(draws: Draws, people: pd.DataFrame) -> pd.DataFrame:
    """Return the people with their audience, how keen they are, and whether they are paid."""
    size, lived = len(people), people["stake"] == "lived"
    keenness = np.where(
        lived, draws.choose(FAMILY_KEENNESS, size), draws.choose(PROFESSIONAL_KEENNESS, size)
    )
    keenness[people["in_oversight_group"].to_numpy(dtype=np.bool_)] = "often"
    share = people["role"].map(PAID_SHARE).fillna(ADULTS_PAID_SHARE).to_numpy()
    paid = draws.chance(share, size) | ~lived.to_numpy()
    return people.assign(audience=audience(people), keenness=keenness, is_paid=paid)
