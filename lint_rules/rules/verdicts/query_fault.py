"""The platform asks five queries at any moment; they must answer, and only answer.

The task page, agents and the Tenant API read them. One that raises or whose answer has no JSON form
leaves the task blank; one that changes the workflow makes it depend on who was looking, which no
history tells; `current_steps` must not go back to a step that was done.

Bad:

    @runbook.query
    def current_ui_state(self) -> dict[str, Any]:
        self._views += 1
        return {"opened": self._opened_at, "views": self._views}

Good:

    @runbook.query
    def opened_at(self) -> str:
        return self._opened_at.isoformat()
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR705",
    name="query-fault",
    summary="a query that raises, has no JSON form, changes the run, or goes back",
    explanation=__doc__,
)
