r"""A `config_schema` that is not in the form the platform reads.

The tenant API derives the form of a new task (`startParams`) from `config_schema.global`: an entry
for each value, with `type`, `description`, `pattern`, `enum` and `default` (1.2). Values of one
step stand under `config_schema.steps.<step id>`. A whole JSON Schema in its place, a type that JSON
does not have or a pattern that no browser compiles gives a form without the field, or one that
refuses everything. Whether a value is required is not written: it is when there is no default.

Bad:

    config_schema:
      type: object
      properties:
        period: {type: str, pattern: "^\\d{4}-\\d{2}\\Z"}
      required: [period]

Good:

    config_schema:
      global:
        period: {type: string, pattern: "^\\d{4}-\\d{2}$"}
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.entries import (
    GLOBAL,
    STEPS,
    config_entries,
    config_schema,
    is_whole_schema,
)
from lint_rules.declared.places import in_manifest
from lint_rules.declared.schema_faults import faults
from lint_rules.declared.steps import declared_steps, the_runbook
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_ANNOTATIONS = frozenset({"$schema", "$id", "$comment", "title", "description", "type"})
"""Keywords of JSON Schema that say nothing the form needs, and harm nobody."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report what of `config_schema` nobody can read as it is meant."""
    schema = config_schema(contract)
    if schema is None:
        return
    if schema.value.kind != "mapping":
        message = f"`config_schema` is {schema.value.what}, not a mapping"
        yield in_manifest(contract, schema.key_node, message, "`global:` and `steps:`")
        return
    if is_whole_schema(schema.value):
        yield in_manifest(
            contract,
            schema.key_node,
            "`config_schema` is a whole JSON Schema: the start form finds no `global:` in it",
            "`global:` with one entry for each property, and no `required`",
            severity="error",
        )
        return
    yield from _parts(contract, schema)
    yield from _steps(contract, schema.value.get(STEPS))
    for entry in config_entries(contract):
        for fault in faults(entry.schema, entry.key_node, entry.where):
            yield in_manifest(
                contract, fault.node, fault.message, fault.instead, severity=fault.severity
            )


def _parts(contract: Contract, schema: Entry) -> Iterator[Observation]:
    for part in schema.value.last:
        if part.key in _ANNOTATIONS:
            continue
        if part.key not in (GLOBAL, STEPS):
            close = nearest(part.key, (GLOBAL, STEPS))
            yield in_manifest(
                contract,
                part.key_node,
                f"`config_schema` has no part `{part.key}`: nobody reads it",
                f"`{close}:`" if close else f"`{part.key}` as an entry of `global:`",
            )
        elif part.value.kind != "mapping" and not part.value.is_null:
            message = f"`config_schema.{part.key}` is {part.value.what}, not a mapping"
            inside = "names of values" if part.key == GLOBAL else "ids of steps"
            yield in_manifest(contract, part.key_node, message, f"a mapping from {inside}")


def _steps(contract: Contract, steps: Node | None) -> Iterator[Observation]:
    if steps is None or steps.kind != "mapping":
        return
    runbook = the_runbook(contract)
    known = {step.id for step in declared_steps(contract)}
    if runbook is not None and all(step.name for step in runbook.steps):
        known |= {step.name for step in runbook.steps if step.name}
    for step in steps.last:
        if known and step.key not in known:
            close = nearest(step.key, sorted(known))
            yield in_manifest(
                contract,
                step.key_node,
                f"`config_schema.steps` has `{step.key}`, which is no step",
                f"`{close}`" if close else "the id of a step, or an entry of `global:`",
            )
        elif step.value.kind != "mapping" and not step.value.is_null:
            message = f"`config_schema.steps.{step.key}` is {step.value.what}, not a mapping"
            yield in_manifest(contract, step.key_node, message, "a mapping from names of values")


RULE = Rule(
    code="NTR528",
    name="config-schema-form",
    summary="a `config_schema` in a form that the platform does not read",
    explanation=__doc__,
    contract=check,
)
