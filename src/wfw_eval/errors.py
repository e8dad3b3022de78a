"""The few exceptions of the package.

Every message names the thing, the place and the next step, so that the person who reads it
can act without reading code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

#: Problems of one file and column that are listed before the rest are only counted.
LISTED = 20


class WfwEvalError(Exception):
    """Anything the package refuses, in words a user can act on."""


class ChapterError(WfwEvalError):
    """A chapter says something that no result stands behind, or cannot be shown."""


class DisclosureError(WfwEvalError):
    """A release would give somebody away."""


class RunError(WfwEvalError):
    """A run could not be carried out or completed."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input, with its place and what to do about it.

    Attributes:
        place: The file the problem is in.
        row: Row number as a spreadsheet shows it (the heading is row 1, a cell of several lines
            is still one row), or line of a run file.
        column: Column or key.
        value: The value found, as text.
        rule: What the value should have been.
        next_step: What the user can do.
    """

    place: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    next_step: str

    def __str__(self) -> str:
        where = [self.place]
        if self.row is not None:
            in_text = self.place.endswith((".yaml", ".yml"))
            where.append(f"{'line' if in_text else 'row'} {self.row}")
        if self.column is not None:
            where.append(self.column)
        found = "" if self.value is None else f" (found {self.value!r})"
        return f"{', '.join(where)}: {self.rule}{found}. {self.next_step}"


class InputError(WfwEvalError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(_listed(self.problems)))


def _listed(problems: Sequence[Problem]) -> list[str]:
    """List problems by file and column, and count the rest where there are very many."""
    groups: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.place, problem.column), []).append(problem)
    lines = [f"{len(problems):,} problem{'' if len(problems) == 1 else 's'}:"]
    for (place, column), group in groups.items():
        lines += [f"  {problem}" for problem in group[:LISTED]]
        if len(group) > LISTED:
            where = place if column is None else f"{place}, {column}"
            lines.append(f"  {where}: and {len(group) - LISTED:,} more like these")
    return lines


def closest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name nearest to a mistyped one, whatever its capitals.

    >>> closest("Recrods", ["records", "reference"])
    'records'
    """
    folded = {item.casefold(): item for item in known}
    matches = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def nearest(name: str, known: Sequence[str]) -> str:
    """Suggest the known name nearest to a mistyped one.

    >>> nearest("recrods", ["records", "reference"])
    "Did you mean 'records'?"
    >>> nearest("zzz", ["records", "reference"])
    'Known names: records, reference.'
    """
    match = closest(name, known)
    return f"Did you mean {match!r}?" if match else f"Known names: {', '.join(known)}."


def shown(path: Path) -> str:
    """Show a path as short as it can be from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
