"""Every rule, by code."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.rules.determinism import (
    activity_called,
    blocking_call,
    endless_loop,
    file_system,
    history_branch,
    host_fact,
    identity,
    import_time,
    locale_or_time_zone,
    logger_keyword,
    monotonic_clock,
    network,
    output,
    polling_loop,
    randomness,
    read_only_handler,
    sandbox_hole,
    sandbox_refusal,
    set_payload,
    shared_state,
    swallowed_cancellation,
    thread_or_process,
    unordered_iteration,
    unordered_tasks,
    uuid_drawn,
    wall_clock,
)
from lint_rules.rules.rule import Rule
from lint_rules.rules.tool import (
    unexplained_suppression,
    unknown_boundary,
    unreadable_file,
    unused_suppression,
)

RULES: tuple[Rule, ...] = (
    wall_clock.RULE,
    monotonic_clock.RULE,
    randomness.RULE,
    uuid_drawn.RULE,
    host_fact.RULE,
    file_system.RULE,
    network.RULE,
    blocking_call.RULE,
    thread_or_process.RULE,
    unordered_iteration.RULE,
    set_payload.RULE,
    unordered_tasks.RULE,
    identity.RULE,
    shared_state.RULE,
    activity_called.RULE,
    output.RULE,
    import_time.RULE,
    locale_or_time_zone.RULE,
    history_branch.RULE,
    swallowed_cancellation.RULE,
    read_only_handler.RULE,
    endless_loop.RULE,
    sandbox_hole.RULE,
    sandbox_refusal.RULE,
    polling_loop.RULE,
    logger_keyword.RULE,
    unreadable_file.RULE,
    unused_suppression.RULE,
    unexplained_suppression.RULE,
    unknown_boundary.RULE,
)

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
