"""Reading in workflow code what was drawn when its module was imported.

The sandbox imports the workflow's modules anew for each run, and every worker process imports them
once: `TOKEN = uuid4()` at the top of a module is another value on replay.

Bad:

    BATCH = uuid4()

    class NavWorkflow(NtroWorkflow):
        async def _book(self, ctx: Context) -> None:
            await self.run_child_workflow(slug="journals", input={"batch": str(BATCH)})

Good:

    class NavWorkflow(NtroWorkflow):
        async def _book(self, ctx: Context) -> None:
            batch = uuid5(BATCHES, runbook.info().workflow_id)
            await self.run_child_workflow(slug="journals", input={"batch": str(batch)})

The same goes for class bodies and default arguments. What only activities read is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.finding import Impact
from lint_rules.rules.hazard_rule import behind_pass_through, of_sink, shown
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.import_time import ImportedHazard
from lint_rules.workflow_code.observation import Observation, Step
from lint_rules.workflow_code.workflow_code import WorkflowCode

_HARMLESS_AT_IMPORT = ("NTR114", "NTR119", "NTR123")
"""Codes about what a call does to the process, not about the value it gives."""


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report hazards at import time whose value workflow code reads."""
    for reached, module, _, scopes in workflow.functions:
        for found in workflow.import_time.read_by(reached, module, scopes):
            if _matters(found):
                yield _observation(workflow, found)
    for exit_ in workflow.reach.constructed:
        for found in workflow.import_time.read_by_making(exit_):
            if _matters(found):
                yield _observation(workflow, found)


def _matters(found: ImportedHazard) -> bool:
    hazard = found.use.hazard
    return hazard.code not in _HARMLESS_AT_IMPORT and hazard.impact != "noise"


def _observation(workflow: WorkflowCode, found: ImportedHazard) -> Observation:
    use = found.use
    sink = workflow.flow.worst(found.reader_module, found.reader)
    impact, step = of_sink(sink)
    least: Impact = "payload" if step is None else impact
    read = Step(
        found.reader_module,
        found.reader_module.facts.span(found.reader),
        f"reads `{found.name}`",
    )
    return Observation(
        module=use.module,
        span=use.module.facts.span(use.expression),
        message=f"{shown(use)} is evaluated when the module is imported, and workflow code reads "
        f"`{found.name}`",
        alternative="the workflow's input, an activity, or a value computed in the run",
        via=found.via,
        impact=least,
        ceiling=use.hazard.ceiling,
        sandbox=behind_pass_through(workflow, use.module, use.hazard.sandbox_at_import or "silent"),
        sink=step,
        steps=(read,),
    )


RULE = Rule(
    code="NTR117",
    name="import-time-hazard",
    summary="workflow code reads a value that was drawn at import time",
    explanation=__doc__,
    check=check,
)
