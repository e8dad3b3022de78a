"""Contracts for the public reference figures."""

from __future__ import annotations

from wfw_eval.records.contract import (
    Contract,
    Field,
    ForeignKey,
    code,
    flag,
    integer,
    listing,
    number,
    text,
)

FITS = (
    "good",
    "near",
    "bound_lower",
    "bound_upper",
    "stand_in",
    "person_level",
    "child_base",
    "context",
    "unusable",
)


def share_between(name: str, about: str) -> Field:
    """Make a column of shares, from just above zero to one; percentages would exceed one."""
    return number(name, about, low=0.0001, high=1)


PUBLICATION = Contract(
    "publication",
    "publications the figures come from",
    ("reference",),
    (
        text("publication_id", "Identifier."),
        text("title", "Title of the publication."),
        text("publisher", "Publisher."),
        text("year", "Year published or of reference."),
        text("licence", "Licence."),
        text("attribution", "Attribution line.", required=False),
        text("caution", "What a reader should know.", required=False),
    ),
    key=("publication_id",),
)

PRIORITY_GROUP = Contract(
    "priority_group",
    "priority groups",
    ("reference",),
    (
        text("group", "Code of the group."),
        text("label", "What the group is called."),
        text("short_label", "Short form for figures."),
        listing("clauses", "Clauses that name it."),
        text("definition", "Who belongs to it."),
        flag("priority", "Whether it is one of the six priority family types."),
    ),
    key=("group",),
)

DENOMINATOR = Contract(
    "denominator",
    "public population figures",
    ("reference",),
    (
        text("area_code", "Council area code, or Scotland's."),
        text("area_name", "Name of the area."),
        text("priority_group", "Group the figure is about."),
        text("measure_id", "Identifier of the measure."),
        text("measure", "What is divided by what."),
        integer("numerator", "People, families or households in the group.", required=False, low=0),
        integer("denominator", "All people, families or households.", required=False, low=1),
        share_between("share", "Numerator over denominator."),
        number("se", "Standard error of a survey share.", required=False, low=0),
        text("unit", "What is counted."),
        code("fit", "How well it fits the group.", FITS),
        text("caution", "What a reader should know.", required=False),
        text("period", "Date or years."),
        listing("publication_id", "Publications it comes from."),
        text("candidate_id", "Row of the worked table it was checked against.", required=False),
    ),
    key=("area_code", "measure_id"),
    foreign=(ForeignKey("publication_id", "publication", "publication_id"),),
)

BENCHMARK = Contract(
    "benchmark",
    "benchmarks chosen",
    ("reference",),
    (
        text("group", "Group compared."),
        code("kind", "One figure, a range, or nothing usable.", ("point", "range", "none")),
        text("low_measure_id", "Measure at the low end.", required=False),
        code("low_area", "Whose figure.", ("council", "scotland"), required=False),
        text("high_measure_id", "Measure at the high end.", required=False),
        code("high_area", "Whose figure.", ("council", "scotland"), required=False),
        text("unit", "What the figures count.", required=False),
        text("fit", "How well it fits, in a word.", required=False),
        text("reason", "Why this benchmark."),
        text("caution", "What a reader should know.", required=False),
    ),
    key=("group",),
    foreign=(
        ForeignKey("group", "priority_group", "group"),
        ForeignKey("low_measure_id", "denominator", "measure_id"),
        ForeignKey("high_measure_id", "denominator", "measure_id"),
    ),
)

AREA_POPULATION = Contract(
    "area_population",
    "population by area and rurality",
    ("reference",),
    (
        text("area_code", "Council area code."),
        text("area", "Area committee."),
        code("rurality", "Two-fold urban rural classification.", ("urban", "rural")),
        integer("data_zones", "Data zones.", low=0),
        integer("children_0_15", "Children aged 0 to 15.", low=0),
        integer("people", "People of all ages.", low=0),
        listing("publication_id", "Publications it comes from."),
    ),
    key=("area_code", "area", "rurality"),
    foreign=(ForeignKey("publication_id", "publication", "publication_id"),),
)

DEPRIVATION_POPULATION = Contract(
    "deprivation_population",
    "population by deprivation fifth",
    ("reference",),
    (
        text("area_code", "Council area code."),
        text("area_name", "Name of the council."),
        integer("simd_quintile", "Deprivation fifth, 1 most deprived.", low=1, high=5),
        integer("data_zones", "Data zones.", low=0),
        integer("children_0_15", "Children aged 0 to 15.", low=0),
        integer("people", "People of all ages.", low=0),
        listing("publication_id", "Publications it comes from."),
    ),
    key=("area_code", "simd_quintile"),
    foreign=(ForeignKey("publication_id", "publication", "publication_id"),),
)

AREA_TILE = Contract(
    "area_tile",
    "layout of the schematic map",
    ("reference",),
    (
        text("area_code", "Council area code."),
        text("area", "Area committee."),
        integer("column", "Tiles from the west.", low=0),
        integer("row", "Tiles from the north.", low=0),
    ),
    key=("area_code", "area"),
)
