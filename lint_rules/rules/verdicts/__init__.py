"""What runs prove; `ntro-testkit test`, `check` and pytest report these, no lint does."""

from __future__ import annotations

from lint_rules.rules.rule import Rule
from lint_rules.rules.verdicts import (
    activity_failure_fault,
    broken_invariant,
    crash_difference,
    decision_without_effect,
    gate_fault,
    lost_input,
    lost_row_edit,
    query_fault,
    schedule_fault,
    second_run_difference,
    stale_approval,
    timeout_fault,
    twin_difference,
)

RULES: tuple[Rule, ...] = (
    decision_without_effect.RULE,
    stale_approval.RULE,
    lost_input.RULE,
    lost_row_edit.RULE,
    query_fault.RULE,
    gate_fault.RULE,
    timeout_fault.RULE,
    activity_failure_fault.RULE,
    twin_difference.RULE,
    second_run_difference.RULE,
    crash_difference.RULE,
    schedule_fault.RULE,
    broken_invariant.RULE,
)
