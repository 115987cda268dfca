"""A bundle without `templates/requirements.txt`.

The worker makes a fresh virtual environment for each version of a bundle and installs what this
file asks for (contract 1.1). The file may be left out, but then nothing says which SDK the version
was written for, nor what else its code imports: what the worker has instead is written nowhere, and
can be another thing on the next worker, where runs in flight are replayed. Deploy uploads
`templates/`, `subledgers/` and `migrations/` only (D56), so a `requirements.txt` beside
`runbook.md` never gets to the worker. SDK, validator and LocalRuntime do not look for the file.

Bad:

    petty-cash/
        runbook.md
        requirements.txt
        templates/workflow.py

Good:

    petty-cash/
        runbook.md
        templates/requirements.txt
        templates/workflow.py
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.bundle_files import REQUIREMENTS
from lint_rules.contract.contract import Contract
from lint_rules.files.text_file import START
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report that the file is not there."""
    if contract.files is None or contract.files.exists(REQUIREMENTS):
        return
    message = f"the bundle has no `{REQUIREMENTS}`: what the worker installs for it is left open"
    alternative = f"{REQUIREMENTS} with `ntro[workflow]==...` and what else is imported, pinned"
    if contract.files.exists("requirements.txt"):
        message = f"deploy does not upload the bundle's `requirements.txt`, only `{REQUIREMENTS}`"
        alternative = f"move it to {REQUIREMENTS}"
    yield Observation(
        module=contract.files.text(REQUIREMENTS),
        span=START,
        message=message,
        alternative=alternative,
        severity="warning",
    )


RULE = Rule(
    code="NTR601",
    name="missing-requirements",
    summary="a bundle without templates/requirements.txt",
    explanation=__doc__,
    contract=check,
)
