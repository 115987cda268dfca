"""The worker dies after each workflow task, and another one rebuilds the workflow from its history.

That is what Temporal promises, and what every deployment does. State that was changed behind the
history's back, by a query or from outside, is gone after it.

Bad:

    @runbook.query
    def next_number(self) -> int:
        self._number += 1
        return self._number

Good:

    @runbook.query
    def number(self) -> int:
        return self._number
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR711",
    name="crash-difference",
    summary="another run when the workflow is rebuilt from its history",
    explanation=__doc__,
)
