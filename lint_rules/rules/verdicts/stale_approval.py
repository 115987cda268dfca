"""A review gate takes an answer that was given before anybody could see what it shows.

`NtroWorkflow` keeps a `user_action` until some gate takes it. A second click on "approve", or an
approval that comes between two gates or while an upload is awaited, waits there and approves the
next review, whatever that shows.

Bad:

    answer = await self.wait_for_action(payload=slip)

Good:

    @runbook.signal
    def user_action(self, action: dict[str, Any]) -> None:
        # Take an answer only while a review is open; an upload is no review.
        gate = self.current_pending_action()
        if gate is not None and gate["kind"] == "interactive_review":
            super().user_action(action)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR702",
    name="stale-approval",
    summary="an answer that was sent before its gate opened, and counts all the same",
    explanation=__doc__,
)
