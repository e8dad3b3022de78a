"""Every drawing draws, the same each time, legibly, and shows nothing that was withheld."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.text import Text
from PIL import Image

from wfw_eval.chapters.blocks import Cell, Figure, Row, Table
from wfw_eval.chapters.figures import DRAWINGS, draw
from wfw_eval.chapters.figures.style import (
    BLUES,
    DPI,
    MARKS,
    PAPER,
    SMALL,
    TEXT_ON,
    WIDTH,
    contrast,
    house_style,
    readable_on,
)
from wfw_eval.errors import ChapterError

BOUNDARIES = Path(__file__).parents[2] / "shared" / "reference" / "fife_area_committees.geojson"
needs_boundaries = pytest.mark.skipif(
    not BOUNDARIES.is_file(),
    reason=f"the boundaries are not part of the package; expected in {BOUNDARIES}",
)

WITHHELD = Cell("[c]", "04/withheld")
UNKNOWN = Cell("[z]", "04/unknown")

AREAS = {
    "north_east_fife": ("North East Fife", (3, 0)),
    "cowdenbeath": ("Cowdenbeath", (1, 1)),
    "glenrothes": ("Glenrothes", (2, 1)),
    "levenmouth": ("Levenmouth", (3, 1)),
    "south_and_west_fife": ("South and West Fife", (0, 2)),
    "city_of_dunfermline": ("City of Dunfermline", (1, 2)),
    "kirkcaldy": ("Kirkcaldy", (2, 2)),
}
TILES = {key: list(place) for key, (_, place) in AREAS.items()}


def ratio(value: float, lower: float, upper: float) -> Cell:
    return Cell(f"{value:.2f}", None, value, lower, upper, "confidence")


def bounds(lower: float, upper: float) -> Cell:
    return Cell(f"{lower:.2f} to {upper:.2f}", None, None, lower, upper, "bounds")


def share(value: float, lower: float | None = None, upper: float | None = None) -> Cell:
    return Cell(f"{value:.0%}", None, value, lower, upper, "confidence")


def count(value: int) -> Cell:
    return Cell(f"{value:,}", None, value)


def day(iso: str) -> Cell:
    date = dt.date.fromisoformat(iso)
    return Cell(f"{date:%d %B %Y}", None, date)


def words(text: str) -> Cell:
    return Cell(text, None, text)


def figure(drawing: str, rows: Mapping[str, Mapping[str, Cell]], **options: Any) -> Figure:
    """Return a figure as the page hands it to a drawing."""
    drawn = tuple(Row(key, (), cells) for key, cells in rows.items())
    table = Table(None, "t", "A caption", (), (), drawn, (), ())
    return Figure(1, f"figure-{drawing}", "A takeaway", "What it shows", drawing, options, table, ())


RATIOS = [
    ratio(1.64, 1.39, 1.89), ratio(0.97, 0.85, 1.1), ratio(0.41, 0.2, 0.74), WITHHELD,
    ratio(1.31, 0.92, 1.8), UNKNOWN, bounds(0.5, 1.7),
]


def plan(label: str, *dates: str | None, **more: Cell) -> dict[str, Cell]:
    named = zip(("planned_start", "planned_end", "literal_start", "literal_end"), dates,
                strict=False)
    return {"label": words(label), **{key: day(iso) for key, iso in named if iso}, **more}


def a_gantt() -> Figure:
    recorded = {"recorded_first": day("2023-08-14"), "recorded_last": day("2024-05-20")}
    published = {"actual_start": day("2023-01-01"), "actual_end": day("2024-06-30")}
    rows = [
        plan("The whole project", "2023-01-01", "2024-03-31", **published),
        plan("Introductory workshop for partners", "2023-01-19", "2023-01-19"),
        plan("Overarching grant to Fife Voluntary Action confirmed", "2023-01-01", "2023-01-31"),
        plan("Partners invited to apply", "2023-02-01", "2023-02-28"),
        plan("Independent evaluation commissioned", planned_start=UNKNOWN, planned_end=UNKNOWN),
        plan("Applications close", "2023-03-20", "2023-03-20", "2023-03-20", "2023-03-20"),
        plan("Proposals assessed by a panel", "2023-03-01", "2023-03-31"),
        plan("Chosen partners announced", "2023-04-01", "2023-04-30"),
        plan("First meetings of the oversight group", "2023-04-01", "2023-04-30",
             recorded_first=day("2023-05-03"), recorded_last=day("2023-05-03")),
        plan("Training, mapping and co-designing the wider activities", "2023-05-01",
             "2023-06-30", recorded_first=WITHHELD, recorded_last=WITHHELD),
        plan("Co-production and engagement with the wider community", "2023-07-01", "2023-10-31",
             "2023-07-01", "2024-10-31", **recorded),
        plan("Findings and recommendations written", "2023-11-01", "2024-01-31",
             recorded_first=day("2024-03-04"), recorded_last=day("2024-04-29")),
        plan("First findings presented for comment", "2024-02-01", "2024-02-29"),
        plan("Final recommendations presented", "2024-03-01", "2024-03-31",
             recorded_first=day("2024-06-12"), recorded_last=day("2024-06-12")),
    ]
    marks = [{"date": "2024-03-31", "label": "Planned end, 31 March 2024"},
             {"date": "2024-06-30", "label": "Published end, 30 June 2024"}]
    return figure("gantt", {f"t{place}": row for place, row in enumerate(rows)}, marks=marks)


def a_ratio_forest() -> Figure:
    groups = {
        "Lone parents": (ratio(1.64, 1.39, 1.89), bounds(1.2, 2.6)),
        "Families with a disabled adult or child": (ratio(0.97, 0.85, 1.1), bounds(0.6, 1.5)),
        "Families with three or more children": (ratio(0.62, 0.4, 0.79), bounds(0.5, 1.0)),
        "Minority ethnic families": (WITHHELD, WITHHELD),
        "Families with a child under one": (bounds(0.5, 1.4), bounds(0.3, 2.2)),
        "Mothers aged under 25": (ratio(0.0, 0.0, 0.9), bounds(0.0, 1.9)),
        "Families in the most deprived fifth of areas": (ratio(1.31, 0.92, 1.8), UNKNOWN),
        "Families in remote rural areas": (UNKNOWN, UNKNOWN),
    }
    return figure("ratio_forest", {
        f"g{place}": {"label": words(label), "ratio": value, "undisclosed": band}
        for place, (label, (value, band)) in enumerate(groups.items())
    })


def a_funnel() -> Figure:
    steps = {
        "Invited by a partner organisation": (count(1384), UNKNOWN),
        "Came to at least one session": (count(1121), share(0.81, 0.79, 0.83)),
        "Came to three sessions or more": (count(312), share(0.28, 0.25, 0.31)),
        "Helped to write the recommendations": (WITHHELD, WITHHELD),
        "Was told what became of them": (count(14), WITHHELD),
    }
    return figure("funnel", {
        f"s{place}": {"label": words(label), "people": people, "share": of_before}
        for place, (label, (people, of_before)) in enumerate(steps.items())
    })


def an_area_share() -> Figure:
    shares = [
        (share(0.14, 0.11, 0.18), 0.2), (share(0.11, 0.08, 0.15), 0.11),
        (share(0.21, 0.17, 0.25), 0.135), (share(0.19, 0.15, 0.23), 0.1), (WITHHELD, 0.135),
        (share(0.12, 0.09, 0.16), 0.16), (UNKNOWN, 0.16),
    ]
    return figure("area_share", {
        key: {"label": words(label), "participants": here, "population": share(expected)}
        for (key, (label, _)), (here, expected) in zip(AREAS.items(), shares, strict=True)
    })


def area_ratios() -> dict[str, dict[str, Cell]]:
    return {key: {"label": words(label), "ratio": value}
            for (key, (label, _)), value in zip(AREAS.items(), RATIOS, strict=True)}


def a_tile_map() -> Figure:
    return figure("tile_map", area_ratios(), tiles=TILES)


def a_boundary_map(file: Path = BOUNDARIES) -> Figure:
    return figure("boundary_map", area_ratios(), geojson=str(file), name_property="area_committee")


def a_kept_lost() -> Figure:
    commitments = {
        "Co-produce a review of the support that exists, at all three levels": (4, 3),
        "Recommendations for planning, commissioning and design": (6, 0),
        "Lessons on what makes co-production work": (0, 5),
        "Train people in good models": (3, 1),
        "Help priority families to be heard, in town and country": (2, 2),
    }
    return figure("kept_lost", {
        f"c{place}": {"label": words(label), "kept": count(kept), "lost": count(lost)}
        for place, (label, (kept, lost)) in enumerate(commitments.items())
    } | {"c9": {"label": words("A risk register"), "kept": UNKNOWN, "lost": UNKNOWN}})


def a_criterion_matrix() -> Figure:
    texts = {"in_2_2": "Proposal, clause 2.2", "in_w8": "Web page, statement 8",
             "in_w9": "Web page, statement 9"}
    criteria = {
        "Who takes part is named by role": "yes no yes", "Everybody takes part": "no yes no",
        "Those who decide are named": "yes no no",
        "Children and young people are named as people who decide": "no no yes",
        "Lived experience counts as much as professional knowledge": "yes yes [z]",
    }
    return figure("criterion_matrix", {
        f"k{place}": {"label": words(label),
                      **{key: words(answer) for key, answer in
                         zip(texts, answers.split(), strict=True)}}
        for place, (label, answers) in enumerate(criteria.items())
    }, columns=texts)


def a_count_matrix() -> Figure:
    kinds = {
        "Contradiction": (3, 2, 0), "Drift from the proposal to the web page": (5, 4, 1),
        "Gap": (9, 12, 4), "Tension": (1, 2, 0), "Question of independence": (2, 0, 0),
    }
    rows = {
        label: {"label": words(label), "high": count(high), "medium": count(medium),
                "low": count(low)}
        for label, (high, medium, low) in kinds.items()
    }
    rows["Tension"]["low"] = WITHHELD
    return figure("count_matrix", rows, counted="discrepancies", columns={
        "high": "High materiality", "medium": "Medium materiality", "low": "Low materiality"})


EXAMPLES = {
    "area_share": an_area_share, "boundary_map": a_boundary_map, "count_matrix": a_count_matrix,
    "criterion_matrix": a_criterion_matrix, "funnel": a_funnel, "gantt": a_gantt,
    "kept_lost": a_kept_lost, "ratio_forest": a_ratio_forest, "tile_map": a_tile_map,
}
