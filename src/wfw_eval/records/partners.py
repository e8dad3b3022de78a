"""Contracts for funded organisations: applications, money and the returns they owe."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    flag,
    integer,
    number,
    text,
)

SPENDING = (
    "staff",
    "training",
    "expenses",
    "participation_payment",
    "childcare_transport",
    "other",
)

#: The four criteria of clause 2.9, in its order.
CRITERIA = {
    "crit_relationship": "a relationship with at least one priority family group",
    "crit_experience": "experience of involving children and families in designing services",
    "crit_commitment": "commitment to an open review of the whole system, done together",
    "crit_geography": "a contribution to covering the whole area evenly",
}

_ORGANISATION = ForeignKey("org_id", "organisation", "org_id")

APPLICATION = Contract(
    "application",
    "applications to take part",
    ("records",),
    (
        text("app_id", "Identifier of the application; repeat it for each panel member."),
        text("org_id", "Organisation that applied."),
        date("date", "Day the application was received."),
        *(
            integer(
                name,
                f"Points this panel member gave for {what}, from 0 (none) to 4 (fully shown).",
                low=0,
                high=4,
            )
            for name, what in CRITERIA.items()
        ),
        text("panel_member_id", "Pseudonym of the panel member who gave the points."),
        code("outcome", "Whether the application was funded.", ("funded", "not")),
        flag(
            "interest_declared",
            "Whether this panel member declared an interest in this application.",
        ),
        *PROVENANCE,
    ),
    key=("app_id", "panel_member_id"),
    foreign=(_ORGANISATION, ForeignKey("panel_member_id", "person", "person_id")),
    dated_by="date",
)

AWARD = Contract(
    "award",
    "awards to organisations",
    ("records",),
    (
        text("award_id", "Identifier of the award."),
        text("org_id", "Organisation that received the money."),
        number("gbp", "Amount awarded, in pounds.", low=0),
        date("date", "Day of the award letter."),
        code(
            "category",
            "What the money was awarded for; empty if the letter does not say.",
            SPENDING,
            required=False,
        ),
        *PROVENANCE,
    ),
    key=("award_id",),
    foreign=(_ORGANISATION,),
    dated_by="date",
)

SPEND = Contract(
    "spend",
    "spending by organisations",
    ("records",),
    (
        text("spend_id", "Identifier of the payment or of the line in the accounts."),
        text("org_id", "Organisation that spent the money."),
        number("gbp", "Amount spent, in pounds.", low=0),
        date("date", "Day of the payment, or last day of the period the line covers."),
        code("category", "What the money was spent on.", SPENDING),
        *PROVENANCE,
    ),
    key=("spend_id",),
    foreign=(_ORGANISATION,),
    dated_by="date",
)

RECEIPT = Contract(
    "receipt",
    "log of returns received",
    ("records",),
    (
        text("receipt_id", "Identifier of the return that was due."),
        text("org_id", "Organisation that owed the return."),
        text("period", "Period the return covers, such as 2023-Q2."),
        date("due", "Day the return was due."),
        date("received", "Day the return came; empty if it has not come.", required=False),
        number(
            "complete",
            "Share of the return that was filled in, from 0 (nothing, or no return) to 1 (all).",
            low=0,
            high=1,
        ),
        *PROVENANCE,
    ),
    key=("receipt_id",),
    foreign=(_ORGANISATION,),
    dated_by="due",
)
