"""Who usually supplies which table of the records.

A table may have several suppliers: partners keep some of the attendance, risks are entered by the
lead organisation and reviewed by the oversight group, a second coder codes independently.
"""

from __future__ import annotations

#: What each supplier is called.
TITLES: dict[str, str] = {
    "lead_organisation": "lead organisation",
    "partner": "funded partners",
    "council": "council",
    "oversight_group": "oversight group",
    "evaluator": "independent evaluator",
    "families_panel": "families' evaluation panel",
}

#: The tables each supplier is asked for. The families' panel sets how much each decision and each
#: recommendation counts, and judges beside the other raters.
SUPPLIERS: dict[str, tuple[str, ...]] = {
    "lead_organisation": (
        "organisation",
        "application",
        "receipt",
        "person",
        "family_characteristic",
        "person_protected",
        "session",
        "invitation",
        "attendance",
        "source",
        "excerpt",
        "theme",
        "coding",
        "finding",
        "recommendation",
        "link",
        "feedback_event",
        "communication",
        "learning",
        "risk",
    ),
    "partner": (
        "person",
        "family_characteristic",
        "person_protected",
        "attendance",
        "support",
        "spend",
        "source",
        "excerpt",
    ),
    "council": ("award", "response"),
    "oversight_group": ("decision", "risk"),
    "evaluator": (
        "turn",
        "decision_rating",
        "coding",
        "link",
        "instrument",
        "item",
        "response_item",
        "tie",
        "learning",
        "contribution_claim",
        "contribution_test",
        "evidence",
        "judgement",
    ),
    "families_panel": ("decision", "recommendation", "judgement"),
}


def suppliers_of(table: str) -> tuple[str, ...]:
    """Name the suppliers of a table.

    >>> suppliers_of("risk")
    ('lead organisation', 'oversight group')
    """
    return tuple(TITLES[supplier] for supplier, tables in SUPPLIERS.items() if table in tables)
