"""From a data zone to an area, urban or rural, and a fifth of deprivation; finer places go.

A data zone holds some 800 people: with a family type it can name a family. The lookups are public
files that the user names; a data zone they do not hold is reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wfw_eval.errors import InputError, Problem, shown

CODE = "dz11_code"
COARSE = ("area", "urban_rural", "simd_quintile")
#: Two-fold Urban Rural Classification of the Scottish Government.
URBAN_RURAL = {"1": "urban", "2": "rural"}

_DATA_ZONE = (
    "dz11_code data_zone datazone data_zone_code datazone_code data_zone_2011 datazone2011 "
    "dz dz2011 dz11 data_zone2011"
)
_FINE = (
    "postcode post_code postal_code zip zip_code postcode_sector postcode_district outcode "
    "output_area oa oa2011 oa2022 iz11_code iz11_name intermediate_zone ward ward_code ward_name "
    "dz11_name data_zone_name uprn latitude longitude lat lon easting northing grid_reference "
    "what3words address home_address address_1 address_2 address_3 address_line_1 address_line_2 "
    "address_line_3 street house_number village town"
)
#: Headings of data zones, and of all places finer than an area.
DATA_ZONE = frozenset(_DATA_ZONE.split())
FINE = DATA_ZONE | frozenset(_FINE.split())


@dataclass(frozen=True)
class Places:
    """What is known of each data zone: a frame by data zone code with the coarse places."""

    frame: pd.DataFrame


@dataclass(frozen=True)
class Coarsened:
    """A table whose places are coarse, and the rows whose place is not known."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]


def heading(column: str) -> str:
    """Write a heading as these lists do.

    >>> heading("Post Code "), heading("E-mail")
    ('post_code', 'e_mail')
    """
    return re.sub(r"[\W_]+", "_", column.strip()).strip("_").casefold()


def read_places(
    areas: Path,
    urban_rural: Path,
    deprivation: Path,
    *,
    area_column: str = "area_committee",
    urban_rural_column: str = "ur2020_fold2",
    quintile_column: str = "simd2020v2_quintile",
) -> Places:
    """Read the lookups; the columns settle which edition of each is used.

    Raises:
        InputError: a file or column is not there, or a data zone stands twice.
    """
    columns = {
        "area": _column(areas, area_column),
        "urban_rural": _column(urban_rural, urban_rural_column).map(URBAN_RURAL),
        "simd_quintile": pd.to_numeric(_column(deprivation, quintile_column)).astype("Int64"),
    }
    return Places(pd.DataFrame(columns).dropna(subset=["area"]))


def _column(path: Path, name: str) -> pd.Series[str]:
    try:
        frame = pd.read_csv(path, dtype=str, usecols=[CODE, name]).set_index(CODE)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"needs {CODE} and {name}"
        step = "Name another lookup file or column."
        rule = f"the lookup cannot be read ({reason})"
        raise InputError([Problem(shown(path), None, name, None, rule, step)]) from None
    if not frame.index.is_unique:
        rule, step = "a data zone stands twice in the lookup", "Keep one row for each."
        raise InputError([Problem(shown(path), None, CODE, None, rule, step)])
    return frame[name]


def coarsen(frame: pd.DataFrame, lookup: Places | None, place: str = "the table") -> Coarsened:
    """Put areas in the place of data zones, and drop every finer place.

    A row without a data zone keeps the area it came with, if any.

    Args:
        frame: A table, with or without a data zone column.
        lookup: What is known of the data zones; without it, finer places are only dropped.
        place: File the table came from, for the problems.
    """
    zones = next((name for name in frame.columns if heading(name) in DATA_ZONE), None)
    fine = [name for name in frame.columns if heading(name) in FINE]
    left = frame.drop(columns=fine)
    if zones is None or lookup is None:
        return Coarsened(left, ())
    codes = frame[zones].astype("string").str.strip().str.upper()
    codes = codes.mask(codes == "")
    found = lookup.frame.reindex(codes).set_axis(frame.index)
    problems = tuple(_problems(left, codes, found, place, zones))
    return Coarsened(_with(left, found, codes.isna()), problems)


def _with(left: pd.DataFrame, found: pd.DataFrame, without_zone: pd.Series[bool]) -> pd.DataFrame:
    """Fill in the coarse places; what came with a row that has a data zone is not trusted."""
    for name in COARSE:
        values = found[name]
        if name in left.columns:
            came_with = left[name].where(without_zone)
            values = values.astype(object).where(~without_zone, came_with.astype(object))
        left = left.assign(**{name: values})
    return left


def _problems(
    left: pd.DataFrame, codes: pd.Series[str], found: pd.DataFrame, place: str, column: str
) -> Iterator[Problem]:
    for row in _positions(codes.notna() & found["area"].isna()):
        rule = "this data zone is not in the lookup"
        step = "Correct it, or name a lookup that holds it; areas are not guessed."
        yield Problem(place, row + 2, column, str(codes.iloc[row]), rule, step)
    if "area" in left.columns:
        given = left["area"].astype("string").str.strip()
        given = given.mask(given == "")
        differs = given.notna() & found["area"].notna() & (given != found["area"]).fillna(False)
        for row in _positions(differs):
            rule = f"the data zone of this row lies in {found['area'].iloc[row]}"
            step = "Correct the area or the data zone."
            yield Problem(place, row + 2, "area", str(given.iloc[row]), rule, step)


def _positions(rows: pd.Series[bool]) -> list[int]:
    return [number for number, hit in enumerate(rows.tolist()) if hit]
