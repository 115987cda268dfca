"""Which JSON values an annotated field takes, read from its annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import (
    Constant,
    ConstantValue,
    Display,
    Expression,
    Name,
    Operation,
    Subscript,
)
from lint_rules.facts.records import Binding
from lint_rules.program import External, Instance, Meaning, Module, ProjectClass
from lint_rules.program.annotations import annotated
from lint_rules.program.names import lookup

_FAR = 8

_BY_NAME: Mapping[str, str] = {
    "builtins.str": "string",
    "builtins.int": "integer number",
    "builtins.float": "integer number",
    "builtins.bool": "boolean",
    "builtins.None": "null",
    "decimal.Decimal": "integer number string",
    "uuid.UUID": "string",
    "datetime.date": "string integer number",
    "datetime.datetime": "string integer number",
    "datetime.time": "string integer number",
    "datetime.timedelta": "string integer number",
    "builtins.list": "array",
    "builtins.tuple": "array",
    "builtins.set": "array",
    "builtins.frozenset": "array",
    "builtins.dict": "object",
    "typing.List": "array",
    "typing.Tuple": "array",
    "typing.Set": "array",
    "typing.Sequence": "array",
    "collections.abc.Sequence": "array",
    "typing.Dict": "object",
    "typing.Mapping": "object",
    "collections.abc.Mapping": "object",
}
"""What pydantic takes for a type, as far as it is plain; verified against pydantic itself."""

_TYPING = ("typing.", "typing_extensions.")
_THROUGH = ("Annotated", "Final", "Required", "NotRequired")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The JSON types a field takes, and the only values where they are written out."""

    types: frozenset[str]
    choices: tuple[ConstantValue, ...] | None = None


def accepted(contract: Contract, module: Module, annotation: Expression) -> Accepted | None:
    """Return what a field with this annotation takes; None when that cannot be told."""
    return _Reader(contract).read(module, annotation, 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    contract: Contract

    def read(self, module: Module, annotation: Expression, depth: int) -> Accepted | None:
        if depth > _FAR:
            return None
        match annotation:
            case Constant(_, "none"):
                return Accepted(frozenset({"null"}), ())
            case Constant(_, "str"):
                return self._quoted(module, annotation)
            case Operation(_, ("|",), operands):
                return _union(self.read(module, each, depth + 1) for each in operands)
            case Subscript(_, generic, key):
                return self._generic(module, generic, key, depth)
            case Name(_, name):
                alias = self._alias(module, name, annotation)
                if alias is not None:
                    return self.read(*alias, depth + 1)
        found = self.contract.program.resolve(module, annotation)
        return _union(self._meaning(meaning) for meaning in found)

    def _quoted(self, module: Module, annotation: Expression) -> Accepted | None:
        found = annotated(self.contract.program, module, annotation)
        return _union(self._meaning(m.of) if isinstance(m, Instance) else None for m in found)

    def _generic(
        self, module: Module, generic: Expression, key: Expression, depth: int
    ) -> Accepted | None:
        name = self.contract.program.name(module, generic) or ""
        short = name.rpartition(".")[2] if name.startswith(_TYPING) else ""
        several = key.elements if isinstance(key, Display) else (key,)
        if short == "Literal":
            return _literal(several)
        if short == "Union":
            return _union(self.read(module, each, depth + 1) for each in several)
        if short == "Optional" or (short in _THROUGH and several):
            inner = self.read(module, several[0], depth + 1)
            empty = Accepted(frozenset({"null"}), ())
            return _union([inner, empty]) if short == "Optional" else inner
        types = _BY_NAME.get(name)
        return Accepted(frozenset(types.split())) if types in ("array", "object") else None

    def _meaning(self, meaning: Meaning) -> Accepted | None:
        match meaning:
            case External(name):
                types = _BY_NAME.get(name)
                return Accepted(frozenset(types.split())) if types else None
            case ProjectClass():
                if self.contract.model(meaning) is not None:
                    return Accepted(frozenset({"object"}))
                return self._enumeration(meaning)
            case _:
                return None

    def _enumeration(self, kind: ProjectClass) -> Accepted | None:
        """Read an enumeration by the values of its members."""
        order = self.contract.program.mro(kind) or ()
        outside = {base.name for base in order if isinstance(base, External)}
        if not any(name.startswith("enum.") for name in outside):
            return None
        module = self.contract.program.modules[kind.module]
        scope = module.facts.classes[kind.number].scope
        bindings = module.view.bindings_of_scope.get(scope, ())
        members = [b.value for b in bindings if b.kind == "assign" and not b.name.startswith("_")]
        return _literal([value for value in members if value is not None])

    def _alias(self, module: Module, name: str, at: Expression) -> tuple[Module, Expression] | None:
        found = lookup(module, name, module.facts.scope_of(at), at)
        return next(self._bound(module, found[0]), None) if len(found) == 1 else None

    def _bound(self, module: Module, binding: Binding) -> Iterator[tuple[Module, Expression]]:
        """Yield the annotation that `Currency = Literal[...]` gives a name, here or elsewhere."""
        if binding.kind == "assign" and not binding.path and binding.value is not None:
            yield module, binding.value
        elif binding.kind == "import" and binding.definition is not None:
            statement = module.facts.imports[binding.definition]
            source = module.absolute(statement)
            other = self.contract.program.modules.get(source) if source else None
            there = other.bindings.get((0, statement.name or "")) if other else None
            if other is not None and there and len(there) == 1 and there[0].kind == "assign":
                yield from self._bound(other, there[0])


def _literal(members: Iterable[Expression]) -> Accepted | None:
    kinds = {"str": "string", "int": "integer", "bool": "boolean", "none": "null"}
    types: set[str] = set()
    values: list[ConstantValue] = []
    for member in members:
        if not isinstance(member, Constant) or member.kind not in kinds:
            return None
        types.add(kinds[member.kind])
        values.append(member.value)
    if "integer" in types:
        types.add("number")
    return Accepted(frozenset(types), tuple(values)) if values else None


def _union(parts: Iterable[Accepted | None]) -> Accepted | None:
    """Put alternatives together; one that is unknown makes all of it unknown."""
    types: frozenset[str] = frozenset()
    choices: tuple[ConstantValue, ...] | None = ()
    for part in parts:
        if part is None:
            return None
        types |= part.types
        both = choices is not None and part.choices is not None
        choices = (*choices, *part.choices) if both else None  # type: ignore[misc]
    return Accepted(types, choices) if types else None
