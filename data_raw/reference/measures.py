"""What is measured: which columns of which raw table make each share, and how far it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Tables = dict[str, pd.DataFrame]

SCOTLAND = "S92000003"
FIFE = "S12000047"

# Source identifier -> raw file. A measure names its tables by source, so a figure cannot lose
# the source it was worked out from.
FILES = {
    "births_by_mother_age": "scotland_births_by_mother_age.csv",
    "census_2022_uv102b": "census2022_dz2011.csv",
    "census_2022_uv103": "census2022_single_year_age_council.csv",
    "census_2022_uv110": "census2022_adult_lifestage_council.csv",
    "census_2022_uv111": "census2022_household_lifestage_council.csv",
    "census_2022_uv113": "census2022_household_composition_council.csv",
    "census_2022_uv115": "census2022_adults_children_households_council.csv",
    "census_2022_uv116": "census2022_household_type_council.csv",
    "census_2022_uv201b": "census2022_ethnicity_age_council.csv",
    "census_2022_uv303b": "census2022_disability_age_council.csv",
    "data_zone_lookup": "dz2011_lookup.csv",
    "fife_area_committees": "fife_dz2011_area_committee.csv",
    "population_mid_2022": "population_mid2022_council.csv",
    "simd_2020v2": "simd2020v2_dz2011.csv",
    "survey_poverty_2019_22": "scotland_child_poverty_priority_groups_frs.csv",
}
LONG_TABLES = {"census_2022_uv201b": "ethnic_group", "census_2022_uv303b": "disability"}
ZONES = "census_2022_uv102b"


@dataclass(frozen=True)
class Count:
    """A number for each council: columns of one table added, others taken away."""

    table: str
    add: tuple[str, ...]
    less: tuple[str, ...] = ()

    def of(self, tables: Tables) -> pd.Series[int]:
        """The count, by council code."""
        table = tables[self.table]
        return table[list(self.add)].sum(axis=1) - table[list(self.less)].sum(axis=1)


@dataclass(frozen=True)
class Measure:
    """A share that the raw files give for whole areas."""

    measure_id: str
    group: str
    words: str
    numerator: Count
    denominator: Count
    unit: str
    fit: str
    caution: str
    # Area code -> row of the worked table in which the same figure was first tried.
    candidates: dict[str, str] = field(default_factory=dict)
    period: str = "Census 2022"
    also_from: tuple[str, ...] = ()
    areas: Literal["every council", "Fife"] = "every council"

    @property
    def publication_id(self) -> str:
        """Every source behind the share, separated by a bar."""
        sources = (self.numerator.table, self.denominator.table, *self.also_from)
        return "|".join(dict.fromkeys(sources))


def both(fife: str, scotland: str) -> dict[str, str]:
    return {FIFE: fife, SCOTLAND: scotland}


# ---------------------------------------------------------------- households and babies

FAMILY_KINDS = ("couple_married", "couple_cohabiting", "lone_parent", "other")
HEAD_AGES = ("under_35", "35_54", "55_64", "65_74", "75_plus")
LONE_PARENTS = Count(
    "census_2022_uv113", ("lone_parent_one_dependent", "lone_parent_two_plus_dependent")
)
TWO_OR_MORE = Count(
    "census_2022_uv113", tuple(f"{kind}_two_plus_dependent" for kind in FAMILY_KINDS)
)
# Nearest the census comes to "families with children": households with dependent children.
FAMILIES = Count(
    "census_2022_uv113",
    tuple(f"{kind}_{n}_dependent" for kind in FAMILY_KINDS for n in ("one", "two_plus")),
)
FAMILIES_BY_LIFESTAGE = Count(
    "census_2022_uv111", tuple(f"hrp_{age}_with_dependent" for age in HEAD_AGES)
)
FAMILIES_BY_AGE = Count(
    "census_2022_uv115",
    (
        "no_or_one_adult_with_children",
        "two_adults_one_or_two_children",
        "two_adults_three_plus_children",
        "three_plus_adults_with_children",
    ),
)

HOUSEHOLD_MEASURES = [
    Measure(
        measure_id="lone_parent_households",
        group="lone_parent",
        words="One-family lone-parent households with dependent children, among all households "
        "with dependent children",
        numerator=LONE_PARENTS,
        denominator=FAMILIES,
        unit="households",
        fit="good",
        caution="Leaves out lone parents who live in multi-family or other households.",
        candidates=both("D01", "D16"),
    ),
    Measure(
        measure_id="lone_parent_households_wider",
        group="lone_parent",
        words="Lone-parent households with dependent children (household type), among households "
        "with dependent children (household lifestage)",
        numerator=Count("census_2022_uv116", ("lone_parent_with_dependent",)),
        denominator=FAMILIES_BY_LIFESTAGE,
        unit="households",
        fit="good",
        caution="A slightly wider definition of lone parent; numerator and denominator come from "
        "two tables.",
        candidates=both("D02", "D17"),
    ),
    Measure(
        measure_id="three_plus_lower_bound",
        group="three_plus_children",
        words="Lower bound: households of exactly two adults and three or more children, among "
        "all households with children",
        numerator=Count("census_2022_uv115", ("two_adults_three_plus_children",)),
        denominator=FAMILIES_BY_AGE,
        unit="households",
        fit="bound_lower",
        caution="Misses larger families with one adult or with three or more adults; a child is "
        "defined by age, not by dependence.",
        candidates=both("D03", "D18"),
    ),
    Measure(
        measure_id="three_plus_upper_bound",
        group="three_plus_children",
        words="Upper bound: households with two or more dependent children, among households "
        "with dependent children",
        numerator=TWO_OR_MORE,
        denominator=FAMILIES,
        unit="households",
        fit="bound_upper",
        caution="Counts two children or more, not three or more; far above the true share.",
        candidates=both("D04", "D19"),
    ),
    Measure(
        measure_id="babies_per_household",
        group="child_under_1",
        words="Children aged under one, per household with dependent children",
        numerator=Count("census_2022_uv103", ("age_0",)),
        denominator=FAMILIES,
        unit="babies per household",
        fit="near",
        caution="Counts babies, not families: twins and homes with two babies make the share of "
        "families slightly lower.",
        candidates=both("D05", "D20"),
    ),
    # Kept so that nobody takes it for young mothers a second time.
    Measure(
        measure_id="young_people_with_dependent_children",
        group="mother_under_25",
        words="People aged 16 to 24 in a household with dependent children, among people aged 16 "
        "to 24 in households",
        numerator=Count("census_2022_uv110", ("age_16_24_with_dependent",)),
        denominator=Count("census_2022_uv110", ("age_16_24_total",)),
        unit="people",
        fit="unusable",
        caution="Mostly older children who still live with their parents, not young mothers.",
        candidates=both("D15", "D30"),
    ),
]


def babies(table: str, period: str, name: str, candidates: dict[str, str]) -> Measure:
    """Babies as a share of children."""
    return Measure(
        measure_id=f"babies_of_children_{name}",
        group="child_under_1",
        words="Children aged under one, among children aged 0 to 15",
        numerator=Count(table, ("age_0",)),
        denominator=Count(table, tuple(f"age_{age}" for age in range(16))),
        unit="children",
        fit="child_base",
        caution="A share of children, not of families.",
        candidates=candidates,
        period=period,
    )


# ---------------------------------------------------------------- people, one at a time

# Words for the ages that the long census tables give, and the bands that make each.
AGES = {
    "children": ("children aged 0 to 15", ("0_15",)),
    "adults": ("adults aged 25 to 49", ("25_34", "35_49")),
    "people": ("all people", ("all",)),
}
DISABLED = {
    "children": (
        "A share of children who are themselves disabled: the share of families is higher, "
        "because any member counts.",
        both("D07", "D22"),
    ),
    "adults": (
        "All adults in the main parenting ages, parents or not; the share of families is higher, "
        "because any member counts.",
        both("D08", "D23"),
    ),
}
# The majority is taken from the total: adding up small perturbed groups would gather their errors.
MAJORITY = {
    "without": (("white_total",), "all groups other than White"),
    "with": (
        ("white_scottish", "other_white_british"),
        "everyone except White Scottish and Other White British, nearest to the survey's split",
    ),
}
MINORITY_CANDIDATES = {
    ("children", "without"): both("D09", "D24"),
    ("children", "with"): both("D10", "D25"),
    ("adults", "without"): both("D11", "D26"),
    ("adults", "with"): both("D12", "D27"),
    ("people", "without"): both("D13", "D28"),
    ("people", "with"): both("D14", "D29"),
}


def aged(table: str, who: str, add: Iterable[str], less: Iterable[str] = ()) -> Count:
    """People of an age group in the named rows of a long census table."""
    bands = AGES[who][1]
    added, taken = ([f"{row}_{band}" for row in rows for band in bands] for rows in (add, less))
    return Count(table, tuple(added), tuple(taken))


def disabled_persons(who: str) -> Measure:
    """Disabled people: the census tables say nothing of families here."""
    table, (caution, candidates) = "census_2022_uv303b", DISABLED[who]
    return Measure(
        measure_id=f"disabled_{who}_persons",
        group="disabled_adult_or_child",
        words=f"Day-to-day activities limited a lot or a little, among {AGES[who][0]}",
        numerator=aged(table, who, ("limited_a_lot", "limited_a_little")),
        denominator=aged(table, who, ("all_people",)),
        unit=who,
        fit="person_level",
        caution=caution,
        candidates=candidates,
    )


def minority_ethnic(who: str, definition: str) -> Measure:
    """Minority ethnic people, with or without the white minorities."""
    table, (majority, meaning) = "census_2022_uv201b", MAJORITY[definition]
    return Measure(
        measure_id=f"minority_ethnic_{who}_{definition}_white_minorities",
        group="minority_ethnic",
        words=f"Minority ethnic {definition} white minorities, among {AGES[who][0]}",
        numerator=aged(table, who, ("all_people",), majority),
        denominator=aged(table, who, ("all_people",)),
        unit=who,
        fit="context" if who == "people" else "good",
        caution=f"Each person is counted, not each family; {meaning}.",
        candidates=MINORITY_CANDIDATES[who, definition],
    )


def family_measures() -> Iterator[Measure]:
    """Every measure of families, children and adults that the raw files give by council."""
    yield from HOUSEHOLD_MEASURES
    yield babies("census_2022_uv103", "Census 2022", "census", both("D06", "D21"))
    yield babies("population_mid_2022", "mid-2022", "mid_2022", {FIFE: "D33"})
    yield from (disabled_persons(who) for who in DISABLED)
    yield from (minority_ethnic(who, definition) for who, definition in MINORITY_CANDIDATES)
