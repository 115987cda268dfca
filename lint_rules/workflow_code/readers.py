"""Who reads what was bound or written: names, attributes, the callers of a function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name, Subscript
from lint_rules.facts.records import Binding, Function
from lint_rules.program import Instance, Module, Program, ProjectClass, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.names import lookup
from lint_rules.program.reach import Reach
from lint_rules.workflow_code.points import Kind, Next, Point

_ANSWERING = frozenset(
    f"{facade}.{name}"
    for facade in ("ntro.workflow.runbook", "temporalio.workflow")
    for name in ("run", "update")
)
"""Decorators of methods whose return value is kept in the history."""


_Place = tuple[str, int]
"""A module's name, and the number of an expression."""


@dataclass(slots=True)
class _Attributes:
    """Where attributes of one name are read: all of them, and by the class of their object."""

    places: list[_Place] = field(default_factory=list)
    of_class: dict[ProjectClass, list[_Place]] = field(default_factory=lambda: defaultdict(list))
    of_base: dict[ProjectClass, list[_Place]] = field(default_factory=lambda: defaultdict(list))


class Readers:
    """Indexes of the modules of one program, made when first asked for."""

    def __init__(self, program: Program, reach: Reach) -> None:
        self.program = program
        self.reach = reach
        self._names: dict[str, dict[str, list[Name]]] = {}
        self._sorted: dict[str, frozenset[str]] = {}

    def of_binding(self, module: Module, binding: Binding, kind: Kind) -> Iterator[Next]:
        """Yield the names that can read a binding."""
        for name in self._named(module).get(binding.name, ()):
            found = lookup(module, binding.name, module.facts.scope_of(name), name)
            if any(each is binding for each in found):
                yield Point(module, name, kind)

    def _named(self, module: Module) -> dict[str, list[Name]]:
        if module.name not in self._names:
            found: dict[str, list[Name]] = defaultdict(list)
            for expression in module.facts.expressions:
                if isinstance(expression, Name):
                    found[expression.name].append(expression)
            self._names[module.name] = found
        return self._names[module.name]

    def of_parameter(
        self, function: ProjectFunction, place: int | str | None, kind: Kind
    ) -> Iterator[Next]:
        """Yield the names that read the parameter an argument goes to."""
        module, facts = self.program.function(function)
        name = _parameter(facts, place)
        if name is not None:
            for binding in module.bindings.get((facts.scope, name), ()):
                if binding.kind == "parameter":
                    yield from self.of_binding(module, binding, kind)

    def written(self, module: Module, target: Expression, kind: Kind) -> Iterator[Next]:
        """Yield who reads an attribute or an entry that is written to."""
        match target:
            case Attribute(_, owner, name):
                yield from self._of_attribute(module, owner, name, kind)
            case Subscript(_, container, _):
                yield from self.changed(module, container, "holds" if kind != "value" else kind)

    def set_by_name(self, module: Module, call: Call, kind: Kind) -> Iterator[Next]:
        """Yield who reads an attribute that `setattr(x, "name", value)` writes."""
        owner, name = call.arguments[:2]
        if isinstance(name, Constant):
            yield from self._of_attribute(module, owner, str(name.value), kind)

    def changed(self, module: Module, container: Expression, kind: Kind) -> Iterator[Next]:
        """Yield who reads an object that something was put into."""
        match container:
            case Name(_, name):
                scope = module.facts.scope_of(container)
                for binding in lookup(module, name, scope, container):
                    if kind == "value" or not self.is_sorted_later(module, binding):
                        yield from self.of_binding(module, binding, kind)
            case Attribute(_, owner, name):
                yield from self._of_attribute(module, owner, name, kind)
            case Subscript(_, outer, _):
                yield from self.changed(module, outer, kind)

    def _of_attribute(
        self, module: Module, owner: Expression, name: str, kind: Kind
    ) -> Iterator[Next]:
        kinds = self._classes(module, owner)
        found = self._attributes.get(name)
        if found is None:
            return
        if kinds:
            places = dict.fromkeys(place for each in kinds for place in self._read_on(found, each))
        else:
            # An object of no known class: whatever has the same name in this module.
            places = dict.fromkeys(p for p in found.places if p[0] == module.name)
        for other_name, number in places:
            other = self.program.modules[other_name]
            attribute = other.facts.expressions[number]
            if kinds or (isinstance(attribute, Attribute) and _same_name(owner, attribute.value)):
                yield Point(other, attribute, kind)

    def _read_on(self, found: _Attributes, kind: ProjectClass) -> Iterator[_Place]:
        """Yield the attributes of objects of a class, of its bases and of what derives from it."""
        yield from found.of_base.get(kind, ())
        for base in self.program.mro(kind) or (kind,):
            if isinstance(base, ProjectClass):
                yield from found.of_class.get(base, ())

    def _classes(self, module: Module, owner: Expression) -> set[ProjectClass]:
        found = self.program.resolve(module, owner)
        kinds = {meaning.of if isinstance(meaning, Instance) else meaning for meaning in found}
        return {kind for kind in kinds if isinstance(kind, ProjectClass)}

    @cached_property
    def _attributes(self) -> dict[str, _Attributes]:
        """The attributes that are read, by name, and those of written names by class."""
        written = {name for module in self._modules() for name in _written_names(module)}
        found: dict[str, _Attributes] = defaultdict(_Attributes)
        for module in self._modules():
            for expression in module.facts.expressions:
                if not isinstance(expression, Attribute) or module.view.is_target(expression):
                    continue
                if expression.name in written:
                    self._note(found[expression.name], module, expression)
        return found

    def _note(self, found: _Attributes, module: Module, attribute: Attribute) -> None:
        place = (module.name, attribute.number)
        found.places.append(place)
        for kind in self._classes(module, attribute.value):
            found.of_class[kind].append(place)
            for base in self.program.mro(kind) or (kind,):
                if isinstance(base, ProjectClass):
                    found.of_base[base].append(place)

    def _modules(self) -> list[Module]:
        names = dict.fromkeys(reached.function.module for reached in self.reach.functions)
        return [self.program.modules[name] for name in names]

    def calls_of(
        self, module: Module, function: int, kind: Kind, seen: frozenset[int] = frozenset()
    ) -> Iterator[Next]:
        """Yield the expressions that take what a function returns."""
        for edge in self.reach.callers.get(ProjectFunction(module.name, function), ()):
            other = self.program.modules[edge.module]
            if edge.how == "wrapper":
                decorated = next(f for f in other.facts.functions if _has(f.decorators, edge.at))
                if decorated.number not in seen:
                    yield from self.calls_of(other, decorated.number, kind, seen | {function})
            else:
                yield Point(other, other.facts.expressions[edge.at], kind)

    def answers_outside(self, module: Module, function: Function) -> bool:
        """Tell whether the return value of a function goes into the history."""
        names = decorator_names(self.program, module, function.decorators)
        return not _ANSWERING.isdisjoint(names)

    def is_sorted_later(self, module: Module, binding: Binding) -> bool:
        """Tell whether `name.sort()` gives what is bound an order of its own."""
        if module.name not in self._sorted:
            self._sorted[module.name] = frozenset(
                f"{module.facts.scope_of(call).number} {owner.name}"
                for call in module.facts.expressions
                if isinstance(call, Call) and isinstance(call.function, Attribute)
                if call.function.name == "sort" and isinstance(owner := call.function.value, Name)
            )
        return f"{binding.scope} {binding.name}" in self._sorted[module.name]


def _parameter(function: Function, place: int | str | None) -> str | None:
    parameters = function.parameters
    if isinstance(place, str):
        named = [p.name for p in parameters if p.name == place and p.kind != "positional"]
        rest = [p.name for p in parameters if p.kind == "keywords"]
        return next(iter([*named, *rest]), None)
    plain = [p for p in parameters if p.kind in ("positional", "plain")]
    if place is None:
        return None
    if place < len(plain):
        return plain[place].name
    return next((p.name for p in parameters if p.kind == "variadic"), None)


def _same_name(left: Expression, right: Expression) -> bool:
    return isinstance(left, Name) and isinstance(right, Name) and left.name == right.name


def _has(expressions: tuple[Expression, ...], number: int) -> bool:
    return any(expression.number == number for expression in expressions)


def _written_names(module: Module) -> Iterator[str]:
    """Yield the names of attributes that a module writes, by assignment or `setattr`."""
    yield from module.view.writes_by_attribute
    for expression in module.facts.expressions:
        match expression:
            case Call(_, Name(_, "setattr"), (_, Constant(_, "str", str(name)), *_), _):
                yield name
