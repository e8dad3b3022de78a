"""The catalogue of metrics: what each is, in a form that people and programs can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Metric:
    """One metric.

    Attributes:
        id: Stable id; several functions may serve one metric.
        name: What the field calls it.
        formula: The formula in plain signs.
        unit: Unit of its value.
        question: Evaluation question it serves.
        source: Where it is defined.
        library: What computes it.
        function: The function, importable and usable alone.
    """

    id: str
    name: str
    formula: str
    unit: str
    question: str
    source: str
    library: str
    function: Callable[..., Any]


CATALOGUE: dict[str, Metric] = {}


def metric(
    id: str,
    *,
    name: str,
    formula: str,
    unit: str,
    question: str,
    source: str,
    library: str = "this package",
) -> Callable[[F], F]:
    """Put a function into the catalogue under its name."""

    def register(function: F) -> F:
        CATALOGUE[function.__name__] = Metric(
            id, name, formula, unit, question, source, library, function
        )
        return function

    return register
