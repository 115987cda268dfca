"""An activity that is called with arguments it does not take.

With fewer or more arguments than parameters, each attempt raises TypeError; with a value its
annotation cannot read, such as another model that lacks a required field, each attempt ends with
`Failed decoding arguments`. An activity without a bound on its retries is tried again for ever
(D45). LocalRuntime passes the object itself, so the fault shows only on the worker.

Bad:

    await runbook.execute_activity(post_slip, ReadSlipInput(tenant_slug=slug, document_ref=ref))

Good:

    await runbook.execute_activity(post_slip, PostSlipInput(tenant_slug=slug, slip=slip))
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Constant, Display, Expression, Starred
from lint_rules.facts.records import Function, Parameter
from lint_rules.program import Module, ProjectFunction
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.conversion import (
    Conversion,
    Sent,
    Taken,
    forbids,
    missing,
    refused,
    unread,
)
from lint_rules.runbook_code.payloads.parameters import sent_parameters
from lint_rules.runbook_code.runbook import ActivityCall
from lint_rules.runbook_code.wording import listed
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report calls of activities by number and type of the arguments."""
    conversion = Conversion(contract.program, contract.model)
    for runbook in contract.runbooks:
        for call in runbook.activity_calls:
            if not isinstance(call.activity, ProjectFunction):
                continue
            module, function = contract.program.function(call.activity)
            parameters = sent_parameters(contract.program, module, function)
            given = _given(call)
            if given is None or not _is_fixed(parameters):
                continue
            wrong = _number(call, function, parameters, len(given))
            if wrong is not None:
                yield wrong
                continue
            for expression, parameter in zip(given, parameters, strict=False):
                yield from _type(conversion, call, expression, module, parameter)


def _is_fixed(parameters: tuple[Parameter, ...]) -> bool:
    """Tell whether the parameters say how many arguments are taken."""
    return all(parameter.kind in ("positional", "plain") for parameter in parameters)


def _given(call: ActivityCall) -> tuple[Expression, ...] | None:
    """Return what is given; None when its number cannot be told or is another rule's matter."""
    if any(keyword.name in (None, "arg") for keyword in call.call.keywords):
        return None
    listed_out = call.call.keyword("args")
    if listed_out is not None:
        if call.arguments or not isinstance(listed_out, Display):
            return None
        given = listed_out.elements
    else:
        given = call.arguments
        if len(given) > 1 or any(_is_none(each) for each in given):
            return None
    return None if any(isinstance(each, Starred) for each in given) else given


def _is_none(expression: Expression) -> bool:
    return isinstance(expression, Constant) and expression.kind == "none"


def _number(
    call: ActivityCall, function: Function, parameters: tuple[Parameter, ...], given: int
) -> Observation | None:
    needed = sum(1 for parameter in parameters if parameter.default is None)
    if needed <= given <= len(parameters):
        return None
    few = given < needed
    absent = [parameter.name for parameter in parameters[given:] if parameter.default is None]
    taken = "no argument" if not parameters else f"{len(parameters)} at most"
    return Observation(
        module=call.module,
        span=call.module.facts.span(call.named or call.call),
        message=(
            f"`{function.name}` is called without {listed(absent)}: each attempt fails"
            if few
            else f"`{function.name}` takes {taken} and is given {given}: each attempt fails"
        ),
        alternative=(
            "pass what it takes"
            if not few
            else f"pass {listed(absent)}"
            if len(parameters) == 1
            else "one parameter with a model of all it needs, or `args=[...]`"
        ),
        via=call.via,
        severity="error",
    )


def _type(
    conversion: Conversion,
    call: ActivityCall,
    expression: Expression,
    module: Module,
    parameter: Parameter,
) -> Iterator[Observation]:
    if parameter.annotation is None:
        return
    taken = conversion.taken(module, parameter.annotation)
    sent = conversion.sent(call.module, expression) if taken is not None else None
    if taken is None or sent is None or sent.shape == "null" or conversion.is_one_of(sent, taken):
        return
    absent, forbidden = missing(sent, taken), _forbidden(sent, taken)
    if not refused(sent, taken) and not absent and not forbidden:
        return
    lacking = f", without {listed(absent)}" if absent else ""
    if forbidden and not absent:
        lacking = f", with {listed(forbidden)}"
    yield Observation(
        module=call.module,
        span=call.module.facts.span(expression),
        message=f"`{parameter.name}` takes {taken.word} and is given {sent.word}{lacking}: each"
        " attempt fails",
        alternative=f"pass {taken.word}",
        via=call.via,
        severity="error",
    )


def _forbidden(sent: Sent, taken: Taken) -> tuple[str, ...]:
    """Return what is sent to a model that takes nothing but its fields."""
    return tuple(min(key.names) for key in unread(sent, taken)) if forbids(taken) else ()


RULE = Rule(
    code="NTR428",
    name="activity-call-arguments",
    summary="arguments that the called activity does not take",
    explanation=__doc__,
    contract=check,
)
