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
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Picture
from matplotlib.text import Text
from PIL import Image

from wfw_eval.chapters.blocks import Cell, Figure, Row, Table
from wfw_eval.chapters.figures import DRAWINGS, draw
from wfw_eval.chapters.figures.funnel import STUB, bar_words
from wfw_eval.chapters.figures.geometry import outline, roomiest
from wfw_eval.chapters.figures.lanes import LITERAL, PLANNED, PUBLISHED, RECORDED, lanes
from wfw_eval.chapters.figures.palette import (
    BLUES,
    MARKS,
    PAPER,
    TEXT_ON,
    contrast,
    readable_on,
)
from wfw_eval.chapters.figures.ratio_forest import Scale
from wfw_eval.chapters.figures.shares import ABOUT, LESS, MORE, ShareClass, share_class
from wfw_eval.chapters.figures.shares import UNKNOWN as NOT_KNOWN
from wfw_eval.chapters.figures.shares import WITHHELD as HIDDEN
from wfw_eval.chapters.figures.style import DPI, SMALL, WIDTH, house_style
from wfw_eval.chapters.maps import read_shapes
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


def figure(kind: str, rows: Mapping[str, Mapping[str, Cell]], **options: Any) -> Figure:
    """Return a figure as the page hands it to a drawing."""
    drawn = tuple(Row(key, (), cells) for key, cells in rows.items())
    table = Table(None, "t", "A caption", (), (), drawn, (), ())
    return Figure(1, f"figure-{kind}", "A takeaway", "What it shows", kind, options, table, ())


RATIOS = [
    ratio(1.64, 1.39, 1.89),
    ratio(0.97, 0.85, 1.1),
    ratio(0.41, 0.2, 0.74),
    WITHHELD,
    ratio(1.31, 0.92, 1.8),
    UNKNOWN,
    bounds(0.5, 1.7),
]


def plan(label: str, *dates: str | None, **more: Cell) -> dict[str, Cell]:
    named = zip(
        ("planned_start", "planned_end", "literal_start", "literal_end"), dates, strict=False
    )
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
        plan(
            "First meetings of the oversight group",
            "2023-04-01",
            "2023-04-30",
            recorded_first=day("2023-05-03"),
            recorded_last=day("2023-05-03"),
        ),
        plan(
            "Training, mapping and co-designing the wider activities",
            "2023-05-01",
            "2023-06-30",
            recorded_first=WITHHELD,
            recorded_last=WITHHELD,
        ),
        plan(
            "Co-production and engagement with the wider community",
            "2023-07-01",
            "2023-10-31",
            "2023-07-01",
            "2024-10-31",
            **recorded,
        ),
        plan(
            "Findings and recommendations written",
            "2023-11-01",
            "2024-01-31",
            recorded_first=day("2024-03-04"),
            recorded_last=day("2024-04-29"),
        ),
        plan("First findings presented for comment", "2024-02-01", "2024-02-29"),
        plan(
            "Final recommendations presented",
            "2024-03-01",
            "2024-03-31",
            recorded_first=day("2024-06-12"),
            recorded_last=day("2024-06-12"),
        ),
    ]
    marks = [
        {"date": "2024-03-31", "label": "Planned end, 31 March 2024"},
        {"date": "2024-06-30", "label": "Published end, 30 June 2024"},
    ]
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
    return figure(
        "ratio_forest",
        {
            f"g{place}": {"label": words(label), "ratio": value, "undisclosed": band}
            for place, (label, (value, band)) in enumerate(groups.items())
        },
    )


def a_funnel() -> Figure:
    steps = {
        "Invited by a partner organisation": (count(1384), UNKNOWN),
        "Came to at least one session": (count(1121), share(0.81, 0.79, 0.83)),
        "Came to three sessions or more": (count(312), share(0.28, 0.25, 0.31)),
        "Helped to write the recommendations": (WITHHELD, WITHHELD),
        "Was told what became of them": (count(14), WITHHELD),
    }
    return figure(
        "funnel",
        {
            f"s{place}": {"label": words(label), "people": people, "share": of_before}
            for place, (label, (people, of_before)) in enumerate(steps.items())
        },
    )


def an_area_share() -> Figure:
    shares = [
        (share(0.14, 0.11, 0.18), 0.2),
        (share(0.11, 0.08, 0.15), 0.11),
        (share(0.21, 0.17, 0.25), 0.135),
        (share(0.19, 0.15, 0.23), 0.1),
        (WITHHELD, 0.135),
        (share(0.12, 0.09, 0.16), 0.16),
        (UNKNOWN, 0.16),
    ]
    return figure(
        "area_share",
        {
            key: {"label": words(label), "participants": here, "population": share(expected)}
            for (key, (label, _)), (here, expected) in zip(AREAS.items(), shares, strict=True)
        },
    )


def area_ratios() -> dict[str, dict[str, Cell]]:
    return {
        key: {"label": words(label), "ratio": value}
        for (key, (label, _)), value in zip(AREAS.items(), RATIOS, strict=True)
    }


def a_tile_map() -> Figure:
    return figure("tile_map", area_ratios(), tiles=TILES)


def square(column: float, row: float, side: float = 1.0) -> list[list[float]]:
    """Return a closed ring, somewhere in Fife."""
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [[-3.7 + 0.3 * (column + side * x), 56.5 - 0.15 * (row + side * y)] for x, y in corners]


def a_boundary_map() -> Figure:
    squares = {key: [[square(*place)]] for key, (_, place) in AREAS.items()}
    return figure("boundary_map", area_ratios(), shapes=squares)


def a_true_map() -> Figure:
    shapes = read_shapes(BOUNDARIES, [label for label, _ in AREAS.values()])
    return figure("boundary_map", area_ratios(), shapes=shapes)


def a_kept_lost() -> Figure:
    commitments = {
        "Co-produce a review of the support that exists, at all three levels": (4, 3),
        "Recommendations for planning, commissioning and design": (6, 0),
        "Lessons on what makes co-production work": (0, 5),
        "Train people in good models": (3, 1),
        "Help priority families to be heard, in town and country": (2, 2),
    }
    return figure(
        "kept_lost",
        {
            f"c{place}": {"label": words(label), "kept": count(kept), "lost": count(lost)}
            for place, (label, (kept, lost)) in enumerate(commitments.items())
        }
        | {"c9": {"label": words("A risk register"), "kept": UNKNOWN, "lost": UNKNOWN}},
    )


def a_criterion_matrix() -> Figure:
    texts = {
        "in_2_2": "Proposal, clause 2.2",
        "in_w8": "Web page, statement 8",
        "in_w9": "Web page, statement 9",
    }
    criteria = {
        "Who takes part is named by role": "yes no yes",
        "Everybody takes part": "no yes no",
        "Those who decide are named": "yes no no",
        "Children and young people are named as people who decide": "no no yes",
        "Lived experience counts as much as professional knowledge": "yes yes [z]",
    }
    return figure(
        "criterion_matrix",
        {
            f"k{place}": {
                "label": words(label),
                **{key: words(answer) for key, answer in zip(texts, answers.split(), strict=True)},
            }
            for place, (label, answers) in enumerate(criteria.items())
        },
        grid=[list(pair) for pair in texts.items()],
    )


def a_count_matrix() -> Figure:
    kinds = {
        "Contradiction": (3, 2, 0),
        "Drift from the proposal to the web page": (5, 4, 1),
        "Gap": (9, 12, 4),
        "Tension": (1, 2, 0),
        "Question of independence": (2, 0, 0),
    }
    rows = {
        label: {
            "label": words(label),
            "high": count(high),
            "medium": count(medium),
            "low": count(low),
        }
        for label, (high, medium, low) in kinds.items()
    }
    rows["Tension"]["low"] = WITHHELD
    return figure(
        "count_matrix",
        rows,
        counted="discrepancies",
        grid=[
            ["high", "High materiality"],
            ["medium", "Medium materiality"],
            ["low", "Low materiality"],
        ],
    )


EXAMPLES = {
    "area_share": an_area_share,
    "boundary_map": a_boundary_map,
    "count_matrix": a_count_matrix,
    "criterion_matrix": a_criterion_matrix,
    "funnel": a_funnel,
    "gantt": a_gantt,
    "kept_lost": a_kept_lost,
    "ratio_forest": a_ratio_forest,
    "tile_map": a_tile_map,
}


@pytest.fixture(params=sorted(EXAMPLES))
def example(request: pytest.FixtureRequest) -> Figure:
    return EXAMPLES[request.param]()


def drawn(figure: Figure) -> Picture:
    """Return the picture, laid out as it will be saved."""
    with house_style(figure.anchor):
        picture = DRAWINGS[figure.drawing](figure)
        FigureCanvasAgg(picture)
        picture.draw_without_rendering()
        picture.draw_without_rendering()
    return picture


def written(picture: Picture) -> list[Text]:
    """Return every piece of text in a picture."""
    texts = picture.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible())
    return [text for text in texts if text.get_text().strip()]


def fingerprints() -> dict[str, str]:
    """Return a hash of every example in both forms."""
    return {
        f"{name}.{form}": hashlib.sha256(draw(make(), form)).hexdigest()
        for name, make in EXAMPLES.items()
        for form in ("svg", "png")
    }


def test_every_drawing_has_an_example() -> None:
    assert set(EXAMPLES) == set(DRAWINGS)


def test_an_svg_is_safe_and_needs_no_fonts(example: Figure) -> None:
    svg = draw(example, "svg")
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert "path" in names
    assert not names & {"text", "script", "image", "foreignObject"}
    assert b"<script" not in svg and b"matplotlib.org" not in svg.partition(b"<svg")[2]


def test_a_png_has_the_width_of_the_page(example: Figure) -> None:
    with Image.open(io.BytesIO(draw(example, "png"))) as image:
        assert image.width == round(WIDTH * DPI)
        assert image.height == pytest.approx(drawn(example).get_figheight() * DPI, abs=1)
        assert not image.text


def test_the_same_figure_gives_the_same_bytes_in_any_process() -> None:
    program = "import json, test_figures; print(json.dumps(test_figures.fingerprints()))"
    environment = {**os.environ, "PYTHONHASHSEED": "1234", "PYTHONPATH": str(Path(__file__).parent)}
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    assert json.loads(elsewhere.stdout) == fingerprints()


def test_what_a_notebook_set_changes_nothing_and_is_left_alone() -> None:
    before = draw(a_funnel(), "svg")
    with matplotlib.rc_context({"font.size": 30, "figure.dpi": 30, "svg.fonttype": "none"}):
        assert draw(a_funnel(), "svg") == before
        assert matplotlib.rcParams["font.size"] == 30


def test_nothing_written_is_cut_off_or_covers_anything_else(example: Figure) -> None:
    assert_legible(drawn(example))


@needs_boundaries
def test_true_boundaries_are_legible() -> None:
    assert_legible(drawn(a_true_map()))


def assert_legible(picture: Picture) -> None:
    inks = {ink for ink, _ in TEXT_ON}
    boxes = {}
    for text in written(picture):
        box = text.get_window_extent()
        assert picture.bbox.x0 <= box.x0 and box.x1 <= picture.bbox.x1, text
        assert picture.bbox.y0 <= box.y0 and box.y1 <= picture.bbox.y1, text
        assert text.get_fontsize() >= SMALL and to_hex(text.get_color()).upper() in inks, text
        boxes[text] = box.padded(-1)
    for one, other in itertools.combinations(boxes, 2):
        assert not boxes[one].overlaps(boxes[other]), (one.get_text(), other.get_text())


def test_colours_stand_out_far_enough_to_be_read_and_seen() -> None:
    for ink, fill in [*TEXT_ON, *((readable_on(fill), fill) for fill in BLUES)]:
        assert contrast(ink, fill) >= 4.5, (ink, fill)
    for colour in MARKS:
        assert contrast(colour, PAPER) >= 3, colour


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # As the WebAIM contrast checker shows them, to two digits.
        ("#777777", "#FFFFFF", 4.48),
        ("#000000", "#FFFFFF", 21.0),
        ("#0000FF", "#FFFFFF", 8.59),
    ],
)
def test_contrast_agrees_with_a_published_checker(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


def withheld_rows(figure: Figure) -> list[Row]:
    return [row for row in figure.table.rows if WITHHELD in row.drawn.values()]


def test_a_withheld_cell_is_marked(example: Figure) -> None:
    marks = [text for text in written(drawn(example)) if "[c]" in text.get_text()]
    assert bool(marks) == bool(withheld_rows(example))


def with_cells(figure: Figure, key: str, **cells: Cell) -> Figure:
    """Return the figure with other cells in one row."""
    rows = tuple(
        replace(row, drawn={**row.drawn, **cells}) if row.key == key else row
        for row in figure.table.rows
    )
    return replace(figure, table=replace(figure.table, rows=rows))


@pytest.mark.parametrize(
    ("figure", "row", "hidden", "beside"),
    [
        (a_ratio_forest(), "g3", {"ratio": WITHHELD}, {"undisclosed": bounds(0.1, 9.0)}),
        (a_funnel(), "s3", {"people": WITHHELD}, {"share": share(0.02, 0.01, 0.03)}),
        (a_gantt(), "t9", {"recorded_first": WITHHELD}, {"recorded_last": day("2031-05-01")}),
    ],
    ids=["ratio_forest", "funnel", "gantt"],
)
def test_what_stands_beside_a_withheld_number_cannot_betray_it(
    figure: Figure,
    row: str,
    hidden: Mapping[str, Cell],
    beside: Mapping[str, Cell],
) -> None:
    closed = with_cells(figure, row, **hidden, **dict.fromkeys(beside, WITHHELD))
    assert draw(with_cells(figure, row, **hidden, **beside), "svg") == draw(closed, "svg")


def test_the_length_of_a_withheld_bar_depends_only_on_the_longest_bar() -> None:
    bars = drawn(a_funnel()).axes[0].patches
    assert [bar.get_width() for bar in bars] == [1384, 1121, 312, STUB * 1384, 14]


def test_a_funnel_says_the_share_of_the_step_before() -> None:
    said = [bar_words(row) for row in a_funnel().table.rows]
    assert said == [
        "1,384",
        "1,121 (81% of the step before)",
        "312 (28% of the step before)",
        "[c] withheld",
        "14 ([c] of the step before)",
    ]


def test_a_timeline_has_a_lane_for_what_is_there() -> None:
    found = {row.key: [lane for lane, _ in lanes(row)] for row in a_gantt().table.rows}
    assert found["t0"] == [PLANNED, PUBLISHED]
    assert found["t4"] == [], "a row without dates has no lane"
    assert found["t5"] == [PLANNED], "the second reading says the same"
    assert found["t9"] == [PLANNED, RECORDED], "withheld dates keep their lane"
    assert found["t10"] == [PLANNED, LITERAL, RECORDED]


@pytest.mark.parametrize(
    ("farthest", "edge"),
    [
        (ratio(1.2, 0.9, 1.6), 4),
        (ratio(1.2, 0.25, 4.0), 4),
        (ratio(1.2, 0.24, 2.0), 8),
        (ratio(3.0, 1.0, 8.1), 16),
        (ratio(0.01, 0.0, 40.0), 16),
        (ratio(0.0, 0.0, 0.5), 4),
    ],
)
def test_the_scale_of_ratios_holds_what_it_can(farthest: Cell, edge: float) -> None:
    row = Row("g", (), {"label": words("Lone parents"), "ratio": farthest})
    assert Scale.of([row]).edge == edge


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (ratio(1.64, 1.39, 1.89), MORE),
        (ratio(0.41, 0.2, 0.74), LESS),
        (ratio(0.97, 0.85, 1.1), ABOUT),
        (ratio(1.31, 0.92, 1.8), ABOUT),
        (bounds(0.5, 1.7), ABOUT),
        (bounds(1.3, 1.7), MORE),
        (WITHHELD, HIDDEN),
        (UNKNOWN, NOT_KNOWN),
    ],
)
def test_maps_class_a_ratio_by_its_interval(cell: Cell, expected: ShareClass) -> None:
    assert share_class(cell) == expected


def test_a_name_is_placed_inside_its_area_and_outside_its_holes() -> None:
    shape = [np.array(square(0, 0)), np.array(square(0.1, 0.1, 0.7))]
    place = roomiest([shape, [np.array(square(3, 3, 0.1))]], stretch=1.8)
    assert outline([shape[:1]]).contains_point(place)
    assert not outline([shape[1:]]).contains_point(place)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (figure("funel", {}), "Did you mean 'funnel'?"),
        (figure("funnel", {"s": {"label": words("Came"), "peple": count(3)}}), "'people'"),
        (figure("funnel", {"s": {"label": words("Came"), "people": words("three")}}), "a number"),
        (figure("gantt", {"t": plan("Report", planned_start=count(3))}), "a date"),
        (figure("gantt", {"t": plan("Report")}, marks=[{"date": "March"}]), "'marks'"),
        (figure("tile_map", area_ratios()), "'tiles'"),
        (figure("tile_map", area_ratios(), tiles={}), "no place for 'north_east_fife'"),
        (figure("tile_map", area_ratios(), tiles={key: [0, 0] for key in TILES}), "already taken"),
        (figure("boundary_map", area_ratios()), "'shapes'"),
        (figure("boundary_map", area_ratios(), shapes={}), "no shape is given for"),
        (figure("count_matrix", {}), "'grid'"),
        (figure("criterion_matrix", {}, grid={"in_2_2": "Proposal"}), "'grid'"),
    ],
)
def test_a_figure_that_cannot_be_drawn_says_why(broken: Figure, said: str) -> None:
    with pytest.raises(ChapterError) as refused:
        draw(broken, "svg")
    assert said in str(refused.value)
