"""Where reached code takes a set apart in its order, or sends one as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Constant,
    Display,
    Expression,
    FormattedString,
    Lambda,
    Mapping,
    Starred,
)
from lint_rules.facts.records import Block
from lint_rules.program import External, Instance, Meaning, Module, ProjectClass
from lint_rules.program.reach import Reached
from lint_rules.workflow_code.commands import command
from lint_rules.workflow_code.flow import Flow
from lint_rules.workflow_code.numbers import is_of_numbers
from lint_rules.workflow_code.points import Sink


@dataclass(frozen=True, slots=True)
class Unordered:
    """A set that is taken in its order (or sent whole), and everything that decides."""

    module: Module
    expression: Expression
    sinks: tuple[Sink, ...]
    via: Reached

    def worst(self) -> Sink | None:
        """Return the sink that does the most harm."""
        order = {"noise": 0, "payload": 1, "sequence": 2}
        known = [sink for sink in self.sinks if sink.impact is not None]
        return max(known, key=lambda sink: order[sink.impact or "noise"], default=None)


class SetFinder:
    """Looks for sets among the expressions of reached functions."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.program = flow.program
        self.ordering = flow.classifier.ordering

    def taken_apart(
        self, reached: Reached, module: Module, scopes: tuple[int, ...]
    ) -> Iterator[Unordered]:
        """Yield the sets that one function takes in their order."""
        view = module.view
        for iteration in (i for s in scopes for i in view.iterations_by_scope.get(s, ())):
            if not self.is_set(module, iteration.iterable):
                continue
            if iteration.by == "for":
                sinks = self._of_loop(module, iteration.iterable)
            else:
                sinks = self.flow.sinks(module, iteration.iterable, "set")
            yield Unordered(module, iteration.iterable, sinks, reached)
        for call in module.view.of_kind(scopes, Call):
            yield from self._call(reached, module, call)
        for text in module.view.of_kind(scopes, FormattedString):
            for field in text.fields:
                if self.is_set(module, field.value):
                    sinks = self.flow.sinks(module, field.value, "set")
                    yield Unordered(module, field.value, sinks, reached)
        for binding in (b for s in scopes for b in view.bindings_by_scope.get(s, ())):
            # `a, b = some_set`; one of the names is enough.
            unpacked = binding.kind == "assign" and binding.path[:1] == (0,)
            if unpacked and binding.value is not None and self.is_set(module, binding.value):
                sinks = self.flow.sinks(module, binding.value, "set")
                yield Unordered(module, binding.value, sinks, reached)

    def _of_loop(self, module: Module, iterable: Expression) -> tuple[Sink, ...]:
        for record in module.view.contexts.get(iterable.number, ()):
            if isinstance(record, Block) and record.kind == "for":
                return self.flow.sinks_of_loop(module, record, iterable)
        return ()

    def _call(self, reached: Reached, module: Module, call: Call) -> Iterator[Unordered]:
        name = None
        for meaning in self.program.resolve(module, call.function):
            if isinstance(meaning, External):
                name = self.flow.classifier.table.canonical(meaning.name)
        if isinstance(call.function, Attribute) and call.function.name == "pop":
            if not call.arguments and self.is_set(module, call.function.value):
                yield Unordered(module, call, self.flow.sinks(module, call), reached)
            return
        if name is None:
            return
        ordering = self.ordering
        keyed = any(keyword.name == "key" for keyword in call.keywords)
        takes = name in ordering.carriers or (name in ordering.killers_without_key and keyed)
        if not takes and name not in ("asyncio.wait", "asyncio.as_completed"):
            return
        for argument in call.arguments:
            if not isinstance(argument, Starred) and self.is_set(module, argument):
                sinks = self.flow.sinks(module, argument, "set")
                yield Unordered(module, argument, sinks, reached)

    def sent(
        self, reached: Reached, module: Module, scopes: tuple[int, ...]
    ) -> Iterator[Unordered]:
        """Yield the sets that one function sends as data, alone or inside something."""
        for expression in self._handed_on(module, scopes):
            if self.is_set(module, expression):
                sinks = self.flow.sinks(module, expression, "holds")
                sent = tuple(sink for sink in sinks if sink.impact == "payload")
                yield Unordered(module, expression, sent, reached)

    def _handed_on(self, module: Module, scopes: tuple[int, ...]) -> Iterator[Expression]:
        """Yield what goes into a call that sends, into a container, or out of the workflow."""
        view = module.view
        for call in view.of_kind(scopes, Call):
            given = [*call.arguments, *(keyword.value for keyword in call.keywords)]
            likely = [each for each in given if _may_be_set(each)]
            if likely and any(map(self._sends, self.program.resolve(module, call.function))):
                yield from likely
        for display in view.of_kind(scopes, Display):
            if display.kind != "set":
                yield from filter(_may_be_set, display.elements)
        for mapping in view.of_kind(scopes, Mapping):
            yield from filter(_may_be_set, mapping.values)
        yield from self._answers(module, scopes)

    def _answers(self, module: Module, scopes: tuple[int, ...]) -> Iterator[Expression]:
        """Yield what the workflow, or an update, gives back."""
        function = module.view.function_of(module.facts.scopes[scopes[0]])
        if function is None or not self.flow.readers.answers_outside(module, function):
            return
        for leave in module.view.leaves_of_scope(function.scope):
            if leave.kind == "return" and leave.value is not None:
                yield leave.value

    def _sends(self, meaning: Meaning) -> bool:
        match meaning:
            case External(name):
                last = name.rpartition(".")[2]
                return command(name) is not None or last[:1].isupper() or last == "append"
            case ProjectClass():
                return True
            case _:
                return False

    def is_set(self, module: Module, expression: Expression) -> bool:
        """Tell whether a value has no order of its own."""
        if isinstance(expression, Await | Starred):
            return self.is_set(module, expression.value)
        if _is_single(expression):
            return False
        found = self.program.resolve(module, expression)
        if self.program.is_set(found):
            return not is_of_numbers(self.program, module, expression)
        if any(self._is_unordered(meaning) for meaning in found):
            return True
        return isinstance(expression, Call) and any(
            isinstance(meaning, External) and meaning.name in self.ordering.unordered_results
            for meaning in self.program.resolve(module, expression.function)
        )

    def _is_unordered(self, meaning: Meaning) -> bool:
        match meaning:
            case Instance(External(name)):
                return name in self.ordering.unordered_types
            case _:
                return False


def _is_single(expression: Expression) -> bool:
    """Tell whether a set is written out with one element: it has only one order."""
    if not isinstance(expression, Display) or len(expression.elements) != 1:
        return False
    return not isinstance(expression.elements[0], Starred)


def _may_be_set(expression: Expression) -> bool:
    return not isinstance(expression, Constant | FormattedString | Lambda | Starred)
