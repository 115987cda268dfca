"""What the worker installs for a bundle."""

from __future__ import annotations

from lint_rules.rules.requirements import (
    development_requirement,
    duplicate_requirement,
    missing_extra,
    missing_ntro,
    missing_requirement,
    missing_requirements,
    old_pin,
    requirement_not_from_index,
    requirement_spelling,
    unparsable_requirement,
    unpinned_requirement,
    unused_requirement,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    missing_requirements.RULE,
    unparsable_requirement.RULE,
    unpinned_requirement.RULE,
    requirement_not_from_index.RULE,
    duplicate_requirement.RULE,
    development_requirement.RULE,
    missing_ntro.RULE,
    missing_extra.RULE,
    missing_requirement.RULE,
    unused_requirement.RULE,
    old_pin.RULE,
    requirement_spelling.RULE,
)
