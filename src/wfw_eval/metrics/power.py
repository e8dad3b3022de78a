"""Who decides, and who sets the agenda.

Who speaks is in :mod:`wfw_eval.metrics.voice`, how evenly in
:mod:`wfw_eval.metrics.inequality`, who is paid in :mod:`wfw_eval.metrics.payment`, and how far a
definition is met in :mod:`wfw_eval.metrics.definition`. A log of decisions holds every one there
was, so its shares have no sampling interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, check_lengths, labels, numbers
from wfw_eval.metrics.result import Result, not_estimable

#: Rungs of the ladder of Think Local Act Personal, and the first that is co-design.
RUNGS = (1, 7)
CO_DESIGN = 6

#: Parts that people with lived experience can have in deciding, from least to most.
AUTHORITIES = ("informed", "consulted", "joint", "delegated")

#: What a decision or a person can start from.
STAKES = ("lived", "professional", "both")


@metric(
    "M15",
    name="Participation level",
    unit="proportion",
    question="EQ4",
    formula="Σ importance of decisions whose median rung ≥ 6 / Σ importance; "
    "bounds: all raters ≥ 6, any rater ≥ 6",
    source="Think Local Act Personal, Ladder of co-production",
)
def participation_level(
    levels: Any, importance: Any = None, *, at_least: float = CO_DESIGN, **about: Any
) -> Result:
    """Return the share of decisions, by importance, at co-design or above on the ladder.

    A decision's rung is the median of its raters: with two raters, one of them at 6 is not
    enough unless the other makes up for it. The bounds say how far the raters matter: the share
    if a decision needs all of its raters at 6, and if it needs one.

    Args:
        levels: Rungs 1 to 7, one row for each decision and one column for each rater, shape
            ``(n,)`` or ``(n, raters)``; missing where a rater did not rate.
        importance: Weight of each decision; all weigh the same unless given.
        at_least: The rung that is asked for.
        **about: Further attributes of the result.

    Returns:
        A proportion, whose ``count`` is the decisions at that rung and ``n`` the decisions rated;
        not estimable where none was rated or the rated weigh nothing.

    Raises:
        ValueError: a rung outside 1 to 7, or a weight that is missing or negative.

    Example:
        >>> level = participation_level([[6, 7], [6, 5], [3, 4]], importance=[1, 1, 2])
        >>> level.value, level.lower, level.upper
        (0.25, 0.25, 0.5)
    """
    rungs = _rungs(levels)
    weights = _weights(importance, len(rungs))
    rated = ~np.isnan(rungs).all(axis=1)
    rungs, weights = rungs[rated], weights[rated]
    known = {"n": int(rated.sum()), "of": "decisions", "interval": "bounds", **about}
    if weights.sum() == 0:
        return not_estimable("M15", "proportion", "no decision was rated", **known)
    ends = [reduce(rungs, axis=1) >= at_least for reduce in (np.nanmedian, np.nanmin, np.nanmax)]
    value, lower, upper = (_weighed(end, weights) for end in ends)
    method = {"method": "median rater; bounds: every rater, any rater"}
    known = {"count": int(ends[0].sum()), **method, **known}
    return Result(metric="M15", unit="proportion", value=value, lower=lower, upper=upper, **known)


@metric(
    "M16",
    name="Decision authority share",
    unit="proportion",
    question="EQ4",
    formula="decisions informed (consulted, joint, delegated) / decisions, by stage",
    source="framework of this evaluation; after Arnstein 1969, JAIP 35:216-224",
)
def decision_authority(
    authority: Any,
    stages: Any = None,
    *,
    decisions: Any = None,
    importance: Any = None,
    codes: Sequence[str] = AUTHORITIES,
    **about: Any,
) -> dict[str, dict[str, Result]]:
    """Return what part people with lived experience had in decisions, by stage.

    Args:
        authority: Part they had, one of ``codes``, a row for each decision (or each rating).
        stages: Stage of the process of each row.
        decisions: Decision of each row, where several raters rated it: it then counts once,
            shared out over its ratings.
        importance: Weight of each row's decision.
        codes: The parts there can be.
        **about: Further attributes of each result.

    Returns:
        Per stage, and for ``all``, a proportion per part; ``n`` is the decisions. Rows without a
        part are left out, those without a stage count in ``all`` only. A part that no decision
        had is 0, a stage all of whose ratings are missing is not estimable.

    Raises:
        ValueError: a part that is none of the codes, columns not equally long, a stage called
            ``all``, or a weight that is missing or negative.

    Example:
        >>> shares = decision_authority(["joint", "consulted", "joint"], ["design"] * 3)
        >>> {part: round(share.value, 4) for part, share in shares["design"].items()}
        {'informed': 0.0, 'consulted': 0.3333, 'joint': 0.6667, 'delegated': 0.0}
    """
    check_lengths(authority=authority, stages=stages, decisions=decisions, importance=importance)
    rows = pd.DataFrame({"part": _coded(authority, codes, "part")})
    rows["decision"] = np.arange(len(rows)) if decisions is None else labels(decisions)[0]
    rows["weight"] = _weights(importance, len(rows))
    stage, names = (np.full(len(rows), -1), pd.Index([])) if stages is None else labels(stages)
    if "all" in names:
        raise ValueError("no stage may be called all")
    if (rows["decision"] < 0).any():
        raise ValueError("a rating is of no decision")
    chosen = {str(name): rows[stage == place] for place, name in enumerate(names)}
    return {
        name: _shares("M16", part, codes, {"of": "decisions", **about})
        for name, part in (chosen | {"all": rows}).items()
    }


@metric(
    "M17",
    name="Agenda origin share",
    unit="proportion",
    question="EQ4",
    formula="decisions (items) proposed from an origin / decisions (items) of known origin",
    source="framework of this evaluation",
)
def agenda_origin(
    origins: Any, *, importance: Any = None, codes: Sequence[str] = STAKES, **about: Any
) -> dict[str, Result]:
    """Return from where what was decided had been proposed.

    Args:
        origins: Origin of each item, one of ``codes``; missing where it is not known.
        importance: Weight of each item; all weigh the same unless given.
        codes: The origins there can be.
        **about: Further attributes of each result.

    Returns:
        A proportion per origin, not estimable where no origin is known.

    Raises:
        ValueError: an origin that is none of the codes, or a weight that is missing or negative.

    Example:
        >>> shares = agenda_origin(["lived", "professional", "professional", "both"])
        >>> shares["professional"].value, shares["professional"].count
        (0.5, 2)
    """
    check_lengths(origins=origins, importance=importance)
    rows = pd.DataFrame({"part": _coded(origins, codes, "origin")})
    rows["decision"] = np.arange(len(rows))
    rows["weight"] = _weights(importance, len(rows))
    return _shares("M17", rows, codes, {"of": "items", **about})


def _rungs(levels: Any) -> Floats:
    frame = levels if isinstance(levels, pd.DataFrame) else pd.DataFrame(levels)
    columns = [numbers(frame.iloc[:, at], "levels").astype(float) for at in range(frame.shape[1])]
    rungs = np.column_stack(columns) if columns else np.empty((len(frame), 1))
    inside = np.isnan(rungs) | ((rungs >= RUNGS[0]) & (rungs <= RUNGS[1]) & (rungs % 1 == 0))
    if not inside.all():
        raise ValueError(f"a rung is a whole number from {RUNGS[0]} to {RUNGS[1]}")
    return rungs


def _weights(importance: Any, size: int) -> Floats:
    if importance is None:
        return np.ones(size)
    found = numbers(importance, "importance").astype(float)
    if found.size != size:
        raise ValueError(f"{found.size} weights are given for {size} rows")
    if not np.all((found >= 0) & (found < np.inf)):
        raise ValueError("importance must be given and not negative")
    return found


def _coded(values: Any, codes: Sequence[str], what: str) -> pd.Series:
    column = pd.Series(values, dtype=object)
    strange = sorted({str(one) for one in column.dropna() if one not in codes})
    if strange:
        raise ValueError(f"no {what} is called {', '.join(strange)}; known: {', '.join(codes)}")
    return column


def _shares(
    metric: str, rows: pd.DataFrame, codes: Sequence[str], known: Mapping[str, Any]
) -> dict[str, Result]:
    """Return the weighted share of each code, every decision counting once."""
    rows = rows[rows["part"].notna()]
    ratings = rows.groupby("decision")["weight"].transform("size")
    weights = (rows["weight"] / ratings).to_numpy(dtype=float)
    n = int(rows["decision"].nunique())
    known = {"n": n, **known}
    if weights.sum() == 0:
        reason = "none is known"
        return {code: not_estimable(metric, "proportion", reason, **known) for code in codes}
    whole = n == len(rows)  # a decision shared out over raters is no whole count
    results = {}
    for code in codes:
        mine = (rows["part"] == code).to_numpy()
        about = {"count": int(mine.sum()) if whole else None, **known}
        results[code] = Result(
            metric=metric, unit="proportion", value=_weighed(mine, weights), **about
        )
    return results


def _weighed(chosen: Any, weights: Floats) -> float:
    return min(float(weights[chosen].sum() / weights.sum()), 1.0)
