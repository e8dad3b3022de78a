"""Invitations and attendance: who was asked, who came, for how long, and who was paid."""

import datetime

import numpy as np
import pandas as pd

from wfw_eval.simulate.audiences import ANSWERS, INVITED, OUTCOMES, WALKS_IN
from wfw_eval.simulate.draws import Days, Draws, Flags, Labels, Numbers, as_labels
from wfw_eval.simulate.provenance import LEAD_ORGANISATION, with_provenance
from wfw_eval.simulate.truth import TRUTH

CHANNELS = {"partner": 50, "phone": 16, "email": 14, "letter": 10, "event": 10}
QUARTERS_STAYED = {"4": 75, "3": 15, "2": 10}
LONGEST_STAY = {"interview": 1.25, "survey": 0.5}
PENCE_AN_HOUR = 1200


def simulate_contacts(draws: Draws, people: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per person and session that was invited, or came without an invitation.

    One array operation a session: memory grows with the people, not with people times sessions.
    """
    contacts = pd.concat(
        [_asked_or_walked_in(draws, people, *session) for session in _each(sessions)],
        ignore_index=True,
    )
    person = people.iloc[contacts["person"]].reset_index(drop=True)
    session = sessions.iloc[contacts["session"]].reset_index(drop=True)
    contacts["outcome"] = _outcome(draws, person, session)
    contacts["came"] = ~contacts["invited"] | (contacts["outcome"] == "attended")
    contacts["hours"] = _hours(draws, session)
    columns = {"person_id": person["person_id"], "session_id": session["session_id"]}
    return contacts.assign(
        **columns,
        date=session["date"],
        convened_by=session["org_id"],
        salaried=person["stake"] != "lived",
        paid=person["is_paid"].astype("bool"),
    )


def invitation_table(draws: Draws, contacts: pd.DataFrame) -> pd.DataFrame:
    """Return the invitations and what became of them."""
    invited = contacts[contacts["invited"]].reset_index(drop=True)
    invited["channel"] = pd.Series(draws.choose(CHANNELS, len(invited)), dtype="str")
    columns = ["person_id", "session_id", "channel", "outcome"]
    return with_provenance(invited[columns], LEAD_ORGANISATION, _days(invited["date"]))


def attendance_table(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return the attendances. The amount is empty for salaried people and for volunteers."""
    came = contacts[contacts["came"]].reset_index(drop=True)
    pounds = came["hours"] * PENCE_AN_HOUR / 100
    came["paid_gbp"] = pounds.where(came["paid"] & ~came["salaried"])
    columns = ["person_id", "session_id", "hours", "paid_gbp", "paid"]
    return with_provenance(came[columns], came["convened_by"], _days(came["date"]))


def _each(sessions: pd.DataFrame) -> list[tuple[int, str, str, datetime.datetime]]:
    asks = sessions["kind"].mask(
        (sessions["stage"] == "sign_off") & (sessions["kind"] == "workshop"), "sign_off"
    )
    return list(zip(range(len(sessions)), asks, sessions["area"], sessions["date"], strict=True))


def _asked_or_walked_in(
    draws: Draws, people: pd.DataFrame, session: int, asks: str, area: str, date: datetime.datetime
) -> pd.DataFrame:
    local = (people["area"] == area).to_numpy()
    taking_part = ((people["joined_on"] <= date) & ~(people["left_on"] < date)).to_numpy()
    rate = _invitation_rate(people["audience"], asks, local)
    invited = taking_part & draws.chance(rate, len(people))
    welcome = taking_part & local & (rate > 0) & (people["keenness"] != "never").to_numpy()
    walked_in = welcome & ~invited & draws.chance(WALKS_IN.get(asks, 0.0), len(people))
    person = np.flatnonzero(invited | walked_in)
    return pd.DataFrame({"person": person, "session": session, "invited": invited[person]})


def _invitation_rate(audience: pd.Series, asks: str, local: Flags) -> Numbers:
    at_home = {name: asked.local for name, asked in INVITED[asks].items()}
    away = {name: asked.elsewhere for name, asked in INVITED[asks].items()}
    rate = audience.map(at_home).where(local, audience.map(away))
    return rate.fillna(0.0).to_numpy()


def _outcome(draws: Draws, person: pd.DataFrame, session: pd.DataFrame) -> Labels:
    thresholds = np.cumsum(list(ANSWERS.values()), axis=1)[:, :-1]
    keenness = person["keenness"].map({name: row for row, name in enumerate(ANSWERS)}).to_numpy()
    answer = (draws.uniform(len(person))[:, None] >= thresholds[keenness]).sum(axis=1)
    outcome = as_labels(OUTCOMES)[answer]
    tired = person["lone_parent"].astype("bool") & (session["date"] >= TRUTH.lone_parents_tire_from)
    kept_away = tired.to_numpy() & draws.chance(TRUTH.lone_parents_kept_away, len(person))
    return np.where(kept_away & (outcome == "attended"), "agreed_absent", outcome)


def _hours(draws: Draws, session: pd.DataFrame) -> pd.Series:
    longest = session["kind"].map(LONGEST_STAY).fillna(session["hours"])
    stayed = pd.to_numeric(draws.choose(QUARTERS_STAYED, len(session)))
    # Counted in whole quarters of an hour, so that no rounding is left to the machine.
    quarters = (longest * 4).astype(np.int64) * stayed // 4
    return quarters / 4


def _days(dates: pd.Series) -> Days:
    return dates.to_numpy().astype("datetime64[D]")
