"""Code that Temporal's sandbox was told not to look at.

The sandbox neither reloads nor watches a module that is imported under
`workflow.unsafe.imports_passed_through()`: everything in it runs without an error, `time.time`
and `uuid4` included. `sandbox_unrestricted()`, `sandboxed=False` and `UnsandboxedWorkflowRunner`
open it altogether. That may be right, but then nothing else finds what is hidden there.

Bad:

    with workflow.unsafe.imports_passed_through():
        from .clock import stamp          # calls time.time()

Good:

    with workflow.unsafe.imports_passed_through():
        from .models import Line          # pure data

An import of third-party packages, or of modules in which no hazard is reached, is not reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lint_rules.facts.expressions import Call
from lint_rules.program import External
from lint_rules.program.edges import Edge
from lint_rules.rules.hazard_rule import observe
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_PASSES_ON = "temporalio.workflow.unsafe.imports_passed_through"
_SEEN_BY_SANDBOX = ("refuses", "warns")


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report openings of the sandbox, and passed-through modules with hazards in them."""
    for use in workflow.hazard("NTR123"):
        if use.name != _PASSES_ON:
            yield observe(workflow, use, "keeps Temporal's sandbox from looking")
    yield from _unsandboxed(workflow)
    hidden = Counter(
        use.module.name
        for use in workflow.uses.hazards
        if use.module.name in workflow.passed_through and use.hazard.sandbox in _SEEN_BY_SANDBOX
    )
    for name, count in hidden.items():
        passed = workflow.passed_through[name]
        hazards = "a hazard" if count == 1 else f"{count} hazards"
        yield Observation(
            module=passed.module,
            span=passed.statement.span,
            message=f"`{name}` is passed through, so the sandbox cannot see {hazards} in it",
            alternative="an ordinary import, or mend what is reported in that module",
            severity="info",
            sandbox="passed-through",
        )


def _unsandboxed(workflow: WorkflowCode) -> Iterator[Observation]:
    """`@workflow.defn(sandboxed=False)`."""
    for kind in workflow.workflows:
        module = workflow.program.modules[kind.module]
        for decorator in module.facts.classes[kind.number].decorators:
            if not isinstance(decorator, Call):
                continue
            for meaning in workflow.program.resolve(module, decorator.function):
                if isinstance(meaning, External):
                    edge = Edge(module.name, decorator.number, meaning, "call")
                    use = workflow.finder.judge(edge, None)
                    if use is not None and use.hazard.code == "NTR123":
                        yield observe(workflow, use, "keeps Temporal's sandbox from looking")


RULE = Rule(
    code="NTR123",
    name="sandbox-hole",
    summary="Temporal's sandbox is told not to look at code that has hazards",
    explanation=__doc__,
    check=check,
)
