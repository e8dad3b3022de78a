"""Each area's share of the participants beside its share of the population."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, ends, label, missing_words, number
from wfw_eval.chapters.figures.palette import BLUE, MID_GREY, PAPER, VERMILLION
from wfw_eval.chapters.figures.style import (
    above_words,
    beside,
    label_rows,
    legend_below,
    picture,
    rules_between_rows,
    wrapped,
)

PARTICIPANTS: dict[str, Any] = {"marker": "o", "color": BLUE, "markersize": 7}
INTERVAL: dict[str, Any] = {"color": BLUE, "linewidth": 1.8}
POPULATION: dict[str, Any] = {
    **{"marker": "s", "markersize": 10, "linestyle": ""},
    **{"markerfacecolor": PAPER, "markeredgecolor": VERMILLION, "markeredgewidth": 1.8},
}
#: Only leads the eye from one mark to the other, so it may be faint.
LINK: dict[str, Any] = {"color": MID_GREY, "linewidth": 6, "solid_capstyle": "butt"}

#: What the shares are called, unless an option of the same name calls them otherwise.
WORDS = {"population": "Share of population", "participants": "Share of participants"}
#: Points from the chart's edge to the two columns of words.
FIRST, SECOND = 10, 74


def area_share(figure: Figure) -> Picture:
    """Draw two shares a row, joined by a bar: population a square, participants a circle."""
    rows = figure.table.rows
    drawn = picture(0.4 * len(rows) + 1.4)
    axes = drawn.add_subplot()
    label_rows(axes, [label(row, 24) for row in rows])
    rules_between_rows(axes, len(rows))
    for place, row in enumerate(rows):
        _row(axes, place, row)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the total")
    population, participants = (str(figure.options.get(key, words)) for key, words in WORDS.items())
    above_words(axes, wrapped(population, 12), FIRST)
    above_words(axes, wrapped(participants, 12), SECOND)
    legend_below(drawn, _legend(population, participants))
    return drawn


def _row(axes: Axes, place: int, row: Row) -> None:
    participants, population = cell(row, "participants"), cell(row, "population")
    here, expected, interval = number(participants), number(population), ends(participants)
    if here is not None and expected is not None:
        axes.plot((here, expected), (place, place), zorder=2, **LINK)
    if interval is not None:
        axes.plot(interval, (place, place), zorder=3, **INTERVAL)
    if expected is not None:
        axes.plot(expected, place, zorder=4, **POPULATION)
    if here is not None:
        axes.plot(here, place, zorder=5, **PARTICIPANTS)
    beside(axes, place, population.text, FIRST)
    beside(axes, place, missing_words(participants) or participants.text, SECOND)


def _legend(population: str, participants: str) -> list[Artist]:
    look = {**INTERVAL, **PARTICIPANTS}
    return [
        Line2D([], [], **POPULATION, label=population),
        Line2D([], [], **look, label=f"{participants}, with its 95% interval"),
    ]
