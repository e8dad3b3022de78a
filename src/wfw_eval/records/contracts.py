"""Every contract, by table name."""

from __future__ import annotations

from wfw_eval.records import (
    documents,
    figures,
    governance,
    instruments,
    judgements,
    meetings,
    network,
    partners,
    people,
    protected,
    recommendations,
    sessions,
    support,
    voices,
)
from wfw_eval.records.contract import Contract

_NEEDED = (documents, figures, people, sessions)
_WELCOME = (
    partners,
    protected,
    support,
    meetings,
    voices,
    recommendations,
    instruments,
    network,
    governance,
    judgements,
)


def _contracts(modules: tuple[object, ...]) -> dict[str, Contract]:
    return {
        value.name: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Contract)
    }


#: Tables without which no run goes ahead.
NEEDED: dict[str, Contract] = _contracts(_NEEDED)

#: Every table; one that is not needed may be missing, and what it would answer stays open.
CONTRACTS: dict[str, Contract] = NEEDED | _contracts(_WELCOME)
