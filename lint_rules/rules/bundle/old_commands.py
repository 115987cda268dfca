"""`runbook.md` names a command that the CLI no longer has.

`ntro workflow push`, `deploy` and `deploy-status` are of the first generation; `ntro-cli` 0.1.1 has
one command for all of it, `ntro workflow create --path DIR --tenant T` (D58). The body is read by
an assistant, which then tries the old one.

Bad:

    ntro workflow push nav-monthly.zip

Good:

    ntro workflow create --path runbooks/nav-monthly --tenant acme
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_OLD = re.compile(
    r"\bntro[ \t]{1,9}workflow[ \t]{1,9}(?:push|deploy(?:-status)?)(?![\w-])|\bntro_workflow_push\b"
)


def check(contract: Contract) -> Iterator[Observation]:
    """Report each place that names such a command."""
    manifest = contract.manifest
    if manifest is None or not manifest.file.text:
        return
    for found in _OLD.finditer(manifest.file.text):
        command = " ".join(found[0].split())
        yield Observation(
            module=manifest.file,
            span=manifest.file.span(*found.span()),
            message=f"the CLI has no `{command}`",
            alternative="`ntro workflow create --path DIR --tenant TENANT`",
            severity="info",
        )


RULE = Rule(
    code="NTR517",
    name="old-commands",
    summary="runbook.md names a command that the CLI no longer has",
    explanation=__doc__,
    contract=check,
)
