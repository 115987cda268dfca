"""Whether a model takes exactly its fields, by their names, and nothing else happens on the way."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call, Constant, Expression, Mapping, Subscript
from lint_rules.facts.records import Function
from lint_rules.program import External, Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.runbook_code.models import Model

_HOOKS = frozenset(
    {
        "__get_pydantic_core_schema__",
        "__get_validators__",
        "__init__",
        "__new__",
        "model_validate",
        "model_construct",
    }
)
_RESHAPING = frozenset(
    {
        "pydantic.model_validator",
        "pydantic.root_validator",
        "pydantic.model_serializer",
    }
)
_CONVERTING = frozenset({"pydantic.field_serializer", "pydantic.validator"})
_SETTINGS = "pydantic_settings.BaseSettings"
"""What reads its fields from the environment too."""
_ALIASES = ("alias", "validation_alias", "serialization_alias")
_HARMLESS = frozenset({"extra", "frozen", "strict", "title", "validate_assignment"})
"""What a class header may say and the names of its input stay as they are written."""


def takes_its_fields(program: Program, model: Model) -> bool:
    """Tell whether what a model is given is compared with its fields as they are written.

    A validator that runs before, an `__init__` of its own, a decorator or names that are made up
    at run time can each accept more, or less; then nothing is certain.
    """
    order = program.mro(model.kind) or ()
    if not model.complete or any(isinstance(b, External) and b.name == _SETTINGS for b in order):
        return False
    kinds = [kind for kind in order if isinstance(kind, ProjectClass)]
    return all(_is_plain(program, kind) for kind in kinds) and all(
        _is_named_plainly(field.annotation) for field in model.fields.values()
    )


def converts_values(program: Program, model: Model) -> bool:
    """Tell whether a model may read or write a field as something else than its annotation."""
    return any(
        _converts(program, module, function)
        for kind in program.mro(model.kind) or ()
        if isinstance(kind, ProjectClass)
        for module in (program.modules[kind.module],)
        for function in module.view.methods_by_class.get(kind.number, ())
    )


def _is_plain(program: Program, kind: ProjectClass) -> bool:
    module = program.modules[kind.module]
    record = module.facts.classes[kind.number]
    if record.decorators and not _is_data_class(program, module, record.decorators):
        return False
    if any(keyword.name not in _HARMLESS for keyword in record.keywords):
        return False
    for function in module.view.methods_by_class.get(kind.number, ()):
        if function.name in _HOOKS or _reshapes(program, module, function):
            return False
    bindings = module.view.bindings_of_scope.get(record.scope, ())
    named = {binding.name for binding in bindings}
    if "Config" in named:
        return False
    if not all(_keeps_names(b.value) for b in bindings if b.name == "model_config" and b.value):
        return False
    return all(_has_written_aliases(b.value) for b in bindings if isinstance(b.value, Call))


def _is_data_class(program: Program, module: Module, decorators: tuple[Expression, ...]) -> bool:
    names = decorator_names(program, module, decorators)
    return len(names) == len(decorators) and all(name.endswith(".dataclass") for name in names)


def _reshapes(program: Program, module: Module, function: Function) -> bool:
    return any(
        not _RESHAPING.isdisjoint(decorator_names(program, module, [decorator]))
        and _mode(decorator) != "after"
        for decorator in function.decorators
    )


def _converts(program: Program, module: Module, function: Function) -> bool:
    for decorator in function.decorators:
        names = decorator_names(program, module, [decorator])
        if not _CONVERTING.isdisjoint(names):
            return True
        if "pydantic.field_validator" in names and _mode(decorator) not in (None, "after"):
            return True
    return False


def _mode(decorator: Expression) -> object:
    """Return when a validator runs; None when it does not say, something else when it computes."""
    given = decorator.keyword("mode") if isinstance(decorator, Call) else None
    return given.value if isinstance(given, Constant) else given


def _keeps_names(config: Expression) -> bool:
    match config:
        case Call(keywords=keywords):
            return all(k.name is not None and k.name != "alias_generator" for k in keywords)
        case Mapping(_, keys, _):
            return all(isinstance(key, Constant) and key.value != "alias_generator" for key in keys)
        case _:
            return False


def _is_named_plainly(annotation: Expression) -> bool:
    return all(_has_written_aliases(call) for call in _metadata(annotation))


def _metadata(annotation: Expression) -> Iterator[Call]:
    if isinstance(annotation, Subscript):
        for part in getattr(annotation.key, "elements", ()):
            if isinstance(part, Call):
                yield part


def _has_written_aliases(call: Call) -> bool:
    return all(
        keyword.name is not None
        and (keyword.name not in _ALIASES or isinstance(keyword.value, Constant))
        for keyword in call.keywords
    )
