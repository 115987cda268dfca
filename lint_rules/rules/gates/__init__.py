"""Where a run waits for a person or a signal, and what becomes of the answer."""

from __future__ import annotations

from lint_rules.rules.gates import (
    action_literal,
    base_overridden,
    decision_attribute,
    decision_ignored,
    display_hint,
    gate_in_loop,
    gate_without_timeout,
    impossible_predicate,
    not_awaited,
    one_dialect_only,
    same_branch,
    several_gates,
    signal_signature,
    slot_mismatch,
    unknown_dialect,
    unknown_signal,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    decision_ignored.RULE,
    unknown_dialect.RULE,
    same_branch.RULE,
    decision_attribute.RULE,
    display_hint.RULE,
    action_literal.RULE,
    unknown_signal.RULE,
    signal_signature.RULE,
    slot_mismatch.RULE,
    several_gates.RULE,
    gate_in_loop.RULE,
    gate_without_timeout.RULE,
    impossible_predicate.RULE,
    base_overridden.RULE,
    not_awaited.RULE,
    one_dialect_only.RULE,
)
