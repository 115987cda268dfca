"""The files of a bundle, and what `runbook.md` says of the code."""

from __future__ import annotations

from lint_rules.rules.bundle import (
    config_schema_form,
    config_type,
    context_model,
    context_not_configurable,
    dead_config,
    declared_step_order,
    default_breaks_schema,
    step_activity,
    step_component,
    step_listed_twice,
    step_missing,
    step_unknown,
    summary_keys,
    upload_config,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    # What the frontmatter says of the code.
    step_missing.RULE,
    step_unknown.RULE,
    declared_step_order.RULE,
    step_component.RULE,
    step_activity.RULE,
    summary_keys.RULE,
    upload_config.RULE,
    config_schema_form.RULE,
    default_breaks_schema.RULE,
    context_not_configurable.RULE,
    dead_config.RULE,
    context_model.RULE,
    config_type.RULE,
    step_listed_twice.RULE,
)
