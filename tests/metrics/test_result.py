"""A result says what it is, is never NaN, and survives being stored."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfw_eval.metrics.result import STORED_DIGITS, Result, not_estimable

steady = settings(deadline=None, derandomize=True, database=None)


def result(**known: Any) -> Result:
    return Result(**{"metric": "M01", "unit": "proportion", **known})


def stored(given: Result) -> Result:
    return Result.from_json(json.loads(json.dumps(given.to_json())))


def near(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=10.0 ** (1 - STORED_DIGITS))


# --- whether there is a number --------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "estimable"),
    [
        (result(value=0.0), True),
        (result(value=0, lower=0.0, upper=0.2), True),
        (result(lower=0.0, upper=0.0, interval="bounds"), True),
        (not_estimable("M01", "proportion", "nobody was asked"), False),
        (not_estimable("M01", "proportion", "nobody was asked", count=0, n=0), False),
        (result(), False),
        (result(lower=0.1), False),
    ],
    ids=["zero", "value", "range of one point", "reason", "reason and base", "nothing", "one end"],
)
def test_estimable_means_a_value_or_a_range(given: Result, estimable: bool) -> None:
    assert given.estimable is estimable


@pytest.mark.parametrize("place", ["value", "lower", "upper"])
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, np.float32("nan")])
def test_a_result_is_never_nan(place: str, number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        result(**{place: number})


def test_a_copy_is_checked_too() -> None:
    with pytest.raises(ValueError, match="finite"):
        result(value=0.5).about(value=math.nan)


def test_about_leaves_the_original_as_it_was() -> None:
    first = result(value=0.5)
    assert first.about(cell="people:all", inputs=("person",)).inputs == ("person",)
    assert first.cell is None


# --- stored and read again ------------------------------------------------------------------

numbers = st.floats(-1e300, 1e300) | st.integers(-(10**15), 10**15)
results = st.builds(
    Result,
    metric=st.sampled_from(["M01", "M41"]),
    unit=st.sampled_from(["count", "proportion", "ratio", "index", "days", "months"]),
    value=st.none() | numbers,
    lower=st.none() | st.floats(-1e300, 1e300),
    upper=st.none() | st.floats(-1e300, 1e300),
    interval=st.sampled_from(["confidence", "bounds"]),
    count=st.none() | st.integers(0),
    n=st.none() | st.integers(0),
    of=st.none() | st.text(),
    cell=st.none() | st.text(),
    sensitivity=st.sampled_from(["standard", "heightened"]),
    method=st.text(),
    reason=st.none() | st.text(),
    inputs=st.lists(st.text()).map(tuple),
)


@steady
@given(results)
def test_a_stored_result_comes_back_within_the_digits_stored(first: Result) -> None:
    back = stored(first)
    for place in ("value", "lower", "upper"):
        assert near(getattr(back, place), getattr(first, place))
    assert back.about(value=None, lower=None, upper=None) == first.about(
        value=None, lower=None, upper=None
    )
    assert stored(back) == back


@steady
@given(st.dates())
def test_a_stored_date_comes_back(day: dt.date) -> None:
    assert stored(result(unit="date", value=day)).value == day


@pytest.mark.parametrize("moment", [dt.datetime(2024, 6, 30, 17, 5), pd.Timestamp("2024-06-30")])
def test_of_a_timestamp_the_day_is_stored(moment: dt.datetime) -> None:
    assert stored(result(unit="date", value=moment)).value == dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (np.int64(3), 3),
        (np.uint8(3), 3),
        (np.float64(0.25), 0.25),
        (np.float32(0.25), 0.25),
        (2 / 3, 0.6666666667),
        (123456789012, 123456789012),
        ("Kirkcaldy", "Kirkcaldy"),
    ],
)
def test_what_is_stored_is_plain(given: Any, expected: Any) -> None:
    found = result(value=given).to_json()["value"]
    assert (type(found), found) == (type(expected), expected)


def test_a_numpy_count_is_stored_too() -> None:
    assert stored(result(value=0.5, count=np.int64(6), n=np.int64(12))).n == 12


def test_what_is_not_known_is_left_out() -> None:
    assert result(value=0.5).to_json() == {
        "metric": "M01", "unit": "proportion", "value": 0.5, "interval": "confidence",
        "sensitivity": "standard", "method": "",
    }  # fmt: skip


def test_a_reason_is_stored() -> None:
    first = not_estimable("M41", "days", "no planned end is stated", inputs=("milestone",))
    assert stored(first) == first


def test_keys_of_a_later_version_are_passed_over() -> None:
    assert Result.from_json({**result(value=0.5).to_json(), "later": 1}) == result(value=0.5)
