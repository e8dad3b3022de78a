"""Working ties between people of the oversight group, as they described them in three waves."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Numbers
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import EVALUATOR, involved, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

WAVES = {"baseline": "2023-09-25", "mid": "2023-12-14", "end": "2024-06-20"}
OF_EACH_SIDE = 9
OVERSIGHT_MEETINGS = 5
CONTACT = {"1": 3, "2": 4, "3": 2, "4": 1}
JUDGED = (
    *("trust_rel", "trust_mission", "trust_open"),
    *("value_power", "value_involve", "value_resource"),
)
JUDGED_IN = ("mid", "end")
RATINGS = {"0": 1, "1": 3, "2": 5, "3": 5, "4": 2}


def tie_table(
    draws: Draws, person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Return the ties. Two people never answered; others still described ties with them."""
    members = _members(person, session, attendance)
    pairs = members.merge(members, how="cross", suffixes=("", "_to"))
    pairs = pairs[pairs["person_id"] != pairs["person_id_to"]]
    silent = members["person_id"].iloc[-PROCESS_TRUTH.silent_in_network :]
    pairs = pairs[~pairs["person_id"].isin(silent)].reset_index(drop=True)
    luck = draws.uniform(len(pairs))  # the same in every wave: ties grow, and few break
    ties = pd.concat([_wave(draws, pairs, luck, wave) for wave in WAVES], ignore_index=True)
    ties = ties.rename(columns={"person_id": "from_id", "person_id_to": "to_id"})
    return recorded(
        ties[["from_id", "to_id", "wave", "date", "kind", "strength"]],
        EVALUATOR,
        evidence_class="reported",
    )


def _members(person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """Return as many people of either side, of those who kept coming until the end."""
    oversight = session.loc[session["kind"] == "oversight", "session_id"]
    meetings = attendance[attendance["session_id"].isin(oversight)].groupby("person_id").size()
    regular = meetings.index[meetings >= OVERSIGHT_MEETINGS]
    present = involved(person, pd.Timestamp(WAVES["end"]))
    present = present[present["person_id"].isin(regular) & (present["role"] != "child_u12")]
    lived = present["stake"] == "lived"
    both = pd.concat([present[lived].head(OF_EACH_SIDE), present[~lived].head(OF_EACH_SIDE)])
    return both[["person_id", "stake", "org_id"]].reset_index(drop=True)


def _wave(draws: Draws, pairs: pd.DataFrame, luck: Numbers, wave: str) -> pd.DataFrame:
    known = pairs[luck < _density(pairs, wave)].reset_index(drop=True)
    strength = draws.choose(CONTACT, len(known)).astype(np.int64)
    kinds = [known.assign(kind="contact", strength=strength)]
    for kind in JUDGED if wave in JUDGED_IN else ():
        rating = draws.choose(RATINGS, len(known)).astype(np.int64)
        kinds.append(known.assign(kind=kind, strength=rating))
    date = pd.Series([pd.Timestamp(WAVES[wave])]).astype("datetime64[s]").iloc[0]
    return pd.concat(kinds).assign(wave=wave, date=date).astype({"date": "datetime64[s]"})


def _density(pairs: pd.DataFrame, wave: str) -> Numbers:
    """Return how likely a tie is, by the sides it joins; everybody knows the lead organisation."""
    lived, lived_to = pairs["stake"] == "lived", pairs["stake_to"] == "lived"
    truth = PROCESS_TRUTH
    density = np.select(
        [lived & lived_to, ~lived & ~lived_to],
        [truth.ties_among_families, truth.ties_among_professionals],
        default=truth.ties_across[wave],
    )
    hub = (pairs["org_id_to"] == LEAD_ORGANISATION) & ~lived_to
    return np.where(hub, truth.ties_to_lead, density)
