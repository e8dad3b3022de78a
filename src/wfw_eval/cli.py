"""The command line: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wfw_eval import cli_records
from wfw_eval.errors import InputError, WfwEvalError, shown

if TYPE_CHECKING:
    from wfw_eval.runs.execute import Outcome

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain lines, for screen readers and logs
    help="Independent evaluation of a co-production process.",
)

RunFileArgument = Annotated[
    str, typer.Argument(metavar="RUN_FILE", help="Run file, such as params/example.yaml.")
]
DataCutOption = Annotated[
    str | None, typer.Option(help="Date to look at the records as of, as YYYY-MM-DD.")
]


@app.command()
def check(run_file: RunFileArgument, data_cut: DataCutOption = None) -> None:
    """Check a run file and every record; list all problems at once."""
    from wfw_eval.params import load_run_file

    loaded = load_run_file(run_file, data_cut=data_cut)  # refused before pandas is imported
    from wfw_eval.evaluation import Evaluation

    problems = Evaluation(loaded).problems()
    if problems:
        raise InputError(problems)
    typer.echo("No problems found.")


@app.command()
def run(
    run_file: RunFileArgument,
    data_cut: DataCutOption = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Try it out: marked, not recorded as a release.")
    ] = False,
) -> None:
    """Execute the chapters and publish them as HTML and PDF."""
    from wfw_eval.runs.run import Progress
    from wfw_eval.runs.run import run as carry_out

    release = carry_out(run_file, data_cut, Progress(_say_started, _say_finished), draft=draft)
    typer.echo(f"{'Draft' if draft else 'Published'}: {shown(release / 'index.html')}")


@app.command()
def audit(run_file: RunFileArgument, data_cut: DataCutOption = None) -> None:
    """Attack what a run releases, with all earlier releases; exit 1 if a count is given away."""
    from wfw_eval.runs.run import audit_run

    found = audit_run(run_file, data_cut)
    typer.echo(f"{len(found.view.withheld)} of {len(found.released)} results are withheld.")
    for cell in sorted(found.audit.widths):
        low, high = found.audit.ranges.get(cell, (0, 0))
        typer.echo(f"  {cell}: a reader can say {low:,.0f} to {high:,.0f}")
    for one in found.audit.exposed:
        typer.echo(f"GIVEN AWAY: {one.cell}, {one.lower:,.0f} to {one.upper:,.0f}", err=True)
    if not found.audit.passed:
        raise typer.Exit(1)
    typer.echo(f"{len(found.audit.widths)} small counts attacked, none given away.")


@app.command()
def simulate(
    seed: Annotated[int, typer.Option(help="Seed; the same seed gives the same bytes.")] = 2023,
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("data_raw/example"),
) -> None:
    """Write the simulated worked example."""
    from wfw_eval.simulate import write_example

    for path in write_example(to, seed):
        typer.echo(str(path))


cli_records.register(app)


def main() -> None:
    """Run a command; a refusal is a message and an exit status, never a traceback.

    Exit status: 1 a chapter or run failed, 2 the input cannot be used.
    """
    try:
        app()
    except (WfwEvalError, OSError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, InputError) else 1)


def _say_started(name: str) -> None:
    typer.echo(f"{name}: running", nl=not sys.stdout.isatty())


def _say_finished(outcome: Outcome) -> None:
    lead = "\r" if sys.stdout.isatty() else ""
    state = "failed" if outcome.failure else "done"
    typer.echo(f"{lead}{outcome.name}: {state} in {outcome.seconds:.1f} s")
