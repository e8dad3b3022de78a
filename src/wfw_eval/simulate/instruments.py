"""The questionnaires, their items, and the answers in three waves. No wording is licensed."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Flags, Whole
from wfw_eval.simulate.provenance import with_provenance
from wfw_eval.simulate.tabulate import EVALUATOR, days, from_rows, involved, recorded, whole
from wfw_eval.simulate.truth import PROCESS_TRUTH

VERSION, LICENCE, AGREED = "2023", "own", "2023-09-04"
LOWEST, HIGHEST = 1, 5
EXPERIENCE, PARTNERSHIP = "INS1", "INS2"
INSTRUMENTS = (
    (EXPERIENCE, "Experience scale (simulated items)"),
    (PARTNERSHIP, "Partnership scale (simulated items)"),
)

# Identifier, questionnaire, label, subscale.
ITEMS = (
    ("EX1", EXPERIENCE, "Simulated item on knowing what to expect", "clarity"),
    ("EX2", EXPERIENCE, "Simulated item on understanding what was said", "clarity"),
    ("EX3", EXPERIENCE, "Simulated item on being welcome", "respect"),
    ("EX4", EXPERIENCE, "Simulated item on being listened to", "respect"),
    ("EX5", EXPERIENCE, "Simulated item on safety", "respect"),
    ("EX6", EXPERIENCE, "Simulated item on shaping the agenda", "influence"),
    ("EX7", EXPERIENCE, "Simulated item on shaping the result", "influence"),
    ("EX8", EXPERIENCE, "Simulated item on the burden of taking part", "influence"),
    ("PA1", PARTNERSHIP, "Simulated item on clear roles", "roles"),
    ("PA2", PARTNERSHIP, "Simulated item on shared goals", "roles"),
    ("PA3", PARTNERSHIP, "Simulated item on trust", "trust"),
    ("PA4", PARTNERSHIP, "Simulated item on openness", "trust"),
    ("PA5", PARTNERSHIP, "Simulated item on deciding together", "deciding"),
    ("PA6", PARTNERSHIP, "Simulated item on how conflict is handled", "deciding"),
)
INFLUENCE = ("EX6", "EX7")

# The first wave is asked in retrospect: nobody was there to ask before.
WAVES = {"baseline": "2023-09-18", "mid": "2023-12-11", "end": "2024-06-17"}
ASKED_WITHIN = 10
ANSWERS = {EXPERIENCE: {"lived": 0.36, "other": 0.4}, PARTNERSHIP: {"lived": 0.6, "other": 0.7}}
OVERSIGHT_MEETINGS = 2

SKIPPED = 0.04
REASONS = {"skipped": 5, "prefer_not": 2, "not_applicable": 1}
OUTLOOK = {"-1": 3, "0": 4, "1": 3}
SLIP = {"-1": 1, "0": 3, "1": 1}


def instrument_table() -> pd.DataFrame:
    """Return the questionnaires, both made for this example."""
    table = from_rows(("instrument_id", "title"), INSTRUMENTS, dates=())
    return _agreed(table.assign(version=VERSION, licence=LICENCE))


def item_table() -> pd.DataFrame:
    """Return the items, with a neutral label each and one that is scored in reverse."""
    table = from_rows(("item_id", "instrument_id", "label", "subscale"), ITEMS, dates=())
    reverse = table["item_id"] == PROCESS_TRUTH.reverse_item
    return _agreed(table.assign(reverse=reverse, scale_min=LOWEST, scale_max=HIGHEST))


def response_item_table(
    draws: Draws, person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Return an answer, or why there is none, for each respondent, item and wave."""
    came = attendance[["person_id", "session_id"]].merge(
        session[["session_id", "date", "kind"]], on="session_id"
    )
    outlook = person.assign(outlook=draws.choose(OUTLOOK, len(person)).astype(np.int64))
    asked = [
        _respondents(draws, outlook, came, instrument, wave)
        for instrument, _ in INSTRUMENTS
        for wave in WAVES
    ]
    items = from_rows(("item_id", "instrument_id", "label", "subscale"), ITEMS, dates=())
    answers = pd.concat(asked).merge(items[["item_id", "instrument_id"]], on="instrument_id")
    answers = _answered(draws, answers)
    columns = ["person_id", "item_id", "wave", "date", "value", "na_reason"]
    return recorded(answers[columns], EVALUATOR, evidence_class="reported")


def _respondents(
    draws: Draws, person: pd.DataFrame, came: pd.DataFrame, instrument: str, wave: str
) -> pd.DataFrame:
    """Draw who answers a wave; of young people, exactly the planted few."""
    opens = pd.Timestamp(WAVES[wave])
    closes = opens + pd.Timedelta(days=ASKED_WITHIN)
    eligible = involved(person, closes)
    eligible = eligible[(eligible["joined_on"] <= opens) & (eligible["role"] != "child_u12")]
    eligible = eligible[eligible["person_id"].isin(_met(came, opens, instrument))]
    asked = eligible.reset_index(drop=True)
    day = pd.to_timedelta(draws.below(ASKED_WITHIN, len(asked)), unit="D")
    answers = _answers(draws, asked, instrument)
    asked = asked.assign(date=opens + day, wave=wave, instrument_id=instrument)
    return asked.loc[answers].astype({"date": "datetime64[s]"})


def _met(came: pd.DataFrame, opens: pd.Timestamp, instrument: str) -> set[str]:
    """Return who knows what is asked about: a session, or some meetings of the oversight group."""
    before = came[came["date"] < opens]
    if instrument == EXPERIENCE:
        return set(before["person_id"])
    meetings = before[before["kind"] == "oversight"].groupby("person_id").size()
    return set(meetings.index[meetings >= OVERSIGHT_MEETINGS])


def _answers(draws: Draws, asked: pd.DataFrame, instrument: str) -> Flags:
    share = asked["stake"].map(ANSWERS[instrument]).fillna(ANSWERS[instrument]["other"])
    answers = draws.chance(share.to_numpy(), len(asked))
    order = draws.order(len(asked))
    in_subgroup = (asked["role"] == PROCESS_TRUTH.small_subgroup).to_numpy()
    quota = PROCESS_TRUTH.small_subgroup_size if instrument == EXPERIENCE else 0
    answers[in_subgroup] = False
    answers[order[in_subgroup[order]][:quota]] = True
    return answers


def _answered(draws: Draws, asked: pd.DataFrame) -> pd.DataFrame:
    asked = asked.sort_values(["wave", "person_id", "item_id"], ignore_index=True)
    size, truth = len(asked), PROCESS_TRUTH
    scored = np.clip(_scored(draws, asked), LOWEST, HIGHEST)
    at_top = (asked["item_id"] == truth.ceiling_item) & draws.chance(truth.ceiling_share, size)
    scored = np.where(at_top, HIGHEST, scored)
    reverse = asked["item_id"] == truth.reverse_item
    ticked = pd.Series(np.where(reverse, LOWEST + HIGHEST - scored, scored))
    missing = draws.chance(SKIPPED, size)
    reason = pd.Series(draws.choose(REASONS, size), dtype="str").where(missing)
    return asked.assign(value=whole(ticked).mask(missing), na_reason=reason)


def _scored(draws: Draws, asked: pd.DataFrame) -> Whole:
    """Return favourable points: outlook, slip, and the planted differences of side and wave."""
    size, truth = len(asked), PROCESS_TRUTH
    points: Whole = 3 + asked["outlook"].to_numpy() + draws.choose(SLIP, size).astype(np.int64)
    professional = (asked["stake"] != "lived").to_numpy()
    points += professional & draws.chance(truth.professionals_kinder, size)
    fades = asked["item_id"].isin(INFLUENCE) & (asked["wave"] == "end") & ~professional
    points -= fades.to_numpy() & draws.chance(truth.families_fade, size)
    return points


def _agreed(table: pd.DataFrame) -> pd.DataFrame:
    agreed = pd.Series(np.datetime64(AGREED), index=table.index)
    return with_provenance(table, EVALUATOR, days(agreed))
