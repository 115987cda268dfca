"""What one function calls: directly, by passing callables on, and through Python itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Conditional,
    Constant,
    Display,
    Expression,
    Mapping,
    Name,
    Starred,
    Subscript,
)
from lint_rules.facts.records import Binding
from lint_rules.program import classes, dunders
from lint_rules.program.attributes import is_property
from lint_rules.program.meaning import (
    External,
    Instance,
    Meaning,
    Partial,
    ProjectClass,
    ProjectFunction,
    Unknown,
)
from lint_rules.program.program import Program
from lint_rules.program.receivers import Receiver
from lint_rules.program.workflow_names import starts_elsewhere

Target = ProjectFunction | ProjectClass | External | Unknown


How = Literal["call", "passed", "read", "implicit", "property", "wrapper", "factory"]
"""Why an edge is there: called, passed to one who calls it, read, or called by Python itself."""


class Edge(NamedTuple):
    """Code of a module leads from an expression to a target.

    `prepared` is the call of `functools.partial`, by module and number, that gave the target its
    first arguments.
    """

    module: str
    at: int
    target: Target
    how: How
    prepared: tuple[str, int] | None = None


IsRead = Callable[[str], bool]
"""Tells whether merely reading an outside name matters; no other reads become edges."""


class Edges:
    """Collects the edges of one function, called on objects of one class."""

    def __init__(self, program: Program, caller: ProjectFunction, is_read: IsRead) -> None:
        self.program = program
        self.caller = caller
        self._is_read = is_read
        self.module, self.function = program.function(caller)
        self._receiver = Receiver(program, caller)
        self._scopes = self.module.view.running_with[self.function.scope]

    def all(self) -> Iterator[Edge]:
        """Yield the edges; the same target may come several times."""
        view = self.module.view
        for call in view.of_kind(self._scopes, Call):
            yield from self._call(call)
            if call.arguments:
                # `getattr(os, "environ")` reads as `os.environ` does.
                yield from self._read(call)
        for attribute in view.of_kind(self._scopes, Attribute):
            yield from self._property(attribute)
        outer, stars = self.module.outer_names, self.module.stars
        for name in view.of_kind(self._scopes, Name):
            if stars or name.name in outer:
                yield from self._read(name)
        for subscript in view.of_kind(self._scopes, Subscript):
            if isinstance(subscript.key, Constant):
                # `vars(os)["environ"]`
                yield from self._read(subscript)
        for kind in dunders.ASKING:
            for expression in view.of_kind(self._scopes, kind):
                for operand, names in dunders.of_expression(expression):
                    yield from self._implicit(operand, names)
        for scope in self._scopes:
            yield from self._of_statements(scope)
        yield from self._wrappers()

    def _of_statements(self, scope: int) -> Iterator[Edge]:
        """What statements call by themselves: loops, `with`, assignments."""
        view = self.module.view
        for block in view.blocks_by_scope.get(scope, ()):
            for operand, names in dunders.of_block(block):
                yield from self._implicit(operand, names)
        for write in view.writes_by_scope.get(scope, ()):
            for operand, names in dunders.of_write(write):
                yield from self._implicit(operand, names)
            if isinstance(write.target, Attribute):
                yield from self._set(write.target)
        for binding in view.bindings_by_scope.get(scope, ()):
            if binding.operator is not None:
                yield from self._in_place(binding)
        for iteration in view.iterations_by_scope.get(scope, ()):
            if iteration.by != "for":
                found = dunders.of_iteration(iteration.iterable, is_async=iteration.is_async)
                yield from self._implicit(*found)

    def _call(self, call: Call) -> Iterator[Edge]:
        elsewhere = False
        for meaning in self._receiver.meanings(call.function):
            yield from self._called(call, meaning)
            if isinstance(meaning, External):
                elsewhere = elsewhere or starts_elsewhere(meaning.name)
                builtin = meaning.name.removeprefix("builtins.")
                for operand, names in dunders.of_builtin(builtin, call):
                    yield from self._implicit(operand, names)
        passed = [*call.arguments[elsewhere:], *(keyword.value for keyword in call.keywords)]
        for argument in passed:
            yield from self._passed(argument)

    def _called(self, at: Expression, meaning: Meaning) -> Iterator[Edge]:
        match meaning:
            case ProjectFunction() | External() | Unknown():
                yield self._edge(at, meaning, "call")
            case ProjectClass():
                yield self._edge(at, meaning, "call")
                for base in self.program.mro(meaning) or ():
                    if isinstance(base, External) and base.name != "builtins.object":
                        # Making an object of a class makes one of its bases.
                        yield self._edge(at, base, "call")
            case Partial(External() as target, module, made):
                yield Edge(self.module.name, at.number, target, "call", (module, made))
            case Partial(target):
                yield from self._called(at, target)
            case Instance(ProjectClass()):
                yield from self._implicit_on(at, meaning, ("__call__",))
            case Instance(External(name, origin)):
                yield self._edge(at, External(f"{name}.__call__", origin), "call")
            case _:
                reason = f"a call of a {type(meaning).__name__.lower()}"
                yield self._edge(at, Unknown(reason), "call")

    def _passed(self, argument: Expression) -> Iterator[Edge]:
        """A callable that is passed on counts as called: nobody passes it for another reason."""
        match argument:
            case Display(_, _, elements):
                for element in elements:
                    yield from self._passed(element)
            case Mapping(_, _, values):
                for value in values:
                    yield from self._passed(value)
            case Conditional(_, _, then, otherwise):
                yield from self._passed(then)
                yield from self._passed(otherwise)
            case Starred(_, value):
                yield from self._passed(value)
            case Constant():
                pass
            case _:
                yield from self._passed_value(argument)

    def _passed_value(self, argument: Expression) -> Iterator[Edge]:
        for meaning in self._receiver.meanings(argument):
            target = meaning
            prepared: tuple[str, int] | None = None
            while isinstance(target, Partial):
                prepared = (target.module, target.at)
                target = target.target
            if isinstance(target, ProjectFunction | External):
                yield Edge(self.module.name, argument.number, target, "passed", prepared)
            else:
                yield from self._implicit_on(argument, target, ("__call__",))

    def _read(self, name: Expression) -> Iterator[Edge]:
        for meaning in self.program.resolve(self.module, name):
            if isinstance(meaning, External) and self._is_read(meaning.name):
                yield self._edge(name, meaning, "read")

    def _property(self, attribute: Attribute) -> Iterator[Edge]:
        for owner in self._receiver.meanings(attribute.value):
            outside = owner.of if isinstance(owner, Instance) else owner
            if isinstance(outside, External):
                name = f"{outside.name}.{attribute.name}"
                if self._is_read(name):
                    yield self._edge(attribute, External(name, outside.origin), "read")
            elif isinstance(owner, Instance) and isinstance(owner.of, ProjectClass):
                kind = owner.of
                if _is_name(attribute.value) and self.caller.receiver is not None:
                    order = self.program.mro(self.caller.receiver) or ()
                    kind = self.caller.receiver if kind in order else kind
                found = classes.search(self.program, kind, attribute.name)
                for member in found or self._dynamic(kind, attribute.name):
                    if isinstance(member, ProjectFunction) and (
                        not found or is_property(self.program, member)
                    ):
                        yield self._edge(attribute, member, "property")
                    else:
                        yield from self._implicit_on(attribute, member, ("__get__",))

    def _set(self, target: Attribute) -> Iterator[Edge]:
        """A property's setter, or a descriptor's."""
        for owner in self._receiver.meanings(target.value):
            if isinstance(owner, Instance) and isinstance(owner.of, ProjectClass):
                for member in classes.search(self.program, owner.of, target.name):
                    if isinstance(member, ProjectFunction):
                        _, function = self.program.function(member)
                        if classes.accessor(function) == "setter":
                            yield self._edge(target, member, "property")
                    else:
                        yield from self._implicit_on(target, member, ("__set__",))

    def _in_place(self, binding: Binding) -> Iterator[Edge]:
        if binding.operator is None or binding.value is None:
            return
        scope = self.module.facts.scopes[binding.scope]
        for meaning in self.program.name_in_scope(self.module, binding.name, scope):
            names = dunders.in_place(binding.operator)
            yield from self._implicit_on(binding.value, meaning, names)

    def _dynamic(self, kind: ProjectClass, name: str) -> list[Meaning]:
        """Return the method that answers for attributes nobody made."""
        if classes.instance_values(self.program, kind, name):
            return []
        return classes.search(self.program, kind, "__getattr__")

    def _implicit(self, operand: Expression, names: Iterable[str]) -> Iterator[Edge]:
        for meaning in self._receiver.meanings(operand):
            yield from self._implicit_on(operand, meaning, names)

    def _implicit_on(
        self, at: Expression, meaning: Meaning, names: Iterable[str]
    ) -> Iterator[Edge]:
        match meaning:
            case Instance(ProjectClass() as kind):
                for name in names:
                    for found in classes.search(self.program, kind, name):
                        if isinstance(found, ProjectFunction):
                            yield self._edge(at, found, "implicit")

    def _wrappers(self) -> Iterator[Edge]:
        """A decorator of the project runs its wrapper whenever the function is called."""
        for decorator in self.function.decorators:
            for meaning in self.program.resolve(self.module, decorator):
                if isinstance(meaning, ProjectFunction | ProjectClass):
                    for wrapper in self.program.call(meaning):
                        yield from self._wrapper(decorator, wrapper)

    def _wrapper(self, decorator: Expression, wrapper: Meaning) -> Iterator[Edge]:
        match wrapper:
            case ProjectFunction():
                yield self._edge(decorator, wrapper, "wrapper")
            case Instance(ProjectClass()):
                yield from self._implicit_on(decorator, wrapper, ("__call__",))

    def _edge(self, at: Expression, target: Target, how: How) -> Edge:
        return Edge(self.module.name, at.number, target, how)


def _is_name(expression: Expression) -> bool:
    return isinstance(expression, Name)
