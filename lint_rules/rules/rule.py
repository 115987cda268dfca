"""What a rule is: a code, words for people, and a check over workflow code or over a contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lint_rules.finding import Applicability

if TYPE_CHECKING:
    from lint_rules.contract.contract import Contract
    from lint_rules.workflow_code.observation import Observation
    from lint_rules.workflow_code.workflow_code import WorkflowCode

Check = Callable[["WorkflowCode"], Iterable["Observation"]]
ContractCheck = Callable[["Contract"], Iterable["Observation"]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `explanation` is the docstring of its file, which `rule CODE` and the docs print.

    `check` is asked about any workflow code, `contract` about bundles and code that uses ntro; both
    are None where the engine itself reports: faults of files and of suppressions. `fix` is the best
    fix it can offer. Rules that are not `on` must be selected.
    """

    code: str
    name: str
    summary: str
    explanation: str
    check: Check | None = None
    contract: ContractCheck | None = None
    fix: Applicability | None = None
    on: bool = True
