"""A file that every bundle must have is missing.

Deploy refuses a directory without `runbook.md` or `templates/`. The worker and the SDK's loader
open `templates/` as a package by its `__init__.py`, take the class from `workflow.py` and import
`activities.py` even where there are none; the validator does not miss `__init__.py` (D27). No
reader needs `models.py`, but it is where people look for the models: that one is only mentioned.

Bad:

    runbooks/nav-monthly/runbook.md
    runbooks/nav-monthly/templates/workflow.py

Good:

    runbooks/nav-monthly/runbook.md
    runbooks/nav-monthly/templates/__init__.py
    runbooks/nav-monthly/templates/workflow.py
    runbooks/nav-monthly/templates/activities.py
    runbooks/nav-monthly/templates/models.py
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.required_files import TEMPLATES, missing_files
from lint_rules.contract.template_imports import template_imports
from lint_rules.files.text_file import START
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the files that are not there."""
    files = contract.files
    if files is None or contract.manifest is None:
        return
    has_templates = TEMPLATES in files.listing().directories
    for file in missing_files(files):
        if file.severity == "info" and _is_imported(contract, file.path):
            # Then it is the import that fails.
            continue
        inside = file.path.startswith(TEMPLATES)
        missing = f"`{file.path}`" if has_templates or not inside else "the directory `templates/`"
        yield Observation(
            module=files.text(file.path),
            span=START,
            message=f"{missing} is missing: {file.reader}",
            alternative=file.instead,
            severity=file.severity,
        )


def _is_imported(contract: Contract, path: str) -> bool:
    name = path.removesuffix(".py").replace("/", ".")
    for found in template_imports(contract):
        source = found.module.absolute(found.statement)
        if name in (source, f"{source}.{found.statement.name}"):
            return True
    return False


RULE = Rule(
    code="NTR501",
    name="missing-file",
    summary="a file that every bundle must have is missing",
    explanation=__doc__,
    contract=check,
)
