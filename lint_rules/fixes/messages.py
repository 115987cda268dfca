"""What each fix does, in one sentence. Light, because every run with a finding reads it."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.fixes.requests import Facade

FACADE_NAMES: Mapping[Facade, str] = {"ntro": "runbook", "temporalio": "workflow"}

MESSAGES: Mapping[str, str] = {
    "now-utc": "replace the call with `{facade}.now()`",
    "utcnow": "replace the call with `{facade}.now().replace(tzinfo=None)`",
    "now-local": "replace the call with `{facade}.now()`, which is aware and in UTC",
    "today-local": "replace the call with `{facade}.now().date()`, the date in UTC",
    "time-time": "replace `time.time()` with `{facade}.now().timestamp()`",
    "time-time-ns": "replace `time.time_ns()` with `int({facade}.now().timestamp() * 1e9)`",
    "print-to-logger": "replace `print(...)` with `{facade}.logger.info(...)`",
    "logging-to-logger": "log through `{facade}.logger`, with the same message and arguments",
    "time-sleep": "replace `time.sleep(...)` with `await asyncio.sleep(...)`, a durable timer",
    "asyncio-wait": (
        "replace the unread `asyncio.wait(tasks)` with"
        " `asyncio.gather(*tasks, return_exceptions=True)`"
    ),
    "add-utc": "name the time zone: `timezone.utc`",
    "sorted-set": "wrap the set in `sorted(...)`",
    "sorted-payload": "send `sorted(...)`, a list, in place of the set",
    "execute-activity": (
        "call through `{facade}.execute_activity(...)`, with a time-out of five minutes to adjust"
    ),
    "raise-workflow-error": "raise `WorkflowError`, which fails the run, with the same message",
    "get-key": "read the key with `.get(...)`, which gives None where it is missing",
    "async-step": "make the step `async`",
    "add-defn": "put `@{facade}.defn` above the class",
    "ui-step": "replace `@ui_step(...)` with `@runbook.step(...)`",
    "workflow-to-runbook": "replace `workflow` with `runbook`, the facade, and import that",
    "import-from-ntro": "import the name from `ntro.workflow`",
    "facade-import": "take it from the facade, `ntro.workflow`, and rewrite its uses",
    "import-activity": "import the activity in `templates/activities.py`",
    "remove-quotes": "remove the quotes, which deploy would keep",
    "remove-mark": "remove the byte order mark",
    "quote-value": "put quotes around the value, so that YAML reads it as text",
    "await-call": "await the call",
    "remove-suppression": "remove the suppression",
    "pin-requirement": "pin to the version that is installed here",
    "remove-requirement": "remove the line",
    "raise-pin": "pin to the oldest version that has what the code uses",
    "add-extra": "add the extra",
    "spell-requirement": "spell it as everybody does",
}
"""By id, where the facade is `ntro` or it makes no difference."""

_TEMPORALIO: Mapping[str, str] = {
    "asyncio-wait": "replace `asyncio.wait(...)` with `workflow.wait(...)`, which returns lists",
    "asyncio-as-completed": (
        "replace `asyncio.as_completed(...)` with `workflow.as_completed(...)`, which keeps order"
    ),
}


def message(id: str, facade: Facade) -> str | None:  # noqa: A002 - the name of the thing
    """Return what a fix does, None where it does not exist for a facade."""
    text = _TEMPORALIO.get(id) if facade == "temporalio" else None
    text = text or MESSAGES.get(id)
    return text.format(facade=FACADE_NAMES[facade]) if text else None
