"""A review gate takes an answer that was given before anybody could see what it shows.

`NtroWorkflow` keeps a `user_action` until some gate takes it. A second click on "approve", or an
approval that comes between two gates or while an upload is awaited, waits there and approves the
next review, whatever that shows.

Bad:

    answer = await self.wait_for_action(payload=slip)

Good:

    def __init__(self) -> None:
        super().__init__()
        self._answered: Any = None

    @runbook.signal
    def user_action(self, action: dict[str, Any]) -> None:
        # Take one answer to each review while it is open; an upload is no review.
        gate = self.current_pending_action()
        if gate is None or gate["kind"] != "interactive_review" or gate is self._answered:
            return
        if action.get("kind") != "row_action":
            self._answered = gate
        super().user_action(action)

A gate with `checks_spec` stays open when it has its answer, until its checks have ended: a second
click in that time would approve the next gate. Where no gate has checks, the first two conditions
are enough.
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR702",
    name="stale-approval",
    summary="an answer that was sent before its gate opened, and counts all the same",
    explanation=__doc__,
)
