"""How many people are left at each step."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, label, missing_words, number, withheld
from wfw_eval.chapters.figures.palette import BLUE, GREY, INK, MUTED, PAPER
from wfw_eval.chapters.figures.style import SMALL, label_rows, picture

#: Length of a withheld bar, as a share of the axis: always the same, so that it tells nothing.
STUB = 0.06


def funnel(figure: Figure) -> Picture:
    """Draw one bar a step, with the count and its share of the step before."""
    rows = figure.table.rows
    drawn = picture(0.52 * len(rows) + 0.8)
    axes = drawn.add_subplot()
    longest = max((number(cell(row, "people")) or 0 for row in rows), default=0) or 1
    label_rows(axes, [label(row) for row in rows])
    axes.set_xlim(0, longest)
    for place, row in enumerate(rows):
        _bar(axes, place, row, longest)
    axes.set_xlabel(f"Number of {figure.options.get('counted', 'people')}")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    return drawn


def _bar(axes: Axes, place: int, row: Row, longest: float) -> None:
    people = number(cell(row, "people"))
    if people is None:
        length = STUB * longest
        axes.barh(place, length, height=0.62, facecolor=PAPER, edgecolor=GREY, hatch="////")
    else:
        length = people
        axes.barh(place, length, height=0.62, color=BLUE, linewidth=0)
    axes.annotate(
        bar_words(row),
        (length, place),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        color=MUTED if people is None else INK,
    )


def bar_words(row: Row) -> str:
    """Return the words at the end of a step's bar."""
    people, share = cell(row, "people"), row.drawn.get("share")
    missing = missing_words(people)
    if missing is not None:
        return missing
    if share is None or (share.value is None and not withheld(share)):
        return people.text
    return f"{people.text} ({share.text} of the step before)"
