"""A name that nothing binds.

In workflow code a NameError is no failure: the worker retries the workflow task for ever, and the
run stays RUNNING (D44). In an activity it is retried without end (D45), and at the top of a module
the worker cannot load the bundle. `ntro runbook validate` only imports the bundle and sees none of
those in functions (D27). The usual cause is a half-made change: `workflow.logger` left behind when
the import became `runbook`, a helper that moved.

An import under `TYPE_CHECKING` binds nothing when the code runs. In the annotations of activities,
of `run` and of signal, query and update handlers that matters even under
`from __future__ import annotations`: Temporal evaluates them when the bundle is loaded, and
LocalRuntime does not. Pydantic evaluates those of model fields.

Bad:

    from ntro.workflow import NtroWorkflow, runbook
    ...
            workflow.logger.info("rejected")

Good:

            runbook.logger.info("rejected")
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute
from lint_rules.nearest import nearest
from lint_rules.program import Module, ProjectClass
from lint_rules.program.reach import Reached
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.failing.guards import is_guarded
from lint_rules.runbook_code.read import activities_of
from lint_rules.runbook_code.sdk_use.unbound import Unbound, unbound_names
from lint_rules.workflow_code.observation import Observation

_PACKAGE = "ntro.workflow"
_ERRORS = ("builtins.NameError",)
_OLD_STEP = "ui_step"


def check(contract: Contract) -> Iterator[Observation]:
    """Report the names of all modules that raise when they are read."""
    for module in contract.modules:
        hinted = partial(_hinted, contract, module)
        models = partial(_models, contract, module)
        for found in unbound_names(module, hinted, models):
            if not is_guarded(contract.program, module, found.name, _ERRORS):
                yield _observation(contract, module, found)


def _hinted(contract: Contract, module: Module) -> set[int]:
    """Return the functions whose annotations Temporal evaluates."""
    found = {each.function.number for each in activities_of(contract.program, module)}
    for runbook in contract.runbooks:
        found.update(f.number for m, f in runbook.runs if m is module)
        found.update(h.function.number for h in runbook.handlers if h.module is module)
    return found


def _models(contract: Contract, module: Module) -> set[int]:
    """Return the classes whose annotations pydantic evaluates."""
    kinds = (ProjectClass(module.name, kind.number) for kind in module.facts.classes)
    models = (contract.model(kind) for kind in kinds)
    return {model.kind.number for model in models if model is not None and model.is_pydantic}


def _observation(contract: Contract, module: Module, found: Unbound) -> Observation:
    name = found.name.name
    via = contract.via(module, found.name) if found.where == "code" else None
    fix, alternative = _remedy(contract, module, found, via)
    return Observation(
        module=module,
        span=module.facts.span(found.name),
        message=f"{_what(found)}: {_then(module, found, via)}",
        alternative=alternative or f"a name that the module has, or an import of `{name}`",
        via=via,
        severity="error",
        fix=fix,
        applicability="safe",
    )


def _what(found: Unbound) -> str:
    if found.why == "typing":
        return f"`{found.name.name}` is imported for type checkers only"
    return f"`{found.name.name}` is bound nowhere"


def _then(module: Module, found: Unbound, via: Reached | None) -> str:
    if found.where == "annotation":
        return "evaluating this annotation raises NameError, so the bundle cannot be loaded"
    if via is not None:
        return "NameError, and the run hangs"
    if module.view.runs_at_import(found.name):
        return "importing the module raises NameError"
    return "it raises NameError"


def _remedy(
    contract: Contract, module: Module, found: Unbound, via: Reached | None
) -> tuple[str | None, str | None]:
    """Return the fix, if there is one, and what to write."""
    name = found.name.name
    if found.why == "typing":
        return None, f"the import of `{name}` outside `if TYPE_CHECKING`"
    surface = contract.sdk.surface
    around = module.view.parents.get(found.name.number)
    if name == "workflow" and isinstance(around, Attribute):
        if surface.has(f"{_PACKAGE}.runbook.{around.name}"):
            in_workflow = via is not None or module.view.runs_at_import(found.name)
            return "workflow-to-runbook" if in_workflow else None, f"`runbook.{around.name}`"
        return None, "the facade, `runbook`"
    if name == _OLD_STEP:
        return None, "`@runbook.step(...)`"
    entry = surface.look_up(f"{_PACKAGE}.{name}")
    if name in surface.names(_PACKAGE) and getattr(entry, "kind", "module") != "module":
        return "import-from-ntro", f"`from {_PACKAGE} import {name}`"
    bound = {each for scope, each in module.bindings if scope == 0}
    close = nearest(name, sorted(bound))
    return None, f"`{close}`, or an import of `{name}`" if close else None


RULE = Rule(
    code="NTR203",
    name="undefined-name",
    summary="a name that nothing binds",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
