"""An activity whose parameters or result cannot be sent as they are annotated.

Arguments and results travel as JSON and are read by the annotations of the activity. Without one,
a model arrives as a dict: attribute access on it fails, in workflow code for ever. A value that has
no form in JSON, such as a lock, an open file or an object of a plain class, raises when it is sent.
Keyword-only parameters are a TypeError when the module is imported. A plain `def`, and a generator,
need an executor: a worker without one does not start (`activity_executor must be present`).

Bad:

    @activity.defn(name="petty_cash.read_slip")
    async def read_slip(payload): ...

Good:

    @activity.defn(name="petty_cash.read_slip")
    async def read_slip(payload: ReadSlipInput) -> Slip: ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Constant
from lint_rules.facts.records import Function, Parameter, Span
from lint_rules.finding import Severity
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.parameters import sent_parameters
from lint_rules.runbook_code.payloads.sendable import unsendable
from lint_rules.runbook_code.read import activities_of
from lint_rules.runbook_code.runbook import Activity
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report activities by what the converter and the worker cannot do with them."""
    for module in contract.templates:
        for activity in activities_of(contract.program, module):
            yield from _kind(activity)
            yield from _parameters(contract, activity)
            yield from _result(contract, activity)


def _kind(activity: Activity) -> Iterator[Observation]:
    function = activity.function
    if function.is_generator:
        yield _seen(
            activity,
            function.span,
            f"`{function.name}` is a generator: the worker takes no activity that yields",
            "return a list",
            "error",
        )
    elif not function.is_async:
        yield _seen(
            activity,
            function.span,
            f"`{function.name}` is not async: a worker without an executor does not start",
            f"`async def {function.name}`",
            "warning",
        )


def _parameters(contract: Contract, activity: Activity) -> Iterator[Observation]:
    function = activity.function
    for parameter in sent_parameters(contract.program, activity.module, function):
        name = parameter.name
        if parameter.kind == "keyword":
            yield _seen(
                activity,
                _place(activity.module, parameter, function),
                f"`{name}` is keyword-only: `@activity.defn` raises TypeError at import",
                "a field of the activity's input model",
                "error",
            )
        elif parameter.kind in ("variadic", "keywords"):
            stars = "*" if parameter.kind == "variadic" else "**"
            yield _seen(
                activity,
                _place(activity.module, parameter, function),
                f"`{stars}{name}` makes the worker ignore all annotations: models arrive as dicts",
                "one parameter with a model",
                "warning",
            )
        elif parameter.annotation is None:
            yield _seen(
                activity,
                _place(activity.module, parameter, function),
                f"`{name}` of `{function.name}` is not annotated: a model arrives as a dict",
                f"`{name}: ` and the model that is sent",
                "warning",
            )
        else:
            word = unsendable(contract.program, activity.module, parameter.annotation)
            if word is not None:
                yield _seen(
                    activity,
                    activity.module.facts.span(parameter.annotation),
                    f"{word} has no form in JSON: it cannot be sent as `{name}`",
                    "a model with what is needed to make one in the activity",
                    "error",
                )


def _result(contract: Contract, activity: Activity) -> Iterator[Observation]:
    function, module = activity.function, activity.module
    if function.is_generator:
        return
    if function.returns is None:
        if _returns_something(module, function):
            yield _seen(
                activity,
                function.span,
                f"the result of `{function.name}` is not annotated: a model comes back as a dict",
                "`-> ` and the model that is returned",
                "warning",
            )
        return
    word = unsendable(contract.program, module, function.returns)
    if word is not None:
        yield _seen(
            activity,
            module.facts.span(function.returns),
            f"{word} has no form in JSON: `{function.name}` fails each time it returns one",
            "a model with what the workflow needs of it",
            "error",
        )


def _returns_something(module: Module, function: Function) -> bool:
    for leave in module.view.leaves_of_scope(function.scope):
        if leave.kind != "return" or leave.value is None:
            continue
        if not (isinstance(leave.value, Constant) and leave.value.kind == "none"):
            return True
    return False


def _place(module: Module, parameter: Parameter, function: Function) -> Span:
    """Return where a parameter stands."""
    for binding in module.view.bindings_of_scope.get(function.scope, ()):
        if binding.kind == "parameter" and binding.name == parameter.name:
            return binding.span
    return function.span


def _seen(
    activity: Activity, span: Span, message: str, alternative: str, severity: Severity
) -> Observation:
    return Observation(
        module=activity.module,
        span=span,
        message=message,
        alternative=alternative,
        severity=severity,
    )


RULE = Rule(
    code="NTR427",
    name="activity-signature",
    summary="parameters or a result of an activity that cannot be sent as annotated",
    explanation=__doc__,
    contract=check,
)
