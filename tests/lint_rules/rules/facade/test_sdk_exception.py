"""Except clauses around activities, as Temporal and as LocalRuntime read them."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.facade.planting import above, importing, in_run, only, shown

CODE = "NTR210"
HEAD = importing(
    "from ntro.workflow import WorkflowError",
    "from ntro.workflow.exceptions import ActivityError, ApplicationError",
    "from temporalio import exceptions as real",
)
CALL = (
    "await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT,"
    " schedule_to_close_timeout=RETRIES)"
)
OWN = above("class Refused(Exception): ...\n\n\ndef prepare(slip):\n    return slip")


def tried(clauses: str, body: str = CALL) -> tuple[str, str, str]:
    return in_run(f"try:\n{indent(body, '    ')}\n{clauses}")


NEVER = {
    "WorkflowError": "except WorkflowError: pass",
    "ApplicationError": "except ApplicationError: pass",
    "temporalio's": "except real.ApplicationError: pass",
    "two of them": "except (WorkflowError, ApplicationError) as err: pass",
    "beside others": "except ValueError: pass\nexcept WorkflowError: pass",
    "one of the bundle": "except Refused: pass",
}


@pytest.mark.parametrize("clauses", NEVER.values(), ids=NEVER)
def test_what_an_activity_raises_never_arrives_as_such(clauses: str) -> None:
    found = only(CODE, HEAD, OWN, tried(clauses))
    assert "never caught here" in found.message
    assert found.severity == "error"
    assert "ActivityError" in (found.alternative or "")


@pytest.mark.parametrize("name", ["type", "non_retryable", "details"])
def test_an_activity_error_has_not_what_its_cause_has(name: str) -> None:
    edit = tried(f"except ActivityError as err:\n    if err.{name}: raise")
    found = only(CODE, HEAD, edit)
    assert shown(found, HEAD, edit) == f"err.{name}"
    assert f'getattr(err.cause or err, "{name}", None)' in (found.alternative or "")
    assert "the run hangs" in found.message


def test_a_clause_for_both_kinds_gets_the_activity_error_too() -> None:
    edit = tried("except (ActivityError, ApplicationError) as err:\n    if err.type: raise")
    assert "no `type`" in only(CODE, HEAD, edit).message


def test_a_mistake_beside_the_call_is_swallowed_locally() -> None:
    edit = tried("except (ActivityError, ApplicationError): pass", f"prepare(slip)\n{CALL}")
    found = only(CODE, HEAD, OWN, edit)
    assert "under LocalRuntime" in found.message
    assert found.severity == "warning"


@pytest.mark.parametrize("name", ["ActivityError", "(ActivityError, ApplicationError)"])
def test_a_clause_around_a_step_that_runs_one_is_noted(name: str) -> None:
    edit = tried(f"except {name}: pass", "await self._post(ctx, slip)")
    found = only(CODE, HEAD, edit)
    assert "under LocalRuntime" in found.message
    assert found.severity == "info"


def test_an_activity_error_of_a_step_has_not_what_its_cause_has() -> None:
    edit = tried("except ActivityError as err:\n    err.type", "await self._post(ctx, slip)")
    assert "no `type`" in only(CODE, HEAD, edit).message


SOUND = {
    "a step without an activity": ("except ActivityError: pass", "await self._upload(ctx)"),
    "the activity error": ("except ActivityError: pass", CALL),
    "looked into": (
        "except ActivityError as err:\n    if getattr(err.cause or err, 'type', None): raise",
        CALL,
    ),
    "cause and message": ("except ActivityError as err:\n    err.cause, err.message", CALL),
    "told apart": (
        "except ActivityError as err:\n    if isinstance(err, WorkflowError): err.type",
        CALL,
    ),
    "covered": ("except ActivityError: pass\nexcept WorkflowError: pass", CALL),
    "covered by Exception": ("except WorkflowError: pass\nexcept Exception: raise", CALL),
    "covered by all": ("except WorkflowError: pass\nexcept: raise", CALL),
    "an unknown class": ("except (WorkflowError, ctx.Kind): pass", CALL),
    "raised in place": ("except WorkflowError: pass", f"{CALL}\nraise WorkflowError('x')"),
    "raised by a helper": ("except WorkflowError: pass", f"prepare(slip)\n{CALL}"),
    "raised by a step": ("except WorkflowError: pass", f"await self._post(ctx, slip)\n{CALL}"),
    "no activity": ("except WorkflowError: pass", "prepare(slip)"),
    "raised again": ("except ActivityError: raise", f"prepare(slip)\n{CALL}"),
    "temporalio's is the same everywhere": (
        "except real.ActivityError: pass",
        f"prepare(slip)\n{CALL}",
    ),
    "finally alone": ("finally: pass", CALL),
    "a builtin": ("except TimeoutError: pass", CALL),
}


@pytest.mark.parametrize(("clauses", "body"), SOUND.values(), ids=SOUND)
def test_clauses_that_mean_the_same_are_left_alone(clauses: str, body: str) -> None:
    assert planted(CODE, HEAD, OWN, tried(clauses, body)) == []
