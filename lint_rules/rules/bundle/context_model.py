"""The input of `run` without a model, or with a field of the platform that has the wrong type.

Temporal hands `run` whatever JSON the task was created with. With an annotation that is a pydantic
model or a dataclass it is checked and converted before the first step; as `dict` or `Any`, or
without an annotation, a misspelt key shows up as a failing workflow task in the middle of the
month-end, which is retried for ever. `tenant_id` and `entity_id` are UUIDs, `tenant_slug` and
`entity_slug` text, `ai` and `gl` blocks (1.2): another type refuses every task. So may a model with
`extra="forbid"` that has no field for one of them.

Bad:

    @runbook.run
    async def run(self, ctx: dict) -> Result: ...

Good:

    @runbook.run
    async def run(self, ctx: PettyCashContext) -> Result: ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.context import RunInput, context_model, run_input
from lint_rules.declared.entries import INJECTED
from lint_rules.declared.field_types import accepted
from lint_rules.declared.relatives import is_child
from lint_rules.facts.expressions import Expression, Subscript
from lint_rules.program import External, Module, ProjectClass
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.models import Field, Model
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation

_LOOSE = frozenset(
    {
        "builtins.dict",
        "builtins.object",
        "builtins.str",
        "typing.Any",
        "typing.Dict",
        "typing.Mapping",
        "typing.MutableMapping",
        "collections.abc.Mapping",
    }
)
_TEXTS = ("tenant_id", "tenant_slug", "entity_id", "entity_slug")
_SLUGS = ("tenant_slug", "entity_slug")
_NO_SLUG = frozenset({"uuid.UUID", "datetime.date", "datetime.datetime", "decimal.Decimal"})


def check(contract: Contract) -> Iterator[Observation]:
    """Report runs whose input is not checked, and fields that refuse what the platform sends."""
    if contract.files is None:
        return
    for runbook in contract.runbooks:
        given = run_input(runbook)
        if given is None:
            continue
        wrong = _loose(contract, runbook, given)
        model = context_model(contract, runbook)
        if wrong is not None:
            yield wrong
        elif model is not None:
            yield from _fields(contract, model)
            yield from _forbidden(contract, model)


def _loose(contract: Contract, runbook: Runbook, given: RunInput) -> Observation | None:
    name = f"`{given.parameter.name}`"
    annotation = given.annotation
    if annotation is None:
        _, function = runbook.runs[0]
        said, span = f"{name} of `run` has no annotation", function.span
    else:
        base = annotation.value if isinstance(annotation, Subscript) else annotation
        written = _is_loose(contract, given.module, base)
        if written is None:
            return None
        said = f"{name} of `run` is annotated as {written}"
        span = given.module.facts.span(annotation)
    return Observation(
        module=given.module,
        span=span,
        message=f"{said}: the input of a task is not checked",
        alternative="a pydantic model with the fields of the input",
        severity="warning",
    )


def _is_loose(contract: Contract, module: Module, base: Expression) -> str | None:
    """Return how an annotation is called that is certainly no model."""
    name = contract.program.name(module, base)
    if name in _LOOSE:
        return f"`{(name or '').rpartition('.')[2]}`"
    match contract.program.resolve(module, base):
        case (ProjectClass() as kind,) if _is_plain(contract, kind):
            return f"`{contract.program.modules[kind.module].facts.classes[kind.number].name}`"
        case _:
            return None


def _is_plain(contract: Contract, kind: ProjectClass) -> bool:
    """Tell whether a class is a model of no library: without bases, without decorators."""
    order = contract.program.mro(kind)
    if order is None or contract.model(kind) is not None:
        return False
    if contract.program.modules[kind.module].facts.classes[kind.number].decorators:
        return False
    outside = (base.name for base in order if isinstance(base, External))
    return all(name == "builtins.object" for name in outside)


def _fields(contract: Contract, model: Model) -> Iterator[Observation]:
    for field in model.fields.values():
        expected = _expected(contract, field)
        if expected is not None:
            yield Observation(
                module=field.module,
                span=field.module.facts.span(field.annotation),
                message=(
                    f"the platform fills `{field.name}` with {expected[0]}, which this type refuses"
                ),
                alternative=expected[1],
                severity="error",
            )


def _forbidden(contract: Contract, model: Model) -> Iterator[Observation]:
    """Report a model that refuses what it has no field for, and has none for what is injected."""
    if model.extra != "forbid" or not model.is_pydantic or is_child(contract):
        return
    refused = [name for name in sorted(INJECTED) if not model.accepts(name)]
    if refused:
        named = " and ".join(f"`{name}`" for name in refused[:2])
        more = f" and {len(refused) - 2} more" if len(refused) > 2 else ""
        yield Observation(
            module=model.module,
            span=model.span,
            message=f"`{model.name}` forbids {named}{more}, which the platform adds to every input",
            alternative='`ConfigDict(extra="ignore")`, or the missing fields',
            severity="warning",
        )


def _expected(contract: Contract, field: Field) -> tuple[str, str] | None:
    """Return what the platform sends, and the type for it, where the field refuses it."""
    found = accepted(contract, field.module, field.annotation)
    if found is None:
        return None
    if field.name in ("ai", "gl"):
        if "object" not in found.types:
            return (
                "a block of settings",
                f"`{field.name}: dict[str, Any] | None = None`, or a model",
            )
    elif field.name in _TEXTS:
        kind = "str" if field.name in _SLUGS else "UUID"
        said = "a slug" if kind == "str" else "a UUID"
        is_other = contract.program.name(field.module, field.annotation) in _NO_SLUG
        if "string" not in found.types or (kind == "str" and is_other):
            return said, f"`{kind}`"
    return None


RULE = Rule(
    code="NTR532",
    name="context-model",
    summary="an input of `run` that is no model, or refuses what the platform sends",
    explanation=__doc__,
    contract=check,
)
