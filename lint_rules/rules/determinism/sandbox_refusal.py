"""A call that is deterministic, and that Temporal's sandbox refuses all the same.

`os.path.join` through `import os` (before Python 3.14), `os.name`, `threading.Lock()` and a few
others do no harm, but a workflow that runs in the sandbox fails on them. ntro's own workers run
without it, so this rule is off unless it is selected: `--extend-select NTR124`.

Refused:

    target = os.path.join(ctx.folder, "nav.pdf")

Not refused:

    target = str(PurePosixPath(ctx.folder) / "nav.pdf")
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Attribute, Call, Expression
from lint_rules.hazards import Harmless
from lint_rules.program import External, Module
from lint_rules.program.reach import Reached
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report harmless names that the sandbox refuses."""
    for exit_ in workflow.reach.outside:
        target = exit_.edge.target
        if not isinstance(target, External) or exit_.edge.how != "call":
            continue
        module = workflow.program.modules[exit_.edge.module]
        call = module.facts.expressions[exit_.edge.at]
        if _is_refused(workflow, target.name) and _is_watched(workflow, module, call, target.name):
            yield _observation(module, call, f"{target.name}()", exit_.via)
    yield from _read(workflow)


def _read(workflow: WorkflowCode) -> Iterator[Observation]:
    """`os.name`: the one name that the sandbox refuses to read."""
    for reached, module, _, scopes in workflow.functions:
        for read in module.view.of_kind(scopes, Attribute):
            if read.name == "name" and workflow.program.name(module, read) == "os.name":
                yield _observation(module, read, "os.name", reached)


def _is_refused(workflow: WorkflowCode, name: str) -> bool:
    found = workflow.classifier.lookup(name)
    return isinstance(found, Harmless) and found.sandbox == "refuses"


def _is_watched(workflow: WorkflowCode, module: Module, call: Expression, name: str) -> bool:
    """Tell whether the sandbox sees the call: `os.path` it sees only through `os`."""
    if module.name in workflow.passed_through:
        return False
    if not name.startswith("os.path."):
        return True
    inner = call.function if isinstance(call, Call) else call
    while isinstance(inner, Attribute):
        inner = inner.value
        if workflow.program.name(module, inner) == "os":
            return True
    return False


def _observation(module: Module, at: Expression, name: str, via: Reached) -> Observation:
    return Observation(
        module=module,
        span=module.facts.span(at),
        message=f"`{name}` does no harm, but Temporal's sandbox refuses it",
        via=via,
        severity="info",
        sandbox="refuses",
    )


RULE = Rule(
    code="NTR124",
    name="sandbox-refusal",
    summary="a harmless call that Temporal's sandbox refuses",
    explanation=__doc__,
    check=check,
    on=False,
)
