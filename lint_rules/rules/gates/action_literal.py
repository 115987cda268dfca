"""The `action` of a signal gate is not what the SDK and its drivers read.

It must be a dict with a `kind` of the four that are known. The docs also show a plain string, and
dicts without `kind`: both raise in workflow code, so the run hangs before its gate opens (D3). For
a file the harness, the Tenant UI and agents read `args.signal_name` and `args.signal_task_id` to
know which signal to send where; without them a gate opens and nobody can answer it (D20).

Bad:

    await self.await_signal_with_action(
        predicate=lambda: bool(self._uploads), action="awaiting_document_submission"
    )

Good:

    await self.await_signal_with_action(
        predicate=lambda: bool(self._uploads),
        action={
            "kind": "submit_file",
            "args": {
                "signal_name": "document_submitted",
                "signal_task_id": runbook.info().workflow_id,
            },
        },
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.telling import at_gate
from lint_rules.runbook_code.runbook import Gate
from lint_rules.runbook_code.written import Value, written
from lint_rules.workflow_code.observation import Observation

KINDS = ("submit_file", "submit_files", "interactive_review", "drill_down")
_HANGS = "the run hangs before the gate opens"
_NEEDED = {
    "signal_name": '`"signal_name": "document_submitted"`, the handler of this class',
    "signal_task_id": '`"signal_task_id": runbook.info().workflow_id`',
}


def check(contract: Contract) -> Iterator[Observation]:
    """Report written actions that cannot be read."""
    for runbook in contract.runbooks:
        for gate in runbook.gates:
            given = gate.call.keyword("action") if gate.kind == "signal" else None
            if given is not None:
                yield from _judged(gate, written(contract.program, gate.module, given))


def _judged(gate: Gate, action: Value) -> Iterator[Observation]:
    if action.kind in ("constant", "text", "sequence"):
        yield at_gate(
            gate, action, f"`action` is no dict: {_HANGS}", '`{"kind": "submit_file", ...}`'
        )
        return
    kind = action.get("kind")
    if action.lacks("kind"):
        message = f"`action` has no `kind`: {_HANGS}"
        first = action.entries[0] if action.entries else action
        yield at_gate(gate, first, message, '`"kind": "submit_file"`')
    elif kind is not None and kind.kind == "constant" and kind.constant not in KINDS:
        meant = nearest(str(kind.constant), KINDS)
        alternative = f'`"{meant}"`' if meant else f"one of {', '.join(KINDS)}"
        yield at_gate(gate, kind, f"`{kind.constant}` is no kind of action: {_HANGS}", alternative)
    else:
        yield from _arguments(gate, action, kind)


def _arguments(gate: Gate, action: Value, kind: Value | None) -> Iterator[Observation]:
    args = action.get("args")
    if args is not None and not args.is_none and args.kind in ("constant", "text", "sequence"):
        yield at_gate(gate, args, f"`args` is no dict: {_HANGS}", "a dict with `signal_name`")
        return
    if kind is None or kind.text != "submit_file":
        return
    if action.lacks("args"):
        message = "the action has no `args`: nobody is told which signal opens the gate"
        alternative = '`"args"` with `signal_name` and `signal_task_id`'
        yield at_gate(gate, kind, message, alternative, "warning")
        return
    for name, alternative in _NEEDED.items():
        if args is not None and args.lacks(name):
            message = f"`args` has no `{name}`: nobody is told which signal opens the gate"
            first = args.entries[0] if args.entries else args
            yield at_gate(gate, first, message, alternative, "warning")
            return


RULE = Rule(
    code="NTR306",
    name="action-literal",
    summary="the action of a signal gate is not what the SDK and its drivers read",
    explanation=__doc__,
    contract=check,
)
