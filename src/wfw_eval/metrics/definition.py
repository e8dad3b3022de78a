"""How far the evidence meets a definition, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import check_lengths
from wfw_eval.metrics.result import Result, not_estimable

#: What a piece of evidence can say of a criterion, from best to none.
RATINGS = ("met", "partly", "not", "no evidence")


@metric(
    "M18",
    name="Definition matrix",
    unit="text",
    question="EQ4",
    formula="criteria × evidence, each met, partly, not, or no evidence",
    source="framework of this evaluation",
    library="pandas",
)
def definition_matrix(
    criteria: Any,
    evidence: Any,
    ratings: Any,
    *,
    all_criteria: Sequence[str] | None = None,
    all_evidence: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return what each source of evidence says of each criterion of a definition.

    Args:
        criteria: Criterion of each rating, shape ``(n,)``.
        evidence: Source of evidence of each rating.
        ratings: ``met``, ``partly``, ``not`` or ``no evidence``; missing is no evidence.
        all_criteria: Every criterion, in order; those nobody rated have no evidence.
        all_evidence: Every source, in order.

    Returns:
        A table of criteria by sources, with one of the four words in every cell.

    Raises:
        ValueError: a word that is none of the four, a criterion or source that is missing or not
            listed, or a criterion rated twice from one source.

    Example:
        >>> matrix = definition_matrix(["equal basis"], ["observation"], ["partly"],
        ...                            all_criteria=["equal basis", "works for all"])
        >>> matrix["observation"].to_dict()
        {'equal basis': 'partly', 'works for all': 'no evidence'}
    """
    check_lengths(criteria=criteria, evidence=evidence, ratings=ratings)
    rows = pd.DataFrame(
        {"criterion": list(criteria), "evidence": list(evidence), "rating": list(ratings)},
        dtype=object,
    )
    rows["rating"] = rows["rating"].where(rows["rating"].notna(), "no evidence")
    _check(rows, all_criteria, all_evidence)
    cells = rows.set_index(["criterion", "evidence"])["rating"].unstack()
    table = cells.reindex(
        index=list(dict.fromkeys(rows["criterion"] if all_criteria is None else all_criteria)),
        columns=list(dict.fromkeys(rows["evidence"] if all_evidence is None else all_evidence)),
    ).rename_axis(index="criterion", columns="evidence")
    return table.where(table.notna(), "no evidence")


@metric(
    "M18",
    name="Criteria by what the evidence says",
    unit="proportion",
    question="EQ4",
    formula="criteria all evidence of which says met (partly or divided, not) / criteria",
    source="framework of this evaluation",
)
def definition_shares(matrix: pd.DataFrame, **about: Any) -> dict[str, Result]:
    """Return the share of criteria met, partly met, not met, and without evidence.

    A criterion is met where all evidence there is says so, not met where all says so, and partly
    met where it is divided or says partly.

    Args:
        matrix: What :func:`definition_matrix` returns.
        **about: Further attributes of each result.

    Raises:
        ValueError: a cell holds none of the four words.

    Example:
        >>> matrix = definition_matrix(["a", "a", "b"], ["log", "survey", "log"],
        ...                            ["met", "not", "met"])
        >>> {word: share.value for word, share in definition_shares(matrix).items()}
        {'met': 0.5, 'partly': 0.5, 'not': 0.0, 'no evidence': 0.0}
    """
    strange = set(matrix.to_numpy().ravel()) - set(RATINGS)
    if strange:
        raise ValueError(f"a cell holds {', '.join(map(str, strange))}")
    known = {"n": len(matrix), "of": "criteria", **about}
    if not len(matrix):
        reason = "there are no criteria"
        return {word: not_estimable("M18", "proportion", reason, **known) for word in RATINGS}
    found = [_taken_together(set(row) - {"no evidence"}) for row in matrix.to_numpy()]
    return {
        word: Result(
            metric="M18", unit="proportion", value=found.count(word) / len(found),
            **{"count": found.count(word), **known},
        )
        for word in RATINGS
    }  # fmt: skip


def _taken_together(words: set[str]) -> str:
    if not words:
        return "no evidence"
    return words.pop() if len(words) == 1 else "partly"


def _check(
    rows: pd.DataFrame, criteria: Sequence[str] | None, evidence: Sequence[str] | None
) -> None:
    if rows[["criterion", "evidence"]].isna().any(axis=None):
        raise ValueError("a criterion or source of evidence is missing")
    for column, allowed in (("criterion", criteria), ("evidence", evidence), ("rating", RATINGS)):
        known = set(rows[column] if allowed is None else allowed)
        strange = sorted({str(one) for one in rows[column] if one not in known})
        if strange:
            raise ValueError(f"unknown {column}: {', '.join(strange)}")
    twice = rows[rows.duplicated(["criterion", "evidence"])]
    if len(twice):
        one = twice.iloc[0]
        raise ValueError(f"{one['criterion']} is rated twice from {one['evidence']}")
