"""`ntro` without an extra that the imports of the bundle need.

The SDK loads many of its packages late, and `ntro` alone installs few. `NtroWorkflow` runs on
`temporalio`, `ntro.data` on `asyncpg`, `ntro.capabilities.files` on `pdfplumber` and `openpyxl`,
all of which `ntro[workflow]` brings; `ntro.accounting` and `ntro.capabilities.gl` need `ntro[gl]`,
although the docs say otherwise for accounting (D37). Your environment has the packages, the
worker's does not: without `temporalio` the SDK takes LocalRuntime (one INFO line tells), so that
there is no workflow to register; without the others the import fails, when the worker loads the
bundle or in the middle of an activity that is then retried for ever (D45).

A package that has a line of its own is not missing. The fix is safe: it only installs what the code
imports anyway, and no history depends on an import that failed.

Bad:

    ntro==0.1.2

Good:

    ntro[workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.requirements.spelling import replaced, with_extras
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report the extras that are missing, all in one."""
    requirements = contract.requirements
    if requirements is None:
        return
    missing, entry = requirements.missing_extras, requirements.ntro
    if not missing or entry is None or entry.name is None:
        return
    packages = sorted({package for each in missing for package in each.packages})
    bracket = with_extras(entry, [each.extra for each in missing])
    # In a file with hashes, what the extra brings would need lines of its own.
    can = not any(each.has_hashes for each in requirements.text.entries)
    name, last = entry.name.span, (entry.bracket or entry.name).span
    place = entry.bracket.span if entry.bracket else Span(*name[2:], *name[2:])
    needed = " and ".join(f"`{each.need.module}`" for each in missing)
    yield Observation(
        module=requirements.file,
        span=Span(*name[:2], *last[2:]),
        message=f"{needed} needs {', '.join(f'`{p}`' for p in packages)}, which no line brings",
        alternative=f"`{entry.name.text}{bracket}`",
        severity="error",
        steps=tuple(
            Step(e.imported.module, e.imported.span, f"imports {e.imported.name}") for e in missing
        ),
        fix="add-extra" if can else None,
        applicability="safe",
        edits=replaced(requirements.file, place, bracket) if can else (),
    )


RULE = Rule(
    code="NTR608",
    name="missing-extra",
    summary="ntro without an extra that the bundle's imports need",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
