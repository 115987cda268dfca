"""Where a run waits for a person or a signal, and what becomes of the answer."""

from __future__ import annotations

from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
