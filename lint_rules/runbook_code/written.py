"""Values that are written out in the code: dicts, lists and constants, followed through names.

What cannot be followed is unknown, never guessed; so is what a name holds that code puts something
into later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import (
    Call,
    Constant,
    ConstantValue,
    Display,
    Expression,
    FormattedString,
    Mapping,
    Name,
    Starred,
)
from lint_rules.facts.records import Binding, Span
from lint_rules.program import External, Module, Program
from lint_rules.program.names import lookup

Kind = Literal["mapping", "sequence", "constant", "text", "unknown"]

_FAR = 6
_SEQUENCES = ("list", "tuple")
_COMPONENTS = "ntro.workflow.UIComponent."


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a dict, where it is written; the value may stand in another module."""

    key: ConstantValue
    module: Module
    key_span: Span
    value: Value


@dataclass(frozen=True, slots=True)
class Value:
    """A value where it is written.

    `text` is a string that is put together at run time. `complete` is False for a dict or list
    that has more in it than could be seen.
    """

    module: Module
    expression: Expression
    kind: Kind
    constant: ConstantValue = None
    entries: tuple[Entry, ...] = ()
    items: tuple[Value, ...] = ()
    complete: bool = True

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.module.facts.span(self.expression)

    @property
    def text(self) -> str | None:
        """The string it always is; None when it is no string, or none that can be told."""
        found = self.constant if self.kind == "constant" else None
        return found if isinstance(found, str) else None

    @property
    def is_none(self) -> bool:
        """Whether it is written as None."""
        return isinstance(self.expression, Constant) and self.expression.kind == "none"

    def entry(self, key: str) -> Entry | None:
        """Return the last entry of a dict with a key."""
        return next((each for each in reversed(self.entries) if each.key == key), None)

    def get(self, *keys: str) -> Value | None:
        """Return what lies under a path of keys, as far as it is written."""
        found: Value | None = self
        for key in keys:
            entry = found.entry(key) if found is not None else None
            found = entry.value if entry else None
        return found

    def lacks(self, key: str) -> bool:
        """Tell whether a dict certainly does not have a key."""
        return self.kind == "mapping" and self.complete and self.entry(key) is None


def written(program: Program, module: Module, expression: Expression) -> Value:
    """Return what an expression is, as far as it is written out."""
    return _Reader(program).read(module, expression, 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    program: Program

    def read(self, module: Module, expression: Expression, depth: int) -> Value:
        if depth > _FAR:
            return Value(module, expression, "unknown", complete=False)
        match expression:
            case Constant(_, kind, value):
                known = kind == "none" or value is not None
                return Value(module, expression, "constant" if known else "unknown", value)
            case FormattedString():
                return Value(module, expression, "text")
            case Mapping():
                return self._mapping(module, expression, depth)
            case Display(_, kind, elements) if kind in _SEQUENCES:
                return self._sequence(module, expression, elements, depth)
            case Call(_, function, (), keywords) if self._is(module, function, "builtins.dict"):
                found = [
                    Entry(
                        k.name,
                        module,
                        module.facts.span(k.value),
                        self.read(module, k.value, depth + 1),
                    )
                    for k in keywords
                    if k.name is not None
                ]
                whole = len(found) == len(keywords)
                return Value(module, expression, "mapping", None, tuple(found), complete=whole)
            case Name(_, name):
                return self._name(module, name, expression, depth)
            case _:
                return self._component(module, expression)

    def _is(self, module: Module, expression: Expression, name: str) -> bool:
        return self.program.name(module, expression) == name

    def _mapping(self, module: Module, mapping: Mapping, depth: int) -> Value:
        entries: list[Entry] = []
        complete = True
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            inner = self.read(module, value, depth + 1)
            if key is None:
                entries += inner.entries
                complete = complete and inner.kind == "mapping" and inner.complete
                continue
            said = self.read(module, key, depth + 1)
            if said.kind == "constant":
                entries.append(Entry(said.constant, module, module.facts.span(key), inner))
            else:
                complete = False
        return Value(module, mapping, "mapping", None, tuple(entries), complete=complete)

    def _sequence(
        self, module: Module, at: Expression, elements: tuple[Expression, ...], depth: int
    ) -> Value:
        items: list[Value] = []
        complete = True
        for element in elements:
            if isinstance(element, Starred):
                inner = self.read(module, element.value, depth + 1)
                items += inner.items
                complete = complete and inner.kind == "sequence" and inner.complete
            else:
                items.append(self.read(module, element, depth + 1))
        return Value(module, at, "sequence", None, (), tuple(items), complete)

    def _name(self, module: Module, name: str, at: Expression, depth: int) -> Value:
        found = lookup(module, name, module.facts.scope_of(at), at)
        if len(found) == 1 and name not in module.view.changed_names:
            for other, value in self._bound(module, found[0]):
                return self.read(other, value, depth + 1)
        return self._component(module, at)

    def _bound(self, module: Module, binding: Binding) -> Iterator[tuple[Module, Expression]]:
        """Yield the value a name was given, if there is exactly one."""
        if binding.kind == "assign" and not binding.path and binding.value is not None:
            yield module, binding.value
        elif binding.kind == "import" and binding.definition is not None:
            statement = module.facts.imports[binding.definition]
            source = module.absolute(statement)
            other = self.program.modules.get(source) if source and statement.name else None
            there = other.bindings.get((0, statement.name or "")) if other else None
            if other is not None and statement.name in other.view.changed_names:
                return
            if other is not None and there is not None and len(there) == 1:
                yield from self._bound(other, there[0])

    def _component(self, module: Module, at: Expression) -> Value:
        """Read `UIComponent.DATA_TABLE`, a string by the same name; all else is unknown."""
        for meaning in self.program.resolve(module, at):
            if isinstance(meaning, External) and meaning.name.startswith(_COMPONENTS):
                member = meaning.name.removeprefix(_COMPONENTS).removesuffix(".value")
                return Value(module, at, "constant", member)
        return Value(module, at, "unknown", complete=False)
