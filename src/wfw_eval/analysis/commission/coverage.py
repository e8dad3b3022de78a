"""What the choice of partners, by itself, guaranteed."""

from __future__ import annotations

import pandas as pd

from wfw_eval.analysis.rows import Rows, capital, counted, share_of_all, stated
from wfw_eval.metrics.result import Result

METRIC = "M06"


def named_partners(organisation: pd.DataFrame, body: pd.DataFrame) -> pd.DataFrame:
    """Return the third sector organisations that the documents name, without the lead partner."""
    lead = body.loc[body["kind"] == "lead", "body_id"]
    documentary = ~organisation["synthetic"].fillna(False).astype(bool)
    third = organisation["sector"] == "third"
    named = organisation["named_in"].map(len) > 0
    return organisation[documentary & third & named & ~organisation["org_id"].isin(lead)]


def partner_rows(partners: pd.DataFrame, groups: pd.DataFrame) -> Rows:
    """List the partners named, with the priority groups and the area the documents state."""
    labels = groups.set_index("group")["label"]
    return {
        row["org_id"]: {
            "label": capital(row["name"]),
            "named_in": ", ".join(row["named_in"]),
            "groups": "; ".join(labels[group] for group in row["priority_groups"]) or "not stated",
            "area": stated(row["area"], "not stated"),
        }
        for _, row in partners.iterrows()
    }


def guaranteed(partners: pd.DataFrame, groups: pd.DataFrame) -> dict[str, Result]:
    """Return how many priority groups the documents alone guarantee (D24).

    Selection asks each partner for a link with one group, so it guarantees at most as many
    groups as there are partners; which ones, only a stated link can tell.

    Args:
        partners: Rows of :func:`named_partners`.
        groups: Table ``priority_group``, the priority ones only.

    Returns:
        partners, with_group and with_area (shares of the partners), stated (groups that a
        partner states) and at_most (groups that selection could guarantee).
    """
    wanted = set(groups["group"])
    links = partners["priority_groups"].map(lambda served: wanted & set(served))
    shares = {
        "with_group": (links.map(bool).sum(), len(partners), "organisations"),
        "with_area": (partners["area"].notna().sum(), len(partners), "organisations"),
        "stated": (len(set().union(*links)), len(wanted), "groups"),
        "at_most": (min(len(partners), len(wanted)), len(wanted), "groups"),
    }
    return {
        "partners": counted(METRIC, len(partners), "organisations"),
        **{
            name: share_of_all(METRIC, int(count), n, of) for name, (count, n, of) in shares.items()
        },
    }
