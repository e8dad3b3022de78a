"""Each area's share of the participants beside its share of the population."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from wfw_eval.chapters.blocks import Figure, Row
from wfw_eval.chapters.figures.cells import cell, ends, label, missing_words, number
from wfw_eval.chapters.figures.style import (
    BLUE,
    MID_GREY,
    MUTED,
    PAPER,
    SMALL,
    VERMILLION,
    beside,
    label_rows,
    legend_below,
    picture,
    rules_between_rows,
)


def area_share(figure: Figure) -> Picture:
    """Draw two shares a row, joined by a bar: population a square, participants a circle."""
    rows = figure.table.rows
    drawn = picture(0.42 * len(rows) + 1.5)
    axes = drawn.add_subplot()
    label_rows(axes, [label(row, 24) for row in rows])
    rules_between_rows(axes, len(rows))
    for place, row in enumerate(rows):
        _row(axes, place, row)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of all participants, and of the whole population")
    _headings(axes)
    legend_below(drawn, _legend(), columns=3)
    return drawn


def _row(axes: Axes, place: int, row: Row) -> None:
    participants, population = cell(row, "participants"), cell(row, "population")
    here, expected = number(participants), number(population)
    if here is not None and expected is not None:
        axes.plot(
            (here, expected),
            (place, place),
            color=MID_GREY,
            linewidth=6,
            zorder=2,
            solid_capstyle="butt",
        )
    if ends(participants) is not None:
        axes.plot(ends(participants), (place, place), color=BLUE, linewidth=1.8, zorder=3)
    if expected is not None:
        axes.plot(
            expected,
            place,
            "s",
            markersize=10,
            markerfacecolor=PAPER,
            markeredgecolor=VERMILLION,
            markeredgewidth=1.8,
            zorder=4,
        )
    if here is not None:
        axes.plot(here, place, "o", color=BLUE, markersize=7, zorder=5)
    beside(axes, place, missing_words(participants) or participants.text, fontsize=SMALL)
    _population(axes, place, population.text)


def _population(axes: Axes, place: float, words: str) -> None:
    axes.text(1.3, place, words, transform=axes.get_yaxis_transform(), va="center", fontsize=SMALL)


def _headings(axes: Axes) -> None:
    for across, words in ((1.03, "Participants"), (1.3, "Population")):
        axes.annotate(
            words,
            (across, 1),
            xycoords="axes fraction",
            xytext=(0, 4),
            textcoords="offset points",
            fontsize=SMALL,
            color=MUTED,
        )


def _legend() -> list[Artist]:
    return [
        Line2D(
            [],
            [],
            marker="o",
            color=BLUE,
            linewidth=1.8,
            markersize=7,
            label="Share of participants, 95% interval",
        ),
        Line2D(
            [],
            [],
            marker="s",
            linestyle="",
            markersize=9,
            markerfacecolor=PAPER,
            markeredgecolor=VERMILLION,
            markeredgewidth=1.8,
            label="Share of the population",
        ),
        Line2D([], [], color=MID_GREY, linewidth=6, label="Difference"),
    ]
