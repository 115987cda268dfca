"""A required field of the run's input that nobody can fill in.

The Tenant UI makes the form of a new task from `config_schema.global`, and the platform adds
`tenant_id`, `tenant_slug`, `entity_id`, `entity_slug` and the blocks `ai` and `gl` (1.2). A field
of the Context without a default that is in neither has no value: pydantic refuses the input, in the
workflow task, which is retried for ever. Children get their input from the parent: a bundle whose
slug another bundle beside it names, or that is tagged `child`, is let through. So are fields that
hold a whole block, which a tenant's configuration may bring.

Bad:

    class PettyCashContext(BaseModel):
        period: str
        cost_centre: str        # config_schema.global has `period` only

Good:

    config_schema:
      global:
        period: {type: string}
        cost_centre: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.context import context_model
from lint_rules.declared.entries import (
    GLOBAL,
    INJECTED,
    config_entries,
    config_schema,
    is_whole_schema,
)
from lint_rules.declared.field_types import accepted
from lint_rules.declared.places import declared_at
from lint_rules.declared.relatives import is_child
from lint_rules.declared.steps import the_runbook
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.models import Field
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report required fields that neither the platform nor the form fills."""
    runbook = the_runbook(contract)
    model = context_model(contract, runbook) if runbook is not None else None
    schema = config_schema(contract)
    if runbook is None or model is None or not _is_readable(contract):
        return
    given = {entry.key for entry in config_entries(contract)} | INJECTED
    missing = [
        field
        for field in model.required
        if given.isdisjoint({field.name, *field.aliases}) and not _is_block(contract, field)
    ]
    if not missing or is_child(contract):
        return
    steps: tuple[Step, ...] = ()
    if schema is not None and contract.manifest is not None:
        steps = (declared_at(contract.manifest, schema.key_node, "what the form asks for"),)
    unused = sorted(given - INJECTED - set(model.fields))
    for field in missing:
        close = nearest(field.name, unused)
        meant = f"`{close}` there is no field of `{model.name}`; " if close else ""
        yield Observation(
            module=field.module,
            span=field.span,
            message=(
                f"`{field.name}` of `{model.name}` is required, and neither the platform nor"
                " `config_schema.global` gives it a value"
            ),
            alternative=f"{meant}an entry `{field.name}` in `config_schema.global`, or a default",
            severity="error",
            steps=steps,
        )


def _is_readable(contract: Contract) -> bool:
    """Tell whether all of what can be configured is known: that it has no other form."""
    schema = config_schema(contract)
    if schema is None:
        return True
    values = schema.value
    part = values.get(GLOBAL)
    if values.kind != "mapping" or is_whole_schema(values):
        return False
    if part is None:
        # Misspelt, perhaps.
        return all(entry.key == "steps" for entry in values.entries)
    return part.kind == "mapping"


def _is_block(contract: Contract, field: Field) -> bool:
    """Tell whether a field may hold a block of the tenant's configuration, or anything."""
    found = accepted(contract, field.module, field.annotation)
    return found is None or "object" in found.types


RULE = Rule(
    code="NTR530",
    name="context-not-configurable",
    summary="a required field of the run's input that nobody can fill in",
    explanation=__doc__,
    contract=check,
)
