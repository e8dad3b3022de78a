"""Where releases of one evaluation are recorded, so that no two can be subtracted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wfw_eval.chapters.view import View
from wfw_eval.disclosure.ledger import Entry, add_entry, check_head, head, read_ledger
from wfw_eval.disclosure.primary import counts_people
from wfw_eval.disclosure.release_tables import cell_of
from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.metrics.result import Result
from wfw_eval.params import RunFile

#: One ledger for all runs of an outputs folder.
LEDGER = "ledger.jsonl"

#: In each run's restricted folder: the ledger's line that its release was recorded in.
RECORDED = "recorded.json"


@dataclass(frozen=True)
class Releases:
    """The releases of one evaluation.

    Attributes:
        ledger: The ledger's file.
        evaluation: Council and period.
        run: Name of this run.
        data_cut: Day the records are looked at.
    """

    ledger: Path
    evaluation: str
    run: str
    data_cut: str

    @classmethod
    def of(cls, run_file: RunFile) -> Releases:
        """Return the releases a run belongs to."""
        period = f"{run_file.period.start} to {run_file.period.end}"
        folder = run_file.folder("outputs")
        cut = run_file.data_cut.isoformat()
        return cls(folder / LEDGER, f"{run_file.council} {period}", run_file.name, cut)

    def earlier(self) -> list[Entry]:
        """Return the releases recorded so far.

        Raises:
            InputError: the ledger was changed or cut short, or it is gone.
        """
        for recorded in sorted(self.ledger.parent.glob(f"*/restricted/{RECORDED}")):
            check_head(self.ledger, _recorded(recorded))
        return [entry for entry in read_ledger(self.ledger) if entry.evaluation == self.evaluation]

    def record(self, view: View, partitions: Sequence[tuple[str, ...]], restricted: Path) -> None:
        """Record a release, before anybody can read it."""
        counts = [_counts(view, seen) for seen in (True, False)]
        withheld = {cell: count for cell, count in counts[1].items() if cell not in counts[0]}
        add_entry(
            self.ledger,
            Entry(self.evaluation, self.run, self.data_cut, counts[0], withheld, tuple(partitions)),
        )
        (restricted / RECORDED).write_text(json.dumps(head(self.ledger)) + "\n", encoding="utf-8")


def _counts(view: View, seen: bool) -> dict[str, int]:
    """Return the counts of people that are shown, or those that are withheld, by cell."""
    return {
        cell_of(address, result): int(result.count or 0)
        for address, result in view.results.items()
        if _is_count(result) and (address not in view.withheld) == seen
    }


def _is_count(result: Result) -> bool:
    return counts_people(result) and result.count is not None


def _recorded(path: Path) -> Mapping[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        _ = int(found["lines"]), str(found["digest"])
    except (ValueError, KeyError, TypeError):
        rule = "does not say where the release was recorded"
        step = "Restore it from a copy."
        raise InputError([Problem(shown(path), None, None, None, rule, step)]) from None
    return dict(found)
