"""The likelihood of the proportional odds model on counted cells, and its summit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from wfw_eval.metrics.columns import Floats, Whole

#: Steps to the summit before the fit is given up, and the size of a step that ends it.
STEPS = 60
SMALL_STEP = 1e-10

#: A linear predictor this far out means that a slope runs off to infinity.
ENDLESS = 25.0


@dataclass(frozen=True)
class Cells:
    """People counted by answer and predictors.

    Attributes:
        y: Number of the answer, 0 to ``levels`` − 1, shape ``(r,)``.
        x: Predictors, shape ``(r, p)``.
        weights: How many people, shape ``(r,)``.
        levels: How many answers there are.
    """

    y: Whole
    x: Floats
    weights: Floats
    levels: int


@dataclass(frozen=True)
class Fitted:
    """Cut points, then slopes, with the observed information, at the summit."""

    theta: Floats
    information: Floats
    log_likelihood: float


@dataclass(frozen=True)
class _Slopes:
    """Likelihood of each cell and its derivatives for the cut above and the cut below."""

    likelihood: float
    above: Floats
    below: Floats
    above_above: Floats
    below_below: Floats
    above_below: Floats


def fit(cells: Cells) -> Fitted | None:
    """Climb to the summit by Newton's steps; the likelihood has only one.

    None where there is none, since a slope runs off to infinity.
    """
    scale = np.maximum(np.abs(cells.x).max(axis=0, initial=0.0), 1e-300)
    centre = (cells.weights @ cells.x) / cells.weights.sum()
    spread = np.sqrt(cells.weights @ (cells.x - centre) ** 2 / cells.weights.sum())
    spread = np.where(spread > 1e-12 * scale, spread, 1.0)
    # Cut points between centred predictors are not far from those without predictors.
    inner = Cells(cells.y, (cells.x - centre) / spread, cells.weights, cells.levels)
    theta = _climb(inner)
    if theta is None:
        return None
    cuts = cells.levels - 1
    slopes = theta[cuts:] / spread
    theta = np.concatenate((theta[:cuts] + centre @ slopes, slopes))
    now = _slopes(cells, theta)
    return Fitted(theta, -_hessian(cells, now, cells.weights), now.likelihood)


def clustered_covariance(cells: Cells, fitted: Fitted, clusters: Whole, corrected: bool) -> Floats:
    """Return the sandwich over clusters.

    Corrected, each cluster's score is multiplied by (I − H_c H⁻¹)⁻¹, its own share of the
    information taken out (Mancl & DeRouen 2001).
    """
    now = _slopes(cells, fitted.theta)
    above, below = _columns(cells)
    scores = cells.weights[:, None] * (now.above[:, None] * above + now.below[:, None] * below)
    count, q = int(clusters.max()) + 1, fitted.theta.size
    sums = np.zeros((count, q))
    np.add.at(sums, clusters, scores)
    bread = np.linalg.inv(fitted.information)
    if corrected:
        for cluster in range(count):
            ours = np.flatnonzero(clusters == cluster)
            part = Cells(cells.y[ours], cells.x[ours], cells.weights[ours], cells.levels)
            own = -_hessian(part, _slopes(part, fitted.theta), part.weights)
            sums[cluster] = np.linalg.pinv(np.eye(q) - own @ bread) @ sums[cluster]
    found: Floats = bread @ (sums.T @ sums) @ bread
    return found


def _climb(cells: Cells) -> Floats | None:
    counts = np.bincount(cells.y, weights=cells.weights, minlength=cells.levels)
    shares = np.cumsum(counts)[:-1] / counts.sum()
    theta = np.concatenate((np.log(shares / (1 - shares)), np.zeros(cells.x.shape[1])))
    above, below = _columns(cells)
    now = _slopes(cells, theta)
    for _ in range(STEPS):
        score = (cells.weights * now.above) @ above + (cells.weights * now.below) @ below
        try:
            step = np.linalg.solve(-_hessian(cells, now, cells.weights), score).astype(float)
        except np.linalg.LinAlgError:
            return None
        if not np.all(np.isfinite(step)):
            return None
        theta, now = _stepped(cells, theta, now, step)
        if np.abs(theta).max() > ENDLESS:
            return None
        if np.abs(step).max() < SMALL_STEP:
            return theta
    return None


def _stepped(cells: Cells, theta: Floats, now: _Slopes, step: Floats) -> tuple[Floats, _Slopes]:
    """Go the step, or as much of it as does not lead down or mix up the cut points."""
    for _ in range(40):
        cuts = (theta + step)[: cells.levels - 1]
        if np.all(np.diff(cuts) > 0):
            then = _slopes(cells, theta + step)
            if then.likelihood >= now.likelihood - 1e-9 * abs(now.likelihood):
                return theta + step, then
        step = step / 2
    return theta, now


def _columns(cells: Cells) -> tuple[Floats, Floats]:
    """Return the rows of the design for the cut above each answer and the cut below it."""
    cuts = cells.levels - 1
    marks = np.eye(cells.levels + 1)[:, 1:-1] if cuts else np.zeros((2, 0))
    return (
        np.hstack((marks[cells.y + 1], -cells.x)),
        np.hstack((marks[cells.y], -cells.x)),
    )


def _slopes(cells: Cells, theta: Floats) -> _Slopes:
    cuts = cells.levels - 1
    ends = np.concatenate(([-np.inf], theta[:cuts], [np.inf]))
    line = cells.x @ theta[cuts:]
    high, low = expit(ends[cells.y + 1] - line), expit(ends[cells.y] - line)
    # Of the two upper tails, which keep their digits far out.
    p = np.where(
        low > 0.5,
        expit(line - ends[cells.y]) - expit(line - ends[cells.y + 1]),
        high - low,
    )
    p = np.maximum(p, 1e-300)
    dense_high, dense_low = high * (1 - high), low * (1 - low)
    above, below = dense_high / p, -dense_low / p
    return _Slopes(
        likelihood=float(cells.weights @ np.log(p)),
        above=above,
        below=below,
        above_above=above * (1 - 2 * high) - above**2,
        below_below=below * (1 - 2 * low) - below**2,
        above_below=-above * below,
    )


def _hessian(cells: Cells, now: _Slopes, weights: Floats) -> Floats:
    above, below = _columns(cells)
    crossed = above.T @ ((weights * now.above_below)[:, None] * below)
    found: Floats = (
        above.T @ ((weights * now.above_above)[:, None] * above)
        + below.T @ ((weights * now.below_below)[:, None] * below)
        + crossed
        + crossed.T
    )
    return found
