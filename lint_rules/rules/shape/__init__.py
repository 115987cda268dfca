"""The workflow class, its steps, children, activities and models."""

from __future__ import annotations

from lint_rules.rules.rule import Rule
from lint_rules.rules.shape import (
    activity_call_arguments,
    activity_not_registered,
    activity_signature,
    child_input_fields,
    child_input_type,
    duplicate_event_type,
    duplicate_nested_class,
    event_type,
    missing_field,
    missing_re_export,
    parametrised_observable,
    repeated_child_id,
    unknown_child,
    unknown_field,
)

RULES: tuple[Rule, ...] = (
    repeated_child_id.RULE,
    unknown_child.RULE,
    child_input_type.RULE,
    child_input_fields.RULE,
    missing_re_export.RULE,
    activity_not_registered.RULE,
    activity_signature.RULE,
    activity_call_arguments.RULE,
    unknown_field.RULE,
    missing_field.RULE,
    duplicate_nested_class.RULE,
    event_type.RULE,
    duplicate_event_type.RULE,
    parametrised_observable.RULE,
)
