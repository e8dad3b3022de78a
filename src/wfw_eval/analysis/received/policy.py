"""The thresholds of disclosure control, as rows of a table."""

from __future__ import annotations

from wfw_eval.analysis.rows import Rows
from wfw_eval.metrics.result import Result
from wfw_eval.params import DisclosurePolicy

LABELS = {
    "threshold": "Smallest number of people or families that is printed",
    "heightened_threshold": "The same, about health, care, belief, sexual orientation and the like",
    "minimum_base": "Fewest people or families of whom a percentage is printed",
}


def policy_rows(policy: DisclosurePolicy) -> Rows:
    """Return one row per threshold of the run."""
    return {
        name: {
            "label": LABELS[name],
            "value": Result(metric="policy", unit="count", value=value),
        }
        for name, value in policy.model_dump().items()
    }
