"""The runbooks that rules about the shape of a class can speak of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.program.ntro_classes import derives_from_ntro
from lint_rules.runbook_code.runbook import Runbook

if TYPE_CHECKING:
    from lint_rules.contract.contract import Contract


def runbooks_of_ntro(contract: Contract) -> Iterator[Runbook]:
    """Yield the runbooks whose classes derive from `NtroWorkflow`, every base being known.

    A class that does not is reported by itself; nothing else about it matters before that.
    """
    for runbook in contract.runbooks:
        if derives_from_ntro(contract.program, runbook.kind):
            yield runbook


def runs_properly(runbook: Runbook) -> bool:
    """Tell whether a class has one `run`, its own, so that what it reaches means something."""
    if len(runbook.runs) != 1:
        return False
    module, function = runbook.runs[0]
    return module is runbook.module and function.owner_class == runbook.kind.number
