"""The records of a project as one table of links, from people to what was done."""

from __future__ import annotations

import pandas as pd

#: Columns of the table.
COLUMNS = ["from_id", "to_id", "kind", "reason"]


def voice_links(
    link: pd.DataFrame,
    *,
    coding: pd.DataFrame | None = None,
    excerpt: pd.DataFrame | None = None,
    response: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return person → excerpt → theme → finding → recommendation → response → action.

    A person leads to their excerpts and not to the whole source, for in one source many people may
    speak. An excerpt leads to every theme any coder gave it. A response is ``("response", rec_id,
    body_id)`` and is one only if the body decided something; an action is ``("action", rec_id,
    body_id)`` where the body named one.

    Args:
        link: Table ``link`` of the records.
        coding: Table ``coding``.
        excerpt: Table ``excerpt``; excerpts of people not named start with themselves.
        response: Table ``response``.

    Returns:
        A table with ``from_id``, ``to_id``, ``kind`` and ``reason``.

    >>> link = pd.DataFrame({"from_id": ["T1"], "to_id": ["R1"], "kind": ["supports"]})
    >>> coding = pd.DataFrame({"excerpt_id": ["E1", "E1"], "theme_id": ["T1", "T1"]})
    >>> voice_links(link, coding=coding)[["from_id", "to_id"]].to_numpy().tolist()
    [['E1', 'T1'], ['T1', 'R1']]
    """
    parts = []
    if excerpt is not None and "person_id" in excerpt.columns:
        parts.append(_supporting(excerpt, "person_id", "excerpt_id"))
    if coding is not None:
        parts.append(_supporting(coding, "excerpt_id", "theme_id"))
    parts.append(link.reindex(columns=COLUMNS).astype(object))
    if response is not None:
        parts.extend(_answers(response))
    return pd.concat(parts, ignore_index=True)


def _supporting(table: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    pairs = table[[start, end]].dropna().drop_duplicates().astype(object)
    pairs.columns = pd.Index(["from_id", "to_id"])
    return pairs.assign(kind="supports", reason=None)[COLUMNS]


def _answers(response: pd.DataFrame) -> list[pd.DataFrame]:
    decided = response[response["decision"].notna() & (response["decision"] != "none")]
    acted = decided[decided["action"].notna()] if "action" in decided.columns else decided.iloc[:0]
    answers = [(rec, ("response", rec, body)) for rec, body in _keys(decided)]
    actions = [(("response", rec, body), ("action", rec, body)) for rec, body in _keys(acted)]
    return [
        pd.DataFrame(pairs, columns=["from_id", "to_id"], dtype=object).assign(
            kind="supports", reason=None
        )
        for pairs in (answers, actions)
        if pairs
    ]


def _keys(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["rec_id"].tolist(), table["body_id"].tolist(), strict=True))
