"""`@ui_step`, the deprecated name of `@runbook.step`.

Each use warns with a DeprecationWarning when the module is imported, so a worker or a test run
that makes errors of warnings (`-W error`) cannot load the bundle at all, and a later SDK will not
have the name. It is the same decorator: steps, breadcrumbs and histories stay as they are (D31).

Bad:

    from ntro.workflow import ui_step

    @ui_step(name="review", title="Review")
    async def _review(self, ctx): ...

Good:

    from ntro.workflow import runbook

    @runbook.step(name="review", title="Review")
    async def _review(self, ctx): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call, Expression
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

OLD = ("ntro.workflow.ui_step", "ntro.workflow.decorators.ui_step")
_NEW = "ntro.workflow.runbook.step"


def check(contract: Contract) -> Iterator[Observation]:
    """Report each decorator, where the SDK has the new one."""
    if not contract.sdk.surface.has(_NEW):
        return
    for module in contract.modules:
        for decorator in _decorators(module):
            if contract.program.name(module, decorator) in OLD:
                yield Observation(
                    module=module,
                    span=module.facts.span(decorator),
                    message="`ui_step` is deprecated, and warns when the bundle is imported",
                    alternative="`@runbook.step(...)`, the same decorator",
                    severity="warning",
                    fix="ui-step",
                    applicability="safe",
                )


def _decorators(module: Module) -> Iterator[Expression]:
    for function in module.facts.functions:
        for decorator in function.decorators:
            yield decorator.function if isinstance(decorator, Call) else decorator


RULE = Rule(
    code="NTR202",
    name="deprecated-ui-step",
    summary="the deprecated decorator of steps",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
