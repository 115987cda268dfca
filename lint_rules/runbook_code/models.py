"""The data classes of a project as pydantic sees them: their fields, and what else they take."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import (
    Call,
    Constant,
    Expression,
    Mapping,
    Starred,
    Subscript,
)
from lint_rules.facts.records import Binding, Span
from lint_rules.program import External, Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names

Extra = Literal["ignore", "forbid", "allow"]

PYDANTIC_BASES = frozenset(
    {
        "pydantic.BaseModel",
        "pydantic_settings.BaseSettings",
        "ntro.events.ObservableResult",
        "ntro.workflow.ObservableResult",
    }
)
_PLAIN = frozenset({"builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"})
_DATACLASSES = frozenset({"dataclasses.dataclass", "pydantic.dataclasses.dataclass"})
_FIELDS = ("pydantic.Field", "pydantic.fields.Field", "dataclasses.field")
_ALIASES = ("alias", "validation_alias")
_NO_FIELDS = ("typing.ClassVar", "typing_extensions.ClassVar")


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `default` is its written default, None also where a factory makes it."""

    name: str
    module: Module
    span: Span
    annotation: Expression
    required: bool
    default: Expression | None
    aliases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Model:
    """A pydantic model or dataclass of the project.

    `complete` is False when a base class is not known, so there may be more fields. `extra` is what
    becomes of keywords that are no field.
    """

    kind: ProjectClass
    name: str
    module: Module
    span: Span
    fields: Lookup[str, Field]
    extra: Extra
    is_pydantic: bool
    complete: bool

    def accepts(self, keyword: str) -> bool:
        """Tell whether a keyword may reach a field."""
        if self.extra == "allow" or not self.complete or keyword in self.fields:
            return True
        return any(keyword in field.aliases for field in self.fields.values())

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields without a default."""
        return tuple(field for field in self.fields.values() if field.required)


def model_of(program: Program, kind: ProjectClass) -> Model | None:
    """Return a class as a model; None when it is neither pydantic's nor a dataclass."""
    order = program.mro(kind) or (kind,)
    outside = [base.name for base in order if isinstance(base, External)]
    is_pydantic = not PYDANTIC_BASES.isdisjoint(outside)
    if not is_pydantic and not any(_is_dataclass(program, b) for b in order):
        return None
    module = program.modules[kind.module]
    own = module.facts.classes[kind.number]
    fields: dict[str, Field] = {}
    extra: Extra = "ignore" if is_pydantic else "forbid"
    for base in reversed(order):
        if isinstance(base, ProjectClass):
            extra = _extra(program, base) or extra
            for name, found in _fields(program, base):
                if found is not None:
                    fields[name] = found
                else:
                    # A class variable takes away the field of a base class.
                    fields.pop(name, None)
    known = PYDANTIC_BASES | _PLAIN
    complete = program.mro(kind) is not None and all(name in known for name in outside)
    return Model(kind, own.name, module, own.span, fields, extra, is_pydantic, complete)


def _is_dataclass(program: Program, kind: ProjectClass | External) -> bool:
    if isinstance(kind, External):
        return False
    module = program.modules[kind.module]
    decorators = module.facts.classes[kind.number].decorators
    return not _DATACLASSES.isdisjoint(decorator_names(program, module, decorators))


def _fields(program: Program, kind: ProjectClass) -> Iterator[tuple[str, Field | None]]:
    """Yield what the body of a class annotates: fields by their names, class variables as None."""
    module = program.modules[kind.module]
    scope = module.facts.classes[kind.number].scope
    for binding in module.view.bindings_of_scope.get(scope, ()):
        if binding.annotation is None or binding.kind not in ("assign", "declare"):
            continue
        if binding.name.startswith("_") or binding.name == "model_config":
            continue
        is_field = not _is_class_variable(program, module, binding.annotation)
        found = _field(program, module, binding, binding.annotation) if is_field else None
        yield binding.name, found


def _is_class_variable(program: Program, module: Module, annotation: Expression) -> bool:
    base = annotation.value if isinstance(annotation, Subscript) else annotation
    return program.name(module, base) in _NO_FIELDS


def _field(program: Program, module: Module, binding: Binding, annotation: Expression) -> Field:
    value = binding.value
    required, default = value is None, value
    aliases: frozenset[str] = frozenset()
    call = _field_call(program, module, value) or _field_call(
        program, module, _metadata(annotation)
    )
    if call is not None:
        aliases = frozenset(_aliases(call))
        given = call.arguments[0] if call.arguments else call.keyword("default")
        factory = call.keyword("default_factory")
        if call is value:
            required = given is None and factory is None and _is_whole(call)
            default = given
        elif value is None and (given is not None or factory is not None):
            required, default = False, given
    if isinstance(default, Constant) and default.kind == "ellipsis":
        required, default = True, None
    return Field(binding.name, module, binding.span, annotation, required, default, aliases)


def _is_whole(call: Call) -> bool:
    """Tell whether all that a call is given is written there."""
    starred = any(isinstance(given, Starred) for given in call.arguments)
    return not starred and all(keyword.name is not None for keyword in call.keywords)


def _metadata(annotation: Expression) -> Expression | None:
    """Return the `Field(...)` of `Annotated[T, Field(...)]`."""
    if isinstance(annotation, Subscript):
        for part in getattr(annotation.key, "elements", ()):
            if isinstance(part, Call):
                return part
    return None


def _field_call(program: Program, module: Module, value: Expression | None) -> Call | None:
    if isinstance(value, Call) and program.name(module, value.function) in _FIELDS:
        return value
    return None


def _aliases(call: Call) -> Iterator[str]:
    for keyword in call.keywords:
        value = keyword.value.value if isinstance(keyword.value, Constant) else None
        if keyword.name in _ALIASES and isinstance(value, str):
            yield value


def _extra(program: Program, kind: ProjectClass) -> Extra | None:
    """Return what `model_config = ConfigDict(extra=...)`, or a class keyword, says."""
    module = program.modules[kind.module]
    record = module.facts.classes[kind.number]
    for keyword in record.keywords:
        if keyword.name == "extra":
            return _word(keyword.value)
    for binding in module.view.bindings_of_scope.get(record.scope, ()):
        if binding.name == "model_config" and binding.value is not None:
            return _configured(binding.value)
        if binding.name == "Config" and binding.definition is not None:
            return _in_config_class(module, binding.definition)
    return None


def _configured(config: Expression) -> Extra | None:
    """Read a `model_config`; one that is not written out may allow anything."""
    match config:
        case Call(keywords=keywords) if _is_whole(config):
            given = [each.value for each in keywords if each.name == "extra"]
        case Mapping(_, keys, values) if all(isinstance(key, Constant) for key in keys):
            pairs = zip(keys, values, strict=True)
            given = [v for k, v in pairs if isinstance(k, Constant) and k.value == "extra"]
        case _:
            return "allow"
    return _word(given[-1]) if given else None


def _in_config_class(module: Module, number: int) -> Extra | None:
    """Read `class Config`, as the first pydantic had it."""
    scope = module.facts.classes[number].scope
    for binding in module.view.bindings_of_scope.get(scope, ()):
        if binding.name == "extra" and binding.value is not None:
            return _word(binding.value)
    return None


def _word(expression: Expression) -> Extra:
    """Return what is written; anything that is computed may be `allow`."""
    match expression:
        case Constant(_, "str", "ignore" | "forbid" | "allow" as word):
            return word
        case _:
            return "allow"
