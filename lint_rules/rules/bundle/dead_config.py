"""An entry of `config_schema` that no code reads.

What people set in the Tenant UI reaches the run as the field of its Context with the same name, or
is read through `ntro.capabilities.config`. An entry that has no such field and whose name stands
nowhere in the code changes nothing: people set it, see it saved, and the run does what it did
before. Where the Context forbids other fields, every task fails (`extra="forbid"`).

Bad:

    config_schema:
      global:
        max_amount: {type: number}      # the Context has `limit`

Good:

    config_schema:
      global:
        limit: {type: number}
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.context import context_model
from lint_rules.declared.entries import INJECTED, ConfigEntry, config_entries
from lint_rules.declared.mentions import names_in_code
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import the_runbook
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.models import Model
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report entries that neither the input nor any other code knows."""
    runbook = the_runbook(contract)
    model = context_model(contract, runbook) if runbook is not None else None
    if model is None or not model.complete or model.extra == "allow":
        return
    unknown = [entry for entry in config_entries(contract) if not model.accepts(entry.key)]
    mentioned = names_in_code(contract) if unknown else None
    if mentioned is None:
        return
    for entry in unknown:
        if entry.key not in mentioned or model.extra == "forbid":
            yield _dead(contract, model, entry)


def _dead(contract: Contract, model: Model, entry: ConfigEntry) -> Observation:
    configured = {each.key for each in config_entries(contract)}
    free = [name for name in model.fields if name not in configured | INJECTED]
    close = nearest(entry.key, free)
    forbidden = model.extra == "forbid"
    message = (
        f"`{model.name}` forbids `{entry.key}`, so every task that sets it fails"
        if forbidden
        else f"nothing reads `{entry.key}`: it is no field of `{model.name}`"
    )
    return in_manifest(
        contract,
        entry.key_node,
        message,
        f"`{close}`" if close else f"a field `{entry.key}` of `{model.name}`, or no such entry",
        severity="error" if forbidden else "warning",
        steps=(in_code(model.module, model.span, f"the fields of `{model.name}`"),),
    )


RULE = Rule(
    code="NTR531",
    name="dead-config",
    summary="an entry of `config_schema` that no code reads",
    explanation=__doc__,
    contract=check,
)
