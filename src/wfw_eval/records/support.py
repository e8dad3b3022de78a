"""Contract for the support that makes taking part possible."""

from __future__ import annotations

from wfw_eval.records.contract import PROVENANCE, Contract, ForeignKey, code, date, flag, text

SUPPORT = Contract(
    "support",
    "support to take part",
    ("records",),
    (
        text("support_id", "Identifier of the row."),
        text("person_id", "Pseudonym of the person the support was for."),
        date("date", "Day the support was first offered or asked for."),
        code(
            "kind",
            "What kind of support.",
            (
                "transport",
                "childcare",
                "interpreter",
                "device",
                "communication",
                "emotional",
                "advance_material",
                "other",
            ),
        ),
        flag("offered", "Whether it was offered without being asked for."),
        flag("requested", "Whether the person asked for it."),
        flag("received", "Whether the person received it."),
        *PROVENANCE,
    ),
    key=("support_id",),
    foreign=(ForeignKey("person_id", "person", "person_id"),),
    dated_by="date",
)
