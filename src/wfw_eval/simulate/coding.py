"""The coding of the excerpts: one coder for all of them, a second for some."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Labels, Whole
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import EVALUATOR, recorded
from wfw_eval.simulate.themes import themes_at
from wfw_eval.simulate.truth import PROCESS_TRUTH

FIRST_CODER, SECOND_CODER = "coder_1", "coder_2"
TWO_THEMES = 0.2
SECOND_CODER_BEGINS = np.datetime64("2024-03-04")
SECOND_CODER_DAYS = 18
FIRST_CODER_FOLLOWS = 14
PARADOX_USES = 3


def coding_table(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return every theme each coder gave each excerpt."""
    size = len(excerpts)
    another = themes_at(excerpts["voice"].to_numpy(), _another(draws, excerpts))
    both = excerpts.assign(another=another)
    both["agrees"] = draws.chance(PROCESS_TRUTH.coders_agree, size) | ~both["ordinary"]
    both["has_two"] = draws.chance(TWO_THEMES, size) & both["ordinary"]
    coding = pd.concat([_first(draws, both), _second(draws, both)], ignore_index=True)
    coding = coding.drop_duplicates(["excerpt_id", "theme_id", "coder_id"])
    coding = coding.sort_values(["excerpt_id", "round", "theme_id"], ignore_index=True)
    columns = ["excerpt_id", "theme_id", "coder_id", "round", "date"]
    source = coding["coder_id"].map({FIRST_CODER: LEAD_ORGANISATION, SECOND_CODER: EVALUATOR})
    return recorded(coding[columns], source)


def _first(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    later = FIRST_CODER_FOLLOWS + draws.below(FIRST_CODER_FOLLOWS, len(excerpts))
    dated = excerpts.assign(date=excerpts["date"] + pd.to_timedelta(later, unit="D"))
    given = _given(dated, dated["theme_id"].to_numpy(), dated["has_two"], 0)
    return given.assign(coder_id=FIRST_CODER, round=1)


def _second(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    read = excerpts[excerpts["double_coded"]].reset_index(drop=True)
    read["date"] = SECOND_CODER_BEGINS + draws.below(SECOND_CODER_DAYS, len(read))
    seen = np.where(read["agrees"], read["theme_id"], read["another"])
    two = read["has_two"] & draws.chance(PROCESS_TRUTH.coders_agree, len(read))
    return _given(read, seen, two, 1).assign(coder_id=SECOND_CODER, round=2)


def _given(excerpts: pd.DataFrame, seen: Labels, two: pd.Series, turn: int) -> pd.DataFrame:
    """Return the themes of one coder: the main one, a second, and the one neither agrees on."""
    main = excerpts.assign(theme_id=seen)
    second = excerpts[two].assign(theme_id=excerpts.loc[two, "another"])
    pool = excerpts[excerpts["double_coded"] & (excerpts["voice"] == 2) & excerpts["ordinary"]]
    paradox = pool.iloc[turn * PARADOX_USES : (turn + 1) * PARADOX_USES]
    paradox = paradox.assign(theme_id=PROCESS_TRUTH.paradox_theme)
    return pd.concat([main, second, paradox])[["excerpt_id", "theme_id", "date"]]


def _another(draws: Draws, excerpts: pd.DataFrame) -> Whole:
    """Return the position of some other theme that the voice has raised; the same if none."""
    raised = excerpts["raised"].to_numpy()
    step = 1 + draws.below(np.maximum(raised - 1, 1), len(excerpts))
    other: Whole = (excerpts["position"].to_numpy() + step) % raised
    return other
