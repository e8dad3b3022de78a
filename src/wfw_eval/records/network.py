"""Contract for working ties between the people of the partnership."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    integer,
    text,
)
from wfw_eval.records.instruments import WAVES

TIE = Contract(
    "tie",
    "working ties",
    ("records",),
    (
        text("from_id", "Pseudonym of the person who described the tie."),
        text("to_id", "Pseudonym of the person they described it with."),
        code("wave", "When in the project they were asked.", WAVES),
        date("date", "Day they answered."),
        code(
            "kind",
            "What was asked about: contact; trust that the other is reliable, shares the mission, "
            "is open; value of the other's power, involvement, resources.",
            (
                "contact",
                "trust_rel",
                "trust_mission",
                "trust_open",
                "value_power",
                "value_involve",
                "value_resource",
            ),
        ),
        integer("strength", "Strength, from 0 (no tie) to 4 (strongest).", low=0, high=4),
        *PROVENANCE,
    ),
    key=("from_id", "to_id", "wave", "kind"),
    foreign=(
        ForeignKey("from_id", "person", "person_id"),
        ForeignKey("to_id", "person", "person_id"),
    ),
    dated_by="date",
)
