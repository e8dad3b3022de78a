"""What was kept of the sessions, and the excerpts of what people said in them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import with_provenance
from wfw_eval.simulate.tabulate import days
from wfw_eval.simulate.themes import THEMES, with_meaning
from wfw_eval.simulate.truth import PROCESS_TRUTH


@dataclass(frozen=True)
class Kept:
    """What is kept of a session: how many speakers, excerpts each, and a source for each or one."""

    source: str
    speakers: int
    excerpts: int = 1
    each: bool = False
    anonymous: bool = False


KEPT: Mapping[str, Kept] = {
    "interview": Kept("transcript", 3, 3, each=True),
    "focus_group": Kept("transcript", 4),
    "creative": Kept("drawing", 3),
    "survey": Kept("survey_text", 10, anonymous=True),
    "event": Kept("note", 3),
    "workshop": Kept("diary", 3),
}
STAGES = ("fieldwork", "analysis", "feedback")
ADULTS_ONLY = ("analysis", "feedback")
LEFT_TO_CHANCE = ("event", "workshop")

LANGUAGES = {"English": 90, "Polish": 6, "British Sign Language": 4}
SENTIMENTS = {"neg": 38, "mixed": 24, "pos": 27, "none": 11}
TIERS = {"universal": 30, "additional": 38, "intensive": 20, "none": 12}
IDENTIFIERS = {"0": 58, "1": 26, "2": 11, "3": 5}
WORDS_NOT_SHARED = 0.1


def simulate_excerpts(
    draws: Draws, person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per excerpt, in the order they were said, with the theme it is about."""
    excerpts = _speakers(draws, person, session, attendance)
    size = len(excerpts)
    excerpts.insert(0, "excerpt_id", numbered("E", size, 3))
    excerpts["double_coded"] = draws.order(size) < PROCESS_TRUTH.double_coded
    excerpts = with_meaning(draws, excerpts)
    excerpts["sentiment"] = draws.choose(SENTIMENTS, size)
    excerpts["tier"] = draws.choose(TIERS, size)
    excerpts["identifiers"] = draws.choose(IDENTIFIERS, size).astype(np.int64)
    quoted = excerpts["sentiment"].map(PROCESS_TRUTH.quoted_share).fillna(0.0).to_numpy()
    excerpts["quoted"] = draws.chance(quoted, size)
    return excerpts.assign(text=_words(draws, excerpts))


def source_table(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return the transcripts, notes, answers, drawings and diaries the excerpts are from."""
    sources = excerpts.drop_duplicates("source_id", ignore_index=True)
    sources["language"] = draws.choose(LANGUAGES, len(sources))
    columns = ["source_id", "session_id", "kind", "language"]
    return with_provenance(sources[columns], sources["org_id"], days(sources["date"]))


def excerpt_table(excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return the public columns. Of an anonymous speaker only the role is known."""
    named = ~excerpts["anonymous"]
    shown = excerpts.assign(
        person_id=excerpts["person_id"].where(named), role=excerpts["role"].mask(named)
    )
    columns = ["excerpt_id", "source_id", "person_id", "role", "text", "sentiment", "tier"]
    table = shown[[*columns, "identifiers", "quoted"]]
    return with_provenance(table, excerpts["org_id"], days(excerpts["date"]), "reported")


def _speakers(
    draws: Draws, person: pd.DataFrame, session: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Draw who is excerpted from each session: a young person first, professionals last."""
    held = session[session["kind"].isin(list(KEPT)) & session["stage"].isin(STAGES)]
    held = held[["session_id", "date", "kind", "stage", "org_id"]]
    who = person[["person_id", "family_id", "role", "stake"]]
    seats = attendance[["session_id", "person_id"]].merge(held, on="session_id")
    seats = seats.merge(who, on="person_id")
    seats["luck"] = draws.order(len(seats))
    seats = seats[~_too_young(seats)].sort_values(["session_id", "luck"], ignore_index=True)
    seats["turn"] = _turn(seats)
    seats = seats.sort_values(["session_id", "turn", "luck"], ignore_index=True)
    kept = seats["kind"].map(KEPT)
    wanted = kept.map(lambda kind: kind.speakers)
    chosen = seats[seats.groupby("session_id").cumcount() < wanted]
    return _repeated(chosen.reset_index(drop=True))


def _too_young(seats: pd.DataFrame) -> pd.Series:
    """Tell who is left out: young people are not asked again once the fieldwork is over."""
    young = seats["role"].isin(("child_u12", PROCESS_TRUTH.unsaturated_role))
    return young & seats["stage"].isin(ADULTS_ONLY)


def _turn(seats: pd.DataFrame) -> pd.Series:
    """Return who is asked first: 0 children and one young person, 1 adults, 2 professionals.

    In events and workshops it is left to chance.
    """
    young = seats["role"] == PROCESS_TRUTH.unsaturated_role
    first_young = young & ~seats[["session_id", "role"]].duplicated()
    turn = (seats["stake"] != "lived") + 1 - (first_young | (seats["role"] == "child_u12"))
    return turn.mask(seats["kind"].isin(LEFT_TO_CHANCE), 1)


def _repeated(chosen: pd.DataFrame) -> pd.DataFrame:
    kept = [KEPT[kind] for kind in chosen["kind"]]
    alone = np.array([kind.each for kind in kept])
    chosen["anonymous"] = [kind.anonymous for kind in kept]
    chosen["interview"] = chosen["kind"] == "interview"
    chosen["kind"] = [kind.source for kind in kept]
    first_of_source = alone | ~chosen["session_id"].duplicated().to_numpy()
    chosen["source_id"] = numbered("SO", int(first_of_source.sum()), 2).to_numpy()[
        first_of_source.cumsum() - 1
    ]
    times = [kind.excerpts for kind in kept]
    return chosen.loc[chosen.index.repeat(times)].reset_index(drop=True)


def _words(draws: Draws, excerpts: pd.DataFrame) -> pd.Series:
    label = {theme_id: name.lower() for theme_id, _, name in THEMES}
    feeling = {"neg": "unhappy", "mixed": "mixed", "pos": "happy", "none": "neutral"}
    number = (excerpts.index + 1).astype("str").to_series(index=excerpts.index)
    about = excerpts["theme_id"].map(label)
    words = "Simulated excerpt " + number + ": " + excerpts["sentiment"].map(feeling)
    return (words + " words about " + about + ".").mask(draws.chance(WORDS_NOT_SHARED, len(number)))
