"""Simulate every table of the example, and write them as CSV files."""

from pathlib import Path

import pandas as pd

from wfw_eval.simulate.audiences import with_habits
from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.families import characteristic_table, simulate_families
from wfw_eval.simulate.organisations import organisation_table
from wfw_eval.simulate.participation import attendance_table, invitation_table, simulate_contacts
from wfw_eval.simulate.people import person_table, simulate_people
from wfw_eval.simulate.process import process_tables
from wfw_eval.simulate.sessions import session_table, simulate_sessions


def simulate(seed: int = 2023, scale: int = 1) -> dict[str, pd.DataFrame]:
    """Return the tables of the simulated example by name.

    ``scale`` multiplies families and professionals, not sessions, to try the package on many rows;
    of the tables of the process, those on people grow with them. The planted counts below the
    suppression threshold are multiplied as well.
    """
    families = simulate_families(Draws(seed, "families"), scale)
    people = simulate_people(Draws(seed, "people"), families, scale)
    sessions = simulate_sessions(Draws(seed, "sessions"))
    habits = with_habits(Draws(seed, "habits"), people)
    contacts = simulate_contacts(Draws(seed, "contacts"), habits, sessions)
    taking_part = {
        "organisation": organisation_table(),
        "person": person_table(people),
        "family_characteristic": characteristic_table(families),
        "session": session_table(sessions),
        "invitation": invitation_table(Draws(seed, "channels"), contacts),
        "attendance": attendance_table(contacts),
    }
    return {**taking_part, **process_tables(seed, taking_part)}


def write_example(folder: Path, seed: int = 2023) -> list[Path]:
    """Write one CSV file per table into the folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in simulate(seed).items():
        paths.append(folder / f"{name}.csv")
        _write(table, paths[-1])
    return paths


def _write(table: pd.DataFrame, path: Path) -> None:
    flags = table.select_dtypes(["bool", "boolean"]).columns
    text = table.assign(**{flag: table[flag].map({True: "true", False: "false"}) for flag in flags})
    text.to_csv(
        path,
        index=False,
        encoding="utf-8",
        lineterminator="\n",
        date_format="%Y-%m-%d",
        float_format="%.2f",
    )
