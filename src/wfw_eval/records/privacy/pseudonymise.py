"""From suppliers' tables to tables in which nobody is named.

What a table may hold is listed, and every other column is left out, so that a column nobody
thought of cannot name anybody.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.records.privacy.freetext import Finding
from wfw_eval.records.privacy.identifying import Identifying
from wfw_eval.records.privacy.identities import attributes, matching_traits, read_register, texts
from wfw_eval.records.privacy.names_in_text import KnownNames, known_names
from wfw_eval.records.privacy.persons import Namer
from wfw_eval.records.privacy.places import Places, coarsen, heading
from wfw_eval.records.privacy.searching import Masking, Searched, searched, still_there


@dataclass(frozen=True)
class Pseudonymised:
    """Tables in which nobody is named.

    Attributes:
        tables: The tables, by name.
        problems: What must be put right before they are written.
        findings: What still stands in free text and may identify somebody.
        masked: What was masked; places are those in the text as it was.
        traits: One row per row of the register, to find near-duplicates; not to be written.
        left_out: Columns that were left out though they do not look identifying.
    """

    tables: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    masked: tuple[Finding, ...]
    traits: pd.DataFrame
    left_out: tuple[str, ...]


def pseudonymise(
    tables: Mapping[str, pd.DataFrame],
    key: bytes,
    rules: Identifying | None = None,
    *,
    places: Places | None = None,
    masking: Masking = "nothing",
) -> Pseudonymised:
    """Put pseudonyms in the place of people and families, in all tables alike.

    Args:
        tables: The tables of suppliers as text, by name; ``person`` is the register.
        key: The secret key.
        rules: What identifies people.
        places: What is known of the data zones, if places are to be made coarse.
        masking: What to mask in free text.
    """
    rules = rules or Identifying()
    tables = {name: _with_known_headings(frame, name, rules) for name, frame in tables.items()}
    person = tables.get("person", pd.DataFrame())
    register, chosen, problems = read_register(person, key, rules)
    if person.empty:
        problems.append(_no_register())
    namer = Namer(key, rules, register, _bodies(tables))
    names = _names(tables, rules)
    done: dict[str, Searched] = {}
    for name, frame in tables.items():
        coarse = coarsen(frame, places, f"{name}.csv")
        named = namer.named(coarse.frame, name, chosen if name == "person" else None)
        problems += [*coarse.problems, *named.problems, *_unknown(name, rules)]
        done[name] = searched(_carried(named.frame, name, rules), name, rules, names, masking)
    return Pseudonymised(
        {name: item.frame for name, item in done.items() if name in rules.columns},
        (*problems, *(problem for item in done.values() for problem in item.problems)),
        tuple(finding for item in done.values() for finding in item.findings),
        tuple(finding for item in done.values() for finding in item.masked),
        _traits(person, chosen, done, key, rules),
        tuple(_left_out(tables, rules)),
    )


def write_pseudonymised(result: Pseudonymised, folder: Path) -> list[Path]:
    """Write every table into a new folder that only its owner can open, or write nothing.

    Raises:
        InputError: there are problems, free text surely identifies somebody, or the folder holds
            something.
    """
    if problems := [*result.problems, *still_there(result.findings)]:
        raise InputError(problems)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        rule, step = "there is something already", "Name a new folder; nothing is written over."
        raise InputError([Problem(shown(folder), None, None, None, rule, step)])
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".pseudonymised-") as aside:
        made = Path(aside) / "tables"
        made.mkdir(mode=0o700)
        for name, frame in result.tables.items():
            _as_text(frame).to_csv(
                made / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n"
            )
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    return [folder / f"{name}.csv" for name in result.tables]


def _with_known_headings(frame: pd.DataFrame, table: str, rules: Identifying) -> pd.DataFrame:
    """Write headings such as "Person ID" as the contract does, and number the rows afresh."""
    wanted = {heading(name): name for name in rules.columns.get(table, ())}
    new = {
        name: wanted[heading(name)]
        for name in frame.columns
        if heading(name) in wanted and wanted[heading(name)] not in frame.columns
    }
    return frame.rename(columns=new).reset_index(drop=True)


def _bodies(tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Collect the names of bodies, which may stand where a person's could."""
    found = {cell for frame in tables.values() for cell in texts(frame, "source_org")}
    for table, columns in {"organisation": ("org_id", "name"), "body": ("body_id", "name")}.items():
        for column in columns:
            found |= set(texts(tables.get(table, pd.DataFrame()), column))
    return frozenset(found)


def _names(tables: Mapping[str, pd.DataFrame], rules: Identifying) -> KnownNames:
    """Collect every name of a person in any table, whole or in parts."""
    found: set[str] = set()
    for table, frame in tables.items():
        found |= set(attributes(frame, table, rules)["name"])
        for column in frame.columns:
            part = rules.part(table, column)
            if part in ("name", "first_name", "last_name") or heading(column) in rules.other_names:
                found |= set(texts(frame, column))
    return known_names(found - {""})


def _carried(frame: pd.DataFrame, table: str, rules: Identifying) -> pd.DataFrame:
    wanted = rules.columns.get(table, ())
    keep = [name for name in frame.columns if name in wanted and not rules.identifies(table, name)]
    return frame[keep]


def _left_out(tables: Mapping[str, pd.DataFrame], rules: Identifying) -> Iterable[str]:
    for table, frame in tables.items():
        for name in frame.columns:
            if name not in rules.columns.get(table, ()) and not rules.identifies(table, name):
                yield f"{table}: {name}"


def _unknown(table: str, rules: Identifying) -> list[Problem]:
    if table in rules.columns:
        return []
    rule, step = "there is no table of this name", "Rename it as in data_raw/example, or remove it."
    return [Problem(f"{table}.csv", None, None, None, rule, step)]


def _no_register() -> Problem:
    step = "Put the register of people there; without it nobody can be followed across tables."
    return Problem("person.csv", None, None, None, "the register is not there or empty", step)


def _traits(
    person: pd.DataFrame,
    chosen: list[str],
    done: Mapping[str, Searched],
    key: bytes,
    rules: Identifying,
) -> pd.DataFrame:
    area = texts(done["person"].frame, "area") if "person" in done else []
    return matching_traits(person, chosen, area, key, rules)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Write cells as the contracts read them: lists with bars, true and false, plain dates."""
    return frame.apply(lambda column: column.map(_cell)) if len(frame.columns) else frame


def _cell(cell: object) -> object:
    if isinstance(cell, tuple | list):
        return "|".join(map(str, cell))
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.strftime("%Y-%m-%d") if isinstance(cell, pd.Timestamp) else cell
