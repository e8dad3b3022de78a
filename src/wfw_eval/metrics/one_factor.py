"""One common factor, by maximum likelihood, and what each person adds to its estimate."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from statsmodels.multivariate.factor import Factor as StatsmodelsFactor

from wfw_eval.metrics.answers import Answers
from wfw_eval.metrics.columns import Floats

#: Share of an item's variance below which its residual counts as none.
HEYWOOD = 0.005


@dataclass(frozen=True)
class Factor:
    """Loadings and residual variances, in the units of the answers, shape ``(k,)`` each."""

    loadings: Floats
    residuals: Floats


def one_factor(covariance: Floats) -> Factor | None:
    """Fit one factor by maximum likelihood; None where it does not converge.

    The fit starts from the first principal axis, so the same covariances give the same loadings.
    """
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(correlation)
    axis = vectors[:, -1] * np.sign(vectors[:, -1].sum() or 1.0)
    first = np.clip(axis * np.sqrt(values[-1]) * 0.9, -0.95, 0.95)
    model = StatsmodelsFactor(corr=correlation, n_factor=1, method="ml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model.fit(start=(first[:, None], 1 - first**2), opt={"gtol": 1e-9})
        except np.linalg.LinAlgError:
            return None
    found, residuals = np.asarray(model.loadings)[:, 0], np.asarray(model.uniqueness)
    if not (np.all(np.isfinite(found)) and np.all(np.isfinite(residuals))):
        return None
    found = found * np.sign(found.sum() or 1.0)
    return Factor(found * scale, residuals * scale**2)


def heywood(factor: Factor, covariance: Floats) -> bool:
    """Return whether an item is left with no residual of its own."""
    return bool(np.min(factor.residuals / np.diag(covariance)) < HEYWOOD)


def influence(data: Answers, factor: Factor) -> Floats | None:
    """Return what each person adds to loadings and residuals, shape ``(n, 2k)``.

    Scores of the normal likelihood through the inverse of its expected information: summing
    their squares gives the robust variance of Satorra & Bentler 1994. None without answers, or
    where the information cannot be inverted.
    """
    if data.centred is None:
        return None
    k, strength = data.k, factor.loadings
    inverse = np.linalg.inv(np.outer(strength, strength) + np.diag(factor.residuals))
    # Derivatives of Σ: e λᵀ + λ eᵀ for each loading, e eᵀ for each residual.
    unit = np.eye(k)
    half = np.einsum("ai,j->aij", unit, strength)
    slopes = np.concatenate((half + half.transpose(0, 2, 1), np.einsum("ai,aj->aij", unit, unit)))
    weighted = inverse @ slopes @ inverse
    information = 0.5 * np.einsum("aij,bij->ab", weighted, slopes)
    if np.linalg.cond(information) > 1e12:
        return None
    scores = 0.5 * np.einsum("ni,aij,nj->na", data.centred, weighted, data.centred, optimize=True)
    solved: Floats = np.linalg.solve(information, (scores - scores.mean(axis=0)).T).T
    return solved
