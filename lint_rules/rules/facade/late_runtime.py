"""`set_runtime` called when the runtime has been taken already.

Importing `NtroWorkflow`, or a module of the bundle whose decorators come from the facade, fixes the
runtime: the decorators have been applied. Chosen later, Temporal gets a class whose `user_action`
signal and five queries are not registered; the harness only says "timed out" and a gate never opens
(D47). In tests and scripts the choice belongs ahead of every such import, at the top of the file or
of `conftest.py`, or into `TEMPORAL_HOST` in the environment.

Bad:

    from ntro.workflow import NtroWorkflow, set_runtime
    from ntro.workflow.runtime import TemporalRuntime

    set_runtime(TemporalRuntime())

Good:

    from ntro.workflow import set_runtime
    from ntro.workflow.runtime import TemporalRuntime

    set_runtime(TemporalRuntime())

    from templates.workflow import NavMonthlyWorkflow
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.files import path_text
from lint_rules.files.text_file import TextFile
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.sdk_use.runtime_order import LateChoice, late_choices
from lint_rules.workflow_code.observation import Observation

_PRIMING = frozenset({"NtroWorkflow", "activity", "runbook"})


def check(contract: Contract) -> Iterator[Observation]:
    """Report the late calls in any Python file of the bundle."""
    if contract.files is None:
        return
    primed: set[str] | None = None
    for file in contract.runtime_files:
        primed = _primed(contract) if primed is None else primed
        in_templates = path_text.parent(file.path) == contract.files.path("templates")
        for late in late_choices(file.text or "", primed, in_templates=in_templates):
            yield _observation(file, late)


def _primed(contract: Contract) -> set[str]:
    """Return the modules in `templates/` that use the facade or import such a module."""
    importers: dict[str, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for module in contract.modules:
        if ".templates." not in f".{module.name}.":
            continue
        for found in module.facts.imports:
            if found.scope != 0 or found.typing_only:
                continue
            source = module.absolute(found)
            if source == "ntro.workflow" and found.name in _PRIMING:
                waiting.append(module.name)
            for name in (source, f"{source}.{found.name}"):
                importers[name or ""].append(module.name)
    primed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in primed:
            primed.add(name)
            waiting += importers[name]
    return {name.rpartition(".")[2] for name in primed}


def _observation(file: TextFile, late: LateChoice) -> Observation:
    line = file.source.line(late.line).encode()
    start, end = (len(line[:n].decode(errors="ignore")) + 1 for n in (late.start, late.end))
    return Observation(
        module=file,
        span=Span(late.line, start, late.line, max(start, end)),
        message=f"too late: `{late.early}` of line {late.early_line} has applied its decorators"
        " under the runtime before",
        alternative="`set_runtime(...)` ahead of that import, or `TEMPORAL_HOST` in the"
        " environment",
        severity="error" if late.is_temporal else "warning",
    )


RULE = Rule(
    code="NTR213",
    name="late-set-runtime",
    summary="a runtime chosen behind the import of what uses it",
    explanation=__doc__,
    contract=check,
)
