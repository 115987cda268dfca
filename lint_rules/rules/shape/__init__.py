"""The workflow class, its steps, children, activities and models."""

from __future__ import annotations

from lint_rules.rules.rule import Rule
from lint_rules.rules.shape import (
    assert_in_workflow,
    duplicate_step_name,
    handler_registration,
    inherited_step,
    init_parameters,
    missing_defn,
    missing_super_init,
    model_from_signal,
    not_an_ntro_workflow,
    plain_exception,
    run_input,
    run_method,
    step_decorator,
    step_never_called,
    step_not_async,
    step_order,
    unchecked_key,
)

RULES: tuple[Rule, ...] = (
    missing_super_init.RULE,
    not_an_ntro_workflow.RULE,
    run_method.RULE,
    step_not_async.RULE,
    duplicate_step_name.RULE,
    step_never_called.RULE,
    inherited_step.RULE,
    step_order.RULE,
    plain_exception.RULE,
    assert_in_workflow.RULE,
    model_from_signal.RULE,
    unchecked_key.RULE,
    missing_defn.RULE,
    run_input.RULE,
    step_decorator.RULE,
    init_parameters.RULE,
    handler_registration.RULE,
)
