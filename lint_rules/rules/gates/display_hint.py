"""A `display_hint` that the SDK refuses or the Tenant UI cannot show.

A hint is a dict with `component`, the name of a form, and `config`. The docs show
`{"type": "review_extraction"}`: without `component` pydantic raises in workflow code, so the run
hangs before its gate opens (D2). The component itself is not checked by anybody: a misspelt name,
or the docs' `APPROVAL`, is sent as it is, and the task page has no form for it.

Bad:

    await self.wait_for_action(payload=pack, display_hint={"type": "APPROVAL", "title": "NAV"})

Good:

    await self.wait_for_action(
        payload=pack, display_hint={"component": "APPROVAL_FORM", "config": {"title": "NAV"}}
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.nearest import nearest
from lint_rules.program import Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.components import COMPONENTS
from lint_rules.runbook_code.gates.telling import at_gate
from lint_rules.runbook_code.runbook import Gate
from lint_rules.runbook_code.written import Entry, Value, written
from lint_rules.workflow_code.observation import Observation

_HANGS = "the run hangs before the gate opens"


def check(contract: Contract) -> Iterator[Observation]:
    """Report written hints that cannot be shown."""
    for runbook in contract.runbooks:
        for gate in runbook.gates:
            hint = _hint(contract.program, gate)
            if hint is not None and not hint.is_none:
                yield from _judged(gate, hint)


def _hint(program: Program, gate: Gate) -> Value | None:
    given = gate.call.keyword("display_hint")
    if given is not None:
        return written(program, gate.module, given)
    action = gate.call.keyword("action")
    return None if action is None else written(program, gate.module, action).get("display_hint")


def _judged(gate: Gate, hint: Value) -> Iterator[Observation]:
    if hint.kind in ("constant", "text", "sequence"):
        alternative = '`{"component": "APPROVAL_FORM", "config": {...}}`'
        yield at_gate(gate, hint, f"`display_hint` is no dict: {_HANGS}", alternative)
        return
    if hint.kind != "mapping" or (gate.kind == "review" and hint.complete and not hint.entries):
        # An empty hint counts as none at a review gate, and the default takes its place.
        return
    component, config = hint.entry("component"), hint.entry("config")
    if hint.lacks("component"):
        yield at_gate(gate, *_without_component(hint))
    elif component is not None:
        yield from _component(gate, component.value)
    if config is not None and _is_no_dict(config.value):
        yield at_gate(
            gate, config.value, f"`config` is no dict: {_HANGS}", "`{}`, or a dict of keys"
        )


def _without_component(hint: Value) -> tuple[Value | Entry, str, str]:
    first = hint.entry("type") or next(iter(hint.entries), None)
    said = hint.get("type")
    meant = nearest(said.text, COMPONENTS) if said and said.text else None
    message = f"`display_hint` has no `component`: {_HANGS}"
    return first or hint, message, f'`"component": "{meant or "APPROVAL_FORM"}"`'


def _component(gate: Gate, value: Value) -> Iterator[Observation]:
    no_text = value.kind == "constant" and value.text is None
    if no_text or value.kind in ("mapping", "sequence"):
        yield at_gate(gate, value, f"`component` is no text: {_HANGS}", '`"APPROVAL_FORM"`')
    elif value.text is not None and value.text not in COMPONENTS:
        meant = nearest(value.text, COMPONENTS)
        alternative = f'`"{meant}"`' if meant else f"one of {', '.join(COMPONENTS)}"
        message = f"the task page has no component `{value.text}`"
        yield at_gate(gate, value, message, alternative, "warning")


def _is_no_dict(value: Value) -> bool:
    return value.kind in ("constant", "text", "sequence")


RULE = Rule(
    code="NTR305",
    name="display-hint",
    summary="a display_hint that the SDK refuses or the task page cannot show",
    explanation=__doc__,
    contract=check,
)
