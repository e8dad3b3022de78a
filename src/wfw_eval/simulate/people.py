"""The people: members of the families, and the professionals who took part beside them."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Days, Draws, Flags, Labels, Whole, as_labels
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION, with_provenance
from wfw_eval.simulate.truth import TRUTH

COLUMNS = (
    *("person_id", "family_id", "role", "stake", "org_id", "joined_on", "left_on"),
    *("left_reason", "consent", "area", "urban_rural", "simd_quintile"),
)

FIRST_MEMBERS = {"parent": 150, "carer": 30, "young_adult_18_25": 20}
SECOND_ADULTS = {"parent": 15, "carer": 5}
CHILDREN = {"child_u12": 45, "young_person_12_17": 50, "young_adult_18_25": 5}
UNDER_18 = ("child_u12", "young_person_12_17")
JOINS_LATER_BY_UP_TO = 28

PROFESSIONALS = {"practitioner": 40, "manager": 16, "facilitator": 10, "decision_maker": 14}
EMPLOYERS = {
    "practitioner": {"sim_partner_a": 3, "sim_partner_b": 3, "sim_partner_c": 2, "sim_council": 2},
    "manager": {"sim_partner_b": 1, "sim_council": 2, "sim_health_and_social_care_partnership": 2},
    "facilitator": {LEAD_ORGANISATION: 1},
    "decision_maker": {"sim_council": 2, "sim_health_and_social_care_partnership": 1},
}
PROFESSIONALS_LEAVE = {"life_event": 4, "unknown": 3, "": 73}
PROFESSIONAL_STAKE = {"both": 6, "professional": 74}
PROFESSIONALS_ON_OVERSIGHT_GROUP = 14
PROFESSIONALS_JOIN = np.datetime64("2023-01-09")
PROFESSIONALS_LEFT = np.datetime64("2023-09-01")


def simulate_people(draws: Draws, families: pd.DataFrame, scale: int) -> pd.DataFrame:
    """Return one row per person: the columns of the table and the traits that drive taking part."""
    lived = _family_members(draws, families, scale)
    professionals = _professionals(draws, scale)
    people = pd.concat([lived, professionals], ignore_index=True)
    people.insert(0, "person_id", numbered("P", len(people), 4))
    under_18 = people["role"].isin(UNDER_18)
    people["consent"] = np.where(under_18, "assent_plus_parent", "adult")
    people["left_reason"] = people["left_reason"].where(people["left_reason"] != "")
    return people.astype({"left_reason": "str", "consent": "str", "role": "str", "stake": "str"})


def person_table(people: pd.DataFrame) -> pd.DataFrame:
    """Return the public columns. A row is received after the last thing it records."""
    last_event = people["left_on"].fillna(people["joined_on"]).to_numpy().astype("datetime64[D]")
    source = people["org_id"].where(people["stake"] == "lived", LEAD_ORGANISATION)
    table = people[list(COLUMNS)]
    return with_provenance(table, source, last_event)


def _family_members(draws: Draws, families: pd.DataFrame, scale: int) -> pd.DataFrame:
    lone_parent = (families["lone_parent"] == "yes").to_numpy()
    first_role = draws.share_out(_scaled(FIRST_MEMBERS, scale))
    couples = np.flatnonzero(~lone_parent & (first_role != "young_adult_18_25"))
    with_children = np.flatnonzero(first_role != "young_adult_18_25")
    second_role = draws.share_out(_scaled(SECOND_ADULTS, scale))
    child_role = draws.share_out(_scaled(CHILDREN, scale))
    # A couple has one second adult at most; a family may bring several children.
    second = couples[draws.order(len(couples))[: len(second_role)]]
    children = with_children[draws.below(len(with_children), len(child_role))]
    family = np.concatenate([np.arange(len(families)), second, children])
    role = np.concatenate([first_role, second_role, child_role])
    together = np.argsort(family, kind="stable")
    return _as_members(draws, families, family[together], role[together])


def _as_members(draws: Draws, families: pd.DataFrame, family: Whole, role: Labels) -> pd.DataFrame:
    members = families.iloc[family].reset_index(drop=True)
    is_first = np.concatenate([[True], family[1:] != family[:-1]])
    delay = np.where(is_first, 0, draws.below(JOINS_LATER_BY_UP_TO, len(family)))
    members["joined_on"] += pd.to_timedelta(delay, unit="D").astype("timedelta64[s]")
    members["role"], members["stake"] = role, "lived"
    members["in_oversight_group"] &= role != "child_u12"
    members["lone_parent"] = members["lone_parent"] == "yes"
    traits = ["in_oversight_group", "lone_parent"]
    return members[[c for c in COLUMNS if c in members] + traits]


def _professionals(draws: Draws, scale: int) -> pd.DataFrame:
    role = np.repeat(as_labels(list(PROFESSIONALS)), list(_scaled(PROFESSIONALS, scale).values()))
    size = len(role)
    place = draws.choose({"|".join(p): n for p, n in TRUTH.families_by_place.items()}, size)
    area, urban_rural = zip(*(p.split("|") for p in place), strict=True)
    left_reason = draws.share_out(_scaled(PROFESSIONALS_LEAVE, scale))
    return pd.DataFrame(
        {
            "role": role,
            "stake": draws.share_out(_scaled(PROFESSIONAL_STAKE, scale)),
            "org_id": _employers(draws, scale),
            "joined_on": PROFESSIONALS_JOIN + draws.below(100, size),
            "left_on": _left(draws, left_reason != ""),
            "left_reason": left_reason,
            "area": area,
            "urban_rural": urban_rural,
            "in_oversight_group": draws.order(size) < PROFESSIONALS_ON_OVERSIGHT_GROUP * scale,
            "lone_parent": False,
        }
    )


def _employers(draws: Draws, scale: int) -> Labels:
    counts = _scaled(PROFESSIONALS, scale)
    return np.concatenate([draws.choose(EMPLOYERS[role], n) for role, n in counts.items()])


def _left(draws: Draws, leaves: Flags) -> Days:
    left_on = PROFESSIONALS_LEFT + draws.below(240, len(leaves))
    return np.where(leaves, left_on, np.datetime64("NaT"))


def _scaled(counts: dict[str, int], scale: int) -> dict[str, int]:
    return {label: n * scale for label, n in counts.items()}
