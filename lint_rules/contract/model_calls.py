"""Where models are made, with what their fields are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Call, Expression, Mapping, Name
from lint_rules.program import Module, Program, ProjectClass, ProjectModule
from lint_rules.program.names import lookup
from lint_rules.runbook_code.models import Model
from lint_rules.runbook_code.payloads.model_input import takes_its_fields
from lint_rules.runbook_code.written import written

How = Literal["call", "model_construct", "model_validate"]


@dataclass(frozen=True, slots=True)
class Given:
    """A name with its value, a keyword or a key of a dict."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A call that makes a model; `given` is all it is given when it is `whole`."""

    module: Module
    call: Call
    model: Model
    how: How
    given: tuple[Given, ...]
    whole: bool


def model_calls(contract: Contract) -> Iterator[ModelCall]:
    """Yield the calls that make pydantic models which take their fields as they are written."""
    known: dict[ProjectClass, Model | None] = {}
    for module in contract.templates:
        for site in module.view.calls:
            found = _made(contract.program, module, site.call)
            if found is None:
                continue
            kind, how = found
            if kind not in known:
                known[kind] = _plain(contract, kind)
            model = known[kind]
            if model is not None:
                given, whole = _given(contract.program, module, site.call, how)
                yield ModelCall(module, site.call, model, how, given, whole)


def _plain(contract: Contract, kind: ProjectClass) -> Model | None:
    model = contract.model(kind)
    plain = model is not None and model.is_pydantic and takes_its_fields(contract.program, model)
    return model if plain else None


def _made(program: Program, module: Module, call: Call) -> tuple[ProjectClass, How] | None:
    function = call.function
    if isinstance(function, Attribute) and function.name in ("model_construct", "model_validate"):
        kind = _named_class(program, module, function.value)
        how: How = "model_construct" if function.name == "model_construct" else "model_validate"
        return None if kind is None else (kind, how)
    kind = _named_class(program, module, function)
    return None if kind is None else (kind, "call")


def _named_class(program: Program, module: Module, expression: Expression) -> ProjectClass | None:
    """Return the class an expression names; `cls` and `self.kind` may be a subclass instead."""
    match expression:
        case Name() | Attribute() if not expression.name.lstrip("_")[:1].isupper():
            # Most calls are of functions; to look each of them up would take most of the time.
            return None
        case Name(_, name):
            found = lookup(module, name, module.facts.scope_of(expression), expression)
            if any(binding.kind not in ("class", "import") for binding in found):
                return None
        case Attribute(_, owner, _):
            if not all(isinstance(m, ProjectModule) for m in program.resolve(module, owner)):
                return None
        case _:
            return None
    match program.resolve(module, expression):
        case (ProjectClass() as kind,):
            return kind
        case _:
            return None


def _given(
    program: Program, module: Module, call: Call, how: How
) -> tuple[tuple[Given, ...], bool]:
    if how == "model_validate":
        first = call.arguments[0] if call.arguments else call.keyword("obj")
        if not isinstance(first, Mapping):
            return (), False
        value = written(program, module, first)
        entries = [(entry.key, entry.value.expression) for entry in value.entries]
        named = tuple(Given(key, at) for key, at in entries if isinstance(key, str))
        return named, value.complete and len(named) == len(entries)
    named = tuple(Given(k.name, k.value) for k in call.keywords if k.name is not None)
    return named, len(named) == len(call.keywords) and not call.arguments
