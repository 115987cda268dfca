"""None as the argument of an activity that needs one.

Both runtimes of ntro take None for "no argument" and call the activity without any. An activity
with a required parameter then raises TypeError, and on Temporal that is retried without end: the
run waits for ever and the Tenant UI shows its step as active (D32, D45). A parameter annotated
`X | None` is required all the same.

Bad:

    await runbook.execute_activity(load_rates, None, start_to_close_timeout=ATTEMPT)

Good:

    await runbook.execute_activity(
        load_rates, LoadRatesInput(day=None), start_to_close_timeout=ATTEMPT
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Expression, Starred
from lint_rules.facts.records import Function
from lint_rules.program import ProjectFunction
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import ActivityCall
from lint_rules.runbook_code.sdk_use.nothing import may_be_none
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report arguments that are None, or are where the code has not looked."""
    for runbook in contract.runbooks:
        for call in runbook.activity_calls:
            argument = _argument(contract, call)
            if argument is None:
                continue
            function = _needs_one(contract, call)
            found = may_be_none(call.module, argument) if function else "no"
            if function is None or found == "no":
                continue
            what = "is None" if found == "always" else "may be None"
            yield Observation(
                module=call.module,
                span=call.module.facts.span(argument),
                message=f"the argument {what}, which means no argument: `{function.name}` lacks"
                f" its `{function.parameters[0].name}` and is retried for ever",
                alternative="a model with the optional value as a field",
                via=call.via,
                severity="error" if found == "always" else "warning",
            )


def _argument(contract: Contract, call: ActivityCall) -> Expression | None:
    """Return the one argument of a call through ntro: temporalio sends None as it is."""
    if len(call.arguments) != 1 or isinstance(call.arguments[0], Starred):
        return None
    name = contract.program.name(call.module, call.call.function) or ""
    is_plain = facade_member(name) is not None and name.startswith("temporalio.")
    return None if is_plain else call.arguments[0]


def _needs_one(contract: Contract, call: ActivityCall) -> Function | None:
    """Return the activity if it has a required parameter."""
    if not isinstance(call.activity, ProjectFunction):
        return None
    _, function = contract.program.function(call.activity)
    first = function.parameters[0] if function.parameters else None
    if function.owner_class is not None or first is None or first.default is not None:
        return None
    return function if first.kind in ("plain", "positional") else None


RULE = Rule(
    code="NTR207",
    name="none-argument",
    summary="None where an activity needs its argument",
    explanation=__doc__,
    contract=check,
)
