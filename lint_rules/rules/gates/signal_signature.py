"""A signal handler that cannot take the payload which is sent to it.

A signal brings one payload. A handler that requires more raises TypeError: the workflow task fails
and the run hangs (D44). One that takes none is called all the same, and the reference to the file
is thrown away. A payload that does not fit the annotated model is dropped by the converter without
a word (D53): for `document_submitted` and `data_submitted` it is known what is sent (3.3 of the
contract), so a required field that is never among it keeps the gate shut.

Bad:

    class DocumentSubmitted(BaseModel):
        document_ref: str
        pages: int

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None:
        self._uploads.append(event)

Good:

    class DocumentSubmitted(BaseModel):
        document_ref: str
        pages: int = 0

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None:
        self._uploads.append(event)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lint_rules.contract.contract import Contract
from lint_rules.declared.field_types import accepted
from lint_rules.facts.records import Function, Parameter
from lint_rules.program import Instance, ProjectClass
from lint_rules.program.annotations import annotated
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import VALIDATORS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.signals import advertised
from lint_rules.runbook_code.models import Field, Model
from lint_rules.runbook_code.runbook import Handler, Runbook
from lint_rules.workflow_code.observation import Observation

_FILE = ("document_ref", "tenant_slug", "entity_slug", "source", "filename", "content_type")
_DATA = ("event_id", "kind", "tenant_slug", "entity_slug", "source_ref", "data", "received_at")
PAYLOADS: Mapping[str, frozenset[str]] = {
    "document_submitted": frozenset(_FILE),
    "data_submitted": frozenset(_DATA),
}
"""What the platform sends, by the name of the signal."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report handlers of signals from the platform that cannot take what comes."""
    for runbook in contract.runbooks:
        asked = _asked(contract, runbook)
        for handler in runbook.handlers:
            if handler.kind == "signal" and handler.name in asked:
                yield from _judged(contract, handler)


def _asked(contract: Contract, runbook: Runbook) -> frozenset[str]:
    """Return the signals with a payload: those the platform knows and those gates advertise."""
    names = (advertised(contract.program, gate) for gate in runbook.gates)
    return frozenset(PAYLOADS) | {name.text for name in names if name is not None and name.text}


def _judged(contract: Contract, handler: Handler) -> Iterator[Observation]:
    function = handler.function
    names = decorator_names(contract.program, handler.module, function.decorators)
    if len(names) != len(function.decorators) or function.owner_class is None:
        return
    taken = function.parameters[1:]
    required = [p for p in taken if p.default is None and p.kind not in ("variadic", "keywords")]
    positional = [p for p in taken if p.kind in ("positional", "plain", "variadic")]
    named = f"the handler of `{handler.name}`"
    if not positional and not required:
        message = f"{named} takes no payload: what the signal brings is lost"
        yield _signature(handler, message, "warning")
    elif len(required) > 1 or any(p.kind == "keyword" for p in required):
        message = f"{named} needs {len(required)} arguments and gets one: the run hangs"
        if len(required) == 1:
            message = f"{named} takes its payload by keyword only: the run hangs"
        yield _signature(handler, message, "error")
    else:
        yield from _model(contract, handler, positional[0])


def _signature(handler: Handler, message: str, severity: str) -> Observation:
    function = handler.function
    return Observation(
        module=handler.module,
        span=function.span,
        message=message,
        alternative=f"`def {function.name}(self, event: ...)`, one parameter for the payload",
        severity="warning" if severity == "warning" else "error",
    )


def _model(contract: Contract, handler: Handler, parameter: Parameter) -> Iterator[Observation]:
    unreadable = _refused(contract, handler, parameter)
    if unreadable is not None:
        yield unreadable
        return
    sent = PAYLOADS.get(handler.name)
    model = _annotated(contract, handler, parameter)
    if sent is None or model is None or not model.complete or _rewrites(contract, model):
        return
    for field in model.required:
        if not _is_sent(field, sent):
            yield _told(
                handler,
                field,
                f"`{handler.name}` never brings `{field.name}`: the signal is dropped,"
                " and the gate stays open",
                "a default, or a field that is sent: " + ", ".join(sorted(sent)),
            )
            return
    if model.extra == "forbid" and model.is_pydantic:
        refused = sorted(name for name in sent if not model.accepts(name))
        if refused:
            yield _forbidden(handler, model, refused[0])


def _refused(contract: Contract, handler: Handler, parameter: Parameter) -> Observation | None:
    """Report an annotation that takes no object, for a signal that is known to bring one."""
    annotation = parameter.annotation
    if annotation is None or handler.name not in PAYLOADS or parameter.kind == "variadic":
        return None
    found = accepted(contract, handler.module, annotation)
    if found is None or "object" in found.types:
        return None
    return Observation(
        module=handler.module,
        span=handler.module.facts.span(annotation),
        message=f"`{handler.name}` brings an object, which this type refuses: the signal is"
        " dropped, and the gate stays open",
        alternative="a model with the fields that are sent: "
        + ", ".join(sorted(PAYLOADS[handler.name])),
        severity="error",
    )


def _annotated(contract: Contract, handler: Handler, parameter: Parameter) -> Model | None:
    if parameter.annotation is None:
        return None
    match annotated(contract.program, handler.module, parameter.annotation):
        case [Instance(ProjectClass() as kind)]:
            return contract.model(kind)
        case _:
            return None


def _is_sent(field: Field, sent: frozenset[str]) -> bool:
    return field.name in sent or not field.aliases.isdisjoint(sent)


def _rewrites(contract: Contract, model: Model) -> bool:
    """Tell whether validators of a model may change what they are given."""
    program = contract.program
    for base in program.mro(model.kind) or ():
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            methods: list[Function] = [*module.view.methods_by_class.get(base.number, ())]
            for method in methods:
                if not VALIDATORS.isdisjoint(decorator_names(program, module, method.decorators)):
                    return True
    return False


def _told(handler: Handler, field: Field, message: str, alternative: str) -> Observation:
    return Observation(
        module=field.module,
        span=field.span,
        message=message,
        alternative=alternative,
        severity="error",
    )


def _forbidden(handler: Handler, model: Model, name: str) -> Observation:
    return Observation(
        module=model.module,
        span=model.span,
        message=f"`{model.name}` forbids `{name}`, which `{handler.name}` brings: the signal is"
        " dropped, and the gate stays open",
        alternative='`ConfigDict(extra="ignore")`, or the missing fields',
        severity="error",
    )


RULE = Rule(
    code="NTR308",
    name="signal-signature",
    summary="a signal handler that cannot take the payload sent to it",
    explanation=__doc__,
    contract=check,
)
