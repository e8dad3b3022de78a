"""The timetable of the plan beside what was published and what the session records show.

The plan contradicts itself, so everything is worked out under each reading of it, called a
baseline. Actual dates of the whole project are what the web page claims. No actual date of a
single row is published; sessions stand in for it where the timetable names a stage that they
can show.
"""

from wfw_eval.analysis.timeline.chart import gantt_rows, marks
from wfw_eval.analysis.timeline.lengths import evidence_class, project_rows, reading_rows
from wfw_eval.analysis.timeline.owners import owner_columns, owner_rows, ownership
from wfw_eval.analysis.timeline.plan import READINGS, baselines
from wfw_eval.analysis.timeline.sessions import STANDING, session_log, shown_by_sessions
from wfw_eval.analysis.timeline.slips import judged, on_time_rows, rules, slip_rows

__all__ = [
    "READINGS",
    "STANDING",
    "baselines",
    "evidence_class",
    "gantt_rows",
    "judged",
    "marks",
    "on_time_rows",
    "owner_columns",
    "owner_rows",
    "ownership",
    "project_rows",
    "reading_rows",
    "rules",
    "session_log",
    "shown_by_sessions",
    "slip_rows",
]
