"""A suppression without a reason.

Whoever reads it later cannot tell a considered exception from a hurry.

Bad:

    print("closed")  # noqa: NTR116

Good:

    print("closed")  # noqa: NTR116 -- read by the smoke test, which runs this once
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR903",
    name="unexplained-suppression",
    summary="a `# noqa` comment without ` -- reason`",
    explanation=__doc__,
)
