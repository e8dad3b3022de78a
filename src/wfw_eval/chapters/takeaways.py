"""What a set of results amounts to, in words that change when the records do.

A takeaway title must stay true when an analysis is rerun, so its words are results too. They
are made only from what passed the disclosure gate.
"""

from __future__ import annotations

from collections.abc import Mapping

from wfw_eval.chapters.chapter import Chapter
from wfw_eval.chapters.record import Rows
from wfw_eval.chapters.words import Reading, listed, reading
from wfw_eval.metrics.result import Result

#: Readings of a participation ratio, by the short name prose uses.
READINGS: dict[str, Reading] = {
    "more": "more than its share",
    "less": "less than its share",
    "same": "about its share",
    "unclear": "not clear",
}


def ratio_readings(chapter: Chapter, rows: Rows, none: str) -> dict[str, Result]:
    """Name the groups or places by what their participation ratio says.

    Args:
        chapter: The chapter whose disclosure policy applies.
        rows: Rows with a ``label`` and a ``ratio``.
        none: Words for an empty list, such as "no area".

    Returns:
        Per reading, the names in a sentence's form, and how many there are.
    """
    named: dict[str, list[str]] = {name: [] for name in READINGS}
    for row in rows.values():
        seen = chapter.may_show(row["ratio"])
        for name, words in READINGS.items():
            if seen is not None and seen.estimable and reading(seen) == words:
                named[name].append(_inside_sentence(str(row.get("name", row["label"]))))
    return named_lists(named, none)


def named_lists(named: Mapping[str, list[str]], none: str) -> dict[str, Result]:
    """Turn lists of names into results: the names, and their number."""
    words = {name: Result(metric="words", unit="text", value=listed(names, none))
             for name, names in named.items()}  # fmt: skip
    counts = {f"{name}_count": Result(metric="words", unit="count", value=len(names), of="groups")
              for name, names in named.items()}  # fmt: skip
    return words | counts


def _inside_sentence(name: str) -> str:
    """Write a group's name as it stands inside a sentence; a place keeps its capital."""
    groups = ("Families ", "Lone-parent ", "Minority ethnic ", "Care-experienced ")
    return name[0].lower() + name[1:] if name.startswith(groups) else name
