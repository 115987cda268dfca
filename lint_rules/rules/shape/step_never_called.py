"""A step that nothing calls.

The query `current_steps` lists every step of the class, called or not (D48). One that nothing
calls stays pending in the breadcrumb of the Tenant UI for ever, also when the run is completed.

Bad:

    @runbook.step(name="notify", title="Notify", icon="Bell")
    async def _notify(self, ctx): ...

    @runbook.run
    async def run(self, ctx):
        await self._post(ctx)

Good:

    @runbook.run
    async def run(self, ctx):
        await self._post(ctx)
        await self._notify(ctx)

A step that is only called under a condition is fine: a rejected run does not post.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro, runs_properly
from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_rules.program import Module
from lint_rules.program.decorators import decorator_names
from lint_rules.program.reach import Reach, entry_points
from lint_rules.program.workflow_names import STEPS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.step_decorators import misuse
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the steps that neither `run` nor a handler leads to."""
    for runbook in runbooks_of_ntro(contract):
        if not runs_properly(runbook):
            continue
        own = [step for step in runbook.steps if step.own]
        reach = _reach(contract, runbook)
        reached = {(r.function.module, r.function.number) for r in reach.functions}
        idle = [step for step in own if step.key not in reached and _makes_a_step(contract, step)]
        if not idle:
            continue
        if _looks_names_up(contract, reached):
            continue
        mentioned = _mentioned(contract, reached)
        for step in idle:
            if step.function.name not in mentioned:
                yield _observation(step)


def _makes_a_step(contract: Contract, step: Step) -> bool:
    return misuse(contract.program, step.module, step.function, step.decorator) is None


def _reach(contract: Contract, runbook: Runbook) -> Reach:
    """Return what the runtime leads to without calling a step itself."""
    program = contract.program
    entries = []
    for entry in entry_points(program, runbook.kind):
        module, function = program.function(entry)
        names = decorator_names(program, module, function.decorators)
        if names.isdisjoint(STEPS) or (module, function) in runbook.runs:
            entries.append(entry)
    return contract.workflow.walks.from_functions(entries)


def _mentioned(contract: Contract, reached: set[tuple[str, int]]) -> set[str]:
    """Return the names that running code or a table mentions, in ways that are not followed."""
    found: set[str] = set()
    for module in contract.program.modules.loaded:
        for expression in module.facts.expressions:
            match expression:
                case Constant(_, "str", str(text)):
                    found.add(text)
                case Attribute(_, _, name) | Name(_, name) if _runs(module, expression, reached):
                    found.add(name)
    return found


def _looks_names_up(contract: Contract, reached: set[tuple[str, int]]) -> bool:
    """Tell whether running code asks for attributes by names it makes, which may be any step's."""
    return any(
        isinstance(call, Call)
        and contract.program.name(module, call.function) == "builtins.getattr"
        and len(call.arguments) > 1
        and not isinstance(call.arguments[1], Constant)
        and _runs(module, call, reached)
        for module in contract.program.modules.loaded
        for call in module.facts.expressions
    )


def _runs(module: Module, expression: Expression, reached: set[tuple[str, int]]) -> bool:
    function = module.view.function_of(module.facts.scope_of(expression))
    return function is None or (module.name, function.number) in reached


def _observation(step: Step) -> Observation:
    return Observation(
        module=step.module,
        span=step.span,
        message=f"nothing calls the step `{step.function.name}`:"
        " it stays pending in the breadcrumb for ever",
        alternative=f"await self.{step.function.name}(...) in `run`, or no step",
        severity="warning",
    )


RULE = Rule(
    code="NTR406",
    name="step-never-called",
    summary="a step that nothing calls; it stays pending in the breadcrumb",
    explanation=__doc__,
    contract=check,
)
