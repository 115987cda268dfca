"""A `run` that does not take exactly one input.

The platform starts a runbook with one argument, its Context. With none to take it, or a second one
to wait for, the call raises TypeError in workflow code and the run hangs (D44). A second parameter
with a default is worse to find: Temporal uses the annotations only when there are as many as
arguments, so the first one is no Context but a plain dict, and `ctx.period` raises.

Bad:

    @runbook.run
    async def run(self, ctx: NavMonthlyContext, dry_run: bool = False) -> NavResult: ...

Good:

    @runbook.run
    async def run(self, ctx: NavMonthlyContext) -> NavResult: ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro, runs_properly
from lint_rules.facts.records import Function, Parameter
from lint_rules.program.decorators import decorator_names
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.wrappers import may_wrap
from lint_rules.workflow_code.observation import Observation

_HANGS = "the run hangs when it is started"


def check(contract: Contract) -> Iterator[Observation]:
    """Report the run methods that one argument does not fit."""
    for runbook in runbooks_of_ntro(contract):
        if not runs_properly(runbook):
            continue
        module, function = runbook.runs[0]
        names = decorator_names(contract.program, module, function.decorators)
        if "builtins.staticmethod" in names:
            continue
        fault = _fault(function)
        if fault is not None and not may_wrap(contract.program, module, function.decorators):
            yield Observation(
                module=module,
                span=function.span,
                message=fault,
                alternative=f"async def {function.name}(self, ctx: ...), with all else in the"
                " Context",
                severity="error",
            )


def _fault(function: Function) -> str | None:
    if any(parameter.kind == "variadic" for parameter in function.parameters):
        return None
    positional = [p for p in function.parameters if p.kind in ("positional", "plain")][1:]
    named = [p for p in function.parameters if p.kind == "keyword"]
    name = function.name
    if not positional:
        return f"`{name}` takes no input, but is given the Context: {_HANGS}"
    needed = [p for p in (*positional[1:], *named) if p.default is None]
    if needed:
        return f"`{name}` needs `{needed[0].name}`, but is only given the Context: {_HANGS}"
    rest = [*positional[1:], *named]
    if rest and positional[0].annotation is not None:
        return _untyped(name, positional[0], rest[0])
    return None


def _untyped(name: str, first: Parameter, second: Parameter) -> str:
    return (
        f"`{name}` takes `{second.name}` besides the Context: nobody passes it, and it makes"
        f" `{first.name}` a plain dict"
    )


RULE = Rule(
    code="NTR414",
    name="run-input",
    summary="a run method that does not take exactly one input",
    explanation=__doc__,
    contract=check,
)
