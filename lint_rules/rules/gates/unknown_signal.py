"""A gate advertises a signal for which the class has no handler.

The Tenant UI, agents and the harness send what `args.signal_name` says. A signal without a handler
is kept by the worker and never handed to anybody: the file arrives, the gate stays open, and the
harness goes on sending until it reports a time-out (D20).

Bad:

    await self.await_signal_with_action(
        predicate=lambda: bool(self._uploads),
        action={
            "kind": "submit_file",
            "args": {
                "signal_name": "document_submited",
                "signal_task_id": runbook.info().workflow_id,
            },
        },
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
from lint_rules.runbook_code.gates.signals import (
    USER_ACTION,
    advertised,
    handled_signals,
    is_for_itself,
)
from lint_rules.runbook_code.gates.telling import at_gate
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report names of signals that nothing in the class handles."""
    for runbook in contract.runbooks:
        yield from _unknown(contract, runbook)


def _unknown(contract: Contract, runbook: Runbook) -> Iterator[Observation]:
    program = contract.program
    handled = handled_signals(program, runbook)
    if handled is None:
        return
    for gate in runbook.gates:
        signal = advertised(program, gate)
        if signal is None or signal.text is None or signal.text in handled:
            continue
        if not is_for_itself(program, gate):
            continue
        own = sorted(handled - {USER_ACTION})
        meant = nearest(signal.text, own)
        name = runbook.definition.name
        alternative = (
            f'`"{meant}"`' if meant else f"a method decorated `@runbook.signal` for `{signal.text}`"
        )
        message = f"`{name}` has no handler for the signal `{signal.text}`: the gate stays open"
        yield at_gate(gate, signal, message, alternative)


RULE = Rule(
    code="NTR307",
    name="unknown-signal",
    summary="a gate advertises a signal for which the class has no handler",
    explanation=__doc__,
    contract=check,
)
