"""Who had a hand in the wording of findings and recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.result import Result, not_estimable

#: Steps of writing, by their column in the records.
STEPS = {"drafted": "drafted_by", "edited": "edited_by", "signed_off": "signed_off_by"}

#: Whose hand it can be; nobody's where the cell is empty.
HANDS = ("lived", "professional", "both", "nobody")


@metric(
    "M32",
    name="Authorship",
    unit="proportion",
    question="EQ9",
    formula="recommendations drafted (edited, signed off) by people with lived experience, alone "
    "or with professionals / recommendations",
    source="framework of this evaluation",
)
def authorship(recommendations: pd.DataFrame, **about: Any) -> dict[str, Result]:
    """Return in how many recommendations people with lived experience had a hand, step by step.

    Args:
        recommendations: One row a recommendation (or finding) with ``drafted_by``, ``edited_by``
            and ``signed_off_by``: ``lived``, ``professional``, ``both``, or empty for nobody.
        **about: Further attributes of each result.

    Returns:
        Proportions for ``drafted``, ``edited``, ``signed_off``, for ``any_step`` and for
        ``every_step``, without intervals: the recommendations are all there are.

    Raises:
        ValueError: a column is lacking or holds another word.

    Example:
        >>> table = pd.DataFrame({"drafted_by": ["professional", "both"],
        ...                       "edited_by": ["lived", None], "signed_off_by": ["both", "both"]})
        >>> {step: found.value for step, found in authorship(table).items()}
        {'drafted': 0.5, 'edited': 0.5, 'signed_off': 1.0, 'any_step': 1.0, 'every_step': 0.0}
    """
    lived = _hands(recommendations).isin(["lived", "both"])
    counts = {step: int(lived[step].sum()) for step in STEPS}
    counts |= {"any_step": int(lived.any(axis=1).sum()), "every_step": int(lived.all(axis=1).sum())}
    return {step: _part(count, len(lived), about) for step, count in counts.items()}


@metric(
    "M32",
    name="Authorship table",
    unit="count",
    question="EQ9",
    formula="recommendations by step of writing and whose hand",
    source="framework of this evaluation",
)
def authorship_table(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return how many recommendations were drafted, edited and signed off by whom.

    Args:
        recommendations: As for :func:`authorship`.

    Returns:
        A table of steps by ``lived``, ``professional``, ``both`` and ``nobody``.

    Raises:
        ValueError: a column is lacking or holds another word.

    Example:
        >>> table = pd.DataFrame({"drafted_by": ["professional", "both"],
        ...                       "edited_by": ["lived", None], "signed_off_by": ["both", "both"]})
        >>> authorship_table(table).loc["edited"].to_dict()
        {'lived': 1, 'professional': 0, 'both': 0, 'nobody': 1}
    """
    hands = _hands(recommendations)
    counts = {step: [int((hands[step] == hand).sum()) for hand in HANDS] for step in STEPS}
    return pd.DataFrame.from_dict(counts, orient="index", columns=list(HANDS))


def _hands(table: pd.DataFrame) -> pd.DataFrame:
    missing = [column for column in STEPS.values() if column not in table.columns]
    if missing:
        raise ValueError(f"the table lacks {', '.join(missing)}")
    hands = table[list(STEPS.values())].astype(object)
    hands = hands.where(hands.notna(), "nobody").set_axis(list(STEPS), axis=1)
    strange = sorted({str(one) for one in hands.to_numpy().ravel()} - set(HANDS))
    if strange:
        raise ValueError(f"{', '.join(strange)} is none of {', '.join(HANDS)}")
    return hands


def _part(count: int, n: int, about: Mapping[str, Any]) -> Result:
    known = {"count": count, "n": n, "of": "recommendations", **about}
    if n == 0:
        return not_estimable("M32", "proportion", "there are no recommendations", **known)
    return Result(metric="M32", unit="proportion", value=count / n, **known)
