"""A suppression that suppresses nothing.

The code it names is not reported on its line any more, or does not exist. A comment that says
"we know" about something that is gone hides the next thing that comes.

Bad:

    started = runbook.now()  # noqa: NTR101 -- the deadline is local

Good:

    started = runbook.now()

`--fix` removes it.
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR902",
    name="unused-suppression",
    summary="a `# noqa` comment for a code that is not reported there",
    explanation=__doc__,
    fix="safe",
)
