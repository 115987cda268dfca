"""Children that run at the same time under one id.

A child has the id `{parent}:{step}:{slug}`, so two children of one slug in one step have the same.
The worker refuses the second with `Workflow execution already started`, and the parent fails. That
is what `run_child_workflows` does with more than one input, and `asyncio.gather` or a task for each
item over `run_child_workflow` (D43). LocalRuntime runs them all under the one id and notices
nothing. One after the other is fine: an id is free again when its run has ended.

Bad:

    await asyncio.gather(
        *(self.run_child_workflow(slug="book-slip", input=slip) for slip in slips)
    )

Good:

    for slip in slips:
        await self.run_child_workflow(slug="book-slip", input=slip)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Comprehension, Display, Expression, Name
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import ChildCall
from lint_rules.runbook_code.together import Repeated, started_together
from lint_rules.runbook_code.written import written
from lint_rules.workflow_code.observation import Observation, Step

_INSTEAD = "a loop that awaits `self.run_child_workflow(...)`, or a `step_id=` of its own for each"


def check(contract: Contract) -> Iterator[Observation]:
    """Report calls that start several children of one slug in one step at once."""
    for runbook in contract.runbooks:
        for child in runbook.children:
            if child.how == "run_child_workflows":
                number = _number(contract, child)
                if number is None or number > 1:
                    yield _several(child, number)
        for found in started_together(contract.workflow, runbook):
            yield _together(found)


def _number(contract: Contract, child: ChildCall) -> int | None:
    """Return how many inputs are written out; None when that is not known."""
    if child.inputs is None:
        return 0
    module, inputs = child.module, child.inputs
    value = written(contract.program, module, inputs)
    if value.kind == "sequence" and value.complete:
        number = len(value.items)
        return None if number < 2 and _may_have_grown(module, inputs) else number
    if isinstance(inputs, Comprehension) and len(inputs.clauses) == 1:
        iterable = inputs.clauses[0].iterable
        if isinstance(iterable, Display):
            through = written(contract.program, module, iterable)
            return len(through.items) if through.complete else None
    return None


def _may_have_grown(module: Module, inputs: Expression) -> bool:
    """Tell whether a list is used elsewhere too, where something may be added to it."""
    if not isinstance(inputs, Name):
        return False
    uses = module.view.of_kind([module.facts.scope_of(inputs).number], Name)
    others = (each for each in uses if each.name == inputs.name and each is not inputs)
    return next(others, None) is not None


def _several(child: ChildCall, number: int | None) -> Observation:
    slug = _slug(child)
    how_many = "more than one input" if number is None else f"{number} inputs"
    return Observation(
        module=child.module,
        span=child.module.facts.span(child.call.function),
        message=f"with {how_many} the children{slug} get one id, and the run fails at the second",
        alternative=_INSTEAD,
        via=child.via,
        severity="warning" if number is None else "error",
    )


def _together(found: Repeated) -> Observation:
    return Observation(
        module=found.module,
        span=found.module.facts.span(found.call.function),
        message=f"children{_slug(found.child)} that run at once get one id: the second one fails",
        alternative=_INSTEAD,
        via=found.via,
        severity="error",
        steps=_start(found.module, found),
    )


def _start(module: Module, found: Repeated) -> tuple[Step, ...]:
    child = found.child
    if child.module is module and child.call is found.call:
        return ()
    return (Step(child.module, child.span, "the child is started here"),)


def _slug(child: ChildCall) -> str:
    text = child.slug.text if child.slug is not None else None
    return f" of `{text}`" if text else ""


RULE = Rule(
    code="NTR421",
    name="repeated-child-id",
    summary="several children of one slug and step at the same time",
    explanation=__doc__,
    contract=check,
)
