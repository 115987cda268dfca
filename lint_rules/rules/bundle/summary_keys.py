"""A section of a `SUMMARY` step whose key the step's result does not have.

A step without a gate leaves a snapshot: the component `SUMMARY` and what its method returned
(3.4). The Tenant UI takes each entry of `config.sections` by its `key` from that result. A key that
the returned model lacks shows an empty line, and nobody sees the figure that was meant.

Bad:

    - id: post
      component: SUMMARY
      config:
        sections:
          - key: entry          # the model has `entry_id`

Good:

    - id: post
      component: SUMMARY
      config:
        sections:
          - key: entry_id
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.hints import gates_of
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import Pair, pairs, the_runbook
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.program import Instance, ProjectClass
from lint_rules.program.annotations import annotated
from lint_rules.program.decorators import decorator_names
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.models import Model
from lint_rules.workflow_code.observation import Observation

_MOST = 100
_COMPUTED = frozenset({"pydantic.computed_field", "pydantic.fields.computed_field"})


def check(contract: Contract) -> Iterator[Observation]:
    """Report keys of sections that no returned model has."""
    runbook = the_runbook(contract)
    if runbook is None:
        return
    for pair in pairs(contract, runbook):
        component = pair.declared.get("component")
        sections = pair.declared.get("config", "sections")
        if sections is None or component is None or component.text != "SUMMARY":
            continue
        if sections.kind != "sequence":
            yield in_manifest(
                contract,
                sections,
                f"`sections` is {sections.what}, so the summary shows nothing",
                "a list of entries with `key` and `label`",
            )
        elif not gates_of(runbook, pair.step):
            yield from _keys(contract, pair, sections)


def _keys(contract: Contract, pair: Pair, sections: Node) -> Iterator[Observation]:
    models = _returned(contract, pair)
    for section in sections.items[:_MOST]:
        key = section.get("key")
        if key is None or not key.text:
            yield in_manifest(
                contract,
                section,
                "a section without a `key` shows nothing",
                "a `key` of the result",
            )
            continue
        first = key.text.partition(".")[0].partition("[")[0]
        if models and not any(_has(contract, model, first) for model in models):
            yield _lacking(contract, pair, key, first, models)


def _returned(contract: Contract, pair: Pair) -> list[Model]:
    """Return the models a step returns; none when it may return anything else."""
    returns = pair.step.function.returns
    if returns is None:
        return []
    found: list[Model] = []
    for meaning in annotated(contract.program, pair.step.module, returns):
        kind = meaning.of if isinstance(meaning, Instance) else None
        model = contract.model(kind) if isinstance(kind, ProjectClass) else None
        if model is None or not model.complete or model.extra == "allow":
            return []
        found.append(model)
    return found


def _has(contract: Contract, model: Model, key: str) -> bool:
    if key in model.fields:
        return True
    for base in contract.program.mro(model.kind) or ():
        if not isinstance(base, ProjectClass):
            continue
        module = contract.program.modules[base.module]
        for function in module.view.methods_by_class.get(base.number, ()):
            names = decorator_names(contract.program, module, function.decorators)
            if not _COMPUTED.isdisjoint(names) and function.name == key:
                return True
            if "pydantic.model_serializer" in names:
                return True
    return False


def _lacking(
    contract: Contract, pair: Pair, key: Node, first: str, models: list[Model]
) -> Observation:
    fields = [name for model in models for name in model.fields]
    close = nearest(first, fields)
    named = " or ".join(f"`{model.name}`" for model in models)
    return in_manifest(
        contract,
        key,
        f"`{first}` is no field of {named}, which the step `{pair.declared.id}` returns",
        f"`{close}`" if close else "one of " + ", ".join(f"`{name}`" for name in fields),
        steps=tuple(in_code(m.module, m.span, f"the fields of `{m.name}`") for m in models[:1]),
    )


RULE = Rule(
    code="NTR526",
    name="summary-keys",
    summary="a section of a summary that the step's result does not have",
    explanation=__doc__,
    contract=check,
)
