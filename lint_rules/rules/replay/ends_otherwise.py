"""A run in flight goes on with today's code, and comes to another end than with its own.

`replay check --against REV` hands runs over to today's code in the middle. What has happened fits,
but what follows does not: the run waits for something nobody will bring, or fails where it used to
complete. Often the code relies on what it did at the start, which this run has never done.

Bad:

    # `_currency` is asked for at the start, which runs in flight have behind them.
    if not self._currency:
        raise WorkflowError("no currency")

Good:

    currency = self._currency or ctx.currency
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR806",
    name="ends-otherwise",
    summary="a run in flight that gets stuck or fails once today's code goes on with it",
    explanation=__doc__,
)
