"""An import of a package that no requirement brings.

Your environment has it, the worker's does not: it is made fresh from `templates/requirements.txt`
(contract 1.1). An import at the top of a module fails when the worker loads the bundle, and no task
begins. One inside an activity fails when the activity runs: ModuleNotFoundError, retried for ever
(D45). Neither LocalRuntime nor the validator can notice.

A package counts as brought when a line names it, or when something that a line names needs it, as
the metadata of installed distributions tell. Imports for type checking, and those that may fail
(`try` with `except ImportError`), are not reported; nor is anything where a line brings a package
whose needs are not known here.

Bad:

    import openpyxl  # in activities.py, with ntro==0.1.2 alone in requirements.txt

Good:

    import openpyxl  # with openpyxl==3.1.5, or ntro[workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.bundle_files import REQUIREMENTS
from lint_rules.contract.contract import Contract
from lint_rules.requirements.brought import distributions_of
from lint_rules.requirements.bundle_requirements import NTRO, BundleRequirements
from lint_rules.requirements.imports import Imported
from lint_rules.requirements.ntro_needs import EXTRAS, extra_with
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first import of each package that is not brought."""
    requirements = contract.requirements
    if requirements is None or not requirements.is_whole:
        return
    told = {package for each in requirements.missing_extras for package in EXTRAS[each.extra]}
    seen: set[str] = set()
    for imported in requirements.imports.found:
        top = imported.top
        if top == NTRO or not imported.happens or top in seen:
            continue
        if requirements.may_bring(imported):
            continue
        possible = distributions_of(imported.name, requirements.installed) or frozenset()
        if told.isdisjoint(possible):
            seen.add(top)
            yield _missing(
                requirements, imported, sorted(possible, key=lambda key: (len(key), key))
            )


def _missing(
    requirements: BundleRequirements, imported: Imported, possible: list[str]
) -> Observation:
    installed = (requirements.installed.get(key) for key in possible)
    versions = [f"{found.name}=={found.version}" for found in installed if found is not None]
    wanted = versions[0] if versions else f"{possible[0]}==..."
    extra = extra_with(possible)
    by_extra = f", or the extra `ntro[{extra}]`" if extra else ""
    return Observation(
        module=imported.module,
        span=imported.span,
        message=f"no requirement brings `{imported.top}`: on the worker its import fails",
        alternative=f"`{wanted}` in {REQUIREMENTS}{by_extra}",
        severity="error",
    )


RULE = Rule(
    code="NTR609",
    name="missing-requirement",
    summary="an import of a package that no requirement brings",
    explanation=__doc__,
    contract=check,
)
