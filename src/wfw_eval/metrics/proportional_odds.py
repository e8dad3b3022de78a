"""Ordered answers by what people have in common: the proportional odds model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtr, stdtrit

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole, check_lengths, labels
from wfw_eval.metrics.cumulative_logit import Cells, Fitted, clustered_covariance, fit
from wfw_eval.metrics.design import design, full_rank, predictor_table
from wfw_eval.metrics.placements import Z95, ordered
from wfw_eval.metrics.result import Result, not_estimable


@dataclass(frozen=True)
class OrdinalModel:
    """A proportional odds model.

    Attributes:
        odds_ratios: For each predictor, how many times higher the odds of a higher answer are
            for one more of it, with its interval.
        p: For each predictor, the two-sided p of an odds ratio of 1.
        coefficients: Logarithms of the odds ratios.
        thresholds: Cut points between the answers, on the logit scale.
        log_likelihood: Logarithm of the likelihood.
    """

    odds_ratios: dict[str, Result]
    p: dict[str, Result]
    coefficients: dict[str, Result]
    thresholds: dict[str, Result]
    log_likelihood: Result


@metric(
    "M35",
    name="Proportional odds model",
    unit="ratio",
    question="EQ6",
    formula="logit P(Y ≤ k) = θₖ − xβ; OR = exp(β ± q·se)",
    source="McCullagh 1980, JRSS B 42:109-142; Mancl & DeRouen 2001, Biometrics 57:126-134 for "
    "clusters",
)
def ordinal_model(
    outcome: Any,
    predictors: Any,
    *,
    clusters: Any = None,
    corrected: bool = True,
    **about: Any,
) -> OrdinalModel:
    """Fit how the odds of a higher answer go with predictors.

    People who are alike in everything are counted, so large tables cost little.

    Args:
        outcome: Ordered answers, shape ``(n,)``: numbers, or an ordered categorical.
        predictors: Table, mapping, column or array of predictors, one row a person; words and
            categories are compared with their first category.
        clusters: Partner (or family) of each person; squares of scores are then summed within
            clusters, and limits use Student's t of one fewer than there are clusters.
        corrected: Whether those scores are corrected for having been fitted, as they must be
            with few clusters; without, the plain sandwich with normal limits.
        **about: Further attributes of each result.

    Returns:
        The model. Rows with a missing value are left out. Not estimable if all gave one answer,
        if a predictor follows from the others, or if predictors foretell the answer so well that
        an odds ratio has no end (separation); intervals also with too few clusters.

    Raises:
        ValueError: columns of different lengths, or values that are no ordered answers or not
            finite.

    Example:
        >>> answers = [1, 1, 2, 3, 2, 1, 2, 3, 3, 2, 3, 1]
        >>> model = ordinal_model(answers, {"family": [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]})
        >>> round(model.odds_ratios["family"].value, 3)
        0.2
    """
    answers = ordered(outcome, "outcome").astype(float)
    table = predictor_table(predictors)
    check_lengths(outcome=answers, predictors=table, clusters=clusters)
    data = _collapsed(answers, table, clusters)
    known: dict[str, Any] = {"n": int(data.cells.weights.sum()), **about}
    if data.levels.size < 2:
        return _none(data.names, "all gave the same answer", known)
    if not full_rank(np.hstack((np.ones((len(data.cells.x), 1)), data.cells.x))):
        return _none(data.names, "a predictor follows from the others", known)
    fitted = fit(data.cells)
    if fitted is None:
        return _none(data.names, "separation: an odds ratio has no end", known)
    covariance, df, method = _uncertainty(data, fitted, corrected)
    return _model(data, fitted, covariance, df, {"method": method, **known})


@dataclass(frozen=True)
class _Data:
    cells: Cells
    names: list[str]
    levels: Floats
    clusters: Whole | None


def _collapsed(answers: Floats, table: pd.DataFrame, clusters: Any) -> _Data:
    """Count people who are alike in answer, predictors and cluster."""
    parts = [labels(table[name]) for name in table.columns]
    level, found = labels(answers)
    columns = [level, *(codes for codes, _ in parts)]
    sizes = [len(found), *(len(known) for _, known in parts)]
    if clusters is not None:
        groups, held = labels(clusters)
        columns, sizes = [*columns, groups], [*sizes, len(held)]
    kept = np.logical_and.reduce([codes >= 0 for codes in columns])
    if not kept.all():
        columns = [codes[kept] for codes in columns]
    first, counts = _distinct(columns, sizes)
    levels = np.unique(np.asarray(found, dtype=float)[columns[0][first]])
    y = np.searchsorted(levels, np.asarray(found, dtype=float)[columns[0][first]])
    rows = pd.DataFrame(
        {
            name: known.take(columns[at + 1][first])
            for at, (name, (_, known)) in enumerate(zip(table.columns, parts, strict=True))
        }
    )
    for at, name in enumerate(table.columns):
        if isinstance(table[name].dtype, pd.CategoricalDtype):
            categories = table[name].cat.categories
            rows[name] = pd.Categorical.from_codes(columns[at + 1][first], categories)
    names, x = design(rows)
    grouped = None if clusters is None else np.unique(columns[-1][first], return_inverse=True)[1]
    return _Data(Cells(y, x, counts.astype(float), max(levels.size, 1)), names, levels, grouped)


def _distinct(columns: list[Whole], sizes: list[int]) -> tuple[Whole, Whole]:
    """Return where each distinct row is first seen, and how often it is."""
    key, cells = np.zeros(columns[0].size, dtype=np.int64), 1
    for codes, size in zip(columns, sizes, strict=True):
        if cells * max(size, 1) > 2**62:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            cells = int(key.max(initial=0)) + 1
        key, cells = key * max(size, 1) + codes, cells * max(size, 1)
    if cells <= 4 * key.size:
        counts = np.bincount(key, minlength=cells)
        last = np.zeros(cells, dtype=np.intp)
        last[key] = np.arange(key.size)
        held = np.flatnonzero(counts)
        return last[held], counts[held].astype(np.intp)
    _, first, often = np.unique(key, return_index=True, return_counts=True)
    return first.astype(np.intp), often.astype(np.intp)


def _uncertainty(
    data: _Data, fitted: Fitted, corrected: bool
) -> tuple[Floats | None, float | None, str]:
    if data.clusters is None:
        return np.linalg.inv(fitted.information).astype(float), None, "maximum likelihood, Wald"
    count = int(data.clusters.max()) + 1
    if count < 3 or (corrected and count <= data.cells.x.shape[1] + 1):
        return None, None, "maximum likelihood; too few clusters for an interval"
    spread = clustered_covariance(data.cells, fitted, data.clusters, corrected)
    told = f"maximum likelihood, sandwich over {count} clusters"
    return (
        spread,
        float(count - 1) if corrected else None,
        told + (", corrected, t" if corrected else ""),
    )


def _model(
    data: _Data,
    fitted: Fitted,
    covariance: Floats | None,
    df: float | None,
    known: dict[str, Any],
) -> OrdinalModel:
    cuts = data.levels.size - 1
    quantile = Z95 if df is None else float(stdtrit(df, 0.975))
    errors = None if covariance is None else np.sqrt(np.maximum(np.diag(covariance), 0))
    ratios, tested, slopes, thresholds = {}, {}, {}, {}
    for at in range(fitted.theta.size):
        value = float(fitted.theta[at])
        ends: tuple[float | None, float | None] = (None, None)
        if errors is not None:
            ends = (value - quantile * float(errors[at]), value + quantile * float(errors[at]))
        index = Result(
            metric="M35", unit="index", value=value, lower=ends[0], upper=ends[1], **known
        )
        if at < cuts:
            thresholds[f"{data.levels[at]:g}|{data.levels[at + 1]:g}"] = index
            continue
        name = data.names[at - cuts]
        slopes[name] = index
        ratios[name] = _ratio(value, ends, known)
        tested[name] = _p(value, None if errors is None else float(errors[at]), df, known)
    likelihood = Result(metric="M35", unit="index", value=fitted.log_likelihood, **known)
    return OrdinalModel(ratios, tested, slopes, thresholds, likelihood)


def _ratio(value: float, ends: tuple[float | None, float | None], known: dict[str, Any]) -> Result:
    low, high = (None if end is None or abs(end) > 700 else math.exp(end) for end in ends)
    return Result(metric="M35", unit="ratio", value=math.exp(value), lower=low, upper=high, **known)


def _p(value: float, error: float | None, df: float | None, known: dict[str, Any]) -> Result:
    if not error:
        return not_estimable("M35", "probability", "too few clusters tell it", **known)
    z = -abs(value) / error
    p = 2 * float(ndtr(z) if df is None else stdtr(df, z))
    return Result(metric="M35", unit="probability", value=min(p, 1.0), **known)


def _none(names: list[str], reason: str, known: dict[str, Any]) -> OrdinalModel:
    return OrdinalModel(
        {name: not_estimable("M35", "ratio", reason, **known) for name in names},
        {name: not_estimable("M35", "probability", reason, **known) for name in names},
        {name: not_estimable("M35", "index", reason, **known) for name in names},
        {},
        not_estimable("M35", "index", reason, **known),
    )
