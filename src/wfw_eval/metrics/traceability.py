"""Whether recommendations lead back to what people said, and what they said leads on to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from statistics import median
from typing import Any

import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.pathways import Node, link_pairs, pathways
from wfw_eval.metrics.result import Result, not_estimable

SOURCE = "framework of this evaluation"

#: What a theme is called often: mentioned by one family in five.
OFTEN = 0.2


@metric(
    "M26",
    name="Backward traceability",
    unit="proportion",
    question="EQ9",
    formula="recommendations to which a way leads from an excerpt / recommendations",
    source=SOURCE,
)
def backward_traceability(
    links: Any, recommendations: Collection[Node], excerpts: Collection[Node], **about: Any
) -> Result:
    """Return the share of recommendations that can be traced back to what somebody said.

    Args:
        links: A table with ``from_id``, ``to_id`` and ``kind``, as
            :func:`wfw_eval.metrics.voice_links.voice_links` makes of the records, or pairs; links
            that contradict or exclude are not followed.
        recommendations: The recommendations in the report, each once.
        excerpts: What people said.
        **about: Further attributes of the result.

    Returns:
        A proportion without an interval: the recommendations are all there are. Not estimable if
        there are none.

    Raises:
        ValueError: links lead round in a circle, or an end of one is missing.

    Example:
        >>> links = [("e1", "theme"), ("theme", "finding"), ("finding", "R1")]
        >>> backward_traceability(links, ["R1", "R2"], ["e1"]).value
        0.5
    """
    return _traced("M26", links, recommendations, excerpts, about)


@metric(
    "M27",
    name="Orphan rate",
    unit="proportion",
    question="EQ9",
    formula="recommendations to which no way leads from an excerpt / recommendations",
    source=SOURCE,
)
def orphan_rate(
    links: Any, recommendations: Collection[Node], excerpts: Collection[Node], **about: Any
) -> Result:
    """Return the share of recommendations that nothing anybody said leads to.

    Args:
        links: Links, as for :func:`backward_traceability`.
        recommendations: The recommendations in the report, each once.
        excerpts: What people said.
        **about: Further attributes of the result.

    Raises:
        ValueError: as for :func:`backward_traceability`.

    Example:
        >>> orphan_rate([("e1", "R1")], ["R1", "R2", "R3", "R4"], ["e1"]).value
        0.75
    """
    return _traced("M27", links, recommendations, excerpts, about)


@metric(
    "M28",
    name="Forward traceability",
    unit="proportion",
    question="EQ9",
    formula="themes of prevalence ≥ τ that reach a recommendation or a recorded reason for leaving "
    "them out / themes of prevalence ≥ τ",
    source=SOURCE,
)
def forward_traceability(
    links: Any,
    prevalence: Mapping[Any, float | Result] | pd.Series,
    recommendations: Collection[Node],
    *,
    threshold: float = OFTEN,
    dropped: Mapping[Any, str | None] | pd.Series | None = None,
    **about: Any,
) -> Result:
    """Return the share of often mentioned themes that came to something, or it is said why not.

    Args:
        links: Links, as for :func:`backward_traceability`. One of kind ``excluded`` with a
            ``reason`` explains what it starts from; without a reason it explains nothing.
        prevalence: Share of families that mention each theme, as a number or as
            :func:`wfw_eval.metrics.themes.theme_prevalence` returns it. Themes whose prevalence is
            missing are left out.
        recommendations: The recommendations in the report.
        threshold: Smallest prevalence that counts as often; the default is this package's.
        dropped: Reason for which findings and recommendations were left out of the report; empty
            where none is recorded.
        **about: Further attributes of the result.

    Returns:
        A proportion; not estimable if no theme was mentioned often.

    Raises:
        ValueError: as for :func:`backward_traceability`, or a share is outside 0 to 1.

    Example:
        >>> links = [("waits", "F1"), ("F1", "R1"), ("school", "F2")]
        >>> forward_traceability(links, {"waits": 0.5, "school": 0.3, "rest": 0.1}, ["R1"]).value
        0.5
    """
    often = [theme for theme, share in _shares(prevalence) if share >= threshold]
    known = {"n": len(often), "of": "themes", "method": f"mentioned by {threshold:.0%} or more",
             **about}  # fmt: skip
    if not often:
        return not_estimable("M28", "proportion", "no theme was mentioned so often", **known)
    ends = set(recommendations) | _explained(links, dropped)
    kept = len(pathways(links).leading_to(ends) & set(often))
    known = {"count": kept, **known}
    return Result(metric="M28", unit="proportion", value=kept / len(often), **known)


@metric(
    "M29",
    name="Support of each recommendation",
    unit="count",
    question="EQ9",
    formula="excerpts, and families of theirs, from which a way leads to the recommendation",
    source=SOURCE,
)
def support_by_recommendation(
    links: Any, recommendations: Collection[Node], families: Mapping[Any, Any] | pd.Series
) -> pd.DataFrame:
    """Return how many excerpts and how many independent families stand behind each recommendation.

    Args:
        links: Links, as for :func:`backward_traceability`.
        recommendations: The recommendations, each of which gets a row.
        families: Family of each excerpt, by excerpt. Those of unknown families count as excerpts,
            but as no family.

    Returns:
        A table by recommendation with ``excerpts`` and ``families``; both are 0 for an orphan.

    Raises:
        ValueError: as for :func:`backward_traceability`.

    Example:
        >>> links = [("e1", "T"), ("e2", "T"), ("T", "R1")]
        >>> support_by_recommendation(links, ["R1"], {"e1": "f1", "e2": "f1"}).loc["R1"].to_dict()
        {'excerpts': 2, 'families': 1}
    """
    paths, family = pathways(links), dict(families)
    listed = list(dict.fromkeys(recommendations))
    rows = []
    for one in listed:
        behind = [node for node in paths.leading_to([one]) if node in family]
        known = {family[node] for node in behind if not pd.isna(family[node])}
        rows.append((len(behind), len(known)))
    index = pd.Index(listed, name="recommendation", dtype=object)
    return pd.DataFrame(rows, index=index, columns=["excerpts", "families"], dtype=int)


@metric(
    "M29",
    name="Support breadth",
    unit="count",
    question="EQ9",
    formula="least and median number of families from which a way leads to a recommendation",
    source=SOURCE,
)
def support_breadth(
    links: Any,
    recommendations: Collection[Node],
    families: Mapping[Any, Any] | pd.Series,
    **about: Any,
) -> dict[str, Result]:
    """Return the fewest independent families behind a recommendation, and the median.

    Args:
        links: Links, as for :func:`backward_traceability`.
        recommendations: The recommendations in the report; orphans count with no family.
        families: Family of each excerpt, by excerpt.
        **about: Further attributes of each result.

    Returns:
        ``min`` and ``median``, counts of families.

    Raises:
        ValueError: as for :func:`backward_traceability`.

    Example:
        >>> links = [("e1", "R1"), ("e2", "R1"), ("e3", "R1"), ("e1", "R2")]
        >>> found = support_breadth(links, ["R1", "R2"], {"e1": "f1", "e2": "f2", "e3": "f3"})
        >>> found["min"].value, found["median"].value
        (1, 2.0)
    """
    counts = support_by_recommendation(links, recommendations, families)["families"].tolist()
    known: dict[str, Any] = {"n": len(counts), "of": "recommendations", **about}
    if not counts:
        reason = "there are no recommendations"
        return {name: not_estimable("M29", "count", reason, **known) for name in ("min", "median")}
    return {
        "min": Result(metric="M29", unit="count", value=min(counts), **known),
        "median": Result(metric="M29", unit="count", value=float(median(counts)), **known),
    }


def _traced(
    metric: str,
    links: Any,
    recommendations: Collection[Node],
    excerpts: Collection[Node],
    about: Mapping[str, Any],
) -> Result:
    listed = list(dict.fromkeys(recommendations))
    said = pathways(links).reached_from(excerpts)
    count = sum((one in said) == (metric == "M26") for one in listed)
    known = {"count": count, "n": len(listed), "of": "recommendations", **about}
    if not listed:
        return not_estimable(metric, "proportion", "there are no recommendations", **known)
    return Result(metric=metric, unit="proportion", value=count / len(listed), **known)


def _shares(prevalence: Mapping[Any, float | Result] | pd.Series) -> list[tuple[Any, float]]:
    found = []
    for theme, share in prevalence.items():
        value: Any = share.value if isinstance(share, Result) else share
        if pd.isna(value):
            continue
        if not 0 <= float(value) <= 1:
            raise ValueError(f"the prevalence of {theme} is a share, from 0 to 1, not {value}")
        found.append((theme, float(value)))
    return found


def _explained(links: Any, dropped: Mapping[Any, str | None] | pd.Series | None) -> set[Node]:
    """Return what was left out for a reason that is recorded."""
    reasons = {} if dropped is None else dict(dropped)
    found = {one for one, reason in reasons.items() if _given(reason)}
    table = link_pairs(links)
    if {"kind", "reason"} <= set(table.columns):
        told = table[(table["kind"] == "excluded") & table["reason"].map(_given).astype(bool)]
        found |= set(told["from_id"])
    return found


def _given(reason: Any) -> bool:
    return not pd.isna(reason) and bool(str(reason).strip())
