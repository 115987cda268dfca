"""The files that are linted, and the suppressions in them."""

from __future__ import annotations

from lint_rules.rules.rule import Rule
from lint_rules.rules.tool import (
    unexplained_suppression,
    unknown_boundary,
    unreadable_file,
    unused_suppression,
)

RULES: tuple[Rule, ...] = (
    unreadable_file.RULE,
    unused_suppression.RULE,
    unexplained_suppression.RULE,
    unknown_boundary.RULE,
)
