"""The totals that SOURCES.md states for the raw files, and whether the files still hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from measures import FIFE, FILES, LONE_PARENTS, LONG_TABLES, Tables
from places import FIFTHS
from survey import SURVEY_MEASURES, children_share


class ReferenceError(Exception):
    """The raw files are not the ones these tables are made from."""


@dataclass(frozen=True)
class Total:
    """A figure stated for a raw file: a column's sum, or its rows when no column is named."""

    source: str
    what: str
    expected: int
    column: str = ""
    where: str = ""

    def problem(self, tables: Tables) -> str:
        """What is wrong, naming the file and both figures; empty when nothing is."""
        table = tables[self.source]
        rows = table.query(self.where) if self.where else table
        found = int(rows[self.column].sum()) if self.column else len(rows)
        if found == self.expected:
            return ""
        return f"{FILES[self.source]}: {self.what}: {self.expected:,} expected, {found:,} found"


IN_FIFE = f"council_code == '{FIFE}'"
COUNCILS = 32

# source, column, Scotland, Fife
COUNCIL_TOTALS = [
    ("census_2022_uv103", "all_people", 5_440_284, 371_913),
    ("census_2022_uv110", "adults_16_plus_in_households", 4_442_488, 302_556),
    ("census_2022_uv111", "all_households", 2_508_542, 169_485),
    ("census_2022_uv113", "all_households", 2_508_542, 169_485),
    ("census_2022_uv115", "all_households", 2_508_542, 169_485),
    ("census_2022_uv116", "all_households", 2_508_542, 169_485),
    ("population_mid_2022", "all_ages", 5_447_700, 371_340),
    ("census_2022_uv102b", "people", 5_439_618, 371_741),
    ("simd_2020v2", "population_2017", 5_424_800, 371_410),
]
ROWS = {
    "births_by_mother_age": 900,
    "census_2022_uv201b": 2_912,
    "census_2022_uv303b": 896,
    "survey_poverty_2019_22": 1_780,
    "fife_area_committees": 494,
}
ZONE_TABLES = ("data_zone_lookup", "census_2022_uv102b", "simd_2020v2")
ZONES_OF_COMMITTEE = {
    "City of Dunfermline": 76,
    "Cowdenbeath": 54,
    "Glenrothes": 70,
    "Kirkcaldy": 80,
    "Levenmouth": 51,
    "North East Fife": 96,
    "South and West Fife": 67,
}
FIFE_ZONES_OF_FIFTH = (98, 106, 100, 96, 94)
BIRTHS_OF_YEAR = {2008: 60_015, 2011: 58_544, 2012: 57_982, 2013: 55_997, 2019: 49_856}
# What a group and every other family make together in the latest period. Earlier periods may fall
# short: families with no mother in the household are in neither row of the mother's age.
LATEST = "2019-22"
WHOLE = (0.996, 1.005)
EVERY_OTHER = {
    "Single parent in household": "No single parent in household",
    "3 or more children in the household": "1-2 children in the household",
    "In household with disabled person(s)": "In household with no disabled person(s)",
    "In household with disabled child(ren)": "In household with no disabled child(ren)",
    "In household with disabled adult(s)": "In household with no disabled adult(s)",
    "Minority ethnic": "White - British",
}


def council_totals() -> Iterator[Total]:
    """People and households, of Scotland and of Fife, table by table."""
    for source, column, scotland, fife in COUNCIL_TOTALS:
        yield Total(source, f"Scotland, {column}", scotland, column)
        yield Total(source, f"Fife, {column}", fife, column, IN_FIFE)
    for source, row in LONG_TABLES.items():
        everyone = f"{row} == 'all_people' and age_band == 'all'"
        yield Total(source, "Scotland, all people", 5_440_284, "people", everyone)
        yield Total(source, "Fife, all people", 371_913, "people", f"{everyone} and {IN_FIFE}")
    for column, expected in zip(LONE_PARENTS.add, (82_613, 63_016), strict=True):
        yield Total("census_2022_uv113", f"Scotland, {column}", expected, column)
    yield Total("population_mid_2022", "Fife, aged under one", 3_005, "age_0", IN_FIFE)


def place_totals() -> Iterator[Total]:
    """Data zones: all of them, Fife's, and Fife's by committee and by deprivation fifth."""
    for source in ZONE_TABLES:
        yield Total(source, "data zones in Scotland", 6_976)
        yield Total(source, "data zones in Fife", 494, where=IN_FIFE)
    yield Total("census_2022_uv102b", "Fife, aged 0 to 15", 61_851, "age_0_15", IN_FIFE)
    for name, zones in ZONES_OF_COMMITTEE.items():
        where = f"area_committee == '{name}'"
        yield Total("fife_area_committees", f"data zones in {name}", zones, where=where)
    for fifth, zones in zip(FIFTHS, FIFE_ZONES_OF_FIFTH, strict=True):
        where = f"pw_country_quintile == {fifth} and {IN_FIFE}"
        yield Total("simd_2020v2", f"Fife data zones in fifth {fifth}", zones, where=where)


def row_and_birth_totals() -> Iterator[Total]:
    """Rows of the long files, and births by year."""
    for source, rows in ROWS.items():
        yield Total(source, "rows", rows)
    births = "births_by_mother_age"
    for year, number in BIRTHS_OF_YEAR.items():
        yield Total(births, f"births in {year}", number, "births", f"year == {year}")
    young = "year == 2019 and mother_age < 25"
    yield Total(births, "births in 2019, mother under 25", 8_155, "births", young)


def shape_problems(tables: Tables) -> Iterator[str]:
    """Rows listed twice, cells left blank, or councils missing."""
    for source, table in tables.items():
        # The survey's blanks are the publisher's own suppressions.
        if source != "survey_poverty_2019_22" and (blank := int(table.isna().sum().sum())):
            yield f"{FILES[source]}: {blank} blank cells, none expected"
        if twice := int(table.duplicated().sum()):
            yield f"{FILES[source]}: {twice} rows appear twice"
        councils = table["council_code"].nunique() if "council_code" in table else COUNCILS
        if councils != COUNCILS:
            yield f"{FILES[source]}: {COUNCILS} councils expected, {councils} found"


def zone_problems(tables: Tables) -> Iterator[str]:
    """Data zones that are not the lookup's, or that it puts in another council."""
    lookup = tables["data_zone_lookup"].set_index("dz11_code")["council_code"].sort_index()
    for source in ("census_2022_uv102b", "simd_2020v2"):
        councils = tables[source].set_index("dz11_code")["council_code"].sort_index()
        if not councils.equals(lookup):
            yield f"{FILES[source]}: data zones or their councils differ from the lookup's"
    committees = set(tables["fife_area_committees"]["dz11_code"])
    if committees != set(lookup.index[lookup == FIFE]):
        yield f"{FILES['fife_area_committees']}: data zones are not those of Fife in the lookup"


def survey_problems(tables: Tables) -> Iterator[str]:
    """A group and every other family must make the whole, or a published figure was misread."""
    survey = tables["survey_poverty_2019_22"]
    for measure in SURVEY_MEASURES:
        # A measure that is itself a complement has no share of its own to add.
        if measure.complement or measure.period != LATEST:
            continue
        rows = (measure.row, EVERY_OTHER[measure.row])
        whole = sum(children_share(survey, measure.topic, row, LATEST) for row in rows)
        if not WHOLE[0] <= whole <= WHOLE[1]:
            figures = f"about 1 expected, {whole:.4f} found"
            yield f"{FILES['survey_poverty_2019_22']}: {measure.row} and its complement: {figures}"


def check(tables: Tables) -> None:
    """Stop, with every problem at once, unless the raw files hold what SOURCES.md says."""
    totals = [*council_totals(), *place_totals(), *row_and_birth_totals()]
    problems = [problem for total in totals if (problem := total.problem(tables))]
    problems += [*shape_problems(tables), *zone_problems(tables)]
    # The survey can only be read when the rows it needs are there.
    problems += [] if problems else survey_problems(tables)
    if problems:
        raise ReferenceError("\n".join(problems))
