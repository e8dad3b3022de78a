"""The few exceptions of the package.

Every message names the thing, the place and the next step, so that the person who reads it
can act without reading code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class WfwEvalError(Exception):
    """Anything the package refuses, in words a user can act on."""


class ChapterError(WfwEvalError):
    """A chapter says something that no result stands behind, or cannot be shown."""


class RunError(WfwEvalError):
    """A run could not be carried out or completed."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input, with its place and what to do about it.

    Attributes:
        place: The file the problem is in.
        row: Row number as a spreadsheet shows it (the heading is row 1), or line of a run file.
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
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(self.column)
        found = "" if self.value is None else f" (found {self.value!r})"
        return f"{', '.join(where)}: {self.rule}{found}. {self.next_step}"


class InputError(WfwEvalError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(name: str, known: Sequence[str]) -> str:
    """Suggest the known name nearest to a mistyped one.

    >>> nearest("recrods", ["records", "reference"])
    "Did you mean 'records'?"
    >>> nearest("zzz", ["records", "reference"])
    'Known names: records, reference.'
    """
    matches = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean {matches[0]!r}?" if matches else f"Known names: {', '.join(known)}."
