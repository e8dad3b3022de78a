"""The columns every table ends with: who supplied the row, when, how good it is."""

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Days

PROVENANCE = ("source_org", "received_on", "evidence_class", "synthetic")

LEAD_ORGANISATION = "sim_lead_organisation"


def with_provenance(
    table: pd.DataFrame,
    source_org: str | pd.Series,
    happened_on: Days,
    evidence_class: str | pd.Series = "recorded",
) -> pd.DataFrame:
    """Return the table with its provenance columns; every row is marked synthetic."""
    return table.assign(
        source_org=source_org,
        received_on=next_return(happened_on),
        evidence_class=evidence_class,
        synthetic=True,
    )


def next_return(happened_on: Days) -> Days:
    """Return the day of the quarterly return after an event: a fortnight into the next quarter.

    >>> next_return(np.array(["2023-05-16"], dtype="datetime64[D]"))
    array(['2023-07-15'], dtype='datetime64[D]')
    """
    month = happened_on.astype("datetime64[M]").astype(np.int64)
    next_quarter = ((month // 3 + 1) * 3).astype("datetime64[M]")
    return_day: Days = next_quarter.astype("datetime64[D]") + 14
    return return_day
