"""Histories against today's code; `ntro-testkit replay check` reports these, no lint does."""

from __future__ import annotations

from lint_rules.rules.replay import (
    changed_contents,
    ends_otherwise,
    moved_across_gate,
    moved_command,
    replay_breaks,
    replay_task_failure,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    replay_breaks.RULE,
    replay_task_failure.RULE,
    moved_across_gate.RULE,
    moved_command.RULE,
    changed_contents.RULE,
    ends_otherwise.RULE,
)
