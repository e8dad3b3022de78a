"""What the intervals are tried on, one module a family; each has ``SCENARIOS``."""
