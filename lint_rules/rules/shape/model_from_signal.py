"""A model built in workflow code from data that nobody promised.

What a person answers at a gate, what an untyped signal carries and what a child returns is a dict
of the sender's making (D4). When a field is missing or of another type, pydantic raises
ValidationError in workflow code, a plain exception: the run hangs (D44).

Bad:

    answer = await self.wait_for_action(payload=slip)
    review = Review.model_validate(answer)

Good:

    answer = await self.wait_for_action(payload=slip)
    try:
        review = Review.model_validate(answer)
    except ValidationError as err:
        raise WorkflowError("unreadable answer", non_retryable=True) from err

A signal handler whose parameter is annotated with the model needs none of it: a payload that does
not fit never reaches it. Nor does a model built from fields of another model. One field is enough,
though: `reason=answer.get("reason")` is None where a client sends no reason, and `reason: str`
refuses that.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.failing_code import failing_code
from lint_rules.declared.field_types import accepted
from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_rules.program import External, Module, ProjectClass
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.outside_values import OutsideValues, Source
from lint_rules.runbook_code.failing.escapes import Escapes
from lint_rules.runbook_code.failing.failures import VALIDATION_ERROR, Failure, builtin_failure
from lint_rules.runbook_code.models import PYDANTIC_BASES
from lint_rules.runbook_code.payloads.model_input import converts_values
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import Running

_METHODS = (
    *("model_validate", "model_validate_json", "model_validate_strings"),
    *("parse_obj", "parse_raw"),
)
_ADAPTER = (
    "pydantic.TypeAdapter.validate_python",
    "pydantic.TypeAdapter.validate_json",
    "pydantic.TypeAdapter.validate_strings",
)
_FROM: dict[Source, str] = {
    "decision": "the answer at a gate",
    "row action": "a row action",
    "signal": "an untyped signal",
    "child": "the result of a child",
}

_UNAGREED: tuple[Source, ...] = ("decision", "row action")
"""What clients send in forms of their own; the others have a form, but nobody checks it."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the models whose data come from outside, where nothing catches what they raise."""
    reach = contract.workflow.reach
    escapes, values = Escapes(contract.program, reach), OutsideValues(contract.program, reach)
    for running in failing_code(contract):
        module = running.module
        for call in module.view.of_kind(running.scopes, Call):
            yield from _absent(contract, running, call, escapes, values)
            made = _made(contract, module, call)
            if made is None:
                continue
            name, data, failure = made
            origin = values.origin(module, data)
            if origin is None or not escapes.leaves(
                module, module.facts.blocks_of[call.number], failure
            ):
                continue
            yield Observation(
                module=module,
                span=module.facts.span(call),
                message=f"{name} is built from {_FROM[origin.source]}: when that does not fit,"
                f" `{failure.name}` hangs the run",
                alternative=f"catch {failure.name} and raise WorkflowError(...), or ask again",
                via=running.reached,
                severity="error" if origin.source in _UNAGREED else "warning",
            )


def _absent(
    contract: Contract, running: Running, call: Call, escapes: Escapes, values: OutsideValues
) -> Iterator[Observation]:
    """Report `reason=answer.get("reason")` for a field that does not take None."""
    module = running.module
    asked = [(each.name, got) for each in call.keywords if (got := _asked_key(each.value))]
    if not asked:
        return
    match contract.program.resolve(module, call.function):
        case (ProjectClass() as kind,):
            model = contract.model(kind)
        case _:
            return
    if model is None or not model.is_pydantic or converts_values(contract.program, model):
        return
    for name, (read, owner, key) in asked:
        field = next((f for f in model.fields.values() if name in (f.name, *f.aliases)), None)
        found = accepted(contract, field.module, field.annotation) if field is not None else None
        if found is None or "null" in found.types or _is_looked_for(running, key):
            continue
        origin = values.origin(module, owner)
        if origin is None or not origin.whole or origin.source not in _UNAGREED:
            continue
        if escapes.leaves(module, module.facts.blocks_of[read.number], VALIDATION_ERROR):
            yield Observation(
                module=module,
                span=module.facts.span(read),
                message=f"`{name}` of `{model.name}` takes no None, which this is where a client"
                f" sends no `{key.value}`: `ValidationError` hangs the run",
                alternative=f'`.get("{key.value}") or` a default, or a field that takes None',
                via=running.reached,
                severity="warning",
            )


def _asked_key(value: Expression) -> tuple[Call, Expression, Constant] | None:
    """Return the parts of `answer.get("key")`, without a default."""
    match value:
        case Call(_, Attribute(_, owner, "get"), (Constant(_, "str") as key,), ()) as got:
            return got, owner, key
        case _:
            return None


def _is_looked_for(running: Running, key: Constant) -> bool:
    """Tell whether the function names the key elsewhere as well, perhaps to test for it."""
    constants = running.module.view.of_kind(running.scopes, Constant)
    return any(each.value == key.value and each.number != key.number for each in constants)


def _made(contract: Contract, module: Module, call: Call) -> tuple[str, Expression, Failure] | None:
    """Return the model a call makes, the data it is made of, and what it may raise."""
    starred = next((keyword.value for keyword in call.keywords if keyword.name is None), None)
    if starred is not None:
        for meaning in contract.program.resolve(module, call.function):
            model = contract.model(meaning) if isinstance(meaning, ProjectClass) else None
            failure = VALIDATION_ERROR if model and model.is_pydantic else _TYPE_ERROR
            if model is not None and failure is not None:
                return f"`{model.name}`", starred, failure
    if call.arguments and isinstance(call.function, Attribute):
        for meaning in contract.program.resolve(module, call.function):
            if isinstance(meaning, External) and _validates(meaning.name):
                name = _written(call.function.value)
                return name, call.arguments[0], VALIDATION_ERROR
    return None


def _validates(name: str) -> bool:
    owner, _, method = name.rpartition(".")
    return name in _ADAPTER or (method in _METHODS and owner in PYDANTIC_BASES)


def _written(expression: Expression) -> str:
    """Return the model as the call names it."""
    match expression:
        case Call(_, _, (first, *_), _):
            return _written(first)
        case Name(_, name) | Attribute(_, _, name):
            return f"`{name}`"
        case _:
            return "a model"


_TYPE_ERROR = builtin_failure("TypeError")


RULE = Rule(
    code="NTR411",
    name="model-from-signal",
    summary="a model built from an answer, signal or child result, with nothing to catch",
    explanation=__doc__,
    contract=check,
)
