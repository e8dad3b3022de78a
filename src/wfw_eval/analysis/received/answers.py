"""How far questions about people and families were answered, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from wfw_eval.analysis.reach.groups import SENSITIVE
from wfw_eval.analysis.rows import Cells, Rows, share_of_all
from wfw_eval.metrics.result import Result, not_estimable
from wfw_eval.records.people import UNDISCLOSED

METRIC = "M03"

#: Why there is no answer, as a reader meets it; the last is not a code but a missing row.
KINDS = {
    "unknown": "Not known",
    "prefer_not": "Preferred not to say",
    "not_asked": "Not asked",
    "no_record": "No record",
}

#: What each protected characteristic is called.
PROTECTED_LABELS = {
    "age": "Age",
    "disability": "Disability",
    "gender_reassignment": "Gender reassignment",
    "marriage_civil_partnership": "Marriage or civil partnership",
    "pregnancy_maternity": "Pregnancy or maternity",
    "race": "Race",
    "religion_belief": "Religion or belief",
    "sex": "Sex",
    "sexual_orientation": "Sexual orientation",
}

#: Characteristics to which the heightened threshold applies, about families and about people.
HEIGHTENED = SENSITIVE | {
    "disability",
    "gender_reassignment",
    "pregnancy_maternity",
    "religion_belief",
    "sexual_orientation",
}


def answer_rows(
    answers: pd.DataFrame, key: str, members: Iterable[str], labels: Mapping[str, str], of: str
) -> Rows:
    """Return one row per characteristic: the share answered, and the share of each kind of gap.

    Args:
        answers: Table ``family_characteristic`` or ``person_protected``.
        key: Column that says whom a row is about.
        members: Those who took part.
        labels: Characteristics in the order wanted, with what they are called.
        of: What is counted: families or people.

    Returns:
        Per characteristic: label, answered, and each of :data:`KINDS`. Nothing if nobody took
        part.
    """
    inside = {member for member in members if pd.notna(member)}
    given = answers[answers[key].isin(inside)]
    if not inside:
        return {}
    return {
        char: {
            "label": label,
            **_shares(char, given.loc[given["char"] == char, "value"], len(inside), of),
        }
        for char, label in labels.items()
    }


def answer_partitions(rows: Mapping[str, Cells], of: str) -> list[list[str]]:
    """Return the cells that add up to a total a reader knows.

    All of a row add up to those who took part. The kinds of gap alone add up to those who did
    not answer, a cell that the chapter on reach shows; such a list begins with its total.
    """
    return [
        cells
        for char in rows
        for answered in [f"{of}:{char}=disclosed"]
        for gaps in [[f"{of}:{char}={kind}" for kind in KINDS]]
        for none in [f"{of}:{char}=undisclosed"]
        for cells in ([f"= {none}", *gaps], [answered, *gaps], [answered, none])
    ]


def least_answered(
    rows: Mapping[str, Cells], may_show: Callable[[Result | str], Result | None]
) -> dict[str, Result]:
    """Name what the smallest share answered, among the shares that may be shown.

    Args:
        rows: Rows of :func:`answer_rows`.
        may_show: The chapter's disclosure policy.

    Returns:
        name (in words; several where they are level) and answered.
    """
    seen = {key: may_show(row["answered"]) for key, row in rows.items()}
    shares = {key: result for key, result in seen.items() if result and result.estimable}
    if not shares:
        none = not_estimable(METRIC, "proportion", "no share may be shown")
        return {"name": _words("nothing that may be printed"), "answered": none}
    lowest = min(shares.values(), key=_share)
    names = [_in_sentence(str(rows[key]["label"])) for key, result in shares.items()
             if _share(result) == _share(lowest)]  # fmt: skip
    return {"name": _words(", ".join(names)), "answered": lowest}


def _shares(char: str, values: pd.Series, n: int, of: str) -> dict[str, Result]:
    counts = {kind: int((values == kind).sum()) for kind in UNDISCLOSED}
    answered = len(values) - sum(counts.values())
    about: dict[str, Any] = {"sensitivity": "heightened" if char in HEIGHTENED else "standard"}
    cells = {"answered": answered, **counts, "no_record": n - len(values)}
    return {
        name: share_of_all(METRIC, count, n, of).about(cell=_cell(of, char, name), **about)
        for name, count in cells.items()
    }


def _cell(of: str, char: str, name: str) -> str:
    return f"{of}:{char}={'disclosed' if name == 'answered' else name}"


def _share(result: Result) -> float:
    return (result.count or 0) / (result.n or 1)


def _words(words: str) -> Result:
    return Result(metric="words", unit="text", value=words)


def _in_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]
