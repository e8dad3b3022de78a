"""What organisations that supplied records are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from wfw_eval.analysis.rows import capital


def names_of(organisation: pd.DataFrame) -> dict[str, str]:
    """Return the name of each organisation by its identifier."""
    return dict(zip(organisation["org_id"], organisation["name"], strict=True))


def called(identifier: str, names: Mapping[str, str]) -> str:
    """Name a supplier; one that the list of organisations leaves out, by its identifier.

    >>> called("sim_evaluator", {})
    'Simulated evaluator'
    """
    spelled = identifier.replace("_", " ")
    if spelled.startswith("sim "):
        spelled = f"simulated {spelled.removeprefix('sim ')}"
    return capital(names.get(identifier, spelled))


def all_called(identifiers: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Name several suppliers, each once, in alphabetical order."""
    return sorted({called(identifier, names) for identifier in identifiers})
