"""What the `ntro` SDK has, version by version, read from its source and never imported."""

from lint_rules.sdk.surface import Absent, Entry, Surface
from lint_rules.sdk.versions import known_versions, surface

__all__ = ["Absent", "Entry", "Surface", "known_versions", "surface"]
