"""Commands that hand out forms, take returns in, and make them safe to work with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from wfw_eval.errors import InputError, Problem, nearest, shown

#: Lines of repairs that are printed before the rest are only counted.
LISTED = 20


def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Workbook to write.")],
    supplier: Annotated[
        str | None, typer.Option(help="Whose tables: partner, council, lead_organisation, ...")
    ] = None,
) -> None:
    """Write the workbook that suppliers of records fill in."""
    from wfw_eval.records.contracts import CONTRACTS
    from wfw_eval.records.suppliers import SUPPLIERS
    from wfw_eval.records.workbook.template import write_template

    if supplier is not None and supplier not in SUPPLIERS:
        raise _refused("--supplier", supplier, "is no supplier", nearest(supplier, list(SUPPLIERS)))
    if out.suffix.lower() != ".xlsx":
        raise _refused("OUT", str(out), "must end in .xlsx", "Name a workbook.")
    if out.exists():
        raise _refused("OUT", str(out), "there is such a file already", "Name a new one.")
    tables = SUPPLIERS[supplier] if supplier else tuple(
        dict.fromkeys(name for names in SUPPLIERS.values() for name in names)
    )  # fmt: skip
    contracts = [CONTRACTS[name] for name in tables]
    write_template(out, contracts, title="Records for the evaluation", supplier=supplier)
    typer.echo(f"Written: {shown(out)}, {len(contracts)} tables")


def intake(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES...", help="Workbooks, CSV, Parquet.")
    ],
    to: Annotated[Path, typer.Option(help="Folder to write the tables to.")],
    received_on: Annotated[
        str | None, typer.Option(help="Day the files were received; today if left out.")
    ] = None,
    source_org: Annotated[
        str | None, typer.Option(help="Organisation that sent them, where no column says so.")
    ] = None,
) -> None:
    """Read the files people really send; list every repair, and every row that needs one.

    Exit status: 0 all was read, 1 some rows or files need attention, 2 nothing could be read.
    """
    from wfw_eval.records.contracts import CONTRACTS
    from wfw_eval.records.intake import take_in, write_intake

    contracts = {name: item for name, item in CONTRACTS.items() if "records" in item.origins}
    taken = take_in(files, contracts, received_on=_day(received_on), source_org=source_org)
    if not any(len(table) for table in taken.tables.values()):
        raise InputError(taken.problems)
    write_intake(taken, to)
    for repair in taken.repairs[:LISTED]:
        place = (repair.file, repair.sheet, repair.row, repair.column)
        where = ", ".join(str(part) for part in place if part)
        typer.echo(f"repaired {where}: {repair.what} ({repair.before!r} to {repair.after!r})")
    counts = ", ".join(f"{name} {len(table)}" for name, table in taken.tables.items())
    typer.echo(f"{len(taken.repairs)} repairs, {len(taken.problems)} problems. Rows: {counts}.")
    typer.echo(f"Written: {shown(to)}, with repairs.csv and problems.csv")
    if taken.problems:
        typer.echo(str(InputError(taken.problems)), err=True)
        raise typer.Exit(1)


def pseudonymise(
    folder: Annotated[Path, typer.Argument(help="Folder of tables with names in them.")],
    to: Annotated[Path, typer.Option(help="New folder for the tables with pseudonyms.")],
    key: Annotated[Path, typer.Option(help="Key file, outside the project; see new-key.")],
    mask: Annotated[bool, typer.Option(help="Mask what surely identifies in free text.")] = False,
) -> None:
    """Replace names and contact details by keyed pseudonyms, in all tables alike."""
    import pandas as pd

    from wfw_eval.records.privacy.pseudonymise import pseudonymise as replace_names
    from wfw_eval.records.privacy.pseudonymise import write_pseudonymised
    from wfw_eval.records.privacy.pseudonyms import read_key

    secret = read_key(key)
    tables = {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
              for path in sorted(folder.glob("*.csv"))}  # fmt: skip
    if not tables:
        raise _refused("FOLDER", str(folder), "holds no CSV file", "Name the folder of tables.")
    result = replace_names(tables, secret, masking="sure" if mask else "nothing")
    for path in write_pseudonymised(result, to):
        typer.echo(f"Written: {shown(path)}")
    for column in result.left_out:
        typer.echo(f"left out: {column}")
    typer.echo(f"{len(result.findings)} places in free text may still identify somebody.")


def new_key(
    path: Annotated[Path, typer.Argument(help="Key file to write, outside the project.")],
) -> None:
    """Make a key for pseudonyms, in a file only you can read."""
    from wfw_eval.records.privacy import pseudonyms

    pseudonyms.new_key(path)
    typer.echo(f"Written: {path}. Keep it apart from the records, and never share it.")


def dictionary() -> None:
    """Print the data dictionary: every table and column, from the contracts themselves."""
    from wfw_eval.records.contracts import CONTRACTS
    from wfw_eval.records.dictionary import dictionary_markdown

    typer.echo(f"# Data dictionary\n\n{dictionary_markdown(list(CONTRACTS.values()))}")


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(template)
    app.command()(intake)
    app.command()(pseudonymise)
    app.command("new-key")(new_key)
    app.command()(dictionary)


def _day(written: str | None) -> dt.date:
    if written is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise _refused("--received-on", written, "must be a date as YYYY-MM-DD",
                       "Correct the date.") from None  # fmt: skip


def _refused(option: str, value: str, rule: str, step: str) -> InputError:
    return InputError([Problem("command line", None, option, value, rule, step)])
