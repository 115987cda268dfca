"""A command that comes out of an earlier workflow task than recorded.

Nobody's decision lies between, but something that was awaited did: an activity, a timer, a child.
Temporal accepts it. What is wrong, if anything, is that the work no longer waits for what it needs.

Bad:

    posting = asyncio.create_task(self._post(ctx, slip))
    await self._check_limit(ctx, slip)
    posted = await posting

Good:

    await self._check_limit(ctx, slip)
    posted = await self._post(ctx, slip)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR804",
    name="moved-command",
    summary="a command that no longer waits for what it waited for",
    explanation=__doc__,
)
