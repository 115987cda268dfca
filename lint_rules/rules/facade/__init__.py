"""The SDK as workflow code uses it."""

from __future__ import annotations

from lint_rules.rules.facade import (
    activity_arguments,
    activity_timeout,
    late_runtime,
    manifest_name,
    none_argument,
    sdk_call,
    sdk_exception,
    temporalio_import,
    ui_step,
    unbounded_retries,
    undefined_name,
    unknown_attribute,
    unknown_name,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    temporalio_import.RULE,
    ui_step.RULE,
    undefined_name.RULE,
    unknown_attribute.RULE,
    sdk_call.RULE,
    activity_arguments.RULE,
    none_argument.RULE,
    activity_timeout.RULE,
    unbounded_retries.RULE,
    sdk_exception.RULE,
    unknown_name.RULE,
    manifest_name.RULE,
    late_runtime.RULE,
)
