"""Work that now happens before the decision it waited for.

Temporal compares the order of commands, not the moment of each. When the last thing before a review
and the first thing after it change places with the review, the order stays the same: no error, and
the slip is posted before anybody has approved it.

Bad:

    posted = await self._post(ctx, slip)
    answer = await self.wait_for_action(payload=slip)

Good:

    answer = await self.wait_for_action(payload=slip)
    posted = await self._post(ctx, slip)

Temporal's own Replayer passes the first one against a history of the second.
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR803",
    name="moved-across-gate",
    summary="a command that came after a person's signal, and now comes before it",
    explanation=__doc__,
)
