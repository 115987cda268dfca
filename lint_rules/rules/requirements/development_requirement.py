"""A package that serves to write and test a bundle, not to run it.

Everything in the file is installed on the worker for each version of a bundle (contract 1.1: no
development-only packages). Test tools bring many packages with them, which take time at every start
of a worker, hold back the versions of others, and can keep the environment from being made at all.
`ntro[dev]` is a test environment, too. What the code imports, or another line needs, is not
reported.

Bad:

    pytest==9.2.0

Good:

    pip install pytest, or requirements-dev.txt beside runbook.md, which deploy leaves out
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.bundle_requirements import NTRO
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.spelling import head_span, removed
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_ELSEWHERE = "install it where you work, for instance from requirements-dev.txt beside runbook.md"


def check(contract: Contract) -> Iterator[Observation]:
    """Report packages and extras that are for development."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entry in requirements.text.named:
        if requirements.is_development(entry.key or ""):
            yield Observation(
                module=requirements.file,
                span=head_span(entry),
                message=f"`{entry.name.text if entry.name else ''}` serves development only,"
                " and every worker would install it",
                alternative=_ELSEWHERE,
                severity="warning",
                fix="remove-requirement" if entry.comment is None else None,
                edits=removed(requirements.file, entry) if entry.comment is None else (),
            )
        for extra in entry.extras:
            if entry.key == NTRO and normalised(extra.text) == "dev":
                yield Observation(
                    module=requirements.file,
                    span=extra.span,
                    message="`ntro[dev]` brings pytest, mypy and ruff onto every worker",
                    alternative="`ntro[workflow]`",
                    severity="warning",
                )


RULE = Rule(
    code="NTR606",
    name="development-requirement",
    summary="a package for development in what the worker installs",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)
