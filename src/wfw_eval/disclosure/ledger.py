"""What earlier releases said: a ledger that is only ever added to.

A second release of the same evaluation can be subtracted from the first, so each release is
decided over and audited together with those before it. The ledger holds withheld counts too,
which is why it is for its owner's eyes only. Each line carries the digest of the one before: a
line that was changed or lost is noticed, and nothing is released.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from wfw_eval.errors import InputError, Problem, shown

START = "start"

RESTORE = "Restore the ledger from a copy; without it an earlier release could be subtracted."


@dataclass(frozen=True)
class Entry:
    """One release, as counts.

    Attributes:
        evaluation: What is evaluated: council and period. Entries of others are no concern.
        run: Name of the run.
        data_cut: Day the records were looked at.
        shown: Counts that were published, by cell.
        withheld: Counts that were not.
        sums: Partitions of cells whose total a reader knows.
    """

    evaluation: str
    run: str
    data_cut: str
    shown: Mapping[str, int]
    withheld: Mapping[str, int] = field(default_factory=dict)
    sums: tuple[tuple[str, ...], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Every count, published or not."""
        return {**self.shown, **self.withheld}


def read_ledger(path: Path) -> list[Entry]:
    """Return the entries of a ledger, oldest first; none where there is no ledger.

    Raises:
        InputError: a line was changed, or lines are missing; says which.
    """
    return [_entry(line) for line in _lines(path)]


def add_entry(path: Path, entry: Entry) -> None:
    """Add a release, unless an earlier one said the same; the file is replaced as a whole.

    Raises:
        InputError: the ledger was changed.
    """
    lines = _lines(path)
    body = json.loads(json.dumps(asdict(entry)))
    if any(line["entry"] == body for line in lines):
        return
    before = lines[-1]["digest"] if lines else START
    lines.append({"before": before, "digest": _digest(before, body), "entry": body})
    _write(path, lines)


def head(path: Path) -> dict[str, Any]:
    """Return where the ledger stands: how many lines, and the digest of the last."""
    lines = _lines(path)
    return {"lines": len(lines), "digest": lines[-1]["digest"] if lines else START}


def check_head(path: Path, known: Mapping[str, Any]) -> None:
    """Refuse a ledger that no longer holds the line a release was recorded in.

    Raises:
        InputError: the line is missing or another.
    """
    lines = _lines(path)
    number = int(known["lines"])
    if number and (number > len(lines) or lines[number - 1]["digest"] != known["digest"]):
        raise _refused(path, number, "this line of the ledger is missing or was replaced")


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    before, lines = START, []
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, written in enumerate(text.splitlines(), start=1):
        line = _parsed(path, number, written)
        if line["before"] != before:
            raise _refused(path, number, "the line before this one was changed or taken out")
        if line["digest"] != _digest(before, line["entry"]):
            raise _refused(path, number, "this line was changed")
        before = line["digest"]
        lines.append(line)
    if text and not text.endswith("\n"):
        raise _refused(path, len(lines), "the last line is cut short")
    return lines


def _parsed(path: Path, number: int, written: str) -> dict[str, Any]:
    try:
        line = json.loads(written)
        _entry(line)
        _ = line["before"], line["digest"]
    except (ValueError, KeyError, TypeError):
        raise _refused(path, number, "this line cannot be read") from None
    return dict(line)


def _entry(line: Mapping[str, Any]) -> Entry:
    sums = tuple(tuple(cells) for cells in line["entry"]["sums"])
    return Entry(**{**line["entry"], "sums": sums})


def _digest(before: str, body: Any) -> str:
    text = json.dumps([before, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=".ledger-", delete=False
    ) as file:
        for line in lines:
            file.write(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)  # readable by its owner alone, as temporary files are


def _refused(path: Path, line: int, rule: str) -> InputError:
    return InputError([Problem(shown(path), line, None, None, rule, RESTORE)])
