"""Which names make workflow code nondeterministic, as data, and how to ask about one.

The data are the TOML files in `data/`, one per family; `python -m lint_rules.hazards.compile` turns
them into `table.json`, which is all that a lint run reads.
"""

from lint_rules.hazards.model import (
    Boundary,
    Classification,
    Code,
    Condition,
    Fix,
    Harmless,
    Hazard,
    Hazards,
    Ordering,
)
from lint_rules.hazards.table import HazardDataError, HazardTable, load

__all__ = [
    "Boundary",
    "Classification",
    "Code",
    "Condition",
    "Fix",
    "Harmless",
    "Hazard",
    "HazardDataError",
    "HazardTable",
    "Hazards",
    "Ordering",
    "load",
]
