"""What is timed, one module a family; each has ``CASES``, a list of ``timing.Case``.

A peer that is not installed is left out of its case, never out of the report.
"""
