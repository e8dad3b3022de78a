"""Applications, awards, spending and the returns the funded partners owe."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.families import numbered
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import as_dates, from_rows, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

APPLICATIONS = (
    ("APP1", "sim_partner_a", "2023-03-14", "funded"),
    ("APP2", "sim_partner_b", "2023-03-16", "funded"),
    ("APP3", "sim_partner_c", "2023-03-17", "funded"),
    ("APP4", "sim_partner_b", "2023-03-17", "not"),
)
PANEL = (LEAD_ORGANISATION, "sim_council", "sim_health_and_social_care_partnership")
CRITERIA = ("crit_relationship", "crit_experience", "crit_commitment", "crit_geography")
POINTS = {"funded": {"2": 2, "3": 5, "4": 3}, "not": {"0": 1, "1": 4, "2": 5}}
DECLARED_BY, DECLARED_IN = LEAD_ORGANISATION, "APP1"

AWARDED_ON = "2023-04-17"

# Pounds by category. Partner C's add up to 1,250 less than its award.
SPENDING = (
    "staff",
    "training",
    "expenses",
    "participation_payment",
    "childcare_transport",
    "other",
)
SPENT = {
    "sim_partner_a": (15_000, 1_500, 1_800, 5_200, 3_000, 1_500),
    "sim_partner_b": (14_000, 1_200, 1_600, 4_400, 2_600, 1_200),
    "sim_partner_c": (12_400, 1_000, 1_350, 3_000, 2_000, 1_000),
}
QUARTER_ENDS = ("2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30")

# The last return was due at the end of the project, the others a fortnight into the next quarter.
DUE = {
    "2023-Q2": "2023-07-15",
    "2023-Q3": "2023-10-15",
    "2023-Q4": "2024-01-15",
    "2024-Q1": "2024-04-15",
    "2024-Q2": "2024-06-21",
}
LATE_BY = {"sim_partner_a": (-4, 0, -1, 0, 5), "sim_partner_b": (3, 19, 33, 0, 6)}


def application_table(draws: Draws, person: pd.DataFrame) -> pd.DataFrame:
    """Return the points that three panel members gave to each application."""
    applications = from_rows(("app_id", "org_id", "date", "outcome"), APPLICATIONS)
    table = applications.merge(_panel(person), how="cross")
    for criterion in CRITERIA:
        given = {outcome: draws.choose(points, len(table)) for outcome, points in POINTS.items()}
        points = np.where(table["outcome"] == "funded", given["funded"], given["not"])
        table[criterion] = points.astype(np.int64)
    member_declares = table["employer"] == DECLARED_BY
    table["interest_declared"] = member_declares & (table["app_id"] == DECLARED_IN)
    ends = ["panel_member_id", "outcome", "interest_declared"]
    return recorded(table[["app_id", "org_id", "date", *CRITERIA, *ends]], LEAD_ORGANISATION)


def award_table() -> pd.DataFrame:
    """Return the awards. The letters do not say what the money is for."""
    table = pd.DataFrame({"org_id": list(PROCESS_TRUTH.awards)})
    table.insert(0, "award_id", numbered("AW", len(table), 1))
    table["gbp"] = list(PROCESS_TRUTH.awards.values())
    table["date"] = as_dates(pd.Series([AWARDED_ON] * len(table)))
    return recorded(table.assign(category=None), "sim_council")


def spend_table(draws: Draws) -> pd.DataFrame:
    """Return the spending by quarter and category; what a line covers ends on its date.

    A partner that sent no return is known from the ledger of the lead organisation.
    """
    lines = [
        (org, pounds, date, category)
        for org, totals in SPENT.items()
        for category, total in zip(SPENDING, totals, strict=True)
        for date, pounds in zip(QUARTER_ENDS, _by_quarter(draws, total), strict=True)
    ]
    table = from_rows(("org_id", "gbp", "date", "category"), lines)
    table = table.sort_values(["date", "org_id"], kind="stable", ignore_index=True)
    table.insert(0, "spend_id", numbered("SP", len(table), 3))
    no_return = table["org_id"] == PROCESS_TRUTH.partner_without_return
    return recorded(table, table["org_id"].mask(no_return, LEAD_ORGANISATION))


def receipt_table() -> pd.DataFrame:
    """Return the log of returns: one a partner and quarter, with the share that was filled in."""
    rows = [
        (org, period, due, _received(org, due, n), filled or 0.0)
        for org, shares in PROCESS_TRUTH.completeness.items()
        for n, ((period, due), filled) in enumerate(zip(DUE.items(), shares, strict=True))
    ]
    columns = ("org_id", "period", "due", "received", "complete")
    table = from_rows(columns, rows, dates=("due", "received"))
    table.insert(0, "receipt_id", numbered("RC", len(table), 2))
    logged = table["received"].fillna(table["due"]).rename("logged")
    return recorded(table.assign(logged=logged), LEAD_ORGANISATION, "logged").drop(columns="logged")


def _panel(person: pd.DataFrame) -> pd.DataFrame:
    professional = person[person["stake"] == "professional"].sort_values(["joined_on", "person_id"])
    first = professional.drop_duplicates("org_id").set_index("org_id")
    members = [str(first.at[org, "person_id"]) for org in PANEL]
    return pd.DataFrame({"employer": PANEL, "panel_member_id": members})


def _by_quarter(draws: Draws, total: int) -> list[int]:
    """Split whole pounds over the quarters, roughly evenly."""
    quarters = len(QUARTER_ENDS)
    cuts = np.arange(1, quarters) * total // quarters + draws.below(total // 10, quarters - 1)
    pounds: list[int] = np.diff(cuts, prepend=0, append=total).tolist()
    return pounds


def _received(org: str, due: str, number: int) -> str | None:
    if PROCESS_TRUTH.completeness[org][number] is None:
        return None
    return str(np.datetime64(due) + LATE_BY[org][number])
