"""Every contract, by table name."""

from __future__ import annotations

from wfw_eval.records import documents, figures, people, sessions
from wfw_eval.records.contract import Contract

CONTRACTS: dict[str, Contract] = {
    value.name: value
    for module in (documents, figures, people, sessions)
    for value in vars(module).values()
    if isinstance(value, Contract)
}
