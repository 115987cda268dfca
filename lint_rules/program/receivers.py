"""What names mean inside a method that is called on an object of a certain class.

`self.step()` in a base class means the override of the class the object has.
"""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.facts.records import Function
from lint_rules.program import classes
from lint_rules.program.meaning import Instance, Meaning, ProjectClass, ProjectFunction, Super
from lint_rules.program.modules import Module
from lint_rules.program.program import Program


class Receiver:
    """Resolves expressions of one function in the light of the object it is called on."""

    def __init__(self, program: Program, caller: ProjectFunction) -> None:
        self.program = program
        self.caller = caller
        self.module, self.function = program.function(caller)

    def meanings(self, expression: Expression) -> Iterable[Meaning]:
        """Return what an expression means when `self` is an object of the receiver."""
        receiver = self.caller.receiver
        if receiver is None:
            return self.program.resolve(self.module, expression)
        if isinstance(expression, Attribute):
            found = self._of_receiver(expression, receiver)
            if found:
                return found
        meanings = self.program.resolve(self.module, expression)
        return [self._with_receiver(meaning, receiver) for meaning in meanings]

    def _of_receiver(self, attribute: Attribute, receiver: ProjectClass) -> list[Meaning]:
        order = self.program.mro(receiver) or (receiver,)
        for meaning in self.program.resolve(self.module, attribute.value):
            if isinstance(meaning, Super):
                return classes.search(self.program, receiver, attribute.name, after=meaning.after)
            own = meaning.of if isinstance(meaning, Instance) else meaning
            if not isinstance(own, ProjectClass) or own not in order:
                continue
            if self._stands_for_receiver(attribute.value):
                return classes.search(self.program, receiver, attribute.name)
            if isinstance(meaning, ProjectClass):
                # `Base.method(self)`: that very method, on the same object.
                named = classes.search(self.program, own, attribute.name)
                return [self._on(receiver, found) for found in named]
        return []

    def _stands_for_receiver(self, value: Expression) -> bool:
        """Tell whether an expression is `self`, `cls`, `type(self)` or `self.__class__`."""
        first = self.function.parameters[0].name if self.function.parameters else None
        match value:
            case Name(_, name):
                return name == first or not self._is_class_name(value)
            case Attribute(_, Name(_, name), "__class__"):
                return name == first
            case Call(_, Name(_, "type"), (Name(_, name),), ()):
                return name == first
            case _:
                return False

    def _is_class_name(self, name: Expression) -> bool:
        found = self.program.resolve(self.module, name)
        return any(isinstance(meaning, ProjectClass) for meaning in found)

    def _on(self, receiver: ProjectClass, meaning: Meaning) -> Meaning:
        if isinstance(meaning, ProjectFunction):
            return ProjectFunction(meaning.module, meaning.number, receiver)
        return meaning

    def _with_receiver(self, meaning: Meaning, receiver: ProjectClass) -> Meaning:
        # A function defined inside a method sees the `self` of that method.
        if isinstance(meaning, ProjectFunction) and meaning.receiver is None:
            other, function = self.program.function(meaning)
            if other is self.module and _is_nested(other, function, self.function):
                return ProjectFunction(meaning.module, meaning.number, receiver)
        return meaning


def _is_nested(module: Module, inner: Function, outer: Function) -> bool:
    scope = module.facts.scopes[inner.scope].parent
    while scope is not None:
        if scope == outer.scope:
            return True
        scope = module.facts.scopes[scope].parent
    return False
