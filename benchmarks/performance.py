"""Write ``docs/performance.md``: every case beside its peer (``make bench``)."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from benchmarks import cases
from benchmarks.timing import Case, Timed, measure

REPORT = Path(__file__).parents[1] / "docs" / "performance.md"

OPENING = """\
# Performance

Written by `make bench`. Ratios of one run: how many times longer the peer took on the same data,
the fastest of several turns each. Absolute times are of one machine ({machine}) and mean little
elsewhere. A dash stands where there is no peer, or it is not installed.
"""

HEADING = "| what | size | ours | peer | peer's time | ratio | aim | reached |\n" + "|---" * 8 + "|"


def main(families: list[str]) -> None:
    """Measure the families named, or all, and write the report when it is all."""
    timed = []
    for case in found():
        if not families or case.family in families:
            timed.append(measure(case))
            print(_row(timed[-1]), flush=True)
    if not families:
        REPORT.write_text(report(timed), encoding="utf-8")


def found() -> list[Case]:
    """Every case, module by module: each module of ``benchmarks.cases`` has ``CASES``."""
    modules = sorted(item.name for item in pkgutil.iter_modules(cases.__path__))
    return [
        case
        for name in modules
        for case in importlib.import_module(f"benchmarks.cases.{name}").CASES
    ]


def report(timed: Iterable[Timed]) -> str:
    """Return the page."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    parts = [OPENING.format(machine=machine)]
    for family, group in groupby(timed, lambda one: one.case.family):
        rows = "\n".join(_row(one) for one in group)
        parts.append(f"\n## {family.capitalize()}\n\n{HEADING}\n{rows}\n")
    return "".join(parts)


def _row(one: Timed) -> str:
    case, ratio = one.case, one.ratio
    cells = (
        case.name,
        case.size,
        _time(one.ours),
        case.peer_name or "-",
        "-" if one.peer is None else _time(one.peer),
        "-" if ratio is None else f"{ratio:.3g}×",
        "-" if case.aim is None else f"≥ {case.aim:g}×",
        "-" if ratio is None or case.aim is None else ("yes" if ratio >= case.aim else "**no**"),
    )
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


if __name__ == "__main__":
    main(sys.argv[1:])
