"""Whose voice carried into the recommendations, and where voices were lost on the way."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats
from wfw_eval.metrics.mentions import membership
from wfw_eval.metrics.pathways import Node, pathways
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result, not_estimable

SOURCE = "framework of this evaluation"

Groups = Mapping[Any, Any] | pd.Series | pd.DataFrame


@metric(
    "M30",
    name="Influence equity ratio",
    unit="ratio",
    question="EQ9",
    formula="IER_g = (share of weight on ways that begin in excerpts of g) / (share of excerpts, "
    "or of participants, of g); each recommendation gives every way to it weight / ways",
    source=SOURCE,
)
def influence_equity(
    links: Any,
    weights: Mapping[Any, float] | pd.Series | Collection[Any],
    groups: Groups,
    *,
    participants: Groups | None = None,
    **about: Any,
) -> dict[Any, Result]:
    """Return how much of the recommendations' weight each group has for its share of the voices.

    A way runs from an excerpt along links to a recommendation. The weight of a recommendation is
    divided by the number of ways that lead to it, and each way takes that to the excerpt where it
    begins; an excerpt from which two ways lead (by two themes, say) so counts twice one from which
    a single way leads. Ways are counted in whole numbers, exactly, however many there are.
    Recommendations to which no way leads give their weight to nobody: the shares are of the weight
    that has ways, and what is lost is for :func:`wfw_eval.metrics.traceability.orphan_rate`.

    Args:
        links: Links, as for :func:`wfw_eval.metrics.traceability.backward_traceability`.
        weights: Weight of each recommendation, by recommendation; without one it is left out. Or
            the recommendations, each of which then weighs the same.
        groups: Group of each excerpt, by excerpt; or, as groups overlap, excerpts by groups, true
            where it is from the group. All coded excerpts belong here, whether or not a way leads
            on from them. Excerpts of which it is not known are left out of the group's ratio.
        participants: The same of participants, whose shares are then what influence is compared
            to; without it, the shares of excerpts.
        **about: Further attributes of each result.

    Returns:
        A ratio per group, of which 1 is parity, without an interval: links and recommendations are
        all there are. ``count`` is of the group's excerpts (participants), ``n`` of all.

    Raises:
        ValueError: links lead round in a circle, a weight is negative or infinite, or an excerpt
            is listed twice.

    Example:
        >>> links = [("e1", "T1"), ("e2", "T1"), ("e3", "T2"), ("T1", "R1"), ("T2", "R2")]
        >>> groups = {"e1": "rural", "e2": "urban", "e3": "urban"}
        >>> found = influence_equity(links, {"R1": 0.6, "R2": 0.4}, groups)
        >>> {group: round(ratio.value, 3) for group, ratio in found.items()}
        {'rural': 0.9, 'urban': 1.05}
    """
    said = _members(groups, "excerpt")
    given = pathways(links).split_back(_weights(weights), set(said.index))
    weight = np.array([given.get(one, 0.0) for one in said.index])
    base, of = said, "excerpts"
    if participants is not None:
        base, of = _members(participants, "participant"), "people"
    known = {"of": of, "method": f"weight split equally over ways; compared to {of}", **about}
    names = [*base.columns, *(name for name in said.columns if name not in base.columns)]
    return {name: _ratio(weight, _column(said, name), _column(base, name), known) for name in names}


@metric(
    "M31",
    name="Voice-loss funnel",
    unit="proportion",
    question="EQ9",
    formula="people of the group from whom a way leads to the stage, or a later one / people of "
    "the group, Wilson interval",
    source=SOURCE,
    library="statsmodels",
)
def voice_loss(
    links: Any, groups: Groups, stages: Mapping[str, Collection[Node]], **about: Any
) -> dict[Any, dict[str, Result]]:
    """Return, for each group, the share of its people whose voice reached each stage.

    Args:
        links: Links that begin in people, as :func:`wfw_eval.metrics.voice_links.voice_links`
            makes of the records.
        groups: Group of each person who took part, by person; or, as groups overlap, people by
            groups, true where they are in it. People of whom it is not known are left out.
        stages: What there is at each stage (excerpts, themes, findings, ...), in order. Whoever
            reached a later stage counts for the earlier ones too, for links may skip a stage.
        **about: Further attributes of each result.

    Returns:
        Proportions of the group's people by group, then stage, with 95 % Wilson intervals; they
        never grow from stage to stage.

    Raises:
        ValueError: links lead round in a circle, or a person is listed twice.

    Coverage:
        Counts of few people are coarse: of 20 people of whom 43 % reach a stage, 92.3 % of the
        intervals held the truth in simulation, fewer than promised; of 50 people 95 %.

    Example:
        >>> links = [("p1", "e1"), ("p2", "e2"), ("e1", "T1"), ("T1", "R1")]
        >>> stages = {"excerpt": ["e1", "e2"], "theme": ["T1"], "recommendation": ["R1"]}
        >>> lost = voice_loss(links, {"p1": "rural", "p2": "rural", "p3": "rural"}, stages)
        >>> [found.count for found in lost["rural"].values()]
        [2, 1, 1]
    """
    members = _members(groups, "person")
    paths = pathways(links)
    later: set[Node] = set()
    reached: dict[str, Floats] = {}
    for name in reversed(list(stages)):
        later |= set(stages[name])
        behind = paths.leading_to(later)
        reached[name] = np.array([float(person in behind) for person in members.index])
    return {
        group: {name: _stage(_column(members, group), reached[name], about) for name in stages}
        for group in members.columns
    }


def _members(groups: Groups, unit: str) -> pd.DataFrame:
    if isinstance(groups, Mapping):
        groups = pd.Series(groups, dtype=object)
    return membership(groups, groups.index, unit)


def _column(members: pd.DataFrame, name: Any) -> Floats:
    if name not in members.columns:
        return np.zeros(len(members))
    found: Floats = members[name].to_numpy(dtype=float)
    return found


def _weights(weights: Any) -> dict[Node, float]:
    if not isinstance(weights, Mapping | pd.Series):
        return dict.fromkeys(weights, 1.0)
    found = {one: float(weight) for one, weight in weights.items() if not pd.isna(weight)}
    for one, weight in found.items():
        if not 0 <= weight < math.inf:
            raise ValueError(f"the weight of {one} is a number and not negative, not {weight}")
    return found


def _ratio(weight: Floats, said: Floats, base: Floats, known: Mapping[str, Any]) -> Result:
    heard, there = ~np.isnan(said), ~np.isnan(base)
    of_group = int(base[there].sum())
    about = {"count": of_group, "n": int(there.sum()), **known}
    if of_group == 0:
        return not_estimable("M30", "ratio", "nobody of the group was heard", **about)
    carried = math.fsum(weight[heard])
    if carried == 0:
        reason = "no way leads from an excerpt to a recommendation that has weight"
        return not_estimable("M30", "ratio", reason, **about)
    part = math.fsum(weight[heard] * said[heard]) / carried
    return Result(metric="M30", unit="ratio", value=part / (of_group / about["n"]), **about)


def _stage(member: Floats, reached: Floats, about: Mapping[str, Any]) -> Result:
    inside = member == 1
    known = {"of": "people", **about}
    result = share(int(reached[inside].sum()), int(inside.sum()), **known).about(metric="M31")
    return result if result.estimable else result.about(reason="nobody is in the group")
