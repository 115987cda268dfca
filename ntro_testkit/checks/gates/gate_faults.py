"""What is wrong with what a gate shows. Source of the shapes: contract 3.1 and 3.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from lint_rules.finding import Severity
from lint_rules.nearest import nearest
from lint_rules.runbook_code.gates.components import COMPONENTS
from ntro_testkit.checks.gates.shown import Shown
from ntro_testkit.checks.validation_text import first_problem

KINDS = ("approve", "reject")
"""What the buttons of a review may be; both are sent as the answer."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, what to write instead, and how bad it is: as in the lint."""

    message: str
    advice: str
    severity: Severity = "error"


def gate_faults(shown: Shown) -> Iterator[Fault]:
    """Yield what is wrong with a gate; nothing more of one that nobody can read."""
    if shown.problem is not None:
        advice = "show plain values: strings, numbers, lists, dicts, models"
        yield Fault(f"what it shows has no JSON form: {shown.problem}", advice)
        return
    if shown.action is None:
        yield Fault(
            "`current_pending_action` answers nothing while it is open: nobody can answer it",
            "leave the query to `NtroWorkflow`, or call `super().current_pending_action()`",
        )
        return
    problem = _against_the_model(shown.action)
    if problem is not None:
        yield Fault(
            f"its action does not fit the wire model: {problem}",
            "show what `ntro.types.wire.PendingAction` takes",
        )
        return
    hint = shown.action.get("display_hint") or {}
    config = hint.get("config") or {}
    yield from _component(hint)
    yield from _datasets(config, shown.payload, shown.action.get("payload"))
    if shown.action["kind"] == "interactive_review":
        yield from _buttons(config)
    if shown.action["kind"] == "submit_file":
        yield from _upload(shown)


def _against_the_model(action: Any) -> str | None:
    # Of the SDK only what is imported after the runtime was forced.
    from ntro.types.wire import PendingAction

    try:
        PendingAction.model_validate(action)
    except ValidationError as error:
        return first_problem(error)
    return None


def _component(hint: Mapping[str, Any]) -> Iterator[Fault]:
    component = hint.get("component")
    if component is None or component in COMPONENTS:
        return
    meant = nearest(component, COMPONENTS)
    yield Fault(
        f"the task page has no component `{component}`",
        f'write `"{meant}"`' if meant else f"write one of {', '.join(COMPONENTS)}",
        "warning",
    )


def _datasets(config: Mapping[str, Any], *payloads: Any) -> Iterator[Fault]:
    """Yield the tables that are to show what the payload does not have."""
    for dataset in _dicts(config.get("datasets")):
        key = dataset.get("data_key")
        if (
            not isinstance(key, str)
            or "rows" in dataset
            or any(_has(payload, key) for payload in payloads)
        ):
            continue
        there = sorted({name for each in payloads if isinstance(each, Mapping) for name in each})
        meant = nearest(key, there)
        yield Fault(
            f"its table shows `{key}`, which the payload does not have; "
            f"it has {', '.join(there) or 'nothing'}",
            f'write `"data_key": "{meant}"`' if meant else f"put `{key}` into the payload",
        )


def _has(payload: Any, key: str) -> bool:
    """Tell whether a payload has a key; of one with dots, the part before the first will do."""
    return isinstance(payload, Mapping) and (key in payload or key.partition(".")[0] in payload)


def _buttons(config: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the buttons whose click is no decision.

    Those that the SDK's own builder makes have an `id` besides, and a `kind` that is a colour.
    """
    for button in _dicts(config.get("actions")):
        kind = button.get("kind")
        if "id" in button or kind in KINDS:
            continue
        yield Fault(
            f"its button `{button.get('label', kind)}` is of the kind `{kind}`, which decides "
            f"nothing",
            'write `"kind": "approve"` or `"kind": "reject"`',
            "warning",
        )


def _upload(shown: Shown) -> Iterator[Fault]:
    arguments = shown.action.get("args") or {}
    name, target = arguments.get("signal_name"), arguments.get("signal_task_id")
    for missing, value in (("signal_name", name), ("signal_task_id", target)):
        if not value:
            yield Fault(
                f"`args` has no `{missing}`: nobody is told which signal opens the gate",
                "name the handler of this class in `signal_name`, and "
                "`runbook.info().workflow_id` in `signal_task_id`",
                "warning",
            )
            return
    if shown.takes is None:
        yield Fault(
            "`args.signal_task_id` is the id of no workflow that is running",
            "write `runbook.info().workflow_id`",
        )
    elif name not in shown.takes:
        known = sorted(shown.takes - {"user_action"})
        meant = nearest(str(name), known)
        yield Fault(
            f"it asks for the signal `{name}`, for which there is no handler",
            f'write `"{meant}"`' if meant else f"add a `@runbook.signal` method for `{name}`",
        )


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
