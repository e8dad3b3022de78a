"""Data zones become areas; what is not in the lookup is reported and left empty."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from wfw_eval.errors import InputError
from wfw_eval.records.privacy.places import COARSE, FINE, Places, coarsen, read_places

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
PUBLIC = [
    REFERENCE / name
    for name in ("fife_dz2011_area_committee.csv", "dz2011_lookup.csv", "simd2020v2_dz2011.csv")
]
needs_public = pytest.mark.skipif(
    not all(path.is_file() for path in PUBLIC),
    reason=f"the public lookup files are not in {REFERENCE}",
)


@pytest.fixture
def lookup(tmp_path: Path) -> Places:
    files = {
        "areas.csv": "dz11_code,area_committee\nS01,Levenmouth\nS02,Kirkcaldy\n",
        "urban.csv": "dz11_code,ur2020_fold2\nS01,1\nS02,2\nS03,1\n",
        "simd.csv": "dz11_code,simd2020v2_quintile\nS01,1\nS02,5\nS03,3\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    return read_places(*(tmp_path / name for name in files))


def test_data_zones_become_coarse(lookup: Places) -> None:
    frame = pd.DataFrame(
        {"person_id": ["1", "2"], "dz11_code": ["S01", " s02 "], "postcode": ["KY8 4QA", "KY1 1AA"]}
    )
    made = coarsen(frame, lookup)
    assert made.problems == ()
    assert made.frame.to_dict("list") == {
        "person_id": ["1", "2"],
        "area": ["Levenmouth", "Kirkcaldy"],
        "urban_rural": ["urban", "rural"],
        "simd_quintile": [1, 5],
    }


@pytest.mark.parametrize("code", ["S99", "S03", "S01 S02", "KY8 4QA", "S0"])
def test_an_unknown_data_zone_is_reported_and_not_guessed(lookup: Places, code: str) -> None:
    made = coarsen(pd.DataFrame({"dz11_code": ["S01", code]}), lookup, "person.csv")
    (problem,) = made.problems
    assert (problem.place, problem.row, problem.value) == ("person.csv", 3, code.upper())
    assert made.frame.loc[1, list(COARSE)].isna().all()


def test_a_row_without_data_zone_keeps_its_area(lookup: Places) -> None:
    frame = pd.DataFrame({"Data Zone": ["S01", "", None], "area": ["", "Glenrothes", None]})
    made = coarsen(frame, lookup)
    assert made.problems == ()
    assert made.frame["area"].fillna("-").tolist() == ["Levenmouth", "Glenrothes", "-"]


def test_area_and_data_zone_must_agree(lookup: Places) -> None:
    made = coarsen(pd.DataFrame({"dz11_code": ["S01"], "area": ["Kirkcaldy"]}), lookup)
    (problem,) = made.problems
    assert "Levenmouth" in problem.rule


def test_without_a_lookup_finer_places_only_go() -> None:
    frame = pd.DataFrame({"DZ11_Code": ["S01"], "Post Code": ["KY8"], "area": ["Levenmouth"]})
    made = coarsen(frame, None)
    assert list(made.frame.columns) == ["area"]
    assert made.problems == ()


def test_rows_keep_their_order_and_number(lookup: Places) -> None:
    frame = pd.DataFrame({"dz11_code": ["S02", "S01", "S02"]}, index=[7, 7, 9])
    made = coarsen(frame, lookup)
    assert made.frame["area"].tolist() == ["Kirkcaldy", "Levenmouth", "Kirkcaldy"]
    assert made.frame.index.tolist() == [7, 7, 9]


def test_a_lookup_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("code,area\nS01,Levenmouth\n")
    for path in (tmp_path / "a.csv", tmp_path / "none.csv"):
        with pytest.raises(InputError, match="the lookup cannot be read"):
            read_places(path, path, path)


def test_a_data_zone_twice_in_the_lookup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("dz11_code,area_committee\nS01,A\nS01,B\n")
    with pytest.raises(InputError, match="stands twice"):
        read_places(*[tmp_path / "a.csv"] * 3)


def test_coarse_places_are_not_fine() -> None:
    assert not set(COARSE) & FINE


@needs_public
def test_public_lookup_files() -> None:
    lookup = read_places(*PUBLIC)
    counts = lookup.frame["area"].value_counts().to_dict()
    assert counts == {  # as SOURCES.md counts them
        "City of Dunfermline": 76,
        "Cowdenbeath": 54,
        "Glenrothes": 70,
        "Kirkcaldy": 80,
        "Levenmouth": 51,
        "North East Fife": 96,
        "South and West Fife": 67,
    }
    quintiles = lookup.frame["simd_quintile"].value_counts().sort_index()
    assert quintiles.tolist() == [97, 100, 97, 103, 97]
    assert set(lookup.frame["urban_rural"]) == {"urban", "rural"}
    aberdeen = coarsen(pd.DataFrame({"dz11_code": ["S01009264", "S01006506"]}), lookup)
    assert aberdeen.frame["area"].fillna("-").tolist() == ["South and West Fife", "-"]
    assert [problem.row for problem in aberdeen.problems] == [3]
