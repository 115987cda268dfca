"""A runbook class without exactly one asynchronous `run` of its own.

Temporal looks at the class when it is decorated and raises ValueError: `Missing @workflow.run
method`, `Multiple @workflow.run methods found`, `must be defined on` the class itself when it is
only inherited, `not on the override`, `must be an async function`. The worker cannot import the
bundle, and deploy and validator report WORKFLOW_PY_IMPORT_ERROR. LocalRuntime checks none of it.

Bad:

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow):
        async def run(self, ctx: NavMonthlyContext) -> NavResult: ...

Good:

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, ctx: NavMonthlyContext) -> NavResult: ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Function, Span
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.wrappers import may_wrap
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation

Marked = tuple[Module, Function]


def check(contract: Contract) -> Iterator[Observation]:
    """Report what keeps a class from being accepted, the first fault of each."""
    for runbook in runbooks_of_ntro(contract):
        if not _is_run_made_by_call(contract.program, runbook):
            yield from _faults(contract.program, runbook)


def _faults(program: Program, runbook: Runbook) -> Iterator[Observation]:
    marked = _marked(program, runbook.kind)
    own = [function for module, function in marked if _is_own(runbook, module, function)]
    inherited = [each for each in marked if not _is_own(runbook, *each)]
    name = runbook.definition.name
    if not marked:
        yield _observation(
            runbook,
            runbook.definition.span,
            f"`{name}` has no method decorated with `@runbook.run`, so nothing can start it",
            "decorate one async method with `@runbook.run`",
        )
    elif not own:
        yield _not_own(program, runbook, inherited[0])
    elif len(own) > 1:
        yield _observation(
            runbook,
            own[1].span,
            f"`{name}` has a second run method, `{own[1].name}` besides `{own[0].name}`",
            "keep `@runbook.run` on one of them; make the others steps or plain methods",
        )
    elif _is_no_coroutine(program, runbook.module, own[0]):
        kind = "an async generator" if own[0].is_async else "synchronous"
        yield _observation(
            runbook,
            own[0].span,
            f"`{own[0].name}` is {kind}: Temporal only takes an async function as run method",
            f"async def {own[0].name}(...), which returns its result",
        )
    else:
        others = [function for _, function in inherited if function.name != own[0].name]
        if others:
            yield _observation(
                runbook,
                own[0].span,
                f"a base class of `{name}` has the run method `{others[0].qualname}`, and this"
                " one does not override it",
                f"call both `{own[0].name}`, or take `@runbook.run` off the base class",
            )


def _not_own(program: Program, runbook: Runbook, inherited: Marked) -> Observation:
    _, base = inherited
    methods = runbook.module.view.methods_by_class.get(runbook.kind.number, ())
    override = next((method for method in methods if method.name == base.name), None)
    if override is not None:
        return _observation(
            runbook,
            override.span,
            f"`{override.name}` overrides the run method `{base.qualname}` without being"
            " decorated itself",
            f"put `@runbook.run` on `{override.name}` too",
        )
    return _observation(
        runbook,
        runbook.definition.span,
        f"`{runbook.definition.name}` only inherits its run method, `{base.qualname}`:"
        " Temporal wants it on the class itself",
        f"define `{base.name}` here, decorated, and call `super().{base.name}(...)`",
    )


def _is_no_coroutine(program: Program, module: Module, function: Function) -> bool:
    plain = not function.is_async or function.is_generator
    return plain and not may_wrap(program, module, function.decorators)


def _marked(program: Program, kind: ProjectClass) -> list[Marked]:
    """Return the decorated methods of a class and its bases, overridden ones too."""
    found: list[Marked] = []
    for base in program.mro(kind) or ():
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            # Of two methods with one name only the last is there.
            last = {f.name: f for f in module.view.methods_by_class.get(base.number, ())}
            found += [(module, f) for f in last.values() if _is_marked(program, module, f)]
    return found


def _is_marked(program: Program, module: Module, function: Function) -> bool:
    names = decorator_names(program, module, function.decorators)
    return any(facade_member(name) == "run" for name in names)


def _is_own(runbook: Runbook, module: Module, function: Function) -> bool:
    return module is runbook.module and function.owner_class == runbook.kind.number


def _is_run_made_by_call(program: Program, runbook: Runbook) -> bool:
    """Tell whether the class body says `run = runbook.run(...)`, which shows no method."""
    bindings = runbook.module.view.bindings_of_scope.get(runbook.definition.scope, ())
    values = [b.value for b in bindings if b.kind == "assign" and isinstance(b.value, Call)]
    names = decorator_names(program, runbook.module, values)
    return any(facade_member(name) == "run" for name in names)


def _observation(runbook: Runbook, span: Span, message: str, alternative: str) -> Observation:
    return Observation(
        module=runbook.module,
        span=span,
        message=message,
        alternative=alternative,
        severity="error",
    )


RULE = Rule(
    code="NTR403",
    name="run-method",
    summary="a runbook class without exactly one async run method of its own",
    explanation=__doc__,
    contract=check,
)
