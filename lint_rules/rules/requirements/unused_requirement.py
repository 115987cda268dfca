"""A requirement that nothing in the bundle imports.

Each one is installed wherever a worker makes the environment of this version: it takes time, and it
can conflict with what is needed. Often an import has gone and its requirement has stayed. Not
reported is what another line needs (a pin of it is no waste), what works unseen, such as database
drivers and engines of pandas, and what is found by its entry points; nor anything where the bundle
imports by names that are worked out at run time.

Bad:

    requests==2.32.5  # nothing imports it

Good:

    httpx==0.28.1     # activities.py imports it
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.bundle_requirements import NTRO, BundleRequirements
from lint_rules.requirements.known_distributions import WORK_UNSEEN
from lint_rules.requirements.spelling import head_span, removed
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report what is neither imported nor needed by something else."""
    requirements = contract.requirements
    if requirements is None or not requirements.imports.complete:
        return
    for key, entries in requirements.by_key.items():
        entry = entries[0]
        if entry.url is not None or not _is_unused(requirements, key):
            continue
        can = len(entries) == 1 and entry.comment is None
        yield Observation(
            module=requirements.file,
            span=head_span(entry),
            message=f"nothing in the bundle imports `{entry.name.text if entry.name else key}`",
            alternative="remove the line",
            severity="info",
            fix="remove-requirement" if can else None,
            edits=removed(requirements.file, entry) if can else (),
        )


def _is_unused(requirements: BundleRequirements, key: str) -> bool:
    if key == NTRO or key in WORK_UNSEEN or requirements.is_development(key):
        return False
    if requirements.is_imported(key) is not False:
        return False
    installed = requirements.installed.get(key)
    if installed is not None and installed.is_plugin:
        return False
    others = requirements.brought_without(key)
    return key not in others.keys and not others.unknown


RULE = Rule(
    code="NTR610",
    name="unused-requirement",
    summary="a requirement that nothing in the bundle imports",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)
