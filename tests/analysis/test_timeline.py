"""The timetable: tiny plans worked out by hand, and the documentary record's own figures."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from wfw_eval.analysis import timeline
from wfw_eval.analysis.rows import Cells, Rows
from wfw_eval.evaluation import open_evaluation
from wfw_eval.metrics.result import Result

RUN_FILE = Path(__file__).parents[2] / "params" / "example.yaml"
BASELINES = ("A_literal", "B_corrected", "C_18m")
CUT = dt.date(2023, 12, 31)


def day(iso: str | None) -> pd.Timestamp | None:
    return pd.NaT if iso is None else pd.Timestamp(iso)


def row(name, start, end, stage=None, owners=("lead",), stated=True, ended=None, precision="month"):
    return {
        "milestone_id": name, "label": f"What {name} is", "owner_body_ids": owners,
        "owner_stated": stated, "planned_start": day(start), "planned_end": day(end),
        "precision": precision, "actual_start": day(ended and start), "actual_end": day(ended),
        "evidence_stage": stage,
    }  # fmt: skip


#: Planned January to June 2023, ended in July; engagement (T10) is written as June to August.
ROWS = [
    row("PROJECT", "2023-01-01", "2023-06-30", ended="2023-07-31"),
    row("T1", "2023-01-10", "2023-01-10", "set_up", ("lead", "council"), precision="day"),
    row("T4", None, None, owners=("council",), precision="tbc"),
    row("T5", "2023-01-20", "2023-01-20", owners=(), stated=False, precision="day"),
    row("T8", "2023-02-01", "2023-02-28", "set_up"),
    row("T10", "2023-03-01", "2023-04-30", "fieldwork", owners=("lead",), stated=False),
    row("T11", "2023-05-01", "2023-05-31", "drafting"),
    row("T13", "2023-06-01", "2023-06-30", "sign_off"),
]


@pytest.fixture
def milestone() -> pd.DataFrame:
    rows = pd.DataFrame([{**row, "baseline": name} for name in BASELINES for row in ROWS])
    literal = (rows["milestone_id"] == "T10") & (rows["baseline"] == "A_literal")
    rows.loc[literal, "planned_end"] = day("2023-08-31")
    longer = (rows["milestone_id"] == "PROJECT") & (rows["baseline"] == "C_18m")
    rows.loc[longer, "planned_end"] = day("2023-07-31")
    return rows


def sessions(*held: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(held, columns=["date", "stage", "kind"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


@pytest.fixture
def session() -> pd.DataFrame:
    return sessions(
        ("2023-01-15", "set_up", "training"),
        ("2023-02-20", "set_up", "training"),
        ("2023-03-15", "design", "oversight"),
        ("2023-04-01", "fieldwork", "interview"),
        ("2023-05-14", "fieldwork", "oversight"),
        ("2023-07-20", "drafting", "drafting"),
    )


def slips(milestone: pd.DataFrame, session: pd.DataFrame, cut: dt.date = CUT) -> Rows:
    return timeline.slip_rows(milestone, timeline.shown_by_sessions(milestone, session, cut))


def values(cells: Cells, names: tuple[str, ...] = BASELINES) -> list[object]:
    return [cell.value for name in names if isinstance(cell := cells[name], Result)]


# ---------------------------------------------------------------- the plan


def test_the_whole_project_under_each_baseline(milestone: pd.DataFrame) -> None:
    rows = timeline.project_rows(milestone)
    assert values(rows["planned_days"]) == [181, 181, 212]
    assert values(rows["actual_days"]) == [212, 212, 212]
    assert values(rows["planned_months"]) == [6, 6, 7]
    assert values(rows["slip"]) == [31, 31, 0]
    assert values(rows["ratio"]) == [212 / 181, 212 / 181, 1.0]


def test_an_unpublished_end_is_not_estimable(milestone: pd.DataFrame) -> None:
    rows = timeline.project_rows(milestone.assign(actual_end=pd.NaT))
    for measure in ("actual_end", "actual_days", "actual_months", "slip", "ratio"):
        assert not rows[measure]["A_literal"].estimable
    assert rows["slip"]["A_literal"].reason == "no actual end is published"
    assert rows["planned_days"]["A_literal"].value == 181


def test_the_two_readings_of_engagement(milestone: pd.DataFrame) -> None:
    rows = timeline.reading_rows(milestone)
    both = ("A_literal", "B_corrected")
    assert values(rows["months"], both) == [6, 2]
    assert values(rows["days"], both) == [184, 61]
    assert values(rows["overlap"], both) == [61, 0]  # 1 May to 30 June
    assert values(rows["past_planned_end"], both) == [62, -61]
    assert values(rows["past_actual_end"], both) == [31, -92]


def test_baselines_name_the_months_that_they_plan(milestone: pd.DataFrame) -> None:
    assert timeline.baselines(milestone) == {
        "A_literal": "A: as written, 6 months",
        "B_corrected": "B: corrected, 6 months",
        "C_18m": "C: longer, 7 months",
    }


def test_marks_name_each_planned_end_once(milestone: pd.DataFrame) -> None:
    assert timeline.marks(milestone) == [
        {"date": "2023-06-30", "label": "End of the 6 months planned"},
        {"date": "2023-07-31", "label": "End of the 7 months planned"},
    ]


# ---------------------------------------------------------------- what sessions show


def test_what_each_row_is_shown_by(milestone: pd.DataFrame, session: pd.DataFrame) -> None:
    shown = timeline.shown_by_sessions(milestone, session, CUT)
    assert {name: seen.state for name, seen in shown.items()} == {
        "T1": "over", "T4": "unseen", "T5": "unseen", "T8": "over", "T10": "over", "T11": "over",
        "T13": "absent",
    }  # fmt: skip
    assert shown["T1"].day == dt.date(2023, 1, 15)  # the first of its stage
    assert shown["T8"].day == dt.date(2023, 3, 15)  # the first of its kind, in another stage
    assert shown["T10"].day == dt.date(2023, 5, 14)  # the last of its stage
    assert shown["T10"].first == dt.date(2023, 4, 1)


def test_slips_by_hand(milestone: pd.DataFrame, session: pd.DataFrame) -> None:
    rows = slips(milestone, session)
    assert values(rows["T1"]) == [5, 5, 5]
    assert values(rows["T8"]) == [15, 15, 15]
    assert values(rows["T10"]) == [-109, 14, 14]
    assert values(rows["T11"]) == [50, 50, 50]
    assert rows["T10"]["shown_by"] == "last fieldwork session, 14 May 2023"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("T4", "no planned end is stated"),
        ("T5", "no session can show it"),
        ("T13", "no sign-off session on record"),
    ],
)
def test_a_slip_says_why_it_is_not_known(
    milestone: pd.DataFrame, session: pd.DataFrame, name: str, reason: str
) -> None:
    slip = slips(milestone, session)[name]["B_corrected"]
    assert isinstance(slip, Result)
    assert slip.reason == reason


@pytest.mark.parametrize(
    ("cut", "state"),
    [
        ("2023-07-12", "running"),  # 59 days after the last fieldwork session
        ("2023-07-13", "over"),  # 60 days
        ("2023-07-14", "over"),
    ],
)
def test_a_stage_is_over_after_quiet_days(
    milestone: pd.DataFrame, session: pd.DataFrame, cut: str, state: str
) -> None:
    log = session[session["date"] <= cut]
    shown = timeline.shown_by_sessions(milestone, log, dt.date.fromisoformat(cut))
    assert shown["T10"].state == state
    assert shown["T10"].last == dt.date(2023, 5, 14)


@pytest.mark.parametrize(
    ("cut", "state"), [("2023-07-30", "running"), ("2023-07-31", "over"), ("2023-08-01", "over")]
)
def test_a_stage_is_over_at_the_published_end(
    milestone: pd.DataFrame, session: pd.DataFrame, cut: str, state: str
) -> None:
    shown = timeline.shown_by_sessions(milestone, session, dt.date.fromisoformat(cut))
    assert shown["T11"].state == state


def test_on_time_is_at_most_the_days_stated(milestone: pd.DataFrame, session: pd.DataFrame) -> None:
    rows = timeline.on_time_rows(milestone, slips(milestone, session))
    rates = {name: rows[name]["rate"] for name in BASELINES}
    # T1 5, T10 14 (under A -109) on time; T8 15 and T11 50 late
    assert [(rate.count, rate.n) for rate in rates.values()] == [(2, 4)] * 3
    # Wilson, by hand: (2 + z²/2 ± z √(z²/4 + 2·2/4)) / (4 + z²), z = 1.96
    assert rates["B_corrected"].lower == pytest.approx(0.1500, abs=5e-5)
    assert rates["B_corrected"].upper == pytest.approx(0.8500, abs=5e-5)
    assert rows["B_corrected"]["words"].value == (
        "2 of the 4 timetable rows that can be judged came late"
    )
    assert timeline.rules()["on_time"].value == 14


def test_rows_are_named_by_how_they_went(milestone: pd.DataFrame, session: pd.DataFrame) -> None:
    shown = timeline.shown_by_sessions(milestone, session, CUT)
    rows = timeline.slip_rows(milestone, shown)
    assert timeline.judged(milestone, rows, shown, CUT) == {
        "on_time": ["T1", "T10"], "late": ["T8", "T11"], "overdue": ["T13"],
    }  # fmt: skip


def test_without_sessions_nothing_is_judged(milestone: pd.DataFrame) -> None:
    shown = timeline.shown_by_sessions(milestone, sessions(), dt.date(2023, 1, 5))
    rows = timeline.slip_rows(milestone, shown)
    assert not any(cell.estimable for cells in rows.values() for cell in cells.values()
                   if isinstance(cell, Result))  # fmt: skip
    on_time = timeline.on_time_rows(milestone, rows)["B_corrected"]
    assert not on_time["rate"].estimable
    assert on_time["words"].value == "no row of the timetable can be judged yet"
    assert set(timeline.gantt_rows(milestone, shown)) >= {"PROJECT", "T1", "T13"}


def test_the_timeline_shows_dates_and_words(milestone: pd.DataFrame, session: pd.DataFrame) -> None:
    rows = timeline.gantt_rows(milestone, timeline.shown_by_sessions(milestone, session, CUT))
    assert list(rows)[:3] == ["PROJECT", "PROJECT_C_18m", "T1"]
    engagement = rows["T10"]
    assert engagement["planned_end"].value == dt.date(2023, 4, 30)
    assert engagement["literal_end"].value == dt.date(2023, 8, 31)
    assert engagement["recorded_first"].value == dt.date(2023, 4, 1)
    assert engagement["planned"] == "March to April 2023"
    assert engagement["written"] == "March to August 2023"
    assert engagement["recorded"] == "1 April to 14 May 2023"
    assert engagement["published"] == "not published"
    assert rows["T1"]["planned"] == "10 January 2023"
    assert rows["T1"]["written"] == "the same"
    assert rows["T4"]["planned"] == "no date given"
    assert rows["PROJECT"]["published"] == "January to July 2023"


# ---------------------------------------------------------------- owners


def test_owners_and_rows_without_one(milestone: pd.DataFrame) -> None:
    body = pd.DataFrame({"body_id": ["council", "lead", "other"],
                         "name": ["the Council", "Lead", "Other"]})  # fmt: skip
    assert timeline.owner_columns(milestone, body) == {"lead": "Lead", "council": "The Council"}
    rows = timeline.owner_rows(milestone, body)
    assert (rows["T1"]["lead"], rows["T1"]["council"], rows["T1"]["owners"].value) == (
        "Yes",
        "Yes",
        2,
    )
    assert (rows["T10"]["lead"], rows["T10"]["owners"].value) == ("No", 0)  # none stated
    named = timeline.ownership(milestone)
    assert named["no_owner"] == ["T5", "T10"]
    assert named["lead"] == ["T8", "T11", "T13"]
    assert named["council"] == ["T4"]


def test_the_session_log_says_what_it_is(session: pd.DataFrame) -> None:
    log = timeline.session_log(session, synthetic=True)
    assert (log["sessions"].value, log["sessions"].of, log["kind"].value) == (
        6,
        "sessions",
        "simulated",
    )
    assert timeline.session_log(session, synthetic=False)["kind"].value == "recorded"


# ---------------------------------------------------------------- the documentary record


@pytest.fixture(scope="module")
def record() -> pd.DataFrame:
    return open_evaluation(RUN_FILE).read("milestone")


def test_the_record_against_each_baseline(record: pd.DataFrame) -> None:
    rows = timeline.project_rows(record)
    assert values(rows["planned_months"]) == [15, 15, 18]
    assert values(rows["planned_days"]) == [456, 456, 547]
    assert values(rows["actual_days"]) == [547, 547, 547]
    assert values(rows["slip"]) == [91, 91, 0]
    assert [round(ratio, 4) for ratio in values(rows["ratio"])] == [1.1996, 1.1996, 1.0]


def test_the_record_of_engagement(record: pd.DataFrame) -> None:
    rows = timeline.reading_rows(record)
    both = ("A_literal", "B_corrected")
    assert values(rows["months"], both) == [16, 4]
    assert values(rows["overlap"], both) == [152, 0]
    assert rows["past_planned_end"]["A_literal"].value == 214
    assert rows["past_actual_end"]["A_literal"].value == 123


def test_the_record_of_owners(record: pd.DataFrame) -> None:
    named = timeline.ownership(record)
    assert named["no_owner"] == ["T5", "T10"]
    assert named["fife_voluntary_action"] == ["T3", "T7", "T11"]
    assert len(named["all"]) == 13


def test_the_published_dates_are_a_claim() -> None:
    clause = open_evaluation(RUN_FILE).read("clause")
    assert timeline.evidence_class(clause, "W4").value == "claimed"
