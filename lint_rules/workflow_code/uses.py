"""Where reached code uses what the hazard table knows, and where it leads to what nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Attribute, Call, Expression, Keyword, Subscript
from lint_rules.hazards import Boundary, Hazard, Hazards
from lint_rules.program import (
    External,
    Instance,
    Module,
    Program,
    ProjectClass,
    ProjectFunction,
)
from lint_rules.program.calls import PARTIALS
from lint_rules.program.edges import Edge
from lint_rules.program.reach import Exit, Reach, Reached
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.conditions import Arguments, Conditions

_LOOKS_ONLY = frozenset(
    {
        "builtins.bool",
        "builtins.callable",
        "builtins.getattr",
        "builtins.hasattr",
        "builtins.id",
        "builtins.isinstance",
        "builtins.issubclass",
        "builtins.len",
        "builtins.print",
        "builtins.repr",
        "builtins.setattr",
        "builtins.type",
        "functools.wraps",
        "inspect.signature",
        "typing.cast",
        "typing.get_type_hints",
    }
)
"""Callables that look at a callable they are given, and do not call it."""

_CALLS_CLASSES = frozenset(
    f"builtins.{name}" for name in ("map", "filter", "sorted", "min", "max", "iter")
) | {"functools.partial", "functools.reduce", "itertools.starmap"}
"""Callables that call a class they are given; others are taken to want the type."""

_ONE_ARGUMENT = frozenset(
    f"builtins.{name}" for name in ("map", "filter", "sorted", "min", "max")
) | {"functools.reduce", "itertools.starmap", "itertools.groupby"}
"""Callables that give what they are given an argument."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a hazard in reached code; `name` is the qualified name, as it was reached."""

    module: Module
    expression: Expression
    name: str
    hazard: Hazard
    how: str
    on_instance: bool
    via: Reached | None


@dataclass(frozen=True, slots=True)
class UnknownUse:
    """A call behind which nothing is known, and why."""

    module: Module
    expression: Expression
    name: str
    reason: str
    via: Reached


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses, in the order they were reached, and how many calls could be followed."""

    hazards: tuple[Use, ...]
    unknown: tuple[UnknownUse, ...]
    resolved: int
    unresolved: int


class UseFinder:
    """Judges the ways out of reached code."""

    def __init__(self, program: Program, classifier: Classifier) -> None:
        self.program = program
        self.classifier = classifier
        self.conditions = Conditions(program, classifier)

    def all(self, reach: Reach) -> Uses:
        """Return what a reach uses."""
        found = {(use.module.name, use.expression.number): use for use in self._hazards(reach)}
        hazards = tuple(use for use in found.values() if not self._is_part(use, found))
        unknown = tuple(self._unknown(reach.outside))
        calls: dict[tuple[str, int], bool] = defaultdict(bool)
        for exit_ in (*reach.unknown, *reach.outside):
            if exit_.edge.how == "call":
                place = (exit_.edge.module, exit_.edge.at)
                calls[place] |= isinstance(exit_.edge.target, External)
        for use in unknown:
            calls[use.module.name, use.expression.number] = False
        inside = {(e.module, e.at) for edges in reach.callers.values() for e in edges}
        inside |= {(e.edge.module, e.edge.at) for e in (*reach.activities, *reach.constructed)}
        inside -= calls.keys()
        unresolved = sum(not known for known in calls.values())
        return Uses(hazards, unknown, len(inside) + len(calls) - unresolved, unresolved)

    def _hazards(self, reach: Reach) -> Iterator[Use]:
        for exit_ in reach.outside:
            use = self.judge(exit_.edge, exit_.via)
            if use is not None:
                yield use

    def judge(self, edge: Edge, via: Reached | None) -> Use | None:
        """Return the hazard an edge leads to, if it leads to one."""
        if not isinstance(edge.target, External):
            return None
        found = self.classifier.lookup(edge.target.name)
        if not isinstance(found, Hazards):
            return None
        module = self.program.modules[edge.module]
        expression = module.facts.expressions[edge.at]
        arguments = self._arguments(module, expression, edge, found)
        if arguments is None:
            return None
        use = "read" if edge.how == "read" else "call"
        hazard = self.conditions.chosen(module, found.variants, arguments, use)
        if hazard is None and edge.how == "call":
            # A method of a hazardous value: `os.environ.get(..)`.
            hazard = self.conditions.chosen(module, found.variants, arguments, "read")
        if hazard is None or self._asks_author(module, expression, found.name):
            return None
        instance = self._is_on_instance(module, expression)
        return Use(module, expression, edge.target.name, hazard, edge.how, instance, via)

    def _asks_author(self, module: Module, expression: Expression, name: str) -> bool:
        """Tell whether `hash(x)` calls the author's own method, which is followed by itself."""
        if name != "builtins.hash" or not isinstance(expression, Call):
            return False
        return any(
            isinstance(method, ProjectFunction)
            for argument in expression.arguments
            for meaning in self.program.resolve(module, argument)
            if isinstance(meaning, Instance) and isinstance(meaning.of, ProjectClass)
            for method in self.program.attribute(meaning, "__hash__")
        )

    def _arguments(
        self, module: Module, expression: Expression, edge: Edge, found: Hazards
    ) -> Arguments | None:
        """Return what the hazard is called with, None when it is not called at all."""
        if isinstance(expression, Call) and edge.how == "call":
            return Arguments(self._with_prepared(expression, edge.prepared))
        if edge.how == "passed":
            taker = self._taker(module, expression)
            if taker is None or taker in _LOOKS_ONLY or taker in PARTIALS:
                # What `partial` prepares is judged where it is called, or passed on.
                return None
            last = found.name.removesuffix(".*").rpartition(".")[2]
            is_class = last[:1].isupper() or _is_class(edge)
            if is_class and taker not in _CALLS_CLASSES and not self._is_called(module, expression):
                return None
            if edge.prepared is not None:
                return Arguments(self._with_prepared(_bare(expression), edge.prepared))
            return Arguments(None, given=taker in _ONE_ARGUMENT)
        return Arguments(None)

    def _with_prepared(self, call: Call, prepared: tuple[str, int] | None) -> Call:
        """Return a call with the arguments that `functools.partial` puts before its own."""
        if prepared is None:
            return call
        name, number = prepared
        first = self.program.modules[name].facts.expressions[number]
        if not isinstance(first, Call):
            return call
        return Call(
            call.number,
            call.function,
            (*first.arguments[1:], *call.arguments),
            (*first.keywords, *call.keywords),
        )

    def _taker(self, module: Module, expression: Expression) -> str | None:
        """Return the name of the call an expression is passed to; empty when it has none."""
        inner: Expression | None = expression
        while inner is not None and not isinstance(inner, Call):
            if isinstance(inner, Keyword):
                return None
            inner = module.view.parents.get(inner.number)
        if inner is None:
            return None
        return self.program.name(module, inner.function) or ""

    def _is_called(self, module: Module, expression: Expression) -> bool:
        """Tell whether the function of the project that is given a class calls it."""
        call = module.view.parents.get(expression.number)
        if not isinstance(call, Call):
            return False
        for meaning in self.program.resolve(module, call.function):
            if isinstance(meaning, ProjectFunction):
                other, function = self.program.function(meaning)
                names = {parameter.name for parameter in function.parameters}
                for inner in other.view.by_scope.get(function.scope, ()):
                    if isinstance(inner, Call) and getattr(inner.function, "name", "") in names:
                        return True
        return False

    def _is_on_instance(self, module: Module, expression: Expression) -> bool:
        function = expression.function if isinstance(expression, Call) else expression
        if not isinstance(function, Attribute):
            return False
        owners = self.program.resolve(module, function.value)
        return any(isinstance(owner, Instance) for owner in owners)

    def _is_part(self, use: Use, found: dict[tuple[str, int], Use]) -> bool:
        """Tell whether a use is only the beginning of a longer one, or its object is one."""
        module, expression = use.module, use.expression
        if use.how == "read":
            inner = module.view.parents.get(expression.number)
            while isinstance(inner, Attribute):
                inner = module.view.parents.get(inner.number)
            if isinstance(inner, Subscript) and module.view.is_target(inner):
                # Writing to it is NTR114's business.
                return True
            return isinstance(inner, Call) and (module.name, inner.number) in found
        if use.hazard.code != "NTR118" or not isinstance(expression, Call):
            return False
        # What has no zone because the clock gave none is mended with the clock.
        receiver: Expression = expression.function
        while isinstance(receiver, Attribute | Call | Subscript):
            receiver = receiver.function if isinstance(receiver, Call) else receiver.value
            if (module.name, receiver.number) in found:
                return True
        return False

    def _unknown(self, exits: Iterable[Exit]) -> Iterator[UnknownUse]:
        for exit_ in exits:
            target = exit_.edge.target
            if not isinstance(target, External) or exit_.edge.how != "call":
                continue
            module = self.program.modules[exit_.edge.module]
            expression = module.facts.expressions[exit_.edge.at]
            found = self.classifier.lookup(target.name)
            if isinstance(found, Boundary):
                if not self._is_settled(module, expression):
                    yield UnknownUse(module, expression, target.name, found.reason, exit_.via)
            elif self.classifier.is_unknown(target):
                reason = "a package the kit knows nothing about"
                yield UnknownUse(module, expression, target.name, reason, exit_.via)

    def _is_settled(self, module: Module, expression: Expression) -> bool:
        """Tell whether the program stage could follow it: `import_module("constant")`."""
        return any(
            not isinstance(meaning, Instance) and self.program.qualified_name(meaning) is not None
            for meaning in self.program.resolve(module, expression)
        )


def _bare(expression: Expression) -> Call:
    """Return a call of an expression without arguments."""
    return Call(expression.number, expression, (), ())


def _is_class(edge: Edge) -> bool:
    return isinstance(edge.target, External) and edge.target.name in (
        "socket.socket",
        "datetime.datetime",
        "datetime.date",
    )
