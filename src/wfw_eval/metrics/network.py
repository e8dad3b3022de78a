"""The shape of a network of working ties: how dense, how centred on a few, how mutual."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

import numpy as np

from wfw_eval.metrics.betweenness import betweenness
from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Floats
from wfw_eval.metrics.result import Result, not_estimable
from wfw_eval.metrics.ties import Network, as_network

Nodes = int | Sequence[Any] | None
Mode = Literal["total", "in", "out"]
FREEMAN = "Freeman 1979, Social Networks 1:215-239"


@metric(
    "M37",
    name="Network density",
    unit="proportion",
    question="EQ7",
    formula="m / (n(n − 1)/2); directed: m / (n(n − 1))",
    source="Wasserman & Faust 1994, chapter 4",
)
def density(
    ties: Any,
    *,
    nodes: Nodes = None,
    directed: bool = False,
    non_respondents: Collection[Any] = (),
    **about: Any,
) -> Result:
    """Return the share of possible ties that there are.

    Args:
        ties: A table with ``from_id`` and ``to_id``, pairs of shape ``(m, 2)``, or what
            :func:`wfw_eval.metrics.ties.network` returns.
        nodes: Everybody who could have a tie, or how many if they are numbered from 0; without
            it, those who have one.
        directed: Whether a tie from one to another is different from one back.
        non_respondents: Those who were asked and did not answer. The density is then that among
            the others; :func:`density_bounds` says what it can be among all.
        **about: Further attributes of the result.

    Returns:
        A proportion without an interval, for the ties are all there are and no sample.

    Raises:
        ValueError: an end of a tie is missing or not among the nodes, or somebody who did not
            answer reports one.

    Example:
        >>> density([(0, 1), (1, 2), (2, 3), (3, 4)]).value
        0.4
    """
    found = _read(ties, nodes, directed, non_respondents)
    among = found.respondents()
    known = _known(found, **about)
    if among.n < 2:
        return not_estimable("M37", "proportion", "fewer than two people answered", **known)
    value = len(among.start) / _possible(among)
    return Result(metric="M37", unit="proportion", value=value, **known)


@metric(
    "M37",
    name="Bounds of network density for those who did not answer",
    unit="proportion",
    question="EQ7",
    formula="[ties reported, ties reported + ties only a non-respondent could report] / possible",
    source="after Manski 1989",
)
def density_bounds(
    ties: Any,
    non_respondents: Collection[Any] = (),
    *,
    nodes: Nodes = None,
    directed: bool = False,
    **about: Any,
) -> Result:
    """Return the densities possible if those who did not answer had reported no ties, or all.

    Without direction there is a tie if either of two people says so. One to somebody who did not
    answer is then unknown unless the other reported it.

    Args:
        ties: Ties that were reported, as for :func:`density`.
        non_respondents: Those who were asked and did not answer.
        nodes: Everybody who was asked, or how many if they are numbered from 0.
        directed: Whether a tie from one to another is different from one back.
        **about: Further attributes of the result.

    Raises:
        ValueError: as :func:`density`.

    Example:
        >>> bounds = density_bounds([("a", "b"), ("b", "c")], ["d"], nodes=["a", "b", "c", "d"])
        >>> round(bounds.lower, 4), round(bounds.upper, 4)
        (0.3333, 0.8333)
    """
    found = _read(ties, nodes, directed, non_respondents)
    known = {"interval": "bounds", "method": "worst case", "n": found.n, "of": "people", **about}
    if found.n < 2:
        return not_estimable("M37", "proportion", "there are fewer than two people", **known)
    possible = _possible(found)
    settled = _possible(found.respondents())
    if directed or found.directed:
        settled += int((~found.silent).sum()) * int(found.silent.sum())
        reported = 0
    else:
        reported = int((found.silent[found.start] | found.silent[found.end]).sum())
    unknown = possible - settled - reported
    m = len(found.start)
    return Result(
        metric="M37", unit="proportion", lower=m / possible, upper=(m + unknown) / possible, **known
    )


@metric(
    "M37",
    name="Degree centralisation",
    unit="index",
    question="EQ7",
    formula="Σ(max d − dᵢ) / ((n − 1)(n − 2)); in or out: / (n − 1)²; "
    "in and out together: / (2(n − 1)(n − 2))",
    source=FREEMAN,
)
def degree_centralisation(
    ties: Any,
    *,
    nodes: Nodes = None,
    directed: bool = False,
    mode: Mode = "total",
    non_respondents: Collection[Any] = (),
    **about: Any,
) -> Result:
    """Return how far the ties are centred on one person.

    Args:
        ties: Ties, as for :func:`density`.
        nodes: Everybody who could have a tie, or how many if they are numbered from 0.
        directed: Whether a tie from one to another is different from one back.
        mode: With direction, whether ties to a person count (``in``), from them, or both.
        non_respondents: Those who did not answer; they and their ties are left out.
        **about: Further attributes of the result.

    Returns:
        An index from 0 (all have as many) to 1 (a star).

    Raises:
        ValueError: as :func:`density`, or the mode is unknown or needs direction.

    Example:
        >>> degree_centralisation([(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]).value
        1.0
    """
    found = _read(ties, nodes, directed, non_respondents)
    among, known = found.respondents(), _known(found, **about)
    degree, most = _degree(among, mode)
    if among.n < 3:
        return not_estimable("M37", "index", "fewer than three people answered", **known)
    value = float(degree.max() * among.n - degree.sum()) / most
    return Result(metric="M37", unit="index", value=value, **known)


@metric(
    "M37",
    name="Betweenness centralisation",
    unit="index",
    question="EQ7",
    formula="Σ(max b − bᵢ) / ((n − 1)²(n − 2)/2); directed: / ((n − 1)²(n − 2))",
    source=f"{FREEMAN}; Brandes 2001, Journal of Mathematical Sociology 25:163-177",
    library="scipy",
)
def betweenness_centralisation(
    ties: Any,
    *,
    nodes: Nodes = None,
    directed: bool = False,
    non_respondents: Collection[Any] = (),
    **about: Any,
) -> Result:
    """Return how far the shortest ways between people lead through one person.

    Args:
        ties: Ties, as for :func:`density`; how strong they are does not matter.
        nodes: Everybody who could have a tie, or how many if they are numbered from 0.
        directed: Whether a tie from one to another is different from one back.
        non_respondents: Those who did not answer; they and their ties are left out.
        **about: Further attributes of the result.

    Returns:
        An index from 0 (nobody stands more between others than anybody else) to 1 (a star).

    Raises:
        ValueError: as :func:`density`.

    Example:
        >>> round(betweenness_centralisation([(0, 1), (1, 2), (2, 3), (3, 4)]).value, 6)
        0.416667
    """
    found = _read(ties, nodes, directed, non_respondents)
    among, known = found.respondents(), _known(found, **about)
    if among.n < 3:
        return not_estimable("M37", "index", "fewer than three people answered", **known)
    between = betweenness(among)
    most = (among.n - 1) ** 2 * (among.n - 2) / (1 if among.directed else 2)
    value = float((between.max() - between).sum()) / most
    return Result(metric="M37", unit="index", value=min(value, 1.0), **known)


@metric(
    "M37",
    name="Reciprocity",
    unit="proportion",
    question="EQ7",
    formula="ties that are returned / ties",
    source="Wasserman & Faust 1994, chapter 13",
)
def reciprocity(
    ties: Any, *, nodes: Nodes = None, non_respondents: Collection[Any] = (), **about: Any
) -> Result:
    """Return the share of ties that are returned.

    Args:
        ties: Ties from one person to another, as for :func:`density`.
        nodes: Everybody who could have a tie, or how many if they are numbered from 0.
        non_respondents: Those who did not answer, and so could not return one; ties to them are
            left out.
        **about: Further attributes of the result.

    Returns:
        A proportion of ties; not estimable without ties.

    Raises:
        ValueError: as :func:`density`, or the ties were read without direction.

    Example:
        >>> reciprocity([(1, 2), (2, 1), (1, 3), (3, 2), (2, 3)]).value
        0.8
    """
    given = isinstance(ties, Network)
    found = ties if given else _read(ties, nodes, True, non_respondents)
    if not found.directed:
        raise ValueError("ties without direction cannot be returned")
    among, known = found.respondents(), _known(found, **about)
    if not len(among.start):
        return not_estimable("M37", "proportion", "there are no ties", **known)
    there, back = among.start * among.n + among.end, among.end * among.n + among.start
    value = float(np.isin(there, back).mean())
    return Result(metric="M37", unit="proportion", value=value, **known)


def _read(
    ties: Any, nodes: Nodes, directed: bool, non_respondents: Collection[Any]
) -> Network:  # fmt: skip
    silent = tuple(non_respondents)
    return as_network(ties, nodes=nodes, directed=directed, non_respondents=silent)


def _known(found: Network, **about: Any) -> dict[str, Any]:
    silent = int(found.silent.sum())
    method = f"among those who answered; {silent} did not" if silent else ""
    return {"n": found.n - silent, "of": "people", "method": method, **about}


def _possible(found: Network) -> int:
    pairs = found.n * (found.n - 1)
    return pairs if found.directed else pairs // 2


def _degree(found: Network, mode: Mode) -> tuple[Floats, float]:
    """Return everybody's degree, and the largest sum of differences there can be."""
    given, had = (ends.astype(float) for ends in found.degrees)
    n = found.n
    if mode not in ("total", "in", "out"):
        raise ValueError(f"mode is total, in or out, not {mode!r}")
    if not found.directed:
        if mode != "total":
            raise ValueError("ties without direction have no in and out")
        return given + had, float((n - 1) * (n - 2))
    if mode == "total":
        return given + had, float(2 * (n - 1) * (n - 2))
    return (had if mode == "in" else given), float((n - 1) ** 2)
