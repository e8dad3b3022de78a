"""Compile the project's small reference tables from the raw public files.

    python data_raw/reference/compile.py SHARED_REFERENCE_FOLDER [--to data_raw/reference]

Every figure is recomputed from the raw files. The totals those files are known to hold are checked
first (checks.py), all problems are shown together, and nothing is written if one differs. What is
measured stands in measures.py, places.py and survey.py; what is written by hand, in sources.py and
decisions.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from checks import COUNCIL_TOTALS, ReferenceError, check
from decisions import BENCHMARKS, PRIORITY_GROUPS, Benchmark
from measures import FIFE, FILES, LONG_TABLES, SCOTLAND, ZONES, Measure, Tables, family_measures
from places import (
    area_names,
    area_population,
    deprivation_population,
    place_measures,
    zones_by_council,
    zones_with_place,
)
from sources import SOURCES
from survey import SURVEY_MEASURES, births_row, survey_row


def read_all(folder: Path) -> Tables:
    """The raw files, by source."""
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise ReferenceError("\n".join(f"{name}: not found in {folder}" for name in missing))
    return {source: pd.read_csv(folder / name) for source, name in FILES.items()}


# ---------------------------------------------------------------- one line a council


def widen(long: pd.DataFrame, row: str) -> pd.DataFrame:
    """A long census table with a column for each pair of row and age band."""
    name = long[row] + "_" + long["age_band"]
    return long.assign(name=name).pivot(index="council_code", columns="name", values="people")


def by_council(tables: Tables) -> Tables:
    """Every table that measures are taken from, one line a council."""
    wide = {
        source: tables[source].set_index("council_code")
        for source, *_ in COUNCIL_TOTALS
        if "dz11_code" not in tables[source]
    }
    wide |= {source: widen(tables[source], row) for source, row in LONG_TABLES.items()}
    return wide | {ZONES: zones_by_council(zones_with_place(tables))}


# ---------------------------------------------------------------- denominators

DENOMINATOR_COLUMNS = [
    *("area_code", "area_name", "priority_group", "measure_id", "measure"),
    *("numerator", "denominator", "share", "se", "unit", "fit"),
    *("caution", "period", "publication_id", "candidate_id"),
]


def measure_rows(measure: Measure, tables: Tables) -> pd.DataFrame:
    """One measure for Scotland and every council, or for Fife alone."""
    counts = pd.DataFrame(
        {"numerator": measure.numerator.of(tables), "denominator": measure.denominator.of(tables)}
    )
    counts.loc[SCOTLAND] = counts.sum()
    if measure.areas == "Fife":
        counts = counts.loc[[FIFE]]
    # A share of nought is no yardstick; deprivation_population.csv keeps the noughts.
    counts = counts[counts["numerator"] > 0].rename_axis("area_code").reset_index()
    return counts.assign(
        priority_group=measure.group,
        measure_id=measure.measure_id,
        measure=measure.words,
        share=counts["numerator"] / counts["denominator"],
        unit=measure.unit,
        fit=measure.fit,
        caution=measure.caution,
        period=measure.period,
        publication_id=measure.publication_id,
        candidate_id=counts["area_code"].map(measure.candidates),
    )


def denominators(tables: Tables) -> pd.DataFrame:
    """denominator.csv: one row for each area and measure."""
    wide, survey = by_council(tables), tables["survey_poverty_2019_22"]
    national = [survey_row(measure, survey) for measure in SURVEY_MEASURES]
    national.append(births_row(tables["births_by_mother_age"]))
    by_area = [measure_rows(measure, wide) for measure in (*family_measures(), *place_measures())]
    table = pd.concat([*by_area, pd.DataFrame(national)], ignore_index=True)
    table = table.reindex(columns=DENOMINATOR_COLUMNS)
    table["area_name"] = table["area_code"].map(area_names(tables))
    # Whole numbers that may be empty: survey shares have no count behind them.
    table = table.astype({"numerator": "Int64", "denominator": "Int64"})
    return table.sort_values(["area_code", "measure_id"], ignore_index=True)


# ---------------------------------------------------------------- benchmarks

BENCHMARK_COLUMNS = [
    *("group", "kind", "low_measure_id", "low_area", "high_measure_id", "high_area"),
    *("unit", "fit", "reason", "caution"),
]


def benchmark_unit(benchmark: Benchmark, table: pd.DataFrame) -> str:
    """What is counted at each end, taken from the measures themselves."""
    units = table.drop_duplicates("measure_id").set_index("measure_id")["unit"]
    return "|".join(dict.fromkeys(units[measure_id] for measure_id, _ in benchmark.ends))


def benchmark_problems(table: pd.DataFrame) -> Iterator[str]:
    """A measure named for a council that lacks it, or a range that is upside down."""
    shares = table.set_index(["area_code", "measure_id"])["share"]
    for benchmark in BENCHMARKS:
        for council in sorted(set(table["area_code"]) - {SCOTLAND}):
            codes = {"council": council, "scotland": SCOTLAND}
            keys = [(codes[area], measure_id) for measure_id, area in benchmark.ends]
            if missing := [key for key in keys if key not in shares.index]:
                yield f"benchmark for {benchmark.group}: no figure for {missing}"
            elif len(keys) == 2 and not shares[keys[0]] < shares[keys[1]]:
                yield f"benchmark for {benchmark.group}: low end above high end in {council}"


def benchmark_table(table: pd.DataFrame) -> pd.DataFrame:
    """benchmark.csv: the decision for each group, once its measures are known to exist."""
    if problems := list(benchmark_problems(table)):
        raise ReferenceError("\n".join(problems))
    rows = pd.DataFrame([vars(benchmark) for benchmark in BENCHMARKS])
    rows["unit"] = [benchmark_unit(benchmark, table) for benchmark in BENCHMARKS]
    return rows[BENCHMARK_COLUMNS]


# ---------------------------------------------------------------- writing


def compile_tables(folder: Path) -> Tables:
    """Every table of this folder, by file name."""
    raw = read_all(folder)
    check(raw)
    denominator = denominators(raw)
    return {
        "denominator.csv": denominator,
        "area_population.csv": area_population(raw),
        "deprivation_population.csv": deprivation_population(raw),
        "publication.csv": pd.DataFrame([vars(source) for source in SOURCES]),
        "priority_group.csv": pd.DataFrame([vars(group) for group in PRIORITY_GROUPS]),
        "benchmark.csv": benchmark_table(denominator),
    }


def write(tables: Tables, folder: Path) -> None:
    """The tables as bytes, so that line ends are the same on every system."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        text = table.to_csv(index=False, float_format="%.4f", lineterminator="\n")
        (folder / name).write_bytes(text.encode("utf-8"))


def main(arguments: list[str] | None = None) -> int:
    """Compile, or say what is wrong with the raw files and write nothing."""
    parser = argparse.ArgumentParser(description="Compile the reference tables.")
    parser.add_argument("folder", type=Path, help="the folder of raw reference files")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, help="where to write")
    options = parser.parse_args(arguments)
    try:
        tables = compile_tables(options.folder)
    except ReferenceError as error:
        print(f"Nothing written. The raw files do not match SOURCES.md:\n{error}", file=sys.stderr)
        return 1
    write(tables, options.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
