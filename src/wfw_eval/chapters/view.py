"""What may be seen of a set of results: words and numbers after the disclosure gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wfw_eval.chapters.prose import Number, Reference, Words, parts
from wfw_eval.chapters.record import Stored
from wfw_eval.chapters.words import Form, shown
from wfw_eval.disclosure.gate import WITHHELD_MARK, decide
from wfw_eval.disclosure.ledger import Entry
from wfw_eval.disclosure.primary import Reason
from wfw_eval.errors import ChapterError
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy


@dataclass(frozen=True)
class View:
    """Results by address, and which of them are withheld.

    Attributes:
        results: Every result, unsuppressed; nothing outside this class reads a withheld one.
        withheld: Withheld addresses with the reason.
    """

    results: Mapping[str, Result]
    withheld: Mapping[str, Reason] = field(default_factory=dict)

    def text(self, address: str, form: Form = "value") -> str:
        """Return the words for an address, or the withheld mark.

        Raises:
            ChapterError: no result has the address.
        """
        if address not in self.results:
            raise ChapterError(
                f"no result has the address '{address}'. Register it with "
                "chapter.results, chapter.table or chapter.figure first."
            )
        return WITHHELD_MARK if address in self.withheld else shown(self.results[address], form)

    def result(self, address: str) -> Result | None:
        """Return the result behind an address, or None if it is withheld."""
        return None if address in self.withheld else self.results[address]

    def plain(self, template: str, chapter: str) -> str:
        """Fill a template in as plain text, as alt texts and captions need it."""
        return "".join(self._part(part) for part in parts(template, chapter))

    def _part(self, part: Words | Number | Reference) -> str:
        return self.text(part.address, part.form) if isinstance(part, Number) else part.text


def gated(stored: list[Stored], policy: DisclosurePolicy, earlier: Sequence[Entry] = ()) -> View:
    """Decide over everything that is released together, and return what may be seen.

    Args:
        stored: Everything of the release.
        policy: Thresholds.
        earlier: What earlier releases of the same evaluation said.
    """
    results = {address: result for item in stored for address, result in item.results.items()}
    return View(results, decide(results, partitions_of(stored), policy, earlier))


def partitions_of(stored: Iterable[Stored]) -> list[tuple[str, ...]]:
    """Return the lists of cells that add up to a total, each once."""
    return list(dict.fromkeys(tuple(cells) for item in stored for cells in item.partitions))
