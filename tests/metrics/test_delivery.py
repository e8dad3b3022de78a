"""Days, months and qualifiers: against R and the dates of the project, and at their limits.

Expected figures stand in ``results/``, beside the R script that made them. R is not needed to run
the tests.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfw_eval.metrics.delivery import (
    ON_TIME_DAYS,
    commitment_match,
    duration,
    duration_months,
    duration_ratio,
    lost_qualifiers,
    on_time_rate,
    overlap,
    scope_drift,
    slippage,
)
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result

Period = tuple[dt.date, dt.date]

RESULTS = Path(__file__).parent / "results"
PROJECT = json.loads((RESULTS / "published.json").read_text(encoding="utf-8"))["dates"]
PLANNED = dt.date(2023, 1, 1), dt.date(2024, 3, 31)
ACTUAL = dt.date(2023, 1, 1), dt.date(2024, 6, 30)
T10_LITERAL = dt.date(2023, 7, 1), dt.date(2024, 10, 31)
T10_CORRECTED = dt.date(2023, 7, 1), dt.date(2023, 10, 31)
T11_TO_T13 = dt.date(2023, 11, 1), dt.date(2024, 3, 31)
BACKWARDS = PLANNED[::-1]

steady = settings(deadline=None, derandomize=True, database=None)


def cases() -> list[dict[str, str]]:
    with (RESULTS / "dates.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def periods(case: dict[str, str]) -> tuple[Period, Period]:
    first, second = (
        (dt.date.fromisoformat(case[f"{name}_start"]), dt.date.fromisoformat(case[f"{name}_end"]))
        for name in ("first", "second")
    )
    return first, second


in_r = pytest.mark.parametrize(
    "case", cases(), ids=lambda case: f"{case['first_end']} {case['second_end']}"
)
all_periods = st.tuples(st.dates(), st.dates()).map(lambda days: (min(days), max(days)))


# --- M41 days and months --------------------------------------------------------------------


@in_r
def test_slip_agrees_with_r(case: dict[str, str]) -> None:
    (_, planned), (_, actual) = periods(case)
    assert slippage(planned, actual).value == int(case["slip"])


@in_r
def test_durations_agree_with_r(case: dict[str, str]) -> None:
    for name, period in zip(("first", "second"), periods(case), strict=True):
        assert duration(*period).value == int(case[f"{name}_days"])
        assert duration_months(*period).value == int(case[f"{name}_months"])


@in_r
def test_ratio_of_durations_agrees_with_r(case: dict[str, str]) -> None:
    assert duration_ratio(*periods(case)).value == pytest.approx(float(case["ratio"]), abs=1e-9)


@in_r
def test_overlap_agrees_with_r(case: dict[str, str]) -> None:
    first, second = periods(case)
    assert overlap(first, second).value == overlap(second, first).value == int(case["overlap"])


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("planned_days", duration(*PLANNED)),
        ("actual_days", duration(*ACTUAL)),
        ("months_planned", duration_months(*PLANNED)),
        ("months_actual", duration_months(*ACTUAL)),
        ("slip_days", slippage(PLANNED[1], ACTUAL[1])),
        ("t10_literal_months", duration_months(*T10_LITERAL)),
        ("t10_corrected_months", duration_months(*T10_CORRECTED)),
        ("overlap_t10_t11_t13_days", overlap(T10_LITERAL, T11_TO_T13)),
        ("t10_past_planned_end_days", slippage(PLANNED[1], T10_LITERAL[1])),
        ("t10_past_actual_end_days", slippage(ACTUAL[1], T10_LITERAL[1])),
        ("ratio", duration_ratio(PLANNED, ACTUAL)),
    ],
)
def test_the_dates_of_the_project(name: str, result: Result) -> None:
    assert result.value == pytest.approx(PROJECT[name], abs=5e-7)
    assert result.metric == "M41"


def test_the_longer_baseline_was_kept() -> None:
    assert duration_ratio(ACTUAL, ACTUAL).value == 1.0


@pytest.mark.parametrize(
    ("planned", "actual", "reason"),
    [
        (None, ACTUAL[1], "no planned end is stated"),
        (PLANNED[1], None, "no actual end is published"),
        (None, None, "no planned end is stated"),
        (pd.NaT, pd.Timestamp(ACTUAL[1]), "no planned end is stated"),
        (pd.Timestamp(PLANNED[1]), pd.NaT, "no actual end is published"),
    ],
)
def test_a_missing_day_has_no_slip(planned: Any, actual: Any, reason: str) -> None:
    result = slippage(planned, actual)
    assert (result.value, result.reason, result.unit) == (None, reason, "days")


@pytest.mark.parametrize("other", [pd.Timestamp, lambda day: dt.datetime(*day.timetuple()[:3], 12)])
def test_days_are_counted_by_calendar_whatever_the_hour(
    other: Callable[[dt.date], dt.datetime],
) -> None:
    for planned, actual in ((PLANNED, ACTUAL), (ACTUAL, PLANNED)):
        late = (other(actual[1]), actual[1])
        assert {slippage(planned[1], end).value for end in late} == {
            slippage(planned[1], actual[1]).value
        }
        assert slippage(other(planned[1]), actual[1]) == slippage(planned[1], actual[1])
    mixed = other(PLANNED[0]), PLANNED[1]
    assert duration(*mixed) == duration(*PLANNED)
    assert duration_months(*mixed) == duration_months(*PLANNED)
    assert overlap(mixed, ACTUAL) == overlap(PLANNED, ACTUAL)
    assert duration_ratio(mixed, ACTUAL) == duration_ratio(PLANNED, ACTUAL)


@pytest.mark.parametrize(
    "measure",
    [
        lambda period: duration(*period),
        lambda period: duration_months(*period),
        lambda period: duration_ratio(period, PLANNED),
        lambda period: duration_ratio(PLANNED, period),
        lambda period: overlap(period, PLANNED),
        lambda period: overlap(PLANNED, period),
    ],
)
@pytest.mark.parametrize(
    ("period", "message"),
    [
        (BACKWARDS, "before it starts"),
        ((PLANNED[0], None), "must be known"),
        ((None, PLANNED[1]), "must be known"),
        ((pd.Timestamp(PLANNED[0]), pd.NaT), "must be known"),
        ((pd.NaT, pd.NaT), "must be known"),
    ],
)
def test_what_is_no_period_is_refused(
    measure: Callable[[Any], Result], period: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        measure(period)


def test_a_day_is_a_period() -> None:
    day = PLANNED[0], PLANNED[0]
    assert (duration(*day).value, duration_months(*day).value, overlap(day, day).value) == (1, 1, 1)


def test_periods_that_touch_share_the_day_and_neighbours_share_none() -> None:
    day, start = dt.timedelta(1), PLANNED[1]
    assert overlap(PLANNED, (start, start + day)).value == 1
    assert overlap(PLANNED, (start + day, start + day)).value == 0


@steady
@given(all_periods, all_periods)
def test_periods_have_the_properties_of_lengths(first: Period, second: Period) -> None:
    shared = overlap(first, second).value
    assert 0 <= shared <= min(duration(*first).value, duration(*second).value)
    assert shared == overlap(second, first).value
    assert overlap(first, first).value == duration(*first).value
    assert slippage(first[1], second[1]).value == -slippage(second[1], first[1]).value
    assert 28 * (duration_months(*first).value - 2) < duration(*first).value


# --- M41 on-time rate -----------------------------------------------------------------------


def slips(*days: int | None) -> list[Result]:
    start = dt.date(2024, 1, 31)
    ends = [None if late is None else start + dt.timedelta(late) for late in days]
    return [slippage(start, end) for end in ends]


@pytest.mark.parametrize(("late", "on_time"), [(13, 1), (14, 1), (15, 0), (-400, 1), (0, 1)])
def test_fourteen_days_late_is_still_on_time(late: int, on_time: int) -> None:
    assert ON_TIME_DAYS == 14
    assert on_time_rate(slips(late)).count == on_time


@pytest.mark.parametrize(("late", "on_time"), [(6, 1), (7, 1), (8, 0)])
def test_another_limit_counts_from_there(late: int, on_time: int) -> None:
    assert on_time_rate(slips(late), within=7).count == on_time


@pytest.mark.parametrize(
    ("days", "count", "n"),
    [((0, 14, 15, 91), 2, 4), ((0, None, 15), 1, 2), ((91,), 0, 1), ((None, 3), 1, 1)],
)
def test_the_rate_is_of_milestones_with_both_dates(
    days: tuple[int | None, ...], count: int, n: int
) -> None:
    result, expected = on_time_rate(slips(*days)), share(count, n)
    assert (result.value, result.lower, result.upper) == (
        expected.value, expected.lower, expected.upper,
    )  # fmt: skip
    assert (result.metric, result.count, result.n, result.of) == ("M41", count, n, "milestones")


@pytest.mark.parametrize("days", [(), (None,), (None, None)])
def test_without_dates_there_is_no_rate(days: tuple[None, ...]) -> None:
    result = on_time_rate(slips(*days))
    assert (result.estimable, result.reason) == (False, "no milestone has both dates")


# --- M40 scope drift ------------------------------------------------------------------------

D07 = ["evidence of", "meaningful engagement", "priority children and families", "rural and urban"]


@pytest.mark.parametrize(
    ("claimed", "lost"),
    [
        (["meaningful engagement", "throughout Fife"], 3),
        (["Meaningful  ENGAGEMENT "], 3),
        (D07, 0),
        ([*D07, "more"], 0),
        ([], 4),
        (["meaningful"], 4),
        (["rural", "urban"], 4),
    ],
)
def test_drift_by_hand(claimed: list[str], lost: int) -> None:
    result = scope_drift(D07, claimed)
    assert (result.value, result.count, result.n) == (lost / 4, lost, 4)


def test_lost_qualifiers_stay_in_their_order_and_wording() -> None:
    claim = ["meaningful engagement"]
    assert lost_qualifiers(D07, claim) == (D07[0], D07[2], D07[3])


def test_without_qualifiers_nothing_can_drift() -> None:
    result = scope_drift([], ["meaningful engagement"])
    assert (result.estimable, result.reason) == (False, "the commitment has no qualifier")


@pytest.mark.parametrize(("promised", "claimed"), [("rural", ["rural"]), (["rural"], "rural")])
def test_one_text_is_no_list_of_phrases(promised: Any, claimed: Any) -> None:
    with pytest.raises(ValueError, match="list of phrases"):
        scope_drift(promised, claimed)
    with pytest.raises(ValueError, match="list of phrases"):
        lost_qualifiers(promised, claimed)


phrases = st.lists(st.text(string.ascii_letters + " äéßñ", min_size=1), max_size=6)


@steady
@given(phrases.filter(bool), phrases)
def test_drift_is_a_share_and_blind_to_case_and_spaces(
    promised: list[str], claimed: list[str]
) -> None:
    drift = scope_drift(promised, claimed)
    assert 0 <= drift.value <= 1
    assert drift.count == len(lost_qualifiers(promised, claimed))
    assert scope_drift(promised, promised).value == 0
    spaced = [f" {phrase.upper().replace(' ', '   ')}\n" for phrase in claimed]
    assert scope_drift(promised, spaced) == drift
    assert scope_drift([phrase.swapcase() for phrase in promised], claimed) == drift


@steady
@given(phrases.filter(bool), phrases, st.text(string.ascii_letters))
def test_a_fuller_claim_never_drifts_more(
    promised: list[str], claimed: list[str], more: str
) -> None:
    assert scope_drift(promised, [*claimed, more]).value <= scope_drift(promised, claimed).value


# --- M40 commitment match -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "count"),
    [
        ({"C01": "W5a", "C02": None}, 1),
        ({"C01": None, "C02": None, "C03": None}, 0),
        ({"C01": "W5a", "C02": "W5a"}, 2),
        ({"C01": "", "C02": "  ", "C03": "W2"}, 1),
        ({"C01": math.nan, "C02": np.nan, "C03": pd.NA, "C04": "W2"}, 1),
        (pd.Series({"C01": "W5a", "C02": None, "C03": None}, dtype="str").to_dict(), 1),
    ],
    ids=["one", "none", "all", "blank", "missing", "from a table"],
)
def test_match_by_hand(claims: dict[str, Any], count: int) -> None:
    result = commitment_match(claims)
    assert (result.value, result.count, result.n) == (count / len(claims), count, len(claims))
    assert (result.lower, result.upper) == (None, None)


def test_without_commitments_nothing_can_match() -> None:
    assert commitment_match({}).reason == "there are no commitments"


# --- the documents of the project -----------------------------------------------------------


def documents(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parents[2] / "data_raw" / "documents" / f"{name}.csv")


def test_the_claims_of_the_web_page() -> None:
    """Counted by hand in the table: 23 commitments, of which 9 name a claim."""
    commitment = documents("commitment")
    claims = dict(zip(commitment["commitment_id"], commitment["claim_clause_id"], strict=True))
    result = commitment_match(claims)
    assert (result.count, result.n) == (9, 23)


def test_the_slips_of_the_timetable() -> None:
    """Only the whole project has an actual end: 91 days, 91 days and 0 days after the planned."""
    milestone = documents("milestone")
    for column in ("planned_end", "actual_end"):
        milestone[column] = pd.to_datetime(milestone[column])
    found = [
        slippage(planned, actual)
        for planned, actual in milestone[["planned_end", "actual_end"]].itertuples(index=False)
    ]
    assert [slip.value for slip in found if slip.estimable] == [91, 91, 0]
    assert (on_time_rate(found).count, on_time_rate(found).n) == (1, 3)
