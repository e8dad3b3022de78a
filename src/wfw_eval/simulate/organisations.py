"""The organisations of the example. None of them stands for a real one."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.provenance import LEAD_ORGANISATION, with_provenance

COLUMNS = ("org_id", "name", "sector", "area", "priority_groups", "named_in")

# Nobody works with minority ethnic families, so that a coverage check has something to find.
ORGANISATIONS = (
    (
        "sim_partner_a",
        "Simulated partner A",
        "third",
        "Levenmouth",
        "lone_parent|mother_under_25|child_under_1",
    ),
    (
        "sim_partner_b",
        "Simulated partner B",
        "third",
        "City of Dunfermline",
        "disabled_adult_or_child|three_plus_children",
    ),
    (
        "sim_partner_c",
        "Simulated partner C",
        "third",
        "Glenrothes",
        "care_experienced|edge_of_care",
    ),
    (LEAD_ORGANISATION, "Simulated lead organisation", "third", None, None),
    ("sim_council", "Simulated council", "public", None, None),
    (
        "sim_health_and_social_care_partnership",
        "Simulated health and social care partnership",
        "public",
        None,
        None,
    ),
)

PARTNER_BY_AREA = {
    "City of Dunfermline": "sim_partner_b",
    "Cowdenbeath": "sim_partner_b",
    "Glenrothes": "sim_partner_c",
    "Kirkcaldy": "sim_partner_a",
    "Levenmouth": "sim_partner_a",
    "North East Fife": "sim_partner_c",
    "South and West Fife": "sim_partner_b",
}

AGREED_ON = np.datetime64("2023-01-16")


def organisation_table() -> pd.DataFrame:
    """Return the organisations; an empty area is the whole of Fife."""
    rows = [(*organisation, None) for organisation in ORGANISATIONS]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    return with_provenance(table, LEAD_ORGANISATION, np.repeat(AGREED_ON, len(table)))
