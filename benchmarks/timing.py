"""Timing one thing beside its peer, in one run, turn about."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """One comparison.

    Attributes:
        family: Which table of the report it belongs to, such as ``agreement``.
        name: What is computed.
        size: How much of it, such as ``1,000,000 rows``.
        data: Makes the data; its time is not counted.
        ours: What the package does with them.
        peer: What the peer does with them, or nothing where there is no peer; its answer is not
            compared here, the tests do that.
        peer_name: The peer and its version, such as ``pandas 3.1.1``.
        aim: Smallest ratio peer / ours that is aimed at.
        repeat: Times each is run; the fastest counts.
    """

    family: str
    name: str
    size: str
    data: Callable[[], Any]
    ours: Callable[[Any], object]
    peer: Callable[[Any], object] | None = None
    peer_name: str = ""
    aim: float | None = None
    repeat: int = 5


@dataclass(frozen=True)
class Timed:
    """Seconds of the fastest run of each."""

    case: Case
    ours: float
    peer: float | None

    @property
    def ratio(self) -> float | None:
        """How many times faster than the peer, where there is one."""
        return None if self.peer is None else self.peer / self.ours


def measure(case: Case) -> Timed:
    """Run both turn about, so that a busy machine is unkind to both."""
    data = case.data()
    ours, peers = [], []
    for _ in range(case.repeat):
        ours.append(_seconds(case.ours, data))
        if case.peer is not None:
            peers.append(_seconds(case.peer, data))
    return Timed(case, min(ours), min(peers) if peers else None)


def _seconds(function: Callable[[Any], object], data: Any) -> float:
    gc.collect()
    start = time.perf_counter()
    function(data)
    return time.perf_counter() - start
