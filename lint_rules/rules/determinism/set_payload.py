"""Sending a set as data.

JSON has no sets: the converter writes a list, in the order of that process. The same run sends
other bytes on replay, and whoever receives them gets another list.

Bad:

    return Outcome(periods={line.period for line in lines})

Good:

    return Outcome(periods=sorted({line.period for line in lines}))
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.rules.hazard_rule import of_sink
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report the sets that become data of a command or the workflow's result."""
    for reached, module, _, scopes in workflow.functions:
        for sent in workflow.sets.sent(reached, module, scopes):
            worst = sent.worst()
            if worst is not None:
                impact, sink = of_sink(worst)
                yield Observation(
                    module=module,
                    span=module.facts.span(sent.expression),
                    message="a set is sent as data, and its order differs between processes",
                    alternative="sorted(...)",
                    via=reached,
                    impact=impact,
                    sandbox="silent",
                    fix="sorted-payload",
                    sink=sink,
                )


RULE = Rule(
    code="NTR111",
    name="set-payload",
    summary="a set is sent as data; use sorted(...)",
    explanation=__doc__,
    check=check,
    fix="unsafe",
)
