"""An entry of `config_schema` that the Context field of the same name does not take.

The Tenant UI offers what the schema allows, and the run is given it as JSON. Where the field of the
Context has another type, or other choices, pydantic refuses a value that the form has accepted: the
workflow task fails and is retried for ever.

Bad:

    config_schema:
      global:
        period: {type: integer}                 # the Context has `period: str`
        currency: {type: string, enum: [GBP, CHF]}      # Literal["GBP", "EUR"]

Good:

    config_schema:
      global:
        period: {type: string}
        currency: {type: string, enum: [GBP, EUR]}
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.context import context_model, field_for
from lint_rules.declared.entries import ConfigEntry, config_entries
from lint_rules.declared.field_types import Accepted, accepted
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.schema_faults import faults
from lint_rules.declared.schema_values import types_of
from lint_rules.declared.steps import the_runbook
from lint_rules.finding import Severity
from lint_rules.manifest.nodes import Node
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.models import Field, Model
from lint_rules.workflow_code.observation import Observation

_FROM_TEXT = frozenset({"integer", "number", "boolean"})
"""What pydantic reads from a text too, if the text is one."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report entries with values that the field refuses."""
    runbook = the_runbook(contract)
    model = context_model(contract, runbook) if runbook is not None else None
    if model is None:
        return
    for entry in config_entries(contract):
        field = field_for(model, entry.key)
        if field is None or next(faults(entry.schema, entry.key_node, entry.where), None):
            continue
        found = accepted(contract, field.module, field.annotation)
        if found is not None:
            yield from _compared(contract, model, entry, field, found)


def _compared(
    contract: Contract, model: Model, entry: ConfigEntry, field: Field, found: Accepted
) -> Iterator[Observation]:
    types, node = types_of(entry.schema), entry.schema.get("type")
    wrong = [each for each in types or () if each != "null" and each not in found.types]
    wanted = sorted(found.types - {"null"})
    if wrong and node is not None:
        if wrong == ["integer"] and "number" in found.types:
            return
        from_text = wrong == ["string"] and not _FROM_TEXT.isdisjoint(found.types)
        yield _told(
            contract,
            node,
            f"`{entry.key}` is configured as `{wrong[0]}`, and `{model.name}.{field.name}` takes "
            + " or ".join(f"`{each}`" for each in wanted),
            f"`{_best(wanted)}`",
            field,
            "warning" if from_text else "error",
        )
        return
    enum = entry.schema.get("enum")
    if enum is None or found.choices is None:
        return
    for value in enum.items:
        if value.kind == "scalar" and value.text is not None and value.text not in found.choices:
            listed = ", ".join(f"`{choice}`" for choice in found.choices if choice is not None)
            message = f"`{model.name}.{field.name}` does not take `{value.text}`"
            yield _told(contract, value, message, f"one of {listed}", field, "error")


def _best(wanted: list[str]) -> str:
    return "number" if "number" in wanted else wanted[0]


def _told(
    contract: Contract, at: Node, message: str, instead: str, field: Field, severity: Severity
) -> Observation:
    place = in_code(field.module, field.span, f"the field `{field.name}`")
    return in_manifest(contract, at, message, instead, severity=severity, steps=(place,))


RULE = Rule(
    code="NTR533",
    name="config-type",
    summary="an entry of `config_schema` that the field of the Context does not take",
    explanation=__doc__,
    contract=check,
)
