"""Calls of activities: how many arguments, None among them, timeouts, retries."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.facade.planting import (
    above,
    importing,
    in_activity,
    in_run,
    only,
    shown,
)

HEAD = importing(
    "from datetime import timedelta",
    "from temporalio.common import RetryPolicy",
    "from temporalio import workflow as plain",
    "from ntro.workflow import activity",
)
BOUNDED = "start_to_close_timeout=ATTEMPT, schedule_to_close_timeout=RETRIES"


def call(arguments: str, how: str = "runbook.execute_activity") -> str:
    return f"await {how}(post_slip{arguments}, {BOUNDED})"


# --- NTR206 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        call(", slip, ctx.limit"),
        call(", slip, ctx.limit", "plain.execute_activity"),
        call(", slip, ctx.limit", "plain.start_activity"),
        call(", slip, ctx.limit, *rest"),
        "await self.run_step('post', post_slip, slip, ctx.limit)",
        f"await runbook.execute_activity('petty_cash.post_slip', slip, ctx.limit, {BOUNDED})",
    ],
)
def test_a_second_argument_is_one_too_many(body: str) -> None:
    edit = in_run(body)
    found = only("NTR206", HEAD, edit)
    assert "TypeError, and the run hangs" in found.message
    assert found.severity == "error"
    assert shown(found, HEAD, edit) == "ctx.limit"


@pytest.mark.parametrize(
    "body",
    [
        call(", slip"),
        call(""),
        call(", *rest"),
        call(", slip, *rest"),
        call(", args=[slip, 1]", "plain.execute_activity"),
        "await self.run_step('wait', self.wait_for_signal_predicate, 1, 2)",
        "ctx.execute_activity(post_slip, 1, 2)",
    ],
)
def test_one_argument_or_none_is_right(body: str) -> None:
    assert planted("NTR206", HEAD, in_run(body)) == []


# --- NTR207 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (call(", None"), "is None"),
        ("nothing = None\n" + call(", nothing"), "is None"),
        (call(", slip if ctx.limit else None"), "may be None"),
        (call(", slip or None"), "is None"),
        ("last = None\nfor x in ctx.period:\n    last = x\n" + call(", last"), "may be None"),
        ("last = None if ctx.limit else slip\n" + call(", last"), "may be None"),
        ("await self.run_step('post', post_slip, None)", "is None"),
    ],
)
def test_none_for_a_required_parameter_is_no_argument(body: str, message: str) -> None:
    found = only("NTR207", HEAD, in_run(body))
    assert message in found.message
    assert "`payload`" in found.message
    assert found.severity == ("error" if message == "is None" else "warning")


@pytest.mark.parametrize(
    "body",
    [
        call(", slip"),
        call(""),
        call(", None", "plain.execute_activity"),
        "last = None\nlast = slip\n" + call(", last"),
        "last = None\nif last is None:\n    last = slip\n" + call(", last"),
        "last = None\nfor x in ctx.period:\n    last = x\nassert last\n" + call(", last"),
        "last = None\nfor x in ctx.period:\n    last = x\nif not last: return\n" + call(", last"),
        f"await runbook.execute_activity(unknown, None, {BOUNDED})",
        f"await runbook.execute_activity(relaxed, None, {BOUNDED})",
        f"await runbook.execute_activity(bare, None, {BOUNDED})",
    ],
)
def test_what_is_looked_after_or_needs_nothing_is_left_alone(body: str) -> None:
    activities = above(
        "@activity.defn\nasync def relaxed(payload=None): ...\n\n\n"
        "@activity.defn\nasync def bare(): ..."
    )
    assert planted("NTR207", HEAD, activities, in_run(body)) == []


# --- NTR208 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "await runbook.execute_activity(post_slip, slip)",
        "await runbook.execute_activity(post_slip, slip, schedule_to_start_timeout=ATTEMPT)",
        "await runbook.execute_activity(post_slip, slip, start_to_close_timeout=None)",
        "await plain.execute_activity(post_slip, slip)",
        "plain.start_activity('petty_cash.post_slip', slip)",
        "await plain.execute_local_activity(post_slip, slip)",
    ],
)
def test_an_activity_without_a_timeout_raises(body: str) -> None:
    edit = in_run(body)
    found = only("NTR208", HEAD, edit)
    assert found.severity == "error"
    assert "no timeout" in found.message
    assert shown(found, HEAD, edit).endswith("activity")
    assert planted("NTR209", HEAD, edit) == []


@pytest.mark.parametrize(
    "body",
    [
        "await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)",
        "await runbook.execute_activity(post_slip, slip, schedule_to_close_timeout=ATTEMPT)",
        "await runbook.execute_activity(post_slip, slip, **OPTIONS)",
        "await self.run_step('post', post_slip, slip)",
        "await ctx.execute_activity(post_slip, slip)",
    ],
)
def test_either_timeout_will_do(body: str) -> None:
    assert planted("NTR208", HEAD, in_run(body)) == []


def test_code_that_is_not_workflow_code_starts_no_activities() -> None:
    edit = in_activity("await runbook.execute_activity(post_slip, payload)")
    assert planted("NTR208", edit) == []


def test_a_timeout_that_partial_gave_before_is_a_timeout() -> None:
    run_activity = above(
        "run_activity = partial(runbook.execute_activity, start_to_close_timeout=ATTEMPT,"
        " schedule_to_close_timeout=RETRIES)"
    )
    edits = [importing("from functools import partial"), run_activity]
    assert planted("NTR2", *edits, in_run("await run_activity(post_slip, slip)")) == []


# --- NTR209 -------------------------------------------------------------------------------------

SHORT = "start_to_close_timeout=ATTEMPT"


@pytest.mark.parametrize(
    "options",
    [
        SHORT,
        f"{SHORT}, retry_policy=None",
        f"{SHORT}, retry_policy=RetryPolicy()",
        f"{SHORT}, retry_policy=RetryPolicy(maximum_attempts=0)",
        f"{SHORT}, retry_policy=RetryPolicy(maximum_interval=ATTEMPT)",
        f"{SHORT}, retry_policy=ENDLESS",
        f"{SHORT}, schedule_to_close_timeout=None",
    ],
)
def test_retries_without_a_bound_are_worth_a_note(options: str) -> None:
    around = above("ENDLESS = RetryPolicy(backoff_coefficient=2)")
    body = in_run(f"await runbook.execute_activity(post_slip, slip, {options})")
    found = only("NTR209", HEAD, around, body)
    assert found.severity == "info"
    assert "without end" in found.message


@pytest.mark.parametrize(
    "options",
    [
        BOUNDED,
        "schedule_to_close_timeout=RETRIES",
        f"{SHORT}, retry_policy=RetryPolicy(maximum_attempts=3)",
        f"{SHORT}, retry_policy=RetryPolicy(maximum_attempts=ctx.limit)",
        f"{SHORT}, retry_policy=RetryPolicy(ATTEMPT, 2.0, None, 3)",
        f"{SHORT}, retry_policy=RetryPolicy(**OPTIONS)",
        f"{SHORT}, retry_policy=THREE",
        f"{SHORT}, retry_policy=policy_of(ctx)",
        f"{SHORT}, retry_policy=ctx.policy",
        f"{SHORT}, **OPTIONS",
    ],
)
def test_any_bound_or_one_that_cannot_be_seen_will_do(options: str) -> None:
    around = above("THREE = RetryPolicy(maximum_attempts=3)")
    body = in_run(f"await runbook.execute_activity(post_slip, slip, {options})")
    assert planted("NTR209", HEAD, around, body) == []


def test_a_policy_of_another_module_is_followed() -> None:
    policies = "from temporalio.common import RetryPolicy\n\nENDLESS = RetryPolicy()\n"
    edits = (
        importing("from .policies import ENDLESS"),
        in_run(f"await runbook.execute_activity(post_slip, slip, {SHORT}, retry_policy=ENDLESS)"),
    )
    assert len(planted("NTR209", *edits, files={"templates/policies.py": policies})) == 1
