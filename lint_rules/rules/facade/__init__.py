"""The SDK as workflow code uses it."""

from __future__ import annotations

from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
