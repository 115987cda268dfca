"""Where a run waits for a person or a signal, and what becomes of the answer."""

from __future__ import annotations

from lint_rules.rules.gates import (
    decision_attribute,
    decision_ignored,
    one_dialect_only,
    same_branch,
    unknown_dialect,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    decision_ignored.RULE,
    unknown_dialect.RULE,
    same_branch.RULE,
    decision_attribute.RULE,
    one_dialect_only.RULE,
)
