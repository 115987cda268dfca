"""The input of a run: what its annotation is, and the fields of the model."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Parameter
from lint_rules.program import Instance, Module, ProjectClass
from lint_rules.program.annotations import annotated
from lint_rules.runbook_code.models import Field, Model
from lint_rules.runbook_code.runbook import Runbook


@dataclass(frozen=True, slots=True)
class RunInput:
    """The parameter of `run` that takes the input."""

    module: Module
    parameter: Parameter

    @property
    def annotation(self) -> Expression | None:
        """Its annotation."""
        return self.parameter.annotation


def run_input(runbook: Runbook) -> RunInput | None:
    """Return the parameter for the input; None when `run` has none, or when there is no one run."""
    if len(runbook.runs) != 1:
        return None
    module, function = runbook.runs[0]
    parameters = function.parameters[1:2]
    if not parameters or parameters[0].kind not in ("plain", "positional"):
        return None
    return RunInput(module, parameters[0])


def context_model(contract: Contract, runbook: Runbook) -> Model | None:
    """Return the model that the input of a run is, if it is one of the bundle."""
    given = run_input(runbook)
    if given is None or given.annotation is None:
        return None
    match annotated(contract.program, given.module, given.annotation):
        case [Instance(ProjectClass() as kind)]:
            return contract.model(kind)
        case _:
            return None


def field_for(model: Model, key: str) -> Field | None:
    """Return the field that a key of the input fills, by its name or an alias."""
    named = model.fields.get(key)
    if named is not None:
        return named
    return next((f for f in model.fields.values() if key in f.aliases), None)
