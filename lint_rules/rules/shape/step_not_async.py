"""A step that gives nothing to await.

The decorator wraps a step in a coroutine that awaits what the method returns. A plain method, or a
generator, returns something else: `object str can't be used in 'await' expression`, a TypeError in
workflow code, so the run hangs with the step active (D44). A plain method that returns a coroutine
is fine.

Bad:

    @runbook.step(name="totals", title="Add up", icon="Sigma")
    def _totals(self, lines: list[Line]) -> Decimal:
        return sum_of(lines)

Good:

    @runbook.step(name="totals", title="Add up", icon="Sigma")
    async def _totals(self, lines: list[Line]) -> Decimal:
        return sum_of(lines)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.facts.expressions import (
    Call,
    Comprehension,
    Constant,
    Display,
    Expression,
    FormattedString,
    Mapping,
    Subscript,
)
from lint_rules.finding import Edit
from lint_rules.program import External, Instance, Module, Program, ProjectClass, ProjectFunction
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.step_decorators import misuse
from lint_rules.runbook_code.classes.wrappers import may_wrap
from lint_rules.runbook_code.runbook import Step
from lint_rules.workflow_code.observation import Observation

_AWAITABLE = ("ntro.workflow.", "temporalio.", "asyncio.")
_PLAIN = (Constant, Display, Mapping, FormattedString, Comprehension)


def check(contract: Contract) -> Iterator[Observation]:
    """Report the steps whose result is certainly nothing to await."""
    for runbook in runbooks_of_ntro(contract):
        for step in runbook.steps:
            if misuse(contract.program, step.module, step.function, step.decorator) is None:
                found = _fault(contract.program, step)
                if found is not None:
                    yield _observation(step, found)


def _fault(program: Program, step: Step) -> str | None:
    if may_wrap(program, step.module, step.function.decorators):
        return None
    if step.function.is_generator:
        return "is a generator"
    if step.function.is_async:
        return None
    return "is not async" if _returns_plainly(program, step) else None


def _returns_plainly(program: Program, step: Step) -> bool:
    leaves = step.module.view.leaves_of_scope(step.function.scope)
    returns = [leave for leave in leaves if leave.kind == "return"]
    if any(leave.value and _starts(program, step.module, leave.value) for leave in returns):
        return False
    if step.function.returns is not None:
        return _is_plain_type(program, step.module, step.function.returns)
    if not returns:
        return not any(
            leave.kind == "raise" for leave in step.module.view.leaves_of_scope(step.function.scope)
        )
    return any(
        leave.value is None or _is_plain(program, step.module, leave.value) for leave in returns
    )


def _starts(program: Program, module: Module, value: Expression) -> bool:
    """Tell whether a value is a call of a coroutine, whatever the annotation says."""
    if not isinstance(value, Call):
        return False
    for meaning in program.resolve(module, value.function):
        if isinstance(meaning, External) and meaning.name.startswith(_AWAITABLE):
            return True
        if isinstance(meaning, ProjectFunction) and program.function(meaning)[1].is_async:
            return True
    return False


def _is_plain_type(program: Program, module: Module, annotation: Expression) -> bool:
    """Tell whether an annotation names something that surely cannot be awaited."""
    if isinstance(annotation, Constant):
        return annotation.kind == "none"
    base = annotation.value if isinstance(annotation, Subscript) else annotation
    meanings = program.resolve(module, base)
    return all(_is_plain_class(program, meaning) for meaning in meanings)


def _is_plain(program: Program, module: Module, value: Expression) -> bool:
    if isinstance(value, _PLAIN):
        return True
    return all(
        isinstance(meaning, Instance) and _is_plain_class(program, meaning.of)
        for meaning in program.resolve(module, value)
    )


def _is_plain_class(program: Program, kind: object) -> bool:
    match kind:
        case ProjectClass():
            order = program.mro(kind)
            return order is not None and not any(_is_awaitable(program, each) for each in order)
        case External(name):
            return name.startswith("builtins.") and name != "builtins.object"
        case _:
            return False


def _is_awaitable(program: Program, base: ProjectClass | External) -> bool:
    if isinstance(base, External):
        return base.origin == "third party" and not base.name.startswith(("pydantic.", "ntro."))
    methods = program.modules[base.module].view.methods_by_class.get(base.number, ())
    return any(method.name == "__await__" for method in methods)


def _observation(step: Step, fault: str) -> Observation:
    return Observation(
        module=step.module,
        span=step.function.span,
        message=f"the step `{step.function.name}` {fault}: its wrapper awaits what it returns,"
        " which raises TypeError and hangs the run",
        alternative=f"async def {step.function.name}(...), which returns its result",
        severity="error",
        fix=None if step.function.is_generator else "async-step",
        applicability="safe",
        edits=() if step.function.is_generator else (_with_async(step),),
    )


def _with_async(step: Step) -> Edit:
    """Return the edit that puts `async` in front of `def`; callers await the wrapper already."""
    line, column = step.function.span[:2]
    at = (line, max(1, column - len("def ")))
    return Edit(step.module.path, at, at, "async ")


RULE = Rule(
    code="NTR404",
    name="step-not-async",
    summary="a step that is a plain method or a generator; its wrapper awaits the result",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
