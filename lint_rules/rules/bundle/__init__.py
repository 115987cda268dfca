"""The files of a bundle, and what `runbook.md` says of the code."""

from __future__ import annotations

from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
