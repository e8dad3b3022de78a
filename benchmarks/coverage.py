"""Write ``docs/coverage.md`` and its figure: how often each interval holds the truth.

``make coverage`` (some minutes); with names of families, only those are run and shown.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import scenarios
from benchmarks.simulation import HOLDS, RUNS, Coverage, Scenario, cover
from wfw_eval.metrics.catalogue import CATALOGUE

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "coverage.md"
FIGURE = ROOT / "docs" / "coverage.svg"

OPENING = """\
# How often the intervals hold the truth

Written by `make coverage`. For each line, {runs:,} data sets were drawn from a process whose true
value is known, and the 95 % interval was computed on each. "Inside" is the share of the intervals
that held the truth; a share between {low:.0%} and {high:.0%} is what a 95 % interval promises.
"Missed low" is the share that lay wholly below the truth. The error is of the simulation.
"Estimable" is the share of data sets that gave an interval at all; in the rest the metric said why
not. Where an interval misses the promise with 20 or more in the data, the docstring of its function
says so.

![Share of intervals that held the truth, by metric](coverage.svg)
"""

HEADING = (
    "| metric | data | n | truth | inside | error | missed low | missed high | estimable "
    "| as promised |\n" + "|---" * 10 + "|"
)


def families() -> list[str]:
    """Return the families that have scenarios."""
    return sorted(item.name for item in pkgutil.iter_modules(scenarios.__path__))


def scenarios_of(family: str) -> list[Scenario]:
    """Return the scenarios of a family."""
    module = importlib.import_module(f"benchmarks.scenarios.{family}")
    return list(module.SCENARIOS)


def fingerprint(family: str) -> str:
    """Return a digest of the code a family's shares rest on, blind to comments and docstrings."""
    importlib.import_module(f"benchmarks.scenarios.{family}")
    modules = {CATALOGUE[one.metric].function.__module__ for one in scenarios_of(family)}
    files = [ROOT / "src" / Path(*name.split(".")).with_suffix(".py") for name in sorted(modules)]
    files.append(ROOT / "benchmarks" / "scenarios" / f"{family}.py")
    code = "\n".join(_code(path) for path in files)
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def covered(family: str, numbers: Sequence[int]) -> list[Coverage]:
    """Run the scenarios of a family that stand at these places."""
    known = scenarios_of(family)
    return [cover(known[number]) for number in numbers]


def report(found: dict[str, list[Coverage]]) -> str:
    """Return the page."""
    low, high = HOLDS
    parts = [OPENING.format(runs=RUNS, low=low, high=high)]
    for family, coverages in found.items():
        rows = "\n".join(row(one) for one in coverages)
        parts.append(f"\n## {family.capitalize()}\n\n<!-- code {fingerprint(family)} -->\n\n")
        parts.append(f"{HEADING}\n{rows}\n")
    return "".join(parts)


def row(one: Coverage) -> str:
    """Return the line of one scenario."""
    scenario = one.scenario
    cells = (
        f"`{scenario.metric}`",
        scenario.data,
        f"{scenario.n:,}",
        f"{scenario.truth:.4g}",
        f"{one.inside:.3f}",
        f"{one.error:.3f}",
        f"{one.below:.3f}",
        f"{one.above:.3f}",
        f"{one.estimable:.3f}",
        "yes" if one.holds else "**no**",
    )
    return f"| {' | '.join(cells)} |"


def main(named: list[str]) -> None:
    """Run the families named, or all; write the page only when it is all."""
    found: dict[str, list[Coverage]] = {}
    with ProcessPoolExecutor() as pool:
        waiting = {
            family: [pool.submit(covered, family, [at]) for at in range(len(scenarios_of(family)))]
            for family in named or families()
        }
        for family, runs in waiting.items():
            found[family] = [one for run in runs for one in run.result()]
            print("\n".join(map(row, found[family])), flush=True)
    if not named:
        REPORT.write_text(report(found), encoding="utf-8")
        draw(found)


def draw(found: dict[str, list[Coverage]]) -> None:
    """Draw every share with its simulation error, metric by metric, against the promise."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "coverage"
    from matplotlib import pyplot as plt

    names = list(dict.fromkeys(one.scenario.metric for all_ in found.values() for one in all_))
    figure, axes = plt.subplots(figsize=(8, 0.24 * len(names) + 1.2), layout="constrained")
    axes.axvspan(*HOLDS, color="#dfe8f2", label="as promised")
    axes.axvline(0.95, color="#34506b", linewidth=0.8)
    for coverages in found.values():
        for one in coverages:
            small = one.scenario.n < 20
            axes.errorbar(
                one.inside, names.index(one.scenario.metric), xerr=2 * one.error, capsize=0,
                marker="o", markersize=4.5, linewidth=0.8, color="#34506b",
                markerfacecolor="white" if small else "#34506b",
            )  # fmt: skip
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel(
        "share of 95 % intervals that held the truth (hollow: fewer than 20 in the data)"
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(FIGURE, metadata={"Date": None})


def _code(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


if __name__ == "__main__":
    main(sys.argv[1:])
