"""When nobody answers in time, the run must end or go on, not hang.

The check lets each gate that has a timeout run into it. A `TimeoutError` in workflow code fails the
run, which is clean; code after it that uses what never came raises something else, and the workflow
task is retried for ever.

Bad:

    with contextlib.suppress(TimeoutError):
        await self.await_signal_with_action(predicate=..., action=..., timeout=DAY)
    return self._uploads[0]

Good:

    try:
        await self.await_signal_with_action(predicate=..., action=..., timeout=DAY)
    except TimeoutError as err:
        raise WorkflowError("no slip arrived", type="SLIP_LATE") from err
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR707",
    name="timeout-fault",
    summary="a gate whose timeout does not end the run cleanly",
    explanation=__doc__,
)
