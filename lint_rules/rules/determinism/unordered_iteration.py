"""Letting the order of a set decide something.

A set of strings (or of most objects) comes in another order in each process: `PYTHONHASHSEED` is
random. A loop over it that issues commands issues them in another order on replay, and a list made
from it is another list. Temporal's sandbox says nothing.

Bad:

    for slug in {line.entity_slug for line in lines}:
        await runbook.execute_activity(notify, slug, start_to_close_timeout=ATTEMPT)

Good:

    for slug in sorted({line.entity_slug for line in lines}):
        await runbook.execute_activity(notify, slug, start_to_close_timeout=ATTEMPT)

To drop duplicates and keep the order: `dict.fromkeys(values)`. What does not see the order is
fine: `sorted`, `len`, `in`, `any`, `all`, `sum`, `min` and `max` without `key`, comparisons, and
loops that neither wait nor leave early nor collect in order. Sets of ints written out are stable.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call
from lint_rules.rules.hazard_rule import of_sink
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.unordered import Unordered
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report the sets whose order decides commands or data."""
    for reached, module, _, scopes in workflow.functions:
        for taken in workflow.sets.taken_apart(reached, module, scopes):
            impact, sink = of_sink(taken.worst())
            if impact != "noise":
                yield Observation(
                    module=module,
                    span=module.facts.span(taken.expression),
                    message="the order of a set differs between processes, and it matters here",
                    alternative="sorted(...), or dict.fromkeys(...) to drop duplicates in order",
                    via=reached,
                    impact=impact,
                    sandbox="silent",
                    fix=None if _is_pop(taken) else "sorted-set",
                    sink=sink,
                )


def _is_pop(taken: Unordered) -> bool:
    expression = taken.expression
    return isinstance(expression, Call) and getattr(expression.function, "name", "") == "pop"


RULE = Rule(
    code="NTR110",
    name="unordered-iteration",
    summary="the order of a set decides commands or data; use sorted(...)",
    explanation=__doc__,
    check=check,
    fix="unsafe",
)
