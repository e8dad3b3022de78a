"""The support people were offered or asked for, and whether they received it."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Flags, Numbers
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.tabulate import recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

# The share of people with lived experience for whom each kind of support came up.
COMES_UP = {
    "transport": 0.4,
    "childcare": 0.4,
    "interpreter": 0.03,
    "device": 0.08,
    "communication": 0.06,
    "emotional": 0.12,
    "advance_material": 0.10,
    "other": 0.03,
}
FOR_ADULTS = ("childcare",)
ADULTS = ("parent", "carer")
OFFERED = 0.5
REQUESTED_AS_WELL = 0.4
TAKEN_UP_IF_ONLY_OFFERED = 0.45
WITHIN_DAYS = 30


def support_table(draws: Draws, person: pd.DataFrame, characteristic: pd.DataFrame) -> pd.DataFrame:
    """Return one row per person and kind of support that was offered, asked for, or both."""
    lived = person[person["stake"] == "lived"].reset_index(drop=True)
    needs = pd.concat([_needs(draws, lived, kind) for kind in COMES_UP], ignore_index=True)
    needs = needs.sort_values(["person_id", "kind"], ignore_index=True)
    size = len(needs)
    needs["date"] = needs["joined_on"] + pd.to_timedelta(draws.below(WITHIN_DAYS, size), unit="D")
    needs["offered"] = draws.chance(OFFERED, size)
    needs["requested"] = ~needs["offered"] | draws.chance(REQUESTED_AS_WELL, size)
    needs["received"] = _received(draws, needs, characteristic)
    needs.insert(0, "support_id", numbered("SU", size, 3))
    columns = ["support_id", "person_id", "date", "kind", "offered", "requested", "received"]
    return recorded(needs[columns], needs["org_id"])


def _needs(draws: Draws, lived: pd.DataFrame, kind: str) -> pd.DataFrame:
    comes_up = draws.chance(COMES_UP[kind], len(lived))
    if kind in FOR_ADULTS:
        comes_up &= lived["role"].isin(ADULTS).to_numpy()
    return lived[comes_up].assign(kind=kind)


def _received(draws: Draws, needs: pd.DataFrame, characteristic: pd.DataFrame) -> Flags:
    chance: Numbers = np.full(len(needs), 1 - PROCESS_TRUTH.unmet_otherwise)
    groups = {"rural": needs["urban_rural"] == "rural", "lone_parent": _lone(needs, characteristic)}
    for (kind, group), unmet in PROCESS_TRUTH.unmet.items():
        chance[(needs["kind"] == kind) & groups[group]] = 1 - unmet
    chance[~needs["requested"].to_numpy()] = TAKEN_UP_IF_ONLY_OFFERED
    return draws.chance(chance, len(needs))


def _lone(needs: pd.DataFrame, characteristic: pd.DataFrame) -> pd.Series:
    is_lone = (characteristic["char"] == "lone_parent") & (characteristic["value"] == "yes")
    return needs["family_id"].isin(characteristic.loc[is_lone, "family_id"])
