"""What the worker installs for a bundle."""

from __future__ import annotations

from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
