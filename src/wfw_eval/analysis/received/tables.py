"""Which tables of records came, who supplied them, and what stays open without the others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wfw_eval.analysis.received.names import all_called, names_of
from wfw_eval.analysis.rows import Rows, capital, counted
from wfw_eval.metrics.result import Result
from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.suppliers import suppliers_of

METRIC = "records"

#: What each table of records is asked for, as a question that it answers.
ASKED: dict[str, str] = {
    "organisation": "Which organisations took part, and which families and areas they work with",
    "person": "Who took part, and who left and why",
    "family_characteristic": "Whether the priority families were reached",
    "session": "What was held, when and where",
    "invitation": "Who was asked, and who was asked and did not come",
    "attendance": "Who came, how often, and whether they were paid for their time",
    "application": "How the organisations were chosen",
    "award": "How the money was divided",
    "spend": "What the money was spent on",
    "receipt": "Whether the organisations sent the returns they owed",
    "person_protected": "Whether people with each protected characteristic took part",
    "support": "Whether people were given the help they needed to take part",
    "turn": "Who spoke in meetings, and who did not",
    "decision": "What was decided, when, and by whom",
    "decision_rating": "How far decisions were shared, in the eyes of raters",
    "source": "Which conversations and other accounts were kept",
    "excerpt": "What people said",
    "theme": "Which themes their accounts were sorted into",
    "coding": "Whether two readers sort the same words in the same way",
    "finding": "What the project found",
    "recommendation": "What was recommended, and who drafted and agreed it",
    "link": "Whether a recommendation can be traced back to what people said",
    "response": "How those who received the recommendations answered",
    "feedback_event": "Whether those who took part were told what came of it",
    "instrument": "Which questionnaires were used",
    "item": "Which questions they hold",
    "response_item": "How people rated what they experienced",
    "tie": "Who worked with whom, and how that changed",
    "risk": "Whether risks were seen, owned and reviewed",
    "communication": "Who was kept informed, how and how often",
    "learning": "What was learned, and whether others used it",
    "contribution_claim": "What difference the project is said to have made",
    "contribution_test": "Whether those claims hold when tested",
    "evidence": "What each judgement rests on",
    "judgement": "How each rater judged, and whether raters agree",
}


def table_rows(tables: Mapping[str, pd.DataFrame | None], organisation: pd.DataFrame) -> Rows:
    """Return one row per table that came: label, rows, suppliers and whether it is simulated.

    Args:
        tables: Each table that was asked for, as it stood at the data cut, or None.
        organisation: Table ``organisation``, for the names.
    """
    names = names_of(organisation)
    return {
        name: {
            "label": capital(CONTRACTS[name].title),
            "rows": _rows(name, supplied(table)),
            "suppliers": ", ".join(all_called(supplied(table)["source_org"], names))
            or "nobody by the data cut",
            "simulated": _simulated(supplied(table)),
        }
        for name, table in tables.items()
        if table is not None
    }


def missing_rows(tables: Mapping[str, pd.DataFrame | None]) -> Rows:
    """Return one row per table that did not come: its usual suppliers, and what stays open."""
    return {
        name: {
            "label": capital(CONTRACTS[name].title),
            "suppliers": capital(", ".join(suppliers_of(name))),
            "answers": ASKED[name],
        }
        for name, table in tables.items()
        if table is None
    }


def tables_summary(tables: Mapping[str, pd.DataFrame | None]) -> dict[str, Result]:
    """Count the tables asked for, received, received without a row by the cut, and missing."""
    came = [supplied(table) for table in tables.values() if table is not None]
    counts = {
        "asked": len(tables),
        "received": len(came),
        "empty": sum(table.empty for table in came),
        "missing": len(tables) - len(came),
    }
    return {name: counted(METRIC, count, "tables") for name, count in counts.items()}


def supplied(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that somebody supplied; the others are taken from the documents."""
    return table[table["source_org"].notna()]


def _rows(name: str, table: pd.DataFrame) -> Result:
    """Count rows, as people where a row is about one person or family."""
    personal = {"person_id", "family_id"} & set(CONTRACTS[name].key)
    return counted(METRIC, len(table), "people" if personal else "rows", inputs=(name,))


def _simulated(table: pd.DataFrame) -> str:
    if table.empty:
        return "no rows yet"
    simulated = table["synthetic"].fillna(False)
    return "yes" if simulated.all() else "in part" if simulated.any() else "no"
