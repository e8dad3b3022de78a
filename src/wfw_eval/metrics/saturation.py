"""Whether further interviews still brought new themes (Guest, Namey & Chen 2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Flags, Floats, Whole, numbers
from wfw_eval.metrics.mentions import mention_table
from wfw_eval.metrics.result import Result, not_estimable

SOURCE = "Guest, Namey & Chen 2020, PLoS ONE 15(5):e0232076"


@dataclass(frozen=True)
class Rule:
    """When new information counts as exhausted.

    Attributes:
        base: Interviews the new themes are compared to, counted from the first.
        run: Interviews looked at together.
        threshold: Largest share of new themes, of those of the base, that counts as saturation.
        overlapping: Whether runs start at each interview or each begins after the one before.
    """

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    overlapping: bool = True

    def __post_init__(self) -> None:
        if self.base < 1 or self.run < 1:
            raise ValueError(f"base and run are 1 or more, not {self.base} and {self.run}")
        if not 0 <= self.threshold < 1:
            raise ValueError(f"a threshold lies from 0 to below 1, not at {self.threshold}")

    def starts(self, n: int) -> Whole:
        """Return how many interviews come before each run that ``n`` interviews allow."""
        step = 1 if self.overlapping else self.run
        return np.arange(self.base, n - self.run + 1, step)


@dataclass(frozen=True)
class Saturation:
    """What :func:`saturation` returns.

    Attributes:
        ratios: New themes of each run over the themes of the base, in the order of the runs, by
            the interviews they are of, such as ``6-7``.
        reached: Interviews held before the first run at or below the threshold.
        run: That run, such as ``6-7``; none if there is none.
        base_themes: Themes of the base.
    """

    ratios: pd.Series
    reached: Result
    run: str | None
    base_themes: int


@metric(
    "M23",
    name="Thematic saturation",
    unit="count",
    question="EQ8",
    formula="new themes in a run of interviews / themes in the base; the interviews before the "
    "first run at or below the threshold",
    source=SOURCE,
)
def saturation(
    themes: Any,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    overlapping: bool = True,
    **about: Any,
) -> Saturation:
    """Return the share of new themes, run by run, and when it was small enough.

    "Reached at 5+2" says that after 5 interviews a run of 2 brought no more new themes than the
    threshold allows; so 7 had to be held to know it.

    Args:
        themes: New themes of each interview in the order they were held, shape ``(n,)``; or a
            table of interviews by themes, true where the theme came up, shape ``(n, themes)``.
        base: Interviews, counted from the first, whose themes are the base.
        run: Interviews in a run.
        threshold: Largest ratio that counts as saturation.
        overlapping: Whether runs share interviews (5-6, 6-7, ...) or follow one another (5-6,
            7-8, ...).
        **about: Further attributes of ``reached``.

    Returns:
        The ratios, and the interviews before the first run at or below the threshold; that is not
        estimable if there is no such run, too few interviews for one, or no theme in the base.

    Raises:
        ValueError: counts are missing, negative or not whole, the table is not of yes and no, or
            base, run or threshold are out of their range.

    Example:
        >>> found = saturation([12, 9, 8, 8, 2, 1, 0, 1, 0, 0])
        >>> found.ratios.round(4).to_dict()
        {'5-6': 0.0811, '6-7': 0.027, '7-8': 0.027, '8-9': 0.027, '9-10': 0.0}
        >>> found.run, found.reached.value, found.reached.method
        ('6-7', 5, 'reached at 5+2 interviews: at most 5 % new, base 4, run 2')
    """
    rule = Rule(base, run, threshold, overlapping)
    new = new_themes(themes)
    starts = rule.starts(len(new))
    ratios, base_themes = run_ratios(new[None, :], rule)
    named = [f"{start + 1}-{start + run}" if run > 1 else f"{start + 1}" for start in starts]
    series = pd.Series(ratios[0], index=pd.Index(named, name="run"), name="ratio", dtype=float)
    known = {"n": len(new), "of": "interviews", **about}
    reason = why_not(len(new), int(base_themes[0]), rule)
    below = starts[ratios[0] <= threshold] if reason is None else starts[:0]
    if not len(below):
        if reason is None:
            reason = f"not reached in {len(new)} interviews"
        missing = not_estimable("M23", "count", reason, **known)
        kept = series if base_themes[0] else series.iloc[:0]
        return Saturation(kept, missing, None, int(base_themes[0]))
    first = int(below[0])
    reached = Result(
        metric="M23", unit="count", value=first, **{"method": _told(first, rule), **known}
    )
    return Saturation(series, reached, named[list(starts).index(first)], int(base_themes[0]))


def new_themes(themes: Any) -> Whole:
    """Return the themes each interview was the first to bring, shape ``(n,)``.

    Raises:
        ValueError: counts are missing, negative or not whole, or a table is not of yes and no.
    """
    if isinstance(themes, pd.DataFrame) or np.ndim(themes) == 2:
        return _new(interview_flags(themes))
    counts = numbers(themes, "new themes").astype(float)
    if not np.all((counts >= 0) & (counts == np.floor(counts)) & (counts < np.inf)):
        raise ValueError("new themes must be counted, whole and not negative")
    return counts.astype(np.intp)


def interview_flags(themes: Any) -> Flags:
    """Return a table of interviews by themes as true and false.

    Raises:
        ValueError: it is no table, or holds anything else or a missing value.
    """
    if not isinstance(themes, pd.DataFrame) and np.ndim(themes) != 2:
        raise ValueError("a table of interviews by themes is needed")
    table = mention_table(themes)
    if table.isna().any(axis=None):
        raise ValueError("whether a theme came up in an interview is missing")
    found: Flags = table.to_numpy() == 1
    return found


def _new(table: Flags) -> Whole:
    n = len(table)
    heard = table[:, table.any(axis=0)]
    found: Whole = np.bincount(heard.argmax(axis=0), minlength=n) if n else np.zeros(0, np.intp)
    return found


def counted(first: Whole, draws: int, n: int) -> Whole:
    """Count the themes first brought by each interview; ``n`` stands for never."""
    cells = np.arange(draws)[:, None] * (n + 1) + first
    counts = np.bincount(cells.ravel(), minlength=draws * (n + 1))
    found: Whole = counts.reshape(draws, n + 1)[:, :n]
    return found


def run_ratios(new: Whole, rule: Rule) -> tuple[Floats, Whole]:
    """Return the ratio of each run, shape ``(draws, runs)``, and the themes of the base.

    Without themes in the base the ratio has no value, and is infinite here.
    """
    starts = rule.starts(new.shape[1])
    total = np.concatenate([np.zeros((len(new), 1), dtype=np.intp), new.cumsum(axis=1)], axis=1)
    base = total[:, min(rule.base, new.shape[1])]
    added = total[:, starts + rule.run] - total[:, starts]
    ratios = np.full(added.shape, np.inf)
    np.divide(added, base[:, None], out=ratios, where=base[:, None] > 0)
    return ratios, base


def why_not(n: int, themes: int, rule: Rule) -> str | None:
    """Return why there is no ratio, if there is none."""
    if n < rule.base + rule.run:
        return f"fewer than {rule.base + rule.run} interviews"
    return None if themes else "no theme came up in the base"


def _told(first: int, rule: Rule) -> str:
    limit = f"at most {100 * rule.threshold:.3g} % new, base {rule.base}, run {rule.run}"
    return f"reached at {first}+{rule.run} interviews: {limit}"
