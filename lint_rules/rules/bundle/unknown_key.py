"""A key of the frontmatter that looks like a known one which is missing.

Nobody refuses keys they do not know: the list is open (contract 1.2), so `lable:` is kept and never
read, and the step has no label in the Tenant UI. Keys that resemble no known one, or one that is
there as well, are the author's own and not reported.

Bad:

    steps:
      - id: review
        lable: Check the slip

Good:

    steps:
      - id: review
        label: Check the slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.manifest.keys import keyed_mappings
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report keys that are nearly known ones."""
    manifest = contract.manifest
    if manifest is None:
        return
    for mapping in keyed_mappings(manifest):
        for meant, entry in mapping.misspelt().items():
            yield Observation(
                module=manifest.file,
                span=entry.key_node.span,
                message=f"nobody reads the key `{entry.key_node.shown}` of {mapping.what}",
                alternative=f"`{meant}`",
                severity="warning",
            )


RULE = Rule(
    code="NTR509",
    name="unknown-key",
    summary="a key of the frontmatter that is nearly one which is missing",
    explanation=__doc__,
    contract=check,
)
