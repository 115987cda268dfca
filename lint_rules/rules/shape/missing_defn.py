"""A workflow class without its decorator.

The worker registers what `@runbook.defn` marks; the validator reports WORKFLOW_DEFN_MISSING, and a
task of this runbook waits for a worker that knows it. LocalRuntime runs the class all the same.

Bad:

    class NavMonthlyWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, ctx: NavMonthlyContext) -> NavResult: ...

Good:

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, ctx: NavMonthlyContext) -> NavResult: ...

Classes that others derive from need none.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Class
from lint_rules.finding import Edit
from lint_rules.program import External, Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.program.ntro_classes import derives_from_ntro
from lint_rules.program.workflow_names import WORKFLOWS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import facade_member
from lint_rules.workflow_code.observation import Observation

_WORKFLOW = "templates/workflow.py"


def check(contract: Contract) -> Iterator[Observation]:
    """Report the undecorated classes of `workflow.py` that are meant to be run."""
    module = contract.module(_WORKFLOW)
    if module is None or _is_decorated_by_call(contract.program, module):
        return
    decorated = {kind for kind in contract.workflow.workflows if kind.module == module.name}
    for record in module.facts.classes:
        kind = ProjectClass(module.name, record.number)
        if kind in decorated or not _could_be_run(contract.program, module, record):
            continue
        if decorated and not _has_run(contract.program, module, record):
            continue
        if not _is_base(contract.program, kind):
            yield _observation(contract.program, module, record)


def _could_be_run(program: Program, module: Module, record: Class) -> bool:
    """Tell whether a class of the top level derives from `NtroWorkflow`, plainly undecorated."""
    if record.block != module.bodies[0]:
        return False
    if not derives_from_ntro(program, ProjectClass(module.name, record.number)):
        return False
    called = [each.function if isinstance(each, Call) else each for each in record.decorators]
    return all(isinstance(m, External) for each in called for m in program.resolve(module, each))


def _has_run(program: Program, module: Module, record: Class) -> bool:
    methods = module.view.methods_by_class.get(record.number, ())
    return any(
        facade_member(name) == "run"
        for method in methods
        for name in decorator_names(program, module, method.decorators)
    )


def _is_base(program: Program, kind: ProjectClass) -> bool:
    return any(
        kind in (program.mro(other) or ())
        for module in program.modules.loaded
        for record in module.facts.classes
        if (other := ProjectClass(module.name, record.number)) != kind
    )


def _is_decorated_by_call(program: Program, module: Module) -> bool:
    """Tell whether the module says `Nav = runbook.defn(Nav)` somewhere."""
    decorators = {d.number for record in module.facts.classes for d in record.decorators}
    return any(
        program.name(module, site.call.function) in WORKFLOWS
        for site in module.view.calls
        if site.call.number not in decorators
    )


def _with_decorator(program: Program, module: Module, record: Class) -> tuple[Edit, ...]:
    """Return the edit that decorates a class, where the module has the facade at hand."""
    bound = module.bindings.get((0, "runbook"), ())
    meanings = program.outer_name(module, "runbook") if len(bound) == 1 else ()
    if [program.qualified_name(meaning) for meaning in meanings] != ["ntro.workflow.runbook"]:
        return ()
    above = (record.span.line, 1)
    return (Edit(module.path, above, above, "@runbook.defn\n"),)


def _observation(program: Program, module: Module, record: Class) -> Observation:
    edits = _with_decorator(program, module, record)
    return Observation(
        module=module,
        span=record.span,
        message=f"`{record.name}` is not decorated, so no worker registers it",
        alternative="@runbook.defn above the class",
        severity="error",
        fix="add-defn" if edits else None,
        edits=edits,
    )


RULE = Rule(
    code="NTR413",
    name="missing-defn",
    summary="a workflow class without @runbook.defn; no worker registers it",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)
