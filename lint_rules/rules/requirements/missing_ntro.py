"""Requirements without `ntro`, for code that uses it.

The worker makes a fresh environment for each version of a bundle out of this file (contract 1.1).
Without a line for the SDK its import fails when the worker loads the bundle, or it is whatever
version the worker itself has: then an upgrade of the worker changes what runs in flight are
replayed with. LocalRuntime and the validator run in your own environment, which has it.

Bad:

    pydantic==2.14.3

Good:

    ntro[workflow]==0.1.2
    pydantic==2.14.3
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.files.text_file import START
from lint_rules.requirements.bundle_requirements import NTRO
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report that no line asks for the SDK."""
    requirements = contract.requirements
    if requirements is None or not requirements.is_whole:
        return
    if any(entry.key == NTRO for entry in requirements.text.entries):
        return
    used = next((i for i in requirements.imports.found if i.top == NTRO and i.happens), None)
    if used is not None:
        yield Observation(
            module=requirements.file,
            span=START,
            message="no line asks for `ntro`, which the code imports",
            alternative="`ntro[workflow]==...`, with the version it was tested with",
            severity="error",
            steps=(Step(used.module, used.span, f"imports {used.name}"),),
        )


RULE = Rule(
    code="NTR607",
    name="missing-ntro",
    summary="requirements without ntro, which the code imports",
    explanation=__doc__,
    contract=check,
)
