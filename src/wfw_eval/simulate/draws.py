"""Random choices that come out the same on every machine and every version of numpy."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Labels = NDArray[np.object_]


class Draws:
    """Choices drawn from one named stream of uniform numbers.

    Only ``RandomState.random_sample`` is used: numpy's compatibility policy (NEP 19) freezes it.
    What follows is sorting, comparison and whole-number arithmetic, so no rounding can differ.
    Each table has a stream of its own: adding a table leaves the others as they were.

    >>> Draws(2023, "doctest").choose({"yes": 1, "no": 3}, 4).tolist()
    ['no', 'yes', 'no', 'yes']
    """

    def __init__(self, seed: int, stream: str) -> None:
        self._state = np.random.RandomState([seed, *stream.encode()])

    def uniform(self, size: int) -> Numbers:
        """Return numbers from 0 up to, not including, 1."""
        return self._state.random_sample(size)

    def below(self, upper: int | Whole, size: int) -> Whole:
        """Return whole numbers from 0 up to, not including, ``upper``."""
        whole: Whole = np.floor(self.uniform(size) * upper).astype(np.int64)
        return whole

    def chance(self, probability: float | Numbers, size: int) -> Flags:
        """Return true with the given probability."""
        return self.uniform(size) < probability

    def order(self, size: int) -> Whole:
        """Return the positions 0 to ``size`` - 1, shuffled."""
        return np.argsort(self.uniform(size), kind="stable")

    def choose(self, weights: Mapping[str, int], size: int) -> Labels:
        """Return labels, each drawn with its weight."""
        cumulative = np.cumsum(list(weights.values()))
        drawn = np.searchsorted(cumulative, self.uniform(size) * cumulative[-1], side="right")
        chosen: Labels = as_labels(list(weights))[drawn]
        return chosen

    def share_out(self, counts: Mapping[str, int]) -> Labels:
        """Return each label exactly as often as its count, shuffled."""
        everyone = np.repeat(as_labels(list(counts)), list(counts.values()))
        shuffled: Labels = everyone[self.order(len(everyone))]
        return shuffled


def as_labels(labels: Sequence[str]) -> Labels:
    """Return the labels as an array that can be indexed by position."""
    return np.array(labels, dtype=np.object_)
