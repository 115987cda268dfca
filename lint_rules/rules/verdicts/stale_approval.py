"""A review gate opens for an answer that was given before anybody could see what it shows.

`NtroWorkflow` keeps a `user_action` until some gate takes it. A second click on "approve", or an
approval that comes between two gates, waits there and approves the next gate, whatever that shows.

Bad:

    answer = await self.wait_for_action(payload=slip)

Good:

    @runbook.signal
    def user_action(self, action: dict[str, Any]) -> None:
        # Take an answer only while a gate is open.
        if self._pending_action is not None:
            super().user_action(action)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR702",
    name="stale-approval",
    summary="an answer that was sent before its gate opened, and opens it unseen",
    explanation=__doc__,
)
