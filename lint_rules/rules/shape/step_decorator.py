"""A step decorator that fails, or that makes no step.

`@runbook.step` has to be called, with `name=` and `title=` as keywords; anything else raises
TypeError when the worker, the validator or a test imports the module. On a function, a class, a
static method or a property it is accepted and then either fails when called or is in no breadcrumb
(D48).

Bad:

    @runbook.step("upload", title="Upload")
    async def _upload(self, ctx): ...

Good:

    @runbook.step(name="upload", title="Upload", icon="Upload")
    async def _upload(self, ctx): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Class, Function
from lint_rules.program import Module, Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.step_decorators import misuse, step_decorators
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the misused decorators of all modules that workflow code is spread over."""
    for module in contract.program.modules.loaded:
        yield from _of_module(contract.program, module)


def _of_module(program: Program, module: Module) -> Iterator[Observation]:
    records: list[Function | Class] = [*module.facts.functions, *module.facts.classes]
    for record in records:
        for decorator in step_decorators(program, module, record):
            found = misuse(program, module, record, decorator)
            if found is not None:
                yield Observation(
                    module=module,
                    span=found.span,
                    message=f"the step decorator {found.text}",
                    alternative=found.alternative,
                    severity="error",
                )


RULE = Rule(
    code="NTR415",
    name="step-decorator",
    summary="a step decorator that is not called as it must be, or that is on no method",
    explanation=__doc__,
    contract=check,
)
