"""The body of `runbook.md` lacks a section that the assistant looks for.

The text behind the frontmatter is written for a language model that chooses and changes runbooks.
It expects three sections: *When to use*, *Workflow patterns* with a skeleton of the code, and *Edge
cases / variants* (contract 1.2). Nothing fails without them, but the assistant has to guess.

Bad:

    # Monthly NAV

Good:

    # Monthly NAV
    ## When to use
    ## Workflow patterns
    ## Edge cases / variants
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.markdown import headings
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_SECTIONS = {
    "When to use": re.compile(r"\bwhen (not )?to use\b"),
    "Workflow patterns": re.compile(r"\bpatterns?\b"),
    "Edge cases / variants": re.compile(r"\bedge.cases?\b|\bvariants?\b"),
}


def check(contract: Contract) -> Iterator[Observation]:
    """Report the sections that are not there."""
    manifest = contract.manifest
    if manifest is None or manifest.top is None:
        return
    titles = [heading.text.casefold() for heading in headings(manifest)]
    absent = [
        name
        for name, pattern in _SECTIONS.items()
        if not any(pattern.search(title) for title in titles)
    ]
    if absent:
        yield Observation(
            module=manifest.file,
            span=manifest.file.line_span(_place(manifest)),
            message=f"the body has no section {', '.join(f'*{name}*' for name in absent)}",
            alternative=", ".join(f"`## {name}`" for name in absent),
            severity="info",
        )


def _place(manifest: Manifest) -> int:
    """Return the line of the first heading, or of the end of the frontmatter."""
    first = next(headings(manifest), None)
    return first.span.line if first is not None else max(manifest.body_line - 1, 1)


RULE = Rule(
    code="NTR516",
    name="body-sections",
    summary="the body of runbook.md lacks a section that the assistant looks for",
    explanation=__doc__,
    contract=check,
)
