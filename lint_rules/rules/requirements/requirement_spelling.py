"""A requirement that is not spelled as everybody spells it.

pip reads `Ntro [Workflow] == 0.1.2` well enough. People and tools that look for `ntro[workflow]==`
in many bundles do not: an upgrade by search and replace passes it by, and a bundle stays behind.
One spelling serves: the name in lower case with `-`, or as its project writes it, extras in lower
case, no blanks. Only pinned requirements are looked at; the others have more to change. The fix is
safe, comments, conditions and hashes stay.

Bad:

    Ntro[Workflow] == 0.1.2

Good:

    ntro[workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.spelling import head, head_span, replaced, spelled
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report pinned requirements with another spelling."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entry in requirements.text.named:
        if entry.pin is None or entry.url is not None:
            continue
        text = spelled(entry, requirements.installed)
        if head(entry) == text or requirements.is_development(entry.key or ""):
            continue
        span = head_span(entry)
        yield Observation(
            module=requirements.file,
            span=span,
            message=f"`{head(entry)}` is another spelling of `{text}`",
            alternative=f"`{text}`",
            severity="info",
            fix="spell-requirement",
            applicability="safe",
            edits=replaced(requirements.file, span, text),
        )


RULE = Rule(
    code="NTR612",
    name="requirement-spelling",
    summary="a requirement in another spelling than the usual one",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
