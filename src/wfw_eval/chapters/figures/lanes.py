"""The lanes of a timeline's row: which dates it has, and how each kind of dates looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from wfw_eval.chapters.blocks import Row
from wfw_eval.chapters.figures.cells import day, withheld
from wfw_eval.chapters.figures.palette import BLUE, GREEN, INK, PAPER, VERMILLION

#: Inches: the height of a lane, and of a bar in it.
LANE, BAR = 0.19, 0.15
#: A bar of fewer days is too thin to see, and is drawn as a square.
SHORT = 8

Dates = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Lane:
    """One kind of dates: the cells they are in, its name in the legend, and its look.

    Attributes:
        first: Cell of the first day.
        last: Cell of the last day.
        words: What the legend calls it.
        look: Properties of a bar, or of a line if they name a marker.
    """

    first: str
    last: str
    words: str
    look: dict[str, Any]

    def dates(self, row: Row) -> Dates | None:
        """Return the row's first and last day; one that is missing is taken from the other."""
        first, last = day(row.drawn.get(self.first)), day(row.drawn.get(self.last))
        known = [each for each in (first, last) if each is not None]
        return (known[0], known[-1]) if known else None

    def withheld(self, row: Row) -> bool:
        """Say whether either day is withheld."""
        return any(withheld(row.drawn.get(key)) for key in (self.first, self.last))

    def draw(self, axes: Axes, dates: Dates, height: float) -> None:
        """Draw the dates at a height of the chart."""
        start, end = dates[0].toordinal(), dates[1].toordinal()
        # A bar covers its last day; a line has its dots in the middle of first and last.
        days = end + 1 - start
        if "marker" in self.look:
            axes.plot((start + 0.5, end + 0.5), (height, height), zorder=4, **self.look)
        elif days < SHORT:
            axes.plot(start + days / 2, height, "s", markersize=7, zorder=3, **_square(self.look))
        else:
            axes.barh(height, days, left=start, height=BAR, zorder=3, **self.look)

    def sample(self) -> Artist:
        """Return the lane's mark for the legend."""
        if "marker" in self.look:
            return Line2D([], [], label=self.words, **self.look)
        return Patch(label=self.words, **self.look)


PLANNED = Lane(
    "planned_start",
    "planned_end",
    "Planned (a square: a week or less)",
    {"facecolor": BLUE, "edgecolor": BLUE, "linewidth": 0},
)
LITERAL = Lane(
    "literal_start",
    "literal_end",
    "Planned, dates as literally written",
    {"facecolor": PAPER, "edgecolor": VERMILLION, "hatch": "/////", "linewidth": 1.1},
)
RECORDED = Lane(
    "recorded_first",
    "recorded_last",
    "Activity in the session records",
    {"marker": "o", "color": INK, "linewidth": 1.6, "markersize": 5.5},
)
PUBLISHED = Lane(
    "actual_start",
    "actual_end",
    "Carried out, as published",
    {"marker": "D", "color": GREEN, "linewidth": 1.6, "markersize": 5.5},
)
LANES = (PLANNED, LITERAL, RECORDED, PUBLISHED)


def lanes(row: Row) -> list[tuple[Lane, Dates | None]]:
    """Return the row's lanes with their dates; a withheld lane stays, without dates.

    The literal reading has a lane only where it differs from the plan.
    """
    found: list[tuple[Lane, Dates | None]] = []
    for lane in LANES:
        dates = None if lane.withheld(row) else lane.dates(row)
        again = lane is LITERAL and dates == PLANNED.dates(row)
        if lane.withheld(row) or (dates is not None and not again):
            found.append((lane, dates))
    return found


def _square(look: dict[str, Any]) -> dict[str, Any]:
    return {"markerfacecolor": look["facecolor"], "markeredgecolor": look["edgecolor"]}
