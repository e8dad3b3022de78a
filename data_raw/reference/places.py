"""Places: data zones sorted by rurality, committee and deprivation, and the shares they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from measures import AGES, FIFE, SCOTLAND, ZONES, Count, Measure, Tables, both

YEARS = (2020, 2016)
FIFTHS = range(1, 6)
RURAL_CANDIDATES = {
    (2020, "children"): both("D45", "D49"),
    (2020, "people"): {FIFE: "D46"},
    (2016, "children"): {FIFE: "D47"},
    (2016, "people"): {FIFE: "D48"},
}
CLASS_CANDIDATES = {2: {FIFE: "D50"}, 3: {FIFE: "D51"}, 5: {FIFE: "D52"}}
CLASSES = {
    1: "large urban areas",
    2: "other urban areas",
    3: "accessible small towns",
    4: "remote small towns",
    5: "accessible rural",
    6: "remote rural",
}
COMMITTEES = {
    "City of Dunfermline": "D53",
    "Cowdenbeath": "D54",
    "Glenrothes": "D55",
    "Kirkcaldy": "D56",
    "Levenmouth": "D57",
    "North East Fife": "D58",
    "South and West Fife": "D59",
}


def slug(name: str) -> str:
    """A name as an identifier: ``North East Fife`` becomes ``north_east_fife``."""
    return name.lower().replace(" ", "_")


@dataclass(frozen=True)
class Place:
    """A kind of place that the data zones of every council, or of Fife, are sorted into."""

    prefix: str
    group: str
    words: str
    source: str
    caution: str
    areas: Literal["every council", "Fife"] = "every council"

    def measure(self, who: str, candidates: dict[str, str]) -> Measure:
        """The part of an area's children or people who live there."""
        return Measure(
            measure_id=f"{self.prefix}_{who}",
            group=self.group,
            words=f"{self.words}, among {AGES[who][0]}",
            numerator=Count(ZONES, (f"{self.prefix}_{who}",)),
            denominator=Count(ZONES, (f"all_{who}",)),
            unit=who,
            fit="good",
            caution=self.caution,
            candidates=candidates,
            also_from=(self.source,),
            areas=self.areas,
        )


def rural_place(year: int) -> Place:
    return Place(
        f"rural_{year}",
        "rural_urban",
        f"Rural ({year} classification, 2-fold)",
        "data_zone_lookup",
        "Data zones are classed whole; rural means settlements of under 3,000 people.",
    )


def class_place(number: int) -> Place:
    return Place(
        f"urban_rural_class_{number}",
        "rural_urban",
        f"Urban Rural Classification 2020, 6-fold class {number} ({CLASSES[number]})",
        "data_zone_lookup",
        "Data zones are classed whole; the class names are those of the 2016 edition.",
    )


def committee_place(name: str) -> Place:
    return Place(
        f"area_{slug(name)}",
        "area_committee",
        f"{name} area committee",
        "fife_area_committees",
        "Data zones are placed whole in a ward by the Scottish Government's best fit.",
        "Fife",
    )


def fifth_place(number: int) -> Place:
    return Place(
        f"simd_quintile_{number}",
        "deprivation",
        f"SIMD 2020v2 population-weighted national quintile {number} (1 = most deprived)",
        "simd_2020v2",
        "The index ranks places, not families: poor families live outside the most deprived "
        "places too.",
    )


def place_measures() -> Iterator[Measure]:
    """The share of children, or of all people, in every kind of place."""
    for (year, who), candidates in RURAL_CANDIDATES.items():
        yield rural_place(year).measure(who, candidates)
    for number in CLASSES:
        yield class_place(number).measure("children", CLASS_CANDIDATES.get(number, {}))
    for name, candidate in COMMITTEES.items():
        yield committee_place(name).measure("children", {FIFE: candidate})
    for number in FIFTHS:
        yield fifth_place(number).measure("children", {FIFE: f"D{59 + number}"})


# ---------------------------------------------------------------- tables


def area_names(tables: Tables) -> dict[str, str]:
    """Names by area code, Scotland among them."""
    lookup = tables["data_zone_lookup"].drop_duplicates("council_code")
    councils = dict(zip(lookup["council_code"], lookup["council_name"], strict=True))
    return {SCOTLAND: "Scotland", **councils}


def zones_with_place(tables: Tables) -> pd.DataFrame:
    """Children and people of each data zone, with its rurality, committee and fifth."""
    zones = tables[ZONES][["dz11_code", "council_code", "people", "age_0_15"]]
    place = tables["data_zone_lookup"].drop(columns="council_code")
    fifth = tables["simd_2020v2"][["dz11_code", "pw_country_quintile"]]
    committee = tables["fife_area_committees"][["dz11_code", "area_committee"]]
    joined = zones.merge(place, on="dz11_code").merge(fifth, on="dz11_code")
    joined = joined.merge(committee, on="dz11_code", how="left")
    return joined.rename(columns={"age_0_15": "children", "pw_country_quintile": "fifth"})


def zones_by_council(zones: pd.DataFrame) -> pd.DataFrame:
    """Children and people of each council in every kind of place that is measured."""
    kinds = {"all": zones["council_code"].notna()}
    kinds |= {f"rural_{year}": zones[f"ur{year}_fold2"] == 2 for year in YEARS}
    kinds |= {f"urban_rural_class_{n}": zones["ur2020_fold6"] == n for n in CLASSES}
    kinds |= {f"simd_quintile_{n}": zones["fifth"] == n for n in FIFTHS}
    kinds |= {f"area_{slug(name)}": zones["area_committee"] == name for name in COMMITTEES}
    columns = {
        f"{kind}_{who}": zones[who].where(inside, 0)
        for kind, inside in kinds.items()
        for who in ("children", "people")
    }
    return pd.DataFrame(columns).groupby(zones["council_code"]).sum()


def populations(zones: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    """Data zones, children and people by place; a place with none of them shows noughts."""
    grouped = zones.groupby(list(grid.names)).agg(
        data_zones=("dz11_code", "size"),
        children_0_15=("children", "sum"),
        people=("people", "sum"),
    )
    return grouped.reindex(grid, fill_value=0).reset_index()


def area_population(tables: Tables) -> pd.DataFrame:
    """area_population.csv: the seven area committees by rurality."""
    zones = zones_with_place(tables).dropna(subset=["area_committee"])
    zones = zones.rename(columns={"council_code": "area_code", "area_committee": "area"})
    zones["rurality"] = zones["ur2020_fold2"].map({1: "urban", 2: "rural"})
    grid = pd.MultiIndex.from_product(
        [[FIFE], sorted(COMMITTEES), ["rural", "urban"]], names=["area_code", "area", "rurality"]
    )
    sources = f"{ZONES}|fife_area_committees|data_zone_lookup"
    return populations(zones, grid).assign(publication_id=sources)


def deprivation_population(tables: Tables) -> pd.DataFrame:
    """deprivation_population.csv: every council by population-weighted national fifth."""
    zones = zones_with_place(tables)
    zones = zones.rename(columns={"council_code": "area_code", "fifth": "simd_quintile"})
    grid = pd.MultiIndex.from_product(
        [sorted(zones["area_code"].unique()), FIFTHS], names=["area_code", "simd_quintile"]
    )
    table = populations(zones, grid).assign(publication_id=f"{ZONES}|simd_2020v2")
    table.insert(1, "area_name", table["area_code"].map(area_names(tables)))
    return table
