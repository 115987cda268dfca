"""Reached code calls something the linter knows nothing about.

A third-party package nobody has classified, `eval`, an import by a computed name. Such calls are
counted in the summary and listed with `--show-unknown`; with `--strict` each is an error.

Unknown:

    rate = fxrates.lookup(ctx.currency)

Known:

    [tool.ntro-testkit.lint]
    pure-packages = ["fxrates"]

or call it in an activity.
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR904",
    name="unknown-boundary",
    summary="a call the linter cannot see behind (only with --strict)",
    explanation=__doc__,
)
