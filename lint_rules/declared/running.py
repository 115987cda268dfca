"""The functions that run while a step does."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.program import ProjectFunction
from lint_rules.runbook_code.runbook import Runbook, Step


def running_in(contract: Contract, runbook: Runbook, step: Step) -> Iterator[ProjectFunction]:
    """Yield the functions that run in a step, but those of other steps."""
    walks = contract.workflow.walks
    others = {each.key for each in runbook.steps}
    waiting = [ProjectFunction(step.module.name, step.function.number, runbook.kind)]
    seen: set[tuple[str, int]] = set()
    while waiting:
        function = waiting.pop()
        key = (function.module, function.number)
        if key in seen or (key in others and key != step.key) or walks.is_activity(function):
            continue
        seen.add(key)
        yield function
        targets = (edge.target for edge in walks.edges(function))
        waiting += [target for target in targets if isinstance(target, ProjectFunction)]
