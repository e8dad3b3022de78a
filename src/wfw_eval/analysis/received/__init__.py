"""What was received to evaluate with: returns, tables, answers, checks and sources."""

from wfw_eval.analysis.received.answers import (
    KINDS,
    PROTECTED_LABELS,
    answer_partitions,
    answer_rows,
    least_answered,
)
from wfw_eval.analysis.received.checks import (
    check_rows,
    comparable,
    observation_rows,
)
from wfw_eval.analysis.received.names import names_of
from wfw_eval.analysis.received.policy import policy_rows
from wfw_eval.analysis.received.returns import (
    return_matrix,
    return_periods,
    return_rows,
    senders,
)
from wfw_eval.analysis.received.sources import (
    STANDING,
    class_rows,
    provenance,
    sources_summary,
    supplier_rows,
)
from wfw_eval.analysis.received.tables import (
    ASKED,
    missing_rows,
    table_rows,
    tables_summary,
)

__all__ = [
    "ASKED",
    "KINDS",
    "PROTECTED_LABELS",
    "STANDING",
    "answer_partitions",
    "answer_rows",
    "check_rows",
    "class_rows",
    "comparable",
    "least_answered",
    "missing_rows",
    "names_of",
    "observation_rows",
    "policy_rows",
    "provenance",
    "return_matrix",
    "return_periods",
    "return_rows",
    "senders",
    "sources_summary",
    "supplier_rows",
    "table_rows",
    "tables_summary",
]
