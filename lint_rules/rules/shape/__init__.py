"""The workflow class, its steps, children, activities and models."""

from __future__ import annotations

from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
