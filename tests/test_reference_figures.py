"""The real public figures: whole, consistent, and made again from the raw files."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

REFERENCE = Path(__file__).parents[1] / "data_raw" / "reference"
RAW = Path(__file__).parents[2] / "shared" / "reference"
FIFE, SCOTLAND = "S12000047", "S92000003"

KEYS = {
    "denominator": ["area_code", "measure_id"],
    "area_population": ["area_code", "area", "rurality"],
    "deprivation_population": ["area_code", "simd_quintile"],
    "publication": ["publication_id"],
    "priority_group": ["group"],
    "benchmark": ["group"],
}
FITS = {
    *("good", "near", "bound_lower", "bound_upper", "stand_in"),
    *("person_level", "child_base", "context", "unusable"),
}


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{name}.csv")


@pytest.fixture(scope="module")
def denominator() -> pd.DataFrame:
    return table("denominator")


# ---------------------------------------------------------------- the tables as committed


@pytest.mark.parametrize(("name", "key"), KEYS.items(), ids=KEYS)
def test_keys_are_unique_and_filled(name: str, key: list[str]) -> None:
    keys = table(name)[key]
    assert not keys.duplicated().any()
    assert keys.notna().all(axis=None)


@pytest.mark.parametrize("name", KEYS)
def test_bytes_are_plain_and_hold_no_address_of_this_machine(name: str) -> None:
    text = (REFERENCE / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text and text.endswith("\n")
    assert not [word for word in ("/work", "/home", "/tmp", "\\", "file:") if word in text]


def test_share_is_numerator_over_denominator(denominator: pd.DataFrame) -> None:
    counted = denominator.dropna(subset=["numerator"])
    share = counted["numerator"] / counted["denominator"]
    assert (share - counted["share"]).abs().max() < 0.00005 + 1e-9
    assert denominator["share"].between(0, 1, inclusive="right").all()


def test_only_survey_shares_have_a_standard_error_and_no_counts(denominator: pd.DataFrame) -> None:
    survey = denominator["publication_id"] == "survey_poverty_2019_22"
    assert survey.sum() == 10
    for column, empty in {"se": ~survey, "numerator": survey, "denominator": survey}.items():
        assert (denominator[column].isna() == empty).all(), column


def test_standard_error_by_hand(denominator: pd.DataFrame) -> None:
    # Lone parents 2019-22: share 0.2209 of 1,000 survey families.
    row = denominator.set_index("measure_id").loc["lone_parent_survey_children"]
    assert row["se"] == pytest.approx((0.2209 * 0.7791 / 1000) ** 0.5, abs=0.00005)


def test_every_row_is_described_and_has_a_known_source(denominator: pd.DataFrame) -> None:
    words = ["area_name", "priority_group", "measure", "unit", "fit", "caution", "period"]
    assert denominator[words].notna().all(axis=None)
    assert set(denominator["fit"]) == FITS
    known = set(table("publication")["publication_id"])
    for name in ("denominator", "area_population", "deprivation_population"):
        assert set(table(name)["publication_id"].str.split("|").explode()) <= known


def test_council_measures_cover_32_councils_and_scotland(denominator: pd.DataFrame) -> None:
    everywhere = denominator[denominator["publication_id"].str.contains("census|population")]
    areas = everywhere[everywhere["priority_group"] != "area_committee"].groupby("measure_id")
    places = areas["area_code"].agg(set)
    assert len(places) == 31
    assert all(SCOTLAND in codes for codes in places)
    # Not every council has every kind of place; the next test shows those gaps are noughts.
    partial = places.index.str.contains("simd_quintile|urban_rural_class")
    assert all(len(codes) == 33 for codes in places[~partial])


@pytest.mark.parametrize(("prefix", "parts"), [("simd_quintile_", 5), ("urban_rural_class_", 6)])
def test_places_left_out_hold_nobody(denominator: pd.DataFrame, prefix: str, parts: int) -> None:
    rows = denominator[denominator["measure_id"].str.startswith(prefix)]
    by_area = rows.groupby("area_code").agg({"numerator": "sum", "denominator": "max"})
    assert len(by_area) == 33
    assert rows["measure_id"].nunique() == parts
    assert (by_area["numerator"] == by_area["denominator"]).all()


def test_area_populations_add_up_to_fife() -> None:
    areas = table("area_population").groupby("area")[["data_zones", "children_0_15", "people"]]
    zones = areas.sum()["data_zones"].to_dict()
    assert zones == {
        "City of Dunfermline": 76,
        "Cowdenbeath": 54,
        "Glenrothes": 70,
        "Kirkcaldy": 80,
        "Levenmouth": 51,
        "North East Fife": 96,
        "South and West Fife": 67,
    }
    assert areas.sum().sum().to_list() == [494, 61_851, 371_741]


def test_deprivation_populations_add_up_to_scotland_and_fife() -> None:
    fifths = table("deprivation_population").set_index("area_code")
    counts = fifths[["data_zones", "children_0_15", "people"]]
    assert len(fifths) == 32 * 5
    assert counts.sum().to_list() == [6_976, 891_132, 5_439_618]
    assert counts.loc[FIFE, "data_zones"].to_list() == [98, 106, 100, 96, 94]


def test_the_same_children_stand_in_every_table(denominator: pd.DataFrame) -> None:
    fife = denominator[denominator["area_code"] == FIFE].set_index("measure_id")["numerator"]
    areas, fifths = table("area_population"), table("deprivation_population")
    rural = areas[areas["rurality"] == "rural"]["children_0_15"].sum()
    assert rural == fife["rural_2020_children"]
    for fifth, children in fifths[fifths["area_code"] == FIFE][
        ["simd_quintile", "children_0_15"]
    ].itertuples(index=False):
        assert children == fife[f"simd_quintile_{fifth}_children"]


def test_benchmarks_resolve_for_every_council(denominator: pd.DataFrame) -> None:
    shares = denominator.set_index(["area_code", "measure_id"])["share"]
    councils = sorted(set(denominator["area_code"]) - {SCOTLAND})
    assert len(councils) == 32
    for row in table("benchmark").fillna("").itertuples():
        named = [(row.low_measure_id, row.low_area), (row.high_measure_id, row.high_area)]
        ends = [end for end in named if end[0]]
        assert len(ends) == {"point": 1, "range": 2, "none": 0}[row.kind], row.group
        for council in councils:
            code = {"council": council, "scotland": SCOTLAND}
            values = [shares[code[area], measure_id] for measure_id, area in ends]
            assert values == sorted(set(values)), (row.group, council)


def test_groups_have_a_benchmark_and_hold_no_figure() -> None:
    groups, benchmarks = table("priority_group"), table("benchmark")
    assert list(groups["group"]) == list(benchmarks["group"])
    assert list(groups["priority"]) == [True] * 6 + [False] * 2
    fits = dict(zip(benchmarks["group"], benchmarks["fit"].fillna(""), strict=True))
    assert set(fits.values()) == {"good", "near", "bounds", "stand-in", ""}
    assert (benchmarks["kind"] == "none").to_list() == [fit == "" for fit in fits.values()]


# ---------------------------------------------------------------- made again from the raw files

needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason="the folder of raw reference files (shared/reference) is absent"
)


def compile_into(folder: Path, raw: Path = RAW) -> subprocess.CompletedProcess[str]:
    # -B: no compiled files are left beside the tables.
    command = [sys.executable, "-B", REFERENCE / "compile.py", raw, "--to", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@needs_raw
def test_compiling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    result = compile_into(tmp_path)
    assert result.returncode == 0, result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.csv" for name in KEYS}
    for name in KEYS:
        committed = (REFERENCE / f"{name}.csv").read_bytes()
        assert (tmp_path / f"{name}.csv").read_bytes() == committed, name


@needs_raw
def test_every_candidate_is_recomputed(denominator: pd.DataFrame) -> None:
    candidates = pd.read_csv(RAW / "candidate_denominators.csv").set_index("id")
    ours = denominator.dropna(subset=["candidate_id"]).set_index("candidate_id")
    assert len(candidates) == 62
    assert set(ours.index) == set(candidates.index) and ours.index.is_unique
    ours = ours.loc[candidates.index]
    assert list(ours["area_name"]) == list(candidates["geography"])
    assert list(ours["period"]) == list(candidates["period"])
    # The worked table keeps 4 places, and so do we: they must agree exactly.
    assert (ours["share"] - candidates["share"]).abs().max() < 1e-9
    for column in ("numerator", "denominator"):
        pd.testing.assert_series_equal(ours[column], candidates[column], check_names=False)


# A raw file with its last row gone, and the totals the message must then name.
CORRUPTIONS = {
    "census2022_household_composition_council.csv": "2,508,542 expected",
    "census2022_ethnicity_age_council.csv": "2,912 expected, 2,911 found",
    "census2022_dz2011.csv": "6,976 expected, 6,975 found",
    "population_mid2022_council.csv": "5,447,700 expected",
    "fife_dz2011_area_committee.csv": "494 expected, 493 found",
    "scotland_births_by_mother_age.csv": "900 expected, 899 found",
    "scotland_child_poverty_priority_groups_frs.csv": "1,780 expected, 1,779 found",
}


@needs_raw
@pytest.mark.parametrize(("name", "totals"), CORRUPTIONS.items(), ids=CORRUPTIONS)
def test_a_lost_row_stops_the_script(tmp_path: Path, name: str, totals: str) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for path in RAW.glob("*.csv"):
        shutil.copyfile(path, raw / path.name)  # contents only: the raw files may be read-only
    lines = (raw / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (raw / name).write_text("".join(lines[:-1]), encoding="utf-8")
    result = compile_into(out, raw)
    assert result.returncode != 0
    message = [line for line in result.stderr.splitlines() if line.startswith(name)]
    assert any(totals in line for line in message), result.stderr
    assert "Traceback" not in result.stderr
    assert not out.exists()


@needs_raw
def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = compile_into(tmp_path / "out", tmp_path)
    assert result.returncode != 0
    assert "census2022_dz2011.csv: not found" in result.stderr
