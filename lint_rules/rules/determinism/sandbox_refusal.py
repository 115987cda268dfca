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

from lint_rules.hazards import Harmless
from lint_rules.program import External
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report harmless names that the sandbox refuses."""
    for exit_ in workflow.reach.outside:
        target = exit_.edge.target
        if not isinstance(target, External) or exit_.edge.how != "call":
            continue
        found = workflow.classifier.lookup(target.name)
        if isinstance(found, Harmless) and found.sandbox == "refuses":
            module = workflow.program.modules[exit_.edge.module]
            if module.name in workflow.passed_through:
                continue
            yield Observation(
                module=module,
                span=module.facts.span(module.facts.expressions[exit_.edge.at]),
                message=f"`{target.name}()` does no harm, but Temporal's sandbox refuses it",
                via=exit_.via,
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
