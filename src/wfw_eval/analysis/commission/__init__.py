"""What was commissioned, what was claimed afterwards, and how far the two agree.

All of it is read from the documentary record: every clause and every commitment is known, so
shares are complete counts without a sampling interval.
"""

from wfw_eval.analysis.commission.claims import (
    claim_rows,
    claims_summary,
    holding_rows,
    received,
)
from wfw_eval.analysis.commission.contents import (
    clarity_rows,
    commitment_rows,
    inventory,
    inventory_rows,
)
from wfw_eval.analysis.commission.coverage import guaranteed, named_partners, partner_rows
from wfw_eval.analysis.commission.definitions import (
    definition_gains,
    definition_lists,
    definition_overlap,
    definition_rows,
)
from wfw_eval.analysis.commission.drift import drift_rows, drift_total, fates, lossy, matches
from wfw_eval.analysis.commission.register import (
    DISCREPANCY_KINDS,
    MATERIALITY,
    how_found,
    register_matrix,
    register_rows,
    register_summary,
)

__all__ = [
    "DISCREPANCY_KINDS",
    "MATERIALITY",
    "claim_rows",
    "claims_summary",
    "clarity_rows",
    "commitment_rows",
    "definition_gains",
    "definition_lists",
    "definition_overlap",
    "definition_rows",
    "drift_rows",
    "drift_total",
    "fates",
    "guaranteed",
    "holding_rows",
    "how_found",
    "inventory",
    "inventory_rows",
    "lossy",
    "matches",
    "named_partners",
    "partner_rows",
    "received",
    "register_matrix",
    "register_rows",
    "register_summary",
]
