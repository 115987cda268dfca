"""Everything workflow code reaches, with the chain that leads there.

Breadth first from the entry points of all workflow classes at once, so the chain kept for each
function is a shortest one. The walk stops at activities. Modules are loaded only when it comes to
them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lint_rules.facts.expressions import Attribute, Call, Expression
from lint_rules.facts.records import Function
from lint_rules.program import classes
from lint_rules.program.decorators import decorator_names
from lint_rules.program.edges import Edge, Edges, IsRead
from lint_rules.program.meaning import (
    External,
    Instance,
    Partial,
    ProjectClass,
    ProjectFunction,
    Unknown,
)
from lint_rules.program.modules import Module
from lint_rules.program.program import Program
from lint_rules.program.workflow_names import (
    ACTIVITIES,
    CONSTRUCTORS,
    ENTRY_POINTS,
    HOOKS,
    STEPS,
    VALIDATORS,
    WORKFLOWS,
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A function that runs in the workflow; `by` leads to it from `via`, an entry has neither."""

    function: ProjectFunction
    via: Reached | None
    by: Edge | None

    def chain(self) -> tuple[Reached, ...]:
        """Return the way from the entry point to this function."""
        way: list[Reached] = []
        step: Reached | None = self
        while step is not None:
            way.append(step)
            step = step.via
        return tuple(reversed(way))


class Exit(NamedTuple):
    """Reached code leads out of the project, to an activity, or to where nothing is known."""

    edge: Edge
    via: Reached


@dataclass(frozen=True, slots=True)
class Reach:
    """What workflow classes reach.

    `constructed` are the classes they make objects of; `activities` the ones they refer to, called
    directly or passed on. `callers` are all ways into a function, whatever class it was found
    through.
    """

    functions: tuple[Reached, ...]
    outside: tuple[Exit, ...]
    activities: tuple[Exit, ...]
    constructed: tuple[Exit, ...]
    unknown: tuple[Exit, ...]
    callers: Mapping[ProjectFunction, tuple[Edge, ...]]


def is_workflow(program: Program, module: Module, number: int) -> bool:
    """Tell whether a class of a module is decorated as a workflow."""
    return _decorated(program, module, module.facts.classes[number].decorators, WORKFLOWS)


def no_read(_name: str) -> bool:
    """Say that reading no outside name matters."""
    return False


class Walks:
    """Walks through one program; what a function calls is worked out once for all of them."""

    def __init__(self, program: Program, is_read: IsRead = no_read) -> None:
        self.program = program
        self._is_read = is_read
        self._edges: dict[ProjectFunction, tuple[Edge, ...]] = {}
        self._activities: dict[tuple[str, int], bool] = {}

    def from_workflows(self, workflows: Iterable[ProjectClass]) -> Reach:
        """Follow workflow classes from their entry points."""
        entries = [entry for kind in workflows for entry in entry_points(self.program, kind)]
        steps = [entry for entry in entries if self._is_step(entry)]
        # A step is called by `run`, and the chain should say so; only one that is not stands alone.
        first = [entry for entry in entries if entry not in steps]
        return _Walk(self).run(first, steps)

    def from_functions(self, entries: Iterable[ProjectFunction]) -> Reach:
        """Follow functions, each as if the runtime called it."""
        return _Walk(self).run(entries)

    def _is_step(self, function: ProjectFunction) -> bool:
        module, facts = self.program.function(function)
        return _decorated(self.program, module, facts.decorators, STEPS)

    def edges(self, function: ProjectFunction) -> tuple[Edge, ...]:
        """Return what a function calls."""
        if function not in self._edges:
            self._edges[function] = tuple(Edges(self.program, function, self._is_read).all())
        return self._edges[function]

    def is_activity(self, function: ProjectFunction) -> bool:
        """Tell whether a function is decorated as an activity."""
        key = (function.module, function.number)
        if key not in self._activities:
            module, facts = self.program.function(function)
            found = _decorated(self.program, module, facts.decorators, ACTIVITIES)
            self._activities[key] = found
        return self._activities[key]


def entry_points(program: Program, workflow: ProjectClass) -> Iterator[ProjectFunction]:
    """Yield the methods the runtime calls, inherited ones of the project included."""
    for name in _method_names(program, workflow):
        for found in classes.search(program, workflow, name):
            if isinstance(found, ProjectFunction):
                module, function = program.function(found)
                if name in CONSTRUCTORS or name in HOOKS or _is_entry(program, module, function):
                    yield found


def _method_names(program: Program, kind: ProjectClass) -> list[str]:
    names: dict[str, None] = {}
    for base in program.mro(kind) or (kind,):
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            for function in module.view.methods_by_class.get(base.number, ()):
                names[function.name] = None
    return list(names)


def _is_entry(program: Program, module: Module, function: Function) -> bool:
    for decorator in function.decorators:
        called = decorator.function if isinstance(decorator, Call) else decorator
        # `@my_update.validator` is an attribute of the update method.
        if isinstance(called, Attribute) and called.name == "validator":
            return True
    return _decorated(program, module, function.decorators, ENTRY_POINTS)


def _decorated(
    program: Program,
    module: Module,
    decorators: tuple[Expression, ...],
    wanted: frozenset[str],
) -> bool:
    return not wanted.isdisjoint(decorator_names(program, module, decorators))


def given_fields(program: Program, edge: Edge, kind: ProjectClass) -> frozenset[str]:
    """Return the fields that a call gives a value, so that their defaults are not asked."""
    call = program.modules[edge.module].facts.expressions[edge.at]
    if not isinstance(call, Call):
        return frozenset()
    named = {keyword.name for keyword in call.keywords if keyword.name is not None}
    module = program.modules[kind.module]
    scope = module.facts.classes[kind.number].scope
    fields = [b.name for b in module.view.bindings_of_scope.get(scope, ()) if b.annotation]
    return frozenset({*named, *fields[: len(call.arguments)]})


class _Walk:
    """One breadth-first walk."""

    def __init__(self, walks: Walks) -> None:
        self.walks = walks
        self.program = walks.program
        self.found: dict[ProjectFunction, Reached] = {}
        self.queue: deque[Reached] = deque()
        self.made: dict[ProjectClass, list[Exit]] = {}
        self.exits: dict[str, list[Exit]] = {"outside": [], "activities": [], "unknown": []}
        self.callers: dict[ProjectFunction, list[Edge]] = defaultdict(list)

    def run(
        self, entries: Iterable[ProjectFunction], later: Iterable[ProjectFunction] = ()
    ) -> Reach:
        """Walk from some functions, then from those of `later` that have not been reached."""
        for several in (entries, later):
            for entry in several:
                self._add(entry, None, None)
            self._walk()
        return Reach(
            functions=tuple(self.found.values()),
            outside=tuple(self.exits["outside"]),
            activities=tuple(self.exits["activities"]),
            constructed=tuple(exit_ for several in self.made.values() for exit_ in several),
            unknown=tuple(self.exits["unknown"]),
            callers={function: tuple(edges) for function, edges in self.callers.items()},
        )

    def _walk(self) -> None:
        while self.queue:
            reached = self.queue.popleft()
            for edge in self.walks.edges(reached.function):
                self._follow(reached, edge)

    def _follow(self, reached: Reached, edge: Edge) -> None:
        match edge.target:
            case ProjectFunction() as function:
                if self.walks.is_activity(function):
                    self.exits["activities"].append(Exit(edge, reached))
                else:
                    self._add(function, reached, edge)
            case ProjectClass() as kind:
                self._construct(kind, reached, edge)
            case External():
                self.exits["outside"].append(Exit(edge, reached))
            case Unknown():
                self.exits["unknown"].append(Exit(edge, reached))

    def _add(self, function: ProjectFunction, via: Reached | None, by: Edge | None) -> None:
        if by is not None:
            self.callers[ProjectFunction(function.module, function.number)].append(by)
        if function not in self.found:
            self.found[function] = Reached(function, via, by)
            self.queue.append(self.found[function])

    def _construct(self, kind: ProjectClass, reached: Reached, edge: Edge) -> None:
        first = kind not in self.made
        self.made.setdefault(kind, []).append(Exit(edge, reached))
        if first:
            for function in self._run_by_construction(kind):
                self._add(function, reached, edge)
        given = given_fields(self.program, edge, kind)
        for name, factory in self._default_factories(kind):
            if name not in given:
                self._follow(reached, factory)

    def _run_by_construction(self, kind: ProjectClass) -> Iterator[ProjectFunction]:
        for name in _method_names(self.program, kind):
            for found in classes.search(self.program, kind, name):
                if isinstance(found, ProjectFunction):
                    module, function = self.program.function(found)
                    validates = _decorated(self.program, module, function.decorators, VALIDATORS)
                    if name in CONSTRUCTORS or validates:
                        yield found

    def _default_factories(self, kind: ProjectClass) -> Iterator[tuple[str, Edge]]:
        for base in self.program.mro(kind) or (kind,):
            if not isinstance(base, ProjectClass):
                continue
            module = self.program.modules[base.module]
            scope = module.facts.classes[base.number].scope
            for binding in module.view.bindings_of_scope.get(scope, ()):
                if isinstance(binding.value, Call):
                    for edge in self._factory(module, binding.value):
                        yield binding.name, edge

    def _factory(self, module: Module, field: Call) -> Iterator[Edge]:
        factory = field.keyword("default_factory")
        if factory is None:
            return
        for meaning in self.program.resolve(module, factory):
            target = meaning
            while isinstance(target, Partial):
                target = target.target
            if isinstance(target, Instance):
                called = self.program.attribute(target, "__call__")
                target = next((m for m in called if isinstance(m, ProjectFunction)), target)
            if isinstance(target, ProjectFunction | External):
                yield Edge(module.name, factory.number, target, "factory")
