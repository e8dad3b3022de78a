"""The code book, and which theme each excerpt is about."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Labels, Whole, as_labels
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import from_rows, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

# Identifier, wider theme, label.
THEMES = (
    ("TH01", None, "Getting help"),
    ("TH02", "TH01", "Waiting for help"),
    ("TH03", "TH01", "Knowing what there is"),
    ("TH04", "TH01", "Travel and place"),
    ("TH05", None, "Being treated well"),
    ("TH06", "TH05", "Being judged"),
    ("TH07", "TH05", "Keeping the same worker"),
    ("TH08", "TH05", "Being listened to"),
    ("TH09", None, "What would help"),
    ("TH10", "TH09", "Help at school"),
    ("TH11", "TH09", "Money and housing"),
    ("TH12", "TH09", "Time to rest"),
    ("TH13", "TH09", "Contact with other families"),
    ("TH14", None, "No theme fits"),
)
CODE_BOOK_OF = "2023-09-11"
NO_THEME_FITS = "TH14"

# The themes of each voice, in the order in which they come up for the first time.
PARENTS = ("TH06", "TH02", "TH11", "TH03", "TH08", "TH07")
YOUNG_PEOPLE = ("TH10", "TH08", "TH06", "TH03", "TH11", "TH07", "TH02")
OTHERS = ("TH06", "TH02", "TH11", "TH08", "TH03", "TH07", "TH10")

DRAWINGS_WITHOUT_A_THEME = 0.4
UNVARYING_USES = 5


def theme_table() -> pd.DataFrame:
    """Return the code book: three main themes, ten below them, and one for whatever else."""
    table = from_rows(("theme_id", "parent", "label"), THEMES, dates=())
    table["definition"] = "Simulated theme: any excerpt that speaks of this, and no other."
    table["label"] = "Simulated theme: " + table["label"].str.lower()
    agreed = pd.Series(pd.Timestamp(CODE_BOOK_OF), index=table.index)
    return recorded(table.assign(agreed=agreed), LEAD_ORGANISATION, "agreed").drop(columns="agreed")


def with_meaning(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return the excerpts with their theme, and how many themes that voice had raised by then.

    Parents raise all their themes in their first excerpts and nothing after that; young people
    raise a new one now and then in interview until the last, so they are never saturated.
    """
    role, truth = excerpts["role"], PROCESS_TRUTH
    parents, young = role == truth.saturated_role, role == truth.unsaturated_role
    raised = np.select(
        [parents, young],
        [_at_once(parents, len(PARENTS)), _to_the_end(young & excerpts["interview"])],
        default=_at_once(~parents & ~young, len(OTHERS)),
    )
    voice = np.select([parents, young], [0, 1], default=2)
    drawn = draws.below(raised, len(excerpts))
    # An excerpt that raises a theme is about that theme.
    before = pd.Series(raised).groupby(voice).shift(fill_value=0).to_numpy()
    position = np.where(raised > before, raised - 1, drawn)
    meant = excerpts.assign(voice=voice, raised=raised, position=position)
    return _with_rare_themes(draws, meant.assign(theme_id=themes_at(voice, position)))


def themes_at(voice: Whole, position: Whole) -> Labels:
    """Return the theme at a position in the list of each voice."""
    lists = (PARENTS, YOUNG_PEOPLE, OTHERS)
    longest = max(map(len, lists))
    square = np.array([[*names, *[""] * (longest - len(names))] for names in lists], dtype=object)
    chosen: Labels = square[voice, position]
    return chosen


def _at_once(rows: pd.Series, themes: int) -> Whole:
    so_far: Whole = rows.cumsum().to_numpy(dtype=np.int64)
    return np.clip(so_far, 1, themes)


def _to_the_end(interviewed: pd.Series) -> Whole:
    """Return how many themes were raised, the last of them in the last interview excerpt."""
    said = np.maximum(interviewed.cumsum().to_numpy() - 1, 0)
    steps = max(int(interviewed.sum()) - 1, 1)
    raised: Whole = 1 + said * (len(YOUNG_PEOPLE) - 1) // steps
    return raised


def _with_rare_themes(draws: Draws, excerpts: pd.DataFrame) -> pd.DataFrame:
    """Add a theme of one family, one that only single-coded excerpts have, and none at all."""
    theme, truth = excerpts["theme_id"], PROCESS_TRUTH
    carers = excerpts.loc[excerpts["interview"] & (excerpts["role"] == "carer"), "person_id"]
    of_one = excerpts["person_id"].isin(carers.iloc[:1]) & excerpts["interview"]
    drawing = (excerpts["kind"] == "drawing").to_numpy()
    blank = drawing & draws.chance(DRAWINGS_WITHOUT_A_THEME, len(excerpts))
    free = ~of_one & ~blank & (excerpts["voice"] == 2) & ~excerpts["double_coded"]
    unvarying = np.flatnonzero(free)[:UNVARYING_USES]
    theme = theme.mask(of_one, truth.one_family_theme).mask(blank, NO_THEME_FITS)
    theme.iloc[unvarying] = truth.unvarying_theme
    ordinary = theme.isin(as_labels(OTHERS))
    return excerpts.assign(theme_id=theme, ordinary=ordinary)
