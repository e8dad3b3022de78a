"""Sources and their terms, as SOURCES.md beside the raw files words them."""

from __future__ import annotations

from dataclasses import dataclass

NRS = "National Records of Scotland"
SG = "Scottish Government"
PHS = "Public Health Scotland"

OGL_CENSUS = (
    "OGL v3.0, seen in the Open Data Scotland catalogue for Stirling Council's Census 2022 "
    "extracts; the exports here say Crown copyright 2024"
)
OGL_CATALOGUE = "OGL v3.0, seen in the Open Data Scotland catalogue"
OGL_EXPECTED = "Crown copyright, OGL v3.0 expected (licence not seen; confirm before publishing)"
OGL_LINE = "Contains public sector information licensed under the Open Government Licence v3.0."
CENSUS_CAUTION = (
    "Counts are perturbed by the publisher and were summed from 46,363 output areas, so they "
    "drift slightly from published council tables: sound for shares, approximate as counts. "
    "Snapshot from the public repository Geographic-Data-Service/Scotland_Census_2022_OA, "
    "matched to councils with PolicyEngine/policyengine-uk-data."
)


@dataclass(frozen=True)
class Source:
    """A row of publication.csv."""

    publication_id: str
    title: str
    publisher: str
    year: str
    licence: str
    attribution: str
    caution: str


def census(table: str, subject: str) -> Source:
    """A census table released by output area."""
    return Source(
        publication_id=f"census_2022_{table.lower()}",
        title=f"Scotland's Census 2022, table {table} ({subject})",
        publisher=NRS,
        year="2024",
        licence=OGL_CENSUS,
        attribution=f"{OGL_LINE} Source: {NRS}.",
        caution=CENSUS_CAUTION,
    )


SOURCES = [
    Source(
        publication_id="births_by_mother_age",
        title="Births by age of mother, Scotland, birth time series",
        publisher=NRS,
        year="2019",
        licence=OGL_EXPECTED,
        attribution=f"© Crown copyright. Source: {NRS}.",
        caution="Scotland only and stops at 2019; births with the mother's age not stated are "
        "left out. Snapshot from the public repository speegled/fosdata.",
    ),
    Source(
        publication_id="census_2022_uv102b",
        title="Scotland's Census 2022, table UV102b (age by sex) for 2011 data zones",
        publisher=NRS,
        year="2024",
        licence=OGL_CENSUS,
        attribution=f"{OGL_LINE} Source: {NRS}.",
        caution="Counts are perturbed by the publisher, so parts do not add exactly to totals and "
        "differ a little from the council tables. "
        "Snapshot from the public repository humaniverse/demographr.",
    ),
    census("UV103", "single year of age"),
    census("UV110", "adult lifestage"),
    census("UV111", "household lifestage"),
    census("UV113", "household composition"),
    census("UV115", "adults and children in households"),
    census("UV116", "household type"),
    census("UV201b", "ethnic group by age"),
    census("UV303b", "disability by age"),
    Source(
        publication_id="data_zone_lookup",
        title="SIMD 2020v2 data zone lookup, with the Urban Rural Classification 2016 and 2020",
        publisher=f"{SG}; {PHS}",
        year="2020",
        licence=f"{OGL_CATALOGUE} for the {PHS} files; the {SG} workbook says nothing (Crown "
        "copyright, OGL v3.0 expected)",
        attribution=f"{OGL_LINE} Source: {SG}; {PHS}.",
        caution="Each data zone is classed whole. Snapshots from the public repositories "
        "FAIRDataPipeline/rDataPipeline, aj2duncan/sgurbanrural and "
        "johnmackintosh/pyramid-plots2.",
    ),
    Source(
        publication_id="fife_area_committees",
        title="Fife's 22 wards and seven area committees, joined to 2011 data zones",
        publisher=f"Fife Council; {SG}",
        year="wards from 2017; page undated",
        licence="Facts read from pages; no licence needed for a list of names, but cite Fife "
        "Council",
        attribution=f"Source: Fife Council; {SG}.",
        caution="Data zones are placed whole through a best-fit ward, so a few at the edges may "
        "differ from other lookups; four of the 22 ward numbers were inferred.",
    ),
    Source(
        publication_id="population_mid_2022",
        title="Mid-2022 population estimates, council areas, persons by single year of age",
        publisher=NRS,
        year="mid-2022 edition; publication date not seen",
        licence=OGL_EXPECTED,
        attribution=f"© Crown copyright. Source: {NRS}.",
        caution="Later revisions may exist. "
        "Snapshot from the public repository humaniverse/demographr.",
    ),
    Source(
        publication_id="simd_2020v2",
        title="Scottish Index of Multiple Deprivation 2020v2, population-weighted bands",
        publisher=f"{SG}; {PHS}",
        year="2020",
        licence=f"{OGL_CATALOGUE} ({PHS} entry)",
        attribution=f"{OGL_LINE} Source: {SG}; {PHS}.",
        caution="Population-weighted fifths of Scotland, not the fifths that hold equal numbers "
        "of data zones. Snapshot from the public repository "
        "tutkuc/PHS-patient-waiting-times-underlying-factors.",
    ),
    Source(
        publication_id="survey_poverty_2019_22",
        title="Poverty and Income Inequality in Scotland 2019-22, associated tables "
        "(Family Resources Survey)",
        publisher=SG,
        year="2023",
        licence="OGL v3.0, seen (site footer in the repository)",
        attribution=f"{OGL_LINE} Source: {SG}.",
        caution="Scotland only. 2018-21 and 2019-22 leave out the 2020/21 collection. Rates of "
        "small groups are suppressed. Snapshot from the public repository "
        "ScotGovAnalysis/poverty-publications.",
    ),
]
