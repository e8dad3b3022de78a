"""Processes of answering scales of which the true alpha, difference and odds are known."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

import numpy as np
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm

from benchmarks.simulation import Scenario
from wfw_eval.metrics.result import Result
from wfw_eval.metrics.scales import (
    cliffs_delta,
    cluster_regression,
    cronbach_alpha,
    floor_ceiling,
    mcdonald_omega,
    ordinal_model,
    ordinal_superiority,
    paired_change,
    perception_gap,
)

#: Where a normal answer turns into the next of five steps, and the share at each step.
CUTS = np.array([-1.5, -0.5, 0.5, 1.2])
STRENGTHS = {"equal": (0.7, 0.7, 0.7, 0.7), "unequal": (0.9, 0.7, 0.5, 0.4, 0.3)}

Rng = np.random.Generator


def steps(values: np.ndarray) -> np.ndarray:
    return np.digitize(values, CUTS) + 1


def shares(shift: float) -> np.ndarray:
    """Return the share at each of five steps when the normal answer is moved."""
    return np.diff(np.concatenate(([0.0], norm.cdf(CUTS - shift), [1.0])))


def stepped_covariance(correlation: float) -> float:
    """Return the covariance of two five-step answers: the sum of P(both above) over cuts."""
    joint = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    tail = norm.sf(CUTS)
    both = [[float(joint.cdf([-a, -b])) for b in CUTS] for a in CUTS]
    return float(np.sum(both) - tail.sum() ** 2)


def true_covariance(strength: tuple[float, ...], stepped: bool) -> np.ndarray:
    found = np.outer(strength, strength)
    np.fill_diagonal(found, 1.0)
    if not stepped:
        return found
    values = np.arange(1, 6)
    own = float(shares(0) @ values**2 - (shares(0) @ values) ** 2)
    flat = np.vectorize(lambda one: own if one == 1 else stepped_covariance(one))
    return flat(found)


def true_alpha(covariance: np.ndarray) -> float:
    k = covariance.shape[0]
    return k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())


def items(generator: Rng, n: int, strength: tuple[float, ...], stepped: bool) -> np.ndarray:
    loads = np.array(strength)
    common = generator.normal(size=(n, 1))
    found = common * loads + np.sqrt(1 - loads**2) * generator.normal(size=(n, loads.size))
    return steps(found) if stepped else found


def family_items(generator: Rng, n: int, strength: tuple[float, ...]) -> Result:
    """Families of 2 to 4 share half of what is common."""
    family = np.repeat(np.arange(n), generator.integers(2, 5, n))
    common = math.sqrt(0.5) * generator.normal(size=n)[family]
    common += math.sqrt(0.5) * generator.normal(size=family.size)
    loads = np.array(strength)
    rest = np.sqrt(1 - loads**2) * generator.normal(size=(family.size, loads.size))
    return cronbach_alpha(common[:, None] * loads + rest, clusters=family, minimum=10)


def alpha_of(generator: Rng, n: int, strength: tuple[float, ...], stepped: bool) -> Result:
    return cronbach_alpha(items(generator, n, strength, stepped), minimum=10)


def omega_of(generator: Rng, n: int, strength: tuple[float, ...]) -> Result:
    return mcdonald_omega(items(generator, n, strength, False), minimum=10)


def reliability() -> list[Scenario]:
    found = []
    for name, strength in STRENGTHS.items():
        for stepped in (False, True):
            truth = true_alpha(true_covariance(strength, stepped))
            told = f"{name} items, {'five steps' if stepped else 'normal'}"
            for n in (10, 30, 50, 200):
                draw = partial(alpha_of, n=n, strength=strength, stepped=stepped)
                found.append(Scenario("cronbach_alpha", told, n, truth, draw))
        truth = true_alpha(true_covariance(strength, False))
        for n in (20, 50, 200):
            draw = partial(family_items, n=n, strength=strength)
            told = f"{name} items, families of 2 to 4"
            found.append(Scenario("cronbach_alpha", told, n, truth, draw))
        loads = np.array(strength)
        truth = loads.sum() ** 2 / (loads.sum() ** 2 + (1 - loads**2).sum())
        for n in (30, 50, 200):
            draw = partial(omega_of, n=n, strength=strength)
            found.append(Scenario("mcdonald_omega", f"{name} items, normal", n, truth, draw, 600))
    return found


def true_superiority(shift: float) -> float:
    first, second = shares(shift), shares(0)
    return float(first @ (np.cumsum(second) - second / 2))


def two(generator: Rng, m: int, n: int, shift: float) -> tuple[np.ndarray, np.ndarray]:
    return steps(generator.normal(shift, 1, m)), steps(generator.normal(0, 1, n))


def partnered(generator: Rng, count: int, shift: float) -> tuple[tuple, tuple]:
    """Partners of 4 to 12 of each side share a fifth of the variance."""
    level = math.sqrt(0.2) * generator.normal(size=count)
    found = []
    for moved in (shift, 0.0):
        partner = np.repeat(np.arange(count), generator.integers(4, 13, count))
        rest = math.sqrt(0.8) * generator.normal(size=partner.size)
        found.append((steps(moved + level[partner] + rest), partner))
    return found[0], found[1]


def delta(generator: Rng, m: int, n: int, shift: float) -> Result:
    return cliffs_delta(*two(generator, m, n, shift))


def superior(generator: Rng, n: int, shift: float) -> Result:
    return ordinal_superiority(*two(generator, n, n, shift))


def partner_delta(generator: Rng, count: int, shift: float) -> Result:
    first, second = partnered(generator, count, shift)
    return cliffs_delta(first[0], second[0], clusters=(first[1], second[1]))


def gap(generator: Rng, n: int, shift: float) -> Result:
    high, low = two(generator, n, 2 * n, shift)
    return perception_gap(low, high, draws=1)["mean_difference"]


def partner_gap(generator: Rng, count: int, shift: float, which: str) -> Result:
    high, low = partnered(generator, count, shift)
    found = perception_gap(low[0], high[0], partners=(low[1], high[1]), draws=1)
    return found[which]


def effects() -> list[Scenario]:
    found = []
    values = np.arange(1, 6)
    for shift in (0.0, 1.2):
        theta = true_superiority(shift)
        difference = float((shares(shift) - shares(0)) @ values)
        told = f"five steps, moved {shift:g}"
        for m, n in ((10, 10), (10, 40), (25, 25), (50, 50), (200, 200)):
            draw = partial(delta, m=m, n=n, shift=shift)
            sizes = f"{told}, {m} and {n}"
            found.append(Scenario("cliffs_delta", sizes, m + n, 2 * theta - 1, draw))
        for n in (10, 25, 200):
            draw = partial(superior, n=n, shift=shift)
            found.append(Scenario("ordinal_superiority", f"{told}, two of", n, theta, draw))
            draw = partial(gap, n=n, shift=shift)
            found.append(Scenario("perception_gap", f"{told}, 1 to 2", 3 * n, difference, draw))
        for count in (8, 20, 50):
            draw = partial(partner_delta, count=count, shift=shift)
            named = f"{told}, partners, ICC 0.2"
            found.append(Scenario("cliffs_delta", named, count, 2 * theta - 1, draw))
            draw = partial(partner_gap, count=count, shift=shift, which="mean_difference")
            found.append(Scenario("perception_gap", named, count, difference, draw, 1000))
    return found


def ends(generator: Rng, n: int, shift: float, families: bool) -> Result:
    if not families:
        return floor_ceiling(steps(generator.normal(shift, 1, n)), 1, 5)["ceiling"]
    family = np.repeat(np.arange(n), generator.integers(1, 5, n))
    level = math.sqrt(0.4) * generator.normal(size=n)[family]
    scores = steps(shift + level + math.sqrt(0.6) * generator.normal(size=family.size))
    return floor_ceiling(scores, 1, 5, clusters=family)["ceiling"]


def paired(generator: Rng, n: int, shift: float, which: str, families: bool) -> Result:
    sizes = generator.integers(1, 5, n) if families else np.ones(n, dtype=int)
    family = np.repeat(np.arange(n), sizes)
    person = generator.normal(size=family.size)
    joint = generator.normal(size=n)[family] if families else generator.normal(size=family.size)
    own = generator.normal(size=family.size)
    noise = math.sqrt(0.3) * joint + math.sqrt(0.7) * own
    before = steps(0.8 * person + 0.6 * generator.normal(size=family.size))
    after = steps(0.8 * person + 0.6 * noise + shift)
    clusters = family if families else None
    return paired_change(before, after, clusters=clusters)[which]


def true_effect(shift: float) -> float:
    """Integrate P(up) − P(down) over what a person brings to both times."""

    def given(person: float) -> float:
        first, second = (
            np.diff(np.concatenate(([0], norm.cdf((CUTS - 0.8 * person - moved) / 0.6), [1])))
            for moved in (0.0, shift)
        )
        return float(second @ (2 * np.cumsum(first) - first) - 1) * float(norm.pdf(person))

    return sum(quad(given, *ends_)[0] for ends_ in pairwise((-8, -2, 0, 2, 8)))


def changes() -> list[Scenario]:
    found = []
    values = np.arange(1, 6)
    for shift in (0.0, 1.0):
        for n in (10, 20, 50, 200):
            for families in (False, True):
                told = f"moved {shift:g}{', families of 1 to 4' if families else ''}"
                draw = partial(paired, n=n, shift=shift, families=families)
                effect, mean = partial(draw, which="effect"), partial(draw, which="mean")
                found.append(
                    Scenario(
                        "paired_change", f"effect, {told}", n, true_effect(shift), effect, 1000
                    )
                )
                moved = float((shares(shift) - shares(0)) @ values)
                found.append(Scenario("paired_change", f"mean, {told}", n, moved, mean, 1000))
                top = float(shares(shift)[-1])
                at = partial(ends, n=n, shift=shift, families=families)
                found.append(Scenario("floor_ceiling", f"ceiling, {told}", n, top, at))
    return found


def least(generator: Rng, count: int, between: bool) -> Result:
    """Draw partners that differ in level, with a predictor of partners or of people."""
    partner = np.repeat(np.arange(count), generator.integers(4, 20, count))
    x = (np.arange(count) < count / 3)[partner] if between else generator.normal(size=partner.size)
    y = 0.5 * x + 0.5 * generator.normal(size=count)[partner] + generator.normal(size=partner.size)
    return cluster_regression(y, x.astype(float), partner)["x1"].coefficient


def odds(generator: Rng, n: int, partners: int | None) -> Result:
    """Draw proportional odds, where partners differ in what else is asked of them.

    Partners' levels follow the bridge distribution (Wang & Louis 2003), of which the marginal
    is again logistic, with slopes and cut points times 0.8.
    """
    phi, slope = 0.8, 0.7
    x = generator.integers(0, 2, n)
    group = None if partners is None else generator.permutation(np.arange(n) % partners)
    level: np.ndarray | float = 0.0
    if group is not None:
        u = generator.uniform(size=partners)
        level = np.log(np.sin(phi * np.pi * u) / np.sin(phi * np.pi * (1 - u)))[group] / phi
    line = slope * x + level + generator.logistic(size=n)
    answers = np.digitize(line, (-2, -0.5, 0.5, 2))
    return ordinal_model(answers, x, clusters=group).odds_ratios["x1"]


def models() -> list[Scenario]:
    found = []
    for count in (6, 10, 20, 50):
        for between in (True, False):
            told = f"partners, predictor of {'a third of partners' if between else 'people'}"
            draw = partial(least, count=count, between=between)
            found.append(Scenario("cluster_regression", told, count, 0.5, draw))
    for n in (20, 50, 200):
        draw = partial(odds, n=n, partners=None)
        found.append(Scenario("ordinal_model", "independent", n, math.exp(0.7), draw, 1000))
    for count in (8, 20, 50):
        draw = partial(odds, n=10 * count, partners=count)
        told = f"{count} partners of 10"
        truth = math.exp(0.8 * 0.7)
        found.append(Scenario("ordinal_model", told, 10 * count, truth, draw, 1000))
    return found


SCENARIOS: list[Scenario] = [*reliability(), *effects(), *changes(), *models()]
