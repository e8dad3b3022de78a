"""Who was reached, from the records: the counts behind the figures of representation."""

from wfw_eval.analysis.reach.benchmark import Benchmark, benchmark_rows, benchmarks
from wfw_eval.analysis.reach.groups import characteristic_rows, priority_summary
from wfw_eval.analysis.reach.people import attended_people, headcount, walk_ins
from wfw_eval.analysis.reach.places import (
    DEPRIVATION_LABELS,
    RURALITY_LABELS,
    coverage,
    place_cells,
    place_rows,
    spread,
)
from wfw_eval.analysis.reach.steps import funnel_rows, funnel_steps
from wfw_eval.analysis.rows import cells_of, with_labels

__all__ = [
    "DEPRIVATION_LABELS",
    "RURALITY_LABELS",
    "Benchmark",
    "attended_people",
    "benchmark_rows",
    "benchmarks",
    "cells_of",
    "characteristic_rows",
    "coverage",
    "funnel_rows",
    "funnel_steps",
    "headcount",
    "place_cells",
    "place_rows",
    "priority_summary",
    "spread",
    "walk_ins",
    "with_labels",
]
