"""The data dictionary, generated from the contracts so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable

from wfw_eval.records.contract import Contract, Field, ForeignKey, Kind, rule_of
from wfw_eval.records.suppliers import suppliers_of

KINDS: dict[Kind, str] = {
    "text": "text",
    "code": "one code",
    "codes": "any number of codes",
    "list": "any number of values",
    "date": "date",
    "integer": "whole number",
    "number": "number",
    "flag": "true or false",
}

ORIGINS = {
    "documents": "transcribed from the commissioning documents",
    "reference": "compiled from public statistics",
}

HEADINGS = {
    "column": "Column",
    "kind": "Kind",
    "required": "Needed",
    "holds": "A cell",
    "refers_to": "Refers to",
    "about": "What it holds",
}


def dictionary_rows(contracts: Iterable[Contract]) -> list[dict[str, str]]:
    """Describe every column of every table, in order.

    Returns:
        Per column: its table (name, title, supplier, key, date at the data cut), its name, its
        kind in words, whether it is needed, what a cell must hold, the table and column it
        refers to, and what it is about.
    """
    return [
        {
            "table": contract.name,
            "title": contract.title,
            "supplied_by": supplied_by(contract),
            "key": " + ".join(contract.key),
            "dated_by": contract.dated_by or "",
            "column": item.name,
            "kind": KINDS[item.kind],
            "required": _required(item),
            "holds": rule_of(item),
            "refers_to": ", ".join(_target(key) for key in _keys(contract, item)),
            "about": item.about,
        }
        for contract in contracts
        for item in contract.fields
    ]


def dictionary_markdown(contracts: Iterable[Contract]) -> str:
    """Write the data dictionary as Markdown: a section a table, a row a column."""
    return "\n".join(line for contract in contracts for line in _section(contract))


def supplied_by(contract: Contract) -> str:
    """Say who supplies a table: its usual suppliers, or where the package has it from."""
    words = [ORIGINS[origin] for origin in contract.origins if origin in ORIGINS]
    if "records" in contract.origins:
        words += suppliers_of(contract.name)
    return ", ".join(words)


def _section(contract: Contract) -> Iterable[str]:
    yield f"## {contract.name}: {contract.title}"
    yield ""
    yield f"- Supplied by: {supplied_by(contract)}."
    yield f"- One row for each: {_names(contract.key)}."
    for key in contract.foreign:
        yield f"- Each `{key.column}` must be in `{_target(key)}`."
    if contract.dated_by:
        yield f"- Rows whose `{contract.dated_by}` is after the data cut are left out."
    yield ""
    yield _line(HEADINGS.values())
    yield _line("---" for _ in HEADINGS)
    for row in dictionary_rows([contract]):
        yield _line(_cell(name, row[name]) for name in HEADINGS)
    yield ""


def _keys(contract: Contract, item: Field) -> list[ForeignKey]:
    return [key for key in contract.foreign if key.column == item.name]


def _target(key: ForeignKey) -> str:
    return f"{key.table}.{key.references}"


def _required(item: Field) -> str:
    return "yes" if item.required else "may be empty"


def _names(columns: Iterable[str]) -> str:
    return " + ".join(f"`{name}`" for name in columns)


def _cell(name: str, text: str) -> str:
    shown = text.replace("|", r"\|")
    return f"`{shown}`" if shown and name in ("column", "refers_to") else shown


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
