"""What the rules share that find hazards by name: the table says which, the flow says how bad."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call
from lint_rules.finding import Impact, Sandbox
from lint_rules.program import Module
from lint_rules.rules.rule import Check
from lint_rules.workflow_code.observation import Observation, Step
from lint_rules.workflow_code.points import Sink
from lint_rules.workflow_code.uses import Use
from lint_rules.workflow_code.workflow_code import WorkflowCode


def named_hazards(code: str, says: str, *, silent_as_noise: bool = False) -> Check:
    """Return the check that reports every use the table lists under a code.

    `says` goes behind the name: "`time.time()` reads the wall clock".
    """

    def check(workflow: WorkflowCode) -> Iterator[Observation]:
        for use in workflow.hazard(code):
            observation = observe(workflow, use, says)
            if not (silent_as_noise and observation.impact == "noise"):
                yield observation

    return check


def observe(workflow: WorkflowCode, use: Use, says: str) -> Observation:
    """Report one use of a hazard."""
    impact, sink = impact_of(workflow, use)
    hazard = use.hazard
    fixable = hazard.fix is not None and use.how == "call"
    return Observation(
        module=use.module,
        span=use.module.facts.span(use.expression),
        message=f"{shown(use)} {says}",
        alternative=hazard.alternative,
        via=use.via,
        impact=impact,
        ceiling=hazard.ceiling,
        sandbox=verdict(workflow, use),
        fix=hazard.fix.id if hazard.fix and fixable else None,
        applicability=hazard.fix.applicability if hazard.fix and fixable else "unsafe",
        sink=sink,
    )


def impact_of(workflow: WorkflowCode, use: Use) -> tuple[Impact, Step | None]:
    """Return what a use can do, and where its value does it."""
    impact = use.hazard.impact
    if impact != "value":
        return impact, None
    if use.how == "factory":
        return "payload", None
    sink = workflow.flow.worst(use.module, use.expression)
    return of_sink(sink)


def of_sink(sink: Sink | None) -> tuple[Impact, Step | None]:
    """Return the impact of a sink and the step that shows it; a value that is lost is noise."""
    if sink is None or sink.impact is None:
        return "noise", None
    subject = "the order" if sink.kind in ("set", "order") else "the value"
    return sink.impact, Step(sink.module, sink.span, f"{subject} {sink.text}")


def shown(use: Use) -> str:
    """Return how a message names a use."""
    name = use.name.removeprefix("builtins.")
    called = isinstance(use.expression, Call) and use.how == "call"
    return f"`{name}()`" if called else f"`{name}`"


def verdict(workflow: WorkflowCode, use: Use) -> Sandbox | None:
    """Return what Temporal's sandbox does about a use."""
    found = use.hazard.sandbox
    if use.on_instance and use.hazard.sandbox_on_instance is not None:
        found = use.hazard.sandbox_on_instance
    return behind_pass_through(workflow, use.module, found)


def behind_pass_through(
    workflow: WorkflowCode, module: Module, found: Sandbox | None
) -> Sandbox | None:
    """Return the verdict, which is none in a module that the sandbox was told to pass through."""
    if found in ("refuses", "warns") and module.name in workflow.passed_through:
        return "passed-through"
    return found
