"""The timetable of the plan beside what was published and what the session records show.

The plan contradicts itself, so everything is worked out under each reading of it, called a
baseline. Actual dates of the whole project are what the web page claims. No actual date of a
single row is published; sessions stand in for it where the timetable names a stage that they
can show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Literal

import pandas as pd

from wfw_eval.metrics.delivery import (
    ON_TIME_DAYS,
    duration,
    duration_months,
    duration_ratio,
    on_time_rate,
    overlap,
    slippage,
)
from wfw_eval.metrics.result import Result, Unit, not_estimable

Cells = dict[str, Result | str]
Rows = dict[str, Cells]
Period = tuple[dt.date, dt.date]

#: The readings of the plan: dates as written, with T10's year corrected, and the longer project.
LITERAL, CORRECTED, LONGER = "A_literal", "B_corrected", "C_18m"
READINGS = {LITERAL: "A: as written", CORRECTED: "B: corrected", LONGER: "C: longer"}
PROJECT, FIELDWORK, WRITE_UP, PRESENTED = "PROJECT", "T10", "T11", "T13"

#: Rows that happen once or begin something: their first session is held against the plan.
#: Of all other rows it is the last session of the stage.
STARTS = frozenset({"T1", "T8"})
#: Rows shown by a kind of session, whatever its stage.
SHOWN_BY_KIND = {"T8": "oversight"}

#: Days without a session after which a stage counts as over, if the project has not ended.
QUIET_DAYS = 60

PROJECT_MEASURES = {
    "planned_start": "Planned start",
    "planned_end": "Planned end",
    "planned_months": "Planned length in months",
    "planned_days": "Planned length in days",
    "actual_start": "Published start",
    "actual_end": "Published end",
    "actual_months": "Published length in months",
    "actual_days": "Published length in days",
    "slip": "Slip: published end after planned end",
    "ratio": "Duration ratio: published / planned days",
}

READING_MEASURES = {
    "start": "Engagement begins",
    "end": "Engagement ends",
    "months": "Length in months",
    "days": "Length in days",
    "overlap": "Overlap with write-up and presentation (T11 to T13)",
    "past_planned_end": "Runs past the planned end of the project by",
    "past_actual_end": "Runs past the published end of the project by",
}

#: What a reader must know about the session log, by whether it is simulated.
STANDING = {
    True: "The sessions are simulated: none of them took place, and no date taken from them says "
    "how the real project kept to its timetable. They show what a session log could tell.",
    False: "The log was supplied by the organisations that ran the process, and is not independent "
    "of them.",
}

State = Literal["over", "running", "absent", "unseen"]


@dataclass(frozen=True)
class Planned:
    """One row of the timetable under one baseline.

    Attributes:
        label: What was to happen.
        start: First planned day.
        end: Last planned day.
        monthly: Whether the plan names months, not days.
        actual_start: First actual day published.
        actual_end: Last actual day published.
        stage: Session stage that would show it.
        owners: Bodies named as owners; empty where no organisation is named.
    """

    label: str
    start: dt.date | None
    end: dt.date | None
    monthly: bool
    actual_start: dt.date | None
    actual_end: dt.date | None
    stage: str | None
    owners: tuple[str, ...]

    @property
    def period(self) -> Period | None:
        """First and last planned day, if both are stated."""
        return _period(self.start, self.end)

    @property
    def actual(self) -> Period | None:
        """First and last actual day, if both are published."""
        return _period(self.actual_start, self.actual_end)


@dataclass(frozen=True)
class Shown:
    """What the session records show of one row.

    Attributes:
        state: Whether the row's sessions are over, still running, absent from the records, or
            such as no session could show.
        words: What shows it, or why nothing does.
        first: Day of the first session that counts.
        last: Day of the last session that counts.
        day: The day held against the plan, known once the sessions are over.
    """

    state: State
    words: str
    first: dt.date | None = None
    last: dt.date | None = None
    day: dt.date | None = None


def plans(milestone: pd.DataFrame) -> dict[str, dict[str, Planned]]:
    """Return the timetable, by baseline and row.

    Args:
        milestone: Table ``milestone``, one row per timetable row and baseline.
    """
    found: dict[str, dict[str, Planned]] = {}
    for row in milestone.to_dict("records"):
        found.setdefault(str(row["baseline"]), {})[str(row["milestone_id"])] = _planned(row)
    return found


def baselines(milestone: pd.DataFrame) -> dict[str, str]:
    """Return the name of each baseline, with the months it plans for the whole project."""
    found = plans(milestone)
    return {name: f"{words}, {_length(found[name][PROJECT])}" for name, words in READINGS.items()}


def project_rows(milestone: pd.DataFrame) -> Rows:
    """Compare the whole project's published dates with each baseline.

    Returns:
        One row per measure (dates, days, months, slip in days, ratio), one cell per baseline.
    """
    measured = {name: _project(rows[PROJECT]) for name, rows in plans(milestone).items()}
    return _turned(measured, PROJECT_MEASURES)


def reading_rows(milestone: pd.DataFrame) -> Rows:
    """Compare the two readings of when engagement was to end.

    Returns:
        One row per measure; one cell for the date as written, one for the corrected one.
        Days past an end are negative where engagement ends before it.
    """
    found = plans(milestone)
    return _turned({name: _reading(found[name]) for name in (LITERAL, CORRECTED)}, READING_MEASURES)


def rules() -> dict[str, Result]:
    """Return the days that decide when a row was on time and when a stage was over."""
    limits = {"on_time": ON_TIME_DAYS, "quiet": QUIET_DAYS}
    return {name: Result(metric="M41", unit="days", value=days) for name, days in limits.items()}


def session_log(session: pd.DataFrame, synthetic: bool) -> dict[str, Result]:
    """Return how many sessions are on record, and whether they are simulated or recorded."""
    kind = "simulated" if synthetic else "recorded"
    return {
        "sessions": _counted(len(session), "sessions", ("session",)),
        "kind": Result(metric="words", unit="text", value=kind, inputs=("session",)),
    }


def shown_by_sessions(
    milestone: pd.DataFrame, session: pd.DataFrame, data_cut: dt.date
) -> dict[str, Shown]:
    """Find the sessions that show each row of the timetable.

    A stage is over once the records reach the published end of the project, or once no session
    of it has been held for :data:`QUIET_DAYS`. Until then its last session is not an end.

    Args:
        milestone: Table ``milestone``.
        session: Table ``session``, up to the data cut.
        data_cut: Last day that the records cover.
    """
    rows = plans(milestone)[CORRECTED]
    end = rows[PROJECT].actual_end
    ended = end is not None and data_cut >= end
    quiet_since = data_cut if ended else data_cut - dt.timedelta(QUIET_DAYS)
    return {
        name: _shown(name, row.stage, session, quiet_since)
        for name, row in rows.items()
        if name != PROJECT
    }


def gantt_rows(milestone: pd.DataFrame, shown: Mapping[str, Shown]) -> Rows:
    """Return what the timeline is drawn from: the project under both lengths, then each row.

    Returns:
        Per row its dates as results, and the same as words for the table beside the figure.
    """
    found = plans(milestone)
    written, corrected, longer = found[LITERAL], found[CORRECTED], found[LONGER]
    whole = {
        PROJECT: _gantt_row(_project_label(corrected), corrected[PROJECT], written[PROJECT]),
        f"{PROJECT}_{LONGER}": _gantt_row(_project_label(longer), longer[PROJECT]),
    }
    single = {
        name: _gantt_row(f"{name} {row.label}", row, written[name], shown[name])
        for name, row in corrected.items()
        if name != PROJECT
    }
    return whole | single


def marks(milestone: pd.DataFrame) -> list[dict[str, str]]:
    """Return the planned ends of the project, as vertical lines of the timeline."""
    projects = [rows[PROJECT] for rows in plans(milestone).values()]
    ends = {row.end: f"End of the {_length(row)} planned" for row in projects if row.end}
    return [{"date": end.isoformat(), "label": words} for end, words in ends.items()]


def slip_rows(milestone: pd.DataFrame, shown: Mapping[str, Shown]) -> Rows:
    """Return how late each row of the timetable was, under each baseline.

    Returns:
        Per row what shows it, the day held against the plan, and per baseline the slip in days
        past the planned end (negative: before it); not estimable where a day is not known.
    """
    found = plans(milestone)
    return {
        name: {
            "label": f"{name} {found[CORRECTED][name].label}",
            "shown_by": _shown_words(seen),
            **_dates("session", day=seen.day),
            **{baseline: _slip(rows[name].end, seen) for baseline, rows in found.items()},
        }
        for name, seen in shown.items()
    }


def on_time_rows(milestone: pd.DataFrame, slips: Mapping[str, Cells]) -> Rows:
    """Return the on-time rate under each baseline, among the rows whose slip is known.

    Returns:
        Per baseline the rate with its Wilson interval, and ``words`` that say it in a sentence.
    """
    rates = {name: on_time_rate(_column(slips, name), inputs=("milestone", "session"))
             for name in baselines(milestone)}  # fmt: skip
    return {
        name: {"label": label, "rate": rates[name], "words": _late_words(rates[name])}
        for name, label in baselines(milestone).items()
    }


def judged(
    milestone: pd.DataFrame, slips: Mapping[str, Cells], shown: Mapping[str, Shown],
    data_cut: dt.date, baseline: str = CORRECTED,
) -> dict[str, list[str]]:  # fmt: skip
    """Name the rows that were on time, late, or due but not seen to be over by the data cut."""
    planned = plans(milestone)[baseline]
    due_before = data_cut - dt.timedelta(ON_TIME_DAYS)
    named: dict[str, list[str]] = {"on_time": [], "late": [], "overdue": []}
    for name, seen in shown.items():
        slip, end = slips[name][baseline], planned[name].end
        if isinstance(slip, Result) and isinstance(slip.value, int):
            named["on_time" if slip.value <= ON_TIME_DAYS else "late"].append(name)
        elif seen.state in ("running", "absent") and end is not None and end < due_before:
            named["overdue"].append(name)
    return named


def owner_columns(milestone: pd.DataFrame, body: pd.DataFrame) -> dict[str, str]:
    """Return the bodies that own any row of the timetable, by id with their names."""
    names = dict(zip(body["body_id"], body["name"], strict=True))
    rows = _timetable(milestone).values()
    owners = dict.fromkeys(owner for row in rows for owner in row.owners)
    return {owner: _capital(names[owner]) for owner in owners}


def owner_rows(milestone: pd.DataFrame, body: pd.DataFrame) -> Rows:
    """Return who owns each row of the timetable: yes or no per body, and how many own it."""
    owners = owner_columns(milestone, body)
    return {
        name: {
            "label": f"{name} {row.label}",
            **{owner: "Yes" if owner in row.owners else "No" for owner in owners},
            "owners": _counted(len(row.owners), "bodies", ("milestone",)),
        }
        for name, row in _timetable(milestone).items()
    }


def ownership(milestone: pd.DataFrame) -> dict[str, list[str]]:
    """Name the rows that have no owner, and per body those that it alone owns."""
    named: dict[str, list[str]] = {"no_owner": [], "all": []}
    for name, row in _timetable(milestone).items():
        named["all"].append(name)
        if len(row.owners) < 2:
            named.setdefault(row.owners[0] if row.owners else "no_owner", []).append(name)
    return named


def evidence_class(clause: pd.DataFrame, clause_id: str) -> Result:
    """Return what kind of evidence a clause or statement is: planned, claimed, ..."""
    found = clause.loc[clause["clause_id"] == clause_id, "evidence_class"]
    return Result(metric="M48", unit="text", value=str(found.iloc[0]), inputs=("clause",))


def _planned(row: Mapping[Any, Any]) -> Planned:
    return Planned(
        label=str(row["label"]),
        start=_day(row["planned_start"]),
        end=_day(row["planned_end"]),
        monthly=row["precision"] == "month",
        actual_start=_day(row["actual_start"]),
        actual_end=_day(row["actual_end"]),
        stage=None if pd.isna(row["evidence_stage"]) else str(row["evidence_stage"]),
        owners=tuple(row["owner_body_ids"]) if row["owner_stated"] else (),
    )


def _timetable(milestone: pd.DataFrame) -> dict[str, Planned]:
    return {name: row for name, row in plans(milestone)[CORRECTED].items() if name != PROJECT}


def _project(row: Planned) -> dict[str, Result]:
    return {
        **_dates("milestone", planned_start=row.start, planned_end=row.end),
        **_lengths(row.period, "planned_"),
        **_dates("milestone", actual_start=row.actual_start, actual_end=row.actual_end),
        **_lengths(row.actual, "actual_"),
        "slip": slippage(row.end, row.actual_end, inputs=("milestone",)),
        "ratio": _measured(duration_ratio, "ratio", row.period, row.actual),
    }


def _reading(rows: Mapping[str, Planned]) -> dict[str, Result]:
    engagement, project = rows[FIELDWORK], rows[PROJECT]
    afterwards = _period(rows[WRITE_UP].start, rows[PRESENTED].end)
    return {
        **_dates("milestone", start=engagement.start, end=engagement.end),
        **_lengths(engagement.period),
        "overlap": _measured(overlap, "days", engagement.period, afterwards),
        "past_planned_end": slippage(project.end, engagement.end, inputs=("milestone",)),
        "past_actual_end": slippage(project.actual_end, engagement.end, inputs=("milestone",)),
    }


def _lengths(period: Period | None, prefix: str = "") -> dict[str, Result]:
    return {
        f"{prefix}months": _measured(lambda each: duration_months(*each), "months", period),
        f"{prefix}days": _measured(lambda each: duration(*each), "days", period),
    }


def _measured(measure: Callable[..., Result], unit: Unit, *periods: Period | None) -> Result:
    if None in periods:
        return not_estimable("M41", unit, "a first or last day is not known")
    return measure(*periods).about(inputs=("milestone",))


def _turned(measured: Mapping[str, Mapping[str, Result]], labels: Mapping[str, str]) -> Rows:
    """Turn results by baseline into one row per measure."""
    return {
        key: {"label": label, **{name: results[key] for name, results in measured.items()}}
        for key, label in labels.items()
    }


def _shown(name: str, stage: str | None, session: pd.DataFrame, quiet_since: dt.date) -> Shown:
    if stage is None:
        return Shown("unseen", "no session can show it")
    kind = SHOWN_BY_KIND.get(name)
    what = (kind or stage).replace("_", "-")
    days = session.loc[
        session["stage"] == stage if kind is None else session["kind"] == kind, "date"
    ]
    if days.empty:
        return Shown("absent", f"no {what} session on record")
    first, last = days.min().date(), days.max().date()
    if name in STARTS:
        return Shown("over", f"first {what} session", first, first, first)
    if last > quiet_since:
        return Shown("running", f"{what} sessions not known to be over", first, last)
    return Shown("over", f"last {what} session", first, last, last)


def _shown_words(seen: Shown) -> str:
    return f"{seen.words}, {seen.day.day} {seen.day:%B %Y}" if seen.day else seen.words


def _slip(planned_end: dt.date | None, seen: Shown) -> Result:
    if planned_end is not None and seen.day is None:
        return not_estimable("M41", "days", seen.words)
    return slippage(planned_end, seen.day, inputs=("milestone", "session"))


def _late_words(rate: Result) -> Result:
    words = "no row of the timetable can be judged yet"
    if rate.n:
        late = rate.n - (rate.count or 0)
        words = f"{late} of the {rate.n} timetable rows that can be judged came late"
    return Result(metric="words", unit="text", value=words)


def _gantt_row(
    label: str, planned: Planned, written: Planned | None = None, seen: Shown | None = None
) -> Cells:
    literal = planned if written is None else written
    log = Shown("unseen", "row by row below") if seen is None else seen
    return {
        "label": label,
        **_dates("milestone", planned_start=planned.start, planned_end=planned.end),
        **_dates("milestone", literal_start=literal.start, literal_end=literal.end),
        **_dates("session", recorded_first=log.first, recorded_last=log.last),
        **_dates("milestone", actual_start=planned.actual_start, actual_end=planned.actual_end),
        "planned": _period_words(planned.period, planned.monthly, "no date given"),
        "written": _written_words(planned, literal),
        "recorded": _period_words(_period(log.first, log.last), False, log.words),
        "published": _period_words(planned.actual, planned.monthly, "not published"),
    }


def _written_words(planned: Planned, literal: Planned) -> str:
    if planned.period is not None and planned.period == literal.period:
        return "the same"
    return _period_words(literal.period, literal.monthly, "no date given")


def _project_label(rows: Mapping[str, Planned]) -> str:
    return f"{rows[PROJECT].label}, {_length(rows[PROJECT])}"


def _length(row: Planned) -> str:
    """Say how many months a row of the plan lasts."""
    return "no length" if row.period is None else f"{duration_months(*row.period).value} months"


def _period_words(period: Period | None, monthly: bool, missing: str) -> str:
    """Write a period as exactly as it is known: in months, or in days.

    >>> _period_words((dt.date(2023, 5, 1), dt.date(2023, 6, 30)), True, "")
    'May to June 2023'
    """
    if period is None:
        return missing
    pattern = "%B %Y" if monthly else "%d %B %Y"
    first, last = (day.strftime(pattern).lstrip("0").split() for day in period)
    pairs = zip(reversed(first), reversed(last), strict=True)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    begun = [*first[: len(first) - shared], "to"] if shared < len(first) else []
    return " ".join([*begun, *last])


def _column(rows: Mapping[str, Cells], name: str) -> list[Result]:
    return [row[name] for row in rows.values() if isinstance(row[name], Result)]  # type: ignore[misc]


def _counted(count: int, of: str, inputs: Iterable[str]) -> Result:
    return Result(metric="M41", unit="count", value=count, of=of, inputs=tuple(inputs))


def _dates(table: str, **days: dt.date | None) -> dict[str, Result]:
    """Return days as results, under the names given."""
    return {
        name: not_estimable("M41", "date", "the day is not known", inputs=(table,))
        if day is None
        else Result(metric="M41", unit="date", value=day, inputs=(table,))
        for name, day in days.items()
    }


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _period(start: dt.date | None, end: dt.date | None) -> Period | None:
    return None if start is None or end is None else (start, end)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
