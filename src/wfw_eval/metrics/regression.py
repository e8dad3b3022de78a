"""Linear regression of people who come in clusters, such as the partners that sent them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from scipy.special import stdtr, stdtrit

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats, Whole, check_lengths, labels, numbers
from wfw_eval.metrics.design import design, full_rank, predictor_table
from wfw_eval.metrics.result import Result, not_estimable

Variance = Literal["CR0", "CR1", "CR1S", "CR2"]

#: Degrees of freedom below which no interval is printed.
FEWEST_DF = 1.0


@dataclass(frozen=True)
class Term:
    """One coefficient of a regression.

    Attributes:
        coefficient: Difference in the outcome for one more of the predictor, with its interval.
        df: Satterthwaite degrees of freedom.
        p: Two-sided p of no difference.
    """

    coefficient: Result
    df: Result
    p: Result


@metric(
    "M35",
    name="Cluster-robust regression",
    unit="score",
    question="EQ6",
    formula="b = (XᵀX)⁻¹Xᵀy; V = M ΣXᵀAeeᵀAX M, A = (I − H)^−½ within clusters; Satterthwaite df",
    source="Bell & McCaffrey 2002, Survey Methodology 28:169-181; Pustejovsky & Tipton 2018, "
    "Journal of Business & Economic Statistics 36:672-683",
)
def cluster_regression(
    outcome: Any,
    predictors: Any,
    clusters: Any,
    *,
    variance: Variance = "CR2",
    **about: Any,
) -> dict[str, Term]:
    """Return linear regression coefficients whose intervals hold with few clusters.

    With few partners the usual cluster-robust error is too small. CR2 corrects the residuals
    of each cluster for having been fitted, and the degrees of freedom say how much the
    error itself can be relied on.

    Args:
        outcome: A number for each person, shape ``(n,)``.
        predictors: Table, mapping, column or array of predictors, one row a person; words and
            categories are compared with their first category. An intercept is added.
        clusters: Partner (or family) of each person.
        variance: ``"CR2"``, or without the correction ``"CR0"``, ``"CR1"`` (times G/(G − 1))
            or ``"CR1S"`` (times (n − 1)/(n − p) too, which other programs call CR1).
        **about: Further attributes of each result.

    Returns:
        A term for ``intercept`` and each predictor. Rows with a missing value are left out. Not
        estimable where a predictor follows from the others or there are not more people than
        coefficients; interval and p are not given with fewer than two clusters, or for a
        coefficient that rests on less than one degree of freedom.

    Raises:
        ValueError: columns of different lengths, values that are no numbers or not finite, or an
            unknown variance.

    Example:
        >>> found = cluster_regression([1, 3, 2, 5, 4, 6], [0, 1, 0, 1, 0, 1], list("aabbcc"))
        >>> slope = found["x1"].coefficient
        >>> print(f"{slope.value:.3f} ({slope.lower:.3f} to {slope.upper:.3f})")
        2.333 (0.899 to 3.768)
    """
    if variance not in get_args(Variance):
        raise ValueError(f"variance must be one of {get_args(Variance)}, not {variance!r}")
    y, (names, matrix), groups = _complete(outcome, predictors, clusters)
    columns = np.hstack((np.ones((y.size, 1)), matrix))
    known: dict[str, Any] = {"n": int(y.size), **about}
    terms = ["intercept", *names]
    if y.size <= len(terms):
        return {name: _no_term("no more people than coefficients", known) for name in terms}
    if not full_rank(columns):
        return {name: _no_term("a predictor follows from the others", known) for name in terms}
    fitted = fit(y, columns, groups, variance)
    return {name: _term(at, fitted, variance, known) for at, name in enumerate(terms)}


@dataclass(frozen=True)
class Fitted:
    """Coefficients, their covariances and degrees of freedom, for ``clusters`` clusters."""

    coefficients: Floats
    covariance: Floats
    df: Floats
    clusters: int


def fit(y: Floats, columns: Floats, clusters: Whole, variance: Variance) -> Fitted:
    """Fit by least squares; all work on clusters is done in the space of the columns.

    With M = (XᵀX)⁻¹ = LLᵀ and Z = XL, a cluster's share of the hat matrix is ZZᵀ, and a
    function of it times Z is Z times the same function of the small matrix ZᵀZ.
    """
    p, count = columns.shape[1], int(clusters.max()) + 1
    # From QR, so that XᵀX is never formed: X = QR, L = R⁻¹.
    z, upper = np.linalg.qr(columns)
    beta: Floats = np.linalg.solve(upper, z.T @ y)
    left = np.linalg.inv(upper)
    order = np.argsort(clusters, kind="stable")
    starts = np.searchsorted(clusters[order], np.arange(count))
    sorted_z, residual = z[order], (y - columns @ beta)[order]
    outer = np.stack([sorted_z * sorted_z[:, [at]] for at in range(p)], axis=1)
    inner = np.add.reduceat(outer, starts, axis=0)
    scores = np.add.reduceat(sorted_z * residual[:, None], starts, axis=0)
    adjust = _adjustment(inner) if variance == "CR2" else np.broadcast_to(np.eye(p), inner.shape)
    moved = np.einsum("gab,gb->ga", adjust, scores)
    times = 1.0
    if variance in ("CR1", "CR1S") and count > 1:
        times = count / (count - 1)
    if variance == "CR1S":
        times *= (y.size - 1) / (y.size - p)
    covariance: Floats = left @ (moved.T @ moved) @ left.T * times
    df = np.array([_satterthwaite(left[at], inner, adjust) for at in range(p)])
    return Fitted(beta, covariance, df, count)


def _adjustment(inner: Floats) -> Floats:
    """Return (I − ZᵀZ)^−½ of each cluster; a direction fitted wholly in one is left out."""
    values, vectors = np.linalg.eigh(inner)
    rest = 1 - values
    power = np.where(rest > 1e-9, np.maximum(rest, 1e-12) ** -0.5, 0.0)
    adjusted: Floats = np.einsum("gab,gb,gcb->gac", vectors, power, vectors)
    return adjusted


def _satterthwaite(weights: Floats, inner: Floats, adjust: Floats) -> float:
    spread = np.einsum("gab,b->ga", adjust, weights)
    along = np.einsum("gab,gb->ga", inner, spread)
    own, fitted = np.einsum("ga,ga->g", spread, along), np.einsum("ga,ga->g", along, along)
    trace = float((own - fitted).sum())
    squares = float(((own - fitted) ** 2).sum() - (fitted**2).sum())
    squares += float(np.sum((along.T @ along) ** 2))
    return trace**2 / squares if squares > 1e-20 else 0.0


def _complete(
    outcome: Any, predictors: Any, clusters: Any
) -> tuple[Floats, tuple[list[str], Floats], Whole]:
    y = numbers(outcome, "outcome").astype(float)
    table = predictor_table(predictors)
    check_lengths(outcome=y, predictors=table, clusters=clusters)
    codes = labels(clusters)[0]
    kept = ~np.isnan(y) & table.notna().all(axis=1).to_numpy() & (codes >= 0)
    if np.isinf(y).any():
        raise ValueError("outcome must be finite")
    groups = np.unique(codes[kept], return_inverse=True)[1].astype(np.intp)
    return y[kept], design(table.loc[kept]), groups


def _term(at: int, fitted: Fitted, variance: str, known: dict[str, Any]) -> Term:
    value, df = float(fitted.coefficients[at]), float(fitted.df[at])
    error = math.sqrt(max(float(fitted.covariance[at, at]), 0.0))
    told = {"method": f"least squares, {variance} over {fitted.clusters} clusters", **known}
    if fitted.clusters < 2 or df < FEWEST_DF:
        reason = "too few clusters tell it"
        return Term(
            Result(metric="M35", unit="score", value=value, **told),
            not_estimable("M35", "index", reason, **told),
            not_estimable("M35", "probability", reason, **told),
        )
    spread = float(stdtrit(df, 0.975)) * error
    tested = (
        Result(metric="M35", unit="probability", value=_p(value, error, df), **told)
        if error > 0
        else not_estimable("M35", "probability", "the clusters do not differ", **told)
    )
    return Term(
        Result(
            metric="M35", unit="score", value=value, lower=value - spread, upper=value + spread,
            **told,
        ),
        Result(metric="M35", unit="index", value=df, **told),
        tested,
    )  # fmt: skip


def _p(value: float, error: float, df: float) -> float:
    return min(2 * float(stdtr(df, -abs(value) / error)), 1.0)


def _no_term(reason: str, known: dict[str, Any]) -> Term:
    return Term(
        not_estimable("M35", "score", reason, **known),
        not_estimable("M35", "index", reason, **known),
        not_estimable("M35", "probability", reason, **known),
    )
