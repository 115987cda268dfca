"""The functions in which a plain exception would hang the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Call
from lint_rules.program import ProjectClass
from lint_rules.workflow_code.workflow_code import Running

if TYPE_CHECKING:
    from lint_rules.contract.contract import Contract

_SET_OFF = ("__init__", "__post_init__", "__call__", "__enter__", "__aenter__")
"""Special methods that raise as other functions do; the rest answer Python by raising."""


def failing_code(contract: Contract) -> Iterator[Running]:
    """Yield the functions that runbooks reach, unless a class chose what fails a run.

    `@workflow.defn(failure_exception_types=[...])` makes other exceptions fail it too.
    """
    if any(_chooses(contract, kind) for kind in contract.classes):
        return
    reached = {key for runbook in contract.runbooks for key in runbook.reached}
    for running in contract.workflow.functions:
        function = running.reached.function
        name = running.function.name
        special = name.startswith("__") and name.endswith("__") and name not in _SET_OFF
        if (function.module, function.number) in reached and not special:
            yield running


def _chooses(contract: Contract, kind: ProjectClass) -> bool:
    decorators = contract.program.modules[kind.module].facts.classes[kind.number].decorators
    return any(
        isinstance(each, Call) and each.keyword("failure_exception_types") is not None
        for each in decorators
    )
