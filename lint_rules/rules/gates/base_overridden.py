"""The class takes the place of something the platform asks `NtroWorkflow` for.

A gate opens when the `user_action` of the base class notes the answer; a handler of the class by
that name takes the answer, and `wait_for_action` waits for ever. The five queries of the base are
what the Tenant UI, agents and the harness read: one that is replaced hides the gate from them. An
override without the decorator, or a second handler registered under such a name, makes Temporal
refuse the whole class when the worker loads it. An override with the decorator that calls `super()`
is left alone.

Bad:

    @runbook.signal
    def user_action(self, action: dict[str, Any]) -> None:
        self._answers.append(action)

Good:

    @runbook.signal
    def user_action(self, action: dict[str, Any]) -> None:
        self._answers.append(action)
        super().user_action(action)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Call, Name
from lint_rules.facts.records import Function
from lint_rules.program import Module, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.program.ntro_classes import derives_from_ntro
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import Handler, Runbook
from lint_rules.workflow_code.observation import Observation

_READERS = {
    "user_action": "its gates never open",
    "current_pending_action": "nobody is told what the run waits for",
    "current_ui_state": "the task page does not show where the run is",
    "current_steps": "the task page does not show its steps",
    "step_snapshots": "the task page does not show what was decided",
    "children_by_step_id": "the task page does not show its children",
}


def check(contract: Contract) -> Iterator[Observation]:
    """Report methods and handlers that take the place of the base's."""
    for runbook in contract.runbooks:
        if derives_from_ntro(contract.program, runbook.kind):
            yield from _methods(contract, runbook)
            for handler in runbook.handlers:
                yield from _registered(handler)


def _methods(contract: Contract, runbook: Runbook) -> Iterator[Observation]:
    program = contract.program
    for base in program.mro(runbook.kind) or ():
        if not isinstance(base, ProjectClass):
            continue
        module = program.modules[base.module]
        for function in module.view.methods_by_class.get(base.number, ()):
            if function.name not in _READERS:
                continue
            kind = "signal" if function.name == "user_action" else "query"
            names = decorator_names(program, module, function.decorators)
            if not function.decorators:
                message = (
                    f"`{function.name}` replaces the SDK's {kind} without `@runbook.{kind}`:"
                    " the worker refuses the class"
                )
                alternative = f"another name, or `@runbook.{kind}` and a call of `super()`"
                yield _told(module, function, message, alternative)
                continue
            replaces = any(facade_member(name) == kind for name in names)
            if replaces and not _calls_super(module, function):
                message = f"`{function.name}` replaces the SDK's: {_READERS[function.name]}"
                alternative = "another name, or a call of `super()` in it"
                yield _told(module, function, message, alternative)


def _registered(handler: Handler) -> Iterator[Observation]:
    if handler.name in _READERS and handler.function.name != handler.name:
        message = (
            f"`{handler.name}` is registered twice, here and in `NtroWorkflow`:"
            " the worker refuses the class"
        )
        yield _told(handler.module, handler.function, message, "another name")


def _calls_super(module: Module, function: Function) -> bool:
    for call in module.view.of_kind(module.view.running_with[function.scope], Call):
        match call.function:
            case Attribute(_, Call(_, Name(_, "super")), name) if name == function.name:
                return True
            case Attribute(_, Name(), name) if name == function.name:
                # `NtroWorkflow.user_action(self, action)`
                return True
            case _:
                pass
    return False


def _told(module: Module, function: Function, message: str, alternative: str) -> Observation:
    return Observation(
        module=module,
        span=function.span,
        message=message,
        alternative=alternative,
        severity="error",
    )


RULE = Rule(
    code="NTR314",
    name="user-action-overridden",
    summary="the class replaces a handler that the platform asks of NtroWorkflow",
    explanation=__doc__,
    contract=check,
)
