"""Ties between people, read once: who, from whom to whom, and who did not answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.columns import Flags, Whole

#: Up to so many possible ties they are marked in a table; beyond it they are sorted.
MARKED = 50_000_000


@dataclass(frozen=True)
class Network:
    """Ties between people, each counted once; nobody has a tie to themselves.

    Attributes:
        people: Labels of the people, ``n`` of them.
        start: Place of the person each tie starts from, shape ``(m,)``.
        end: Place of the person it leads to; without direction the later of the two.
        directed: Whether a tie from one to another is different from one back.
        silent: Who was asked and did not answer, shape ``(n,)``.
    """

    people: pd.Index
    start: Whole
    end: Whole
    directed: bool
    silent: Flags

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.people)

    @property
    def degrees(self) -> tuple[Whole, Whole]:
        """Ties from each person and ties to each; without direction the two are to be added."""
        return np.bincount(self.start, minlength=self.n), np.bincount(self.end, minlength=self.n)

    def among(self, kept: Flags) -> Network:
        """Return the ties among some of the people."""
        place = np.cumsum(kept) - 1
        inside = kept[self.start] & kept[self.end]
        ends = place[self.start[inside]], place[self.end[inside]]
        return Network(self.people[kept], *ends, self.directed, self.silent[kept])

    def respondents(self) -> Network:
        """Return the ties among those who answered."""
        return self.among(~self.silent) if self.silent.any() else self


def network(
    ties: Any,
    *,
    nodes: int | Sequence[Any] | None = None,
    directed: bool = False,
    non_respondents: Collection[Any] = (),
) -> Network:
    """Read ties once, so that several metrics can share the work.

    Ties listed twice count once, and a tie to oneself is left out.

    Args:
        ties: A table with ``from_id`` and ``to_id``, or pairs of people, shape ``(m, 2)``. Rows of
            strength 0, where there is a ``strength``, are no ties.
        nodes: Everybody who could have a tie, or their number if people are numbered from 0;
            without it, those who have one or did not answer.
        directed: Whether a tie from one to another is different from one back.
        non_respondents: Those who were asked and did not answer.

    Raises:
        ValueError: an end of a tie is missing or not among the nodes, a node is listed twice, or
            a tie is reported by somebody who did not answer.

    Example:
        >>> network([("a", "b"), ("b", "a"), ("b", "c")], nodes=["a", "b", "c", "d"]).start
        array([0, 1])
    """
    start, end, people = _ends(ties, nodes)
    if nodes is None:
        people = people.append(pd.Index([one for one in non_respondents if one not in people]))
    silent = np.zeros(len(people), dtype=bool)
    if len(non_respondents):
        silent = people.isin(list(non_respondents))
        _check_silent(start, end, silent, directed, people, non_respondents)
    start, end = _once(start, end, len(people), directed)
    return Network(people, start, end, directed, silent)


def as_network(ties: Any, **options: Any) -> Network:
    """Return ties as they were read before, or read them now."""
    if not isinstance(ties, Network):
        return network(ties, **options)
    if any(value is not None and value is not False and value != () for value in options.values()):
        raise ValueError("the ties are read already: say who and how where they are read")
    return ties


def _ends(ties: Any, nodes: int | Sequence[Any] | None) -> tuple[Whole, Whole, pd.Index]:
    first, second = _columns(ties)
    if isinstance(nodes, int | np.integer):
        numbered = _numbered(first, int(nodes)), _numbered(second, int(nodes))
        return *numbered, pd.RangeIndex(int(nodes))
    both = pd.concat([pd.Series(first), pd.Series(second)], ignore_index=True)
    if both.isna().any():
        raise ValueError("an end of a tie is missing")
    people = pd.Index(pd.unique(both) if nodes is None else pd.Series(list(nodes)))
    _check_nodes(people, both)
    places = people.get_indexer(pd.Index(both)).astype(np.intp)
    half = len(places) // 2
    return places[:half], places[half:], people


def _columns(ties: Any) -> tuple[Any, Any]:
    if isinstance(ties, pd.DataFrame):
        if not {"from_id", "to_id"} <= set(ties.columns):
            raise ValueError("a table of ties needs the columns from_id and to_id")
        if "strength" in ties.columns:
            ties = ties[ties["strength"].ne(0).fillna(True)]
        return ties["from_id"].to_numpy(), ties["to_id"].to_numpy()
    if not isinstance(ties, np.ndarray):
        return _pairs(list(ties))
    if ties.size and (ties.ndim != 2 or ties.shape[1] != 2):
        raise ValueError(f"ties are pairs, shape (m, 2), not {ties.shape}")
    pairs = ties.reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _pairs(pairs: list[Any]) -> tuple[Any, Any]:
    if any(isinstance(pair, str) or len(pair) != 2 for pair in pairs):
        raise ValueError("ties are pairs of people")
    return [one for one, _ in pairs], [other for _, other in pairs]


def _numbered(places: Any, n: int) -> Whole:
    found = np.asarray(places)
    if found.size and (found.dtype.kind not in "iu" or found.min() < 0 or found.max() >= n):
        raise ValueError(f"people must be numbered from 0 to {n - 1}")
    return np.ascontiguousarray(found, dtype=np.intp)


def _check_nodes(people: pd.Index, ends: pd.Series) -> None:
    if people.has_duplicates:
        raise ValueError(f"{people[people.duplicated()][0]} is listed twice")
    strange = ends[~ends.isin(people)]
    if len(strange):
        raise ValueError(f"{strange.iloc[0]} has a tie and is not among the nodes")


def _check_silent(
    start: Whole,
    end: Whole,
    silent: Flags,
    directed: bool,
    people: pd.Index,
    named: Collection[Any],
) -> None:
    strange = [one for one in named if one not in people]
    if strange:
        raise ValueError(f"{strange[0]} did not answer and is not among the nodes")
    # Without direction nobody says who reported a tie, only that one of the two must have.
    wrong = silent[start] if directed else silent[start] & silent[end]
    if wrong.any():
        raise ValueError(f"a tie is reported by {people[start[wrong][0]]}, who did not answer")


def _once(start: Whole, end: Whole, n: int, directed: bool) -> tuple[Whole, Whole]:
    """Return each tie once, in the order of the people, and none to oneself."""
    if not directed:
        start, end = np.minimum(start, end), np.maximum(start, end)
    key = start * n + end
    if n * n <= MARKED:
        marked = np.zeros(n * n, dtype=bool)
        marked[key] = True
        marked[:: n + 1] = False
        key = np.flatnonzero(marked)
    else:
        key = np.sort(key[start != end])
        key = key[np.diff(key, prepend=-1) > 0]
    first = key // max(n, 1)
    return first, key - first * n
