"""Values whose form nobody promises: answers at a gate, untyped signals, results of children.

They are followed backwards from where they are used: through names, `self`, helper functions and
their parameters. What cannot be followed comes from nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Conditional,
    Display,
    Expression,
    Name,
    Operation,
    Subscript,
    Walrus,
)
from lint_rules.facts.records import Binding, Function, Parameter
from lint_rules.program import External, Module, Program, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.names import lookup
from lint_rules.program.reach import Reach
from lint_rules.program.workflow_names import HOOKS
from lint_rules.runbook_code.read import base_method, facade_member

Source = Literal["decision", "row action", "signal", "child"]

_FAR = 12
_SAME = frozenset({"builtins.dict", "builtins.list", "typing.cast", "copy.copy", "copy.deepcopy"})
_PARTS = frozenset({"get", "pop", "popleft", "values", "items", "setdefault"})
_SOURCES: dict[str, Source] = {
    "wait_for_action": "decision",
    "run_child_workflow": "child",
    "run_child_workflows": "child",
}
_UNTYPED = frozenset(
    {
        *("builtins.dict", "builtins.object", "typing.Any", "typing.Dict", "typing.Mapping"),
        *("collections.abc.Mapping", "collections.abc.MutableMapping"),
    }
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from; `whole` unless it is only a part of what came."""

    source: Source
    whole: bool = True

    @property
    def part(self) -> Origin:
        """What something taken out of the value comes from."""
        return Origin(self.source, False)


class OutsideValues:
    """Tells of expressions in reached code whether their value came from outside."""

    def __init__(self, program: Program, reach: Reach) -> None:
        self.program = program
        self._callers = reach.callers
        self._known: dict[tuple[str, int], Origin | None] = {}

    def origin(self, module: Module, expression: Expression) -> Origin | None:
        """Return where a value comes from; None for values of the runbook's own."""
        return self._origin(module, expression, 0)

    def _origin(self, module: Module, expression: Expression, depth: int) -> Origin | None:
        key = (module.name, expression.number)
        if key not in self._known:
            if depth > _FAR:
                return None
            self._known[key] = None  # a value made of itself comes from nowhere
            self._known[key] = self._find(module, expression, depth + 1)
        return self._known[key]

    def _first(self, module: Module, several: Iterable[Expression], depth: int) -> Origin | None:
        found = (self._origin(module, each, depth) for each in several)
        return next((origin for origin in found if origin is not None), None)

    def _find(self, module: Module, expression: Expression, depth: int) -> Origin | None:
        match expression:
            case Await(_, value) | Walrus(_, _, value):
                return self._origin(module, value, depth)
            case Conditional(_, _, then, otherwise):
                return self._first(module, (then, otherwise), depth)
            case Operation(_, ("or" | "and",), operands):
                return self._first(module, operands, depth)
            case Subscript(_, value, _):
                found = self._origin(module, value, depth)
                return found.part if found else None
            case Call():
                return self._call(module, expression, depth)
            case Name(_, name):
                bindings = lookup(module, name, module.facts.scope_of(expression), expression)
                origins = (self._bound(module, binding, depth) for binding in bindings)
                return next((origin for origin in origins if origin is not None), None)
            case Attribute(_, Name(), name):
                return self._attribute(module, name, expression, depth)
            case _:
                return None

    # --- calls ---------------------------------------------------------------------------------

    def _call(self, module: Module, call: Call, depth: int) -> Origin | None:
        for meaning in self.program.resolve(module, call.function):
            match meaning:
                case External(name):
                    found = self._outside_call(module, name, call, depth)
                case ProjectFunction():
                    found = self._returned(meaning, depth)
                case _:
                    found = None
            if found is not None:
                return found
        if isinstance(call.function, Attribute) and call.function.name in {*_PARTS, "copy"}:
            whole = self._origin(module, call.function.value, depth)
            return whole.part if whole and call.function.name in _PARTS else whole
        return None

    def _outside_call(self, module: Module, name: str, call: Call, depth: int) -> Origin | None:
        method = base_method(name)
        if method == "run_step" and len(call.arguments) > 1:
            method = base_method(self.program.name(module, call.arguments[1]) or "")
        if method in _SOURCES:
            return Origin(_SOURCES[method])
        if name in _SAME and call.arguments:
            return self._origin(module, call.arguments[-1], depth)
        return None

    def _returned(self, called: ProjectFunction, depth: int) -> Origin | None:
        return next(
            (
                origin
                for module, value in self._returns(called)
                if (origin := self._origin(module, value, depth)) is not None
            ),
            None,
        )

    def _returns(self, called: ProjectFunction) -> Iterator[tuple[Module, Expression]]:
        module, function = self.program.function(called)
        for leave in module.view.leaves_of_scope(function.scope):
            if leave.kind == "return" and leave.value is not None:
                yield module, leave.value

    # --- names ---------------------------------------------------------------------------------

    def _bound(self, module: Module, binding: Binding, depth: int) -> Origin | None:
        if binding.kind == "parameter":
            return self._parameter(module, binding, depth)
        if binding.value is None:
            return None
        if binding.kind == "for":
            found = self._origin(module, binding.value, depth)
            return found.part if found else None
        if binding.kind not in ("assign", "walrus"):
            return None
        if binding.path:
            return self._unpacked(module, binding.value, binding.path, depth)
        return self._origin(module, binding.value, depth)

    def _unpacked(
        self, module: Module, value: Expression, path: tuple[int, ...], depth: int
    ) -> Origin | None:
        """Follow `slip, answer = await self._review(...)` to the tuple that it returns."""
        value = value.value if isinstance(value, Await) else value
        displays = [(module, value)]
        if isinstance(value, Call):
            functions = self.program.resolve(module, value.function)
            called = [each for each in functions if isinstance(each, ProjectFunction)]
            displays = [found for each in called for found in self._returns(each)]
        for other, display in displays:
            if len(path) == 1 and isinstance(display, Display):
                elements = display.elements
                if 0 <= path[0] < len(elements):
                    return self._origin(other, elements[path[0]], depth)
        return None

    def _parameter(self, module: Module, binding: Binding, depth: int) -> Origin | None:
        owner = module.facts.scopes[binding.scope].owner
        if owner is None:
            return None
        function = module.facts.functions[owner]
        names = [parameter.name for parameter in function.parameters]
        place = names.index(binding.name) if binding.name in names else None
        if place is None or not self._is_untyped(module, function.parameters[place]):
            return None
        source = self._handled(module, function)
        if source is not None:
            return Origin(source) if place else None
        return self._passed(module, function, place, depth)

    def _is_untyped(self, module: Module, parameter: Parameter) -> bool:
        annotation = parameter.annotation
        if annotation is None:
            return parameter.kind in ("plain", "positional", "keyword")
        base = annotation.value if isinstance(annotation, Subscript) else annotation
        return self.program.name(module, base) in _UNTYPED

    def _handled(self, module: Module, function: Function) -> Source | None:
        if function.name in HOOKS and function.owner_class is not None:
            return "row action"
        names = decorator_names(self.program, module, function.decorators)
        return "signal" if any(facade_member(name) == "signal" for name in names) else None

    def _passed(self, module: Module, function: Function, place: int, depth: int) -> Origin | None:
        name = function.parameters[place].name
        for edge in self._callers.get(ProjectFunction(module.name, function.number), ()):
            caller = self.program.modules[edge.module]
            call = caller.facts.expressions[edge.at]
            if edge.how != "call" or not isinstance(call, Call):
                continue
            given = call.keyword(name)
            # A method is called without its first parameter.
            at = place - (function.owner_class is not None)
            if given is None and 0 <= at < len(call.arguments):
                given = call.arguments[at]
            found = None if given is None else self._origin(caller, given, depth)
            if found is not None:
                return found
        return None

    # --- attributes of self --------------------------------------------------------------------

    def _attribute(
        self, module: Module, name: str, expression: Attribute, depth: int
    ) -> Origin | None:
        function = module.view.function_of(module.facts.scope_of(expression))
        if function is None or not isinstance(expression.value, Name):
            return None
        if not function.parameters or function.parameters[0].name != expression.value.name:
            return None
        for write in module.view.writes_by_attribute.get(name, ()):
            if write.kind == "assign" and write.value is not None and not write.path:
                found = self._origin(module, write.value, depth)
                if found is not None:
                    return found
        return self._first(module, self._appended.get((module.name, name), ()), depth)

    @cached_property
    def _appended(self) -> dict[tuple[str, str], list[Expression]]:
        """What is appended to lists that are attributes, by module and attribute."""
        found: dict[tuple[str, str], list[Expression]] = {}
        for module in self.program.modules.loaded:
            for site in module.view.calls:
                match site.call:
                    case Call(_, Attribute(_, Attribute(_, Name(), name), "append"), (value,), ()):
                        found.setdefault((module.name, name), []).append(value)
        return found
