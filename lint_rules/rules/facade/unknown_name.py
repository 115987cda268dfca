"""A name that the SDK does not have.

Several pages and older bundles name things that no version of ntro has, or that moved:
`from ntro.workflow import previous`, `ntro.workflow.history`, `ntro.capabilities.fx`,
`insert_extracted_record`. The import raises when the worker loads the bundle, or, inside an
activity, at the first call in production, where it is retried without end (D5, D6). What counts is
the version that `templates/requirements.txt` pins; without a pin the installed one.

Imports under `try`, `if` or `TYPE_CHECKING` are left alone, and so is a name that a later version
has: then the pin is too old.

Bad:

    from ntro.workflow import previous

Good:

    from ntro.workflow.task import previous
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.failing.guards import is_reckoned_with
from lint_rules.sdk.suggesting import instead
from lint_rules.sdk.surface import Absent
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report imports, and attributes of modules and classes of the SDK."""
    imported: set[tuple[str, str]] = set()
    for found in contract.sdk_names.imports:
        absent = contract.sdk.lacks(found.qualified)
        if absent is not None:
            span = found.statement.span
            imported.add((found.module.name, f"{absent.owner}.{absent.name}"))
            yield _observation(contract, found.module, span, absent, "importing it raises")
    for used in contract.sdk_names.attributes:
        absent = contract.sdk.lacks(used.qualified)
        name = used.expression.name
        if absent is None or absent.owner_kind == "object" or absent.name != name:
            continue
        if not contract.sdk.surface.has(used.owner) or absent.owner.endswith(".NtroWorkflow"):
            continue
        if (used.module.name, used.qualified) in imported:
            continue
        if not is_reckoned_with(contract.program, used.module, used.expression):
            yield _observation(contract, used.module, used.span, absent, "reading it raises")


def _observation(
    contract: Contract, module: Module, span: Span, absent: Absent, what: str
) -> Observation:
    return Observation(
        module=module,
        span=span,
        message=f"{contract.sdk.shown} has no `{absent.owner}.{absent.name}`: {what}",
        alternative=instead(absent, contract.sdk, absent.owner),
        severity="error",
    )


RULE = Rule(
    code="NTR211",
    name="unknown-sdk-name",
    summary="a name that the pinned or installed SDK lacks",
    explanation=__doc__,
    contract=check,
)
