"""Follows the answer to a review gate through names, attributes, tuples, helpers and returns.

In doubt it is lost, never ignored: a rule that says nothing is read must be certain of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from lint_rules.facts.expressions import Attribute, Await, Call, Constant, Expression, Subscript
from lint_rules.facts.records import STAR, Binding, Block, Function, Leave, Write
from lint_rules.program import Module, Program, ProjectFunction
from lint_rules.program.edges import Edge
from lint_rules.program.reach import Reach
from lint_rules.runbook_code.answers import branches, expressions
from lint_rules.runbook_code.answers.carried import Carried, Entered, Place
from lint_rules.runbook_code.answers.decisions import Decision, Read, Spot, Test
from lint_rules.runbook_code.runbook import Gate, Runbook
from lint_rules.workflow_code.points import Next, Point
from lint_rules.workflow_code.workflow_code import WorkflowCode

_FAR = 1500
"""Places after which an answer is given up."""

_ALTOGETHER = 20_000
"""Places after which the answers to all further gates of a class are given up."""

_RUN_STEP = ("ntro.workflow.NtroWorkflow.run_step", "ntro.workflow._base.NtroWorkflow.run_step")


def decisions_of(workflow: WorkflowCode, runbook: Runbook) -> tuple[Decision, ...]:
    """Return what becomes of the answer to each review gate."""
    found: list[Decision] = []
    spent = 0
    for gate in runbook.gates:
        if gate.kind == "review":
            trail = Trail(workflow, gate)
            found.append(trail.follow(min(_FAR, _ALTOGETHER - spent)))
            spent += trail.spent
    return tuple(found)


class Trail:
    """Follows one answer."""

    def __init__(self, workflow: WorkflowCode, gate: Gate) -> None:
        self.program: Program = workflow.program
        self.reach: Reach = workflow.reach
        self.classifier = workflow.classifier
        self.readers = workflow.flow.readers
        self.found = Decision(gate)
        self.spent = 0
        self.examined: set[tuple[str, int, tuple[Entered, ...]]] = set()
        self._stored: set[int] = set()
        self.leaving: dict[tuple[str, int], bool] = {}

    def follow(self, far: int = _FAR) -> Decision:
        """Return what is done with it, given up after so many places."""
        gate = self.found.gate
        queue = deque([Place(gate.module, gate.call, Carried())])
        seen: set[tuple[str, int, Carried]] = set()
        while queue and len(seen) < far:
            place = queue.popleft()
            key = (place.module.name, place.expression.number, place.carried)
            if key not in seen:
                seen.add(key)
                queue.extend(self._next(place))
        self.spent = len(seen)
        if queue:
            self.lose(queue[0])
        return self.found

    # --- what is noted on the way --------------------------------------------------------------

    def read(self, place: Place, keys: frozenset[str] | None) -> None:
        """Note that entries of the answer are read."""
        self.found.reads.append(Read(place.module, place.expression, keys))

    def test(self, place: Place, words: frozenset[str] | None) -> None:
        """Note that an entry is compared with words; None when they cannot be told."""
        held = place.carried
        test = Test(place.module, place.expression, held.keys, words, held.fold)
        self.found.tests.append(test)

    def shape(self, place: Place) -> None:
        """Note a test of whether there is an answer."""
        self.found.shapes.append(Spot(place.module, place.expression))

    def attribute(self, place: Place) -> None:
        """Note that an attribute of the dict is read."""
        self.found.attributes.append(Spot(place.module, place.expression))
        self.found.decides = True

    def decide(self, place: Place) -> None:
        """Note that it changes what the run does or sends."""
        if not place.carried.is_detail:
            self.found.decides = True

    def loosen(self, place: Place) -> None:
        """Note that something is made of it that may be read in any way later."""
        if not place.carried.is_detail and place.carried.form not in ("made", "shape"):
            self.found.is_loose = True

    def lose(self, place: Place) -> None:
        """Note that it goes where it cannot be followed."""
        if place.carried.form != "shape":
            self.decide(place)
        if place.carried.form in ("answer", "entry", "words") and not place.carried.is_detail:
            self.found.is_lost = True

    # --- where it goes -------------------------------------------------------------------------

    def _next(self, place: Place) -> Iterator[Place]:
        view = place.module.view
        held = place.carried
        if held.form == "made" and not held.is_detail and (not held.calls or not self.found.last):
            self.found.last = Spot(place.module, place.expression)
        parent = view.parents.get(place.expression.number)
        if parent is not None:
            yield from expressions.through(self, place, parent)
        for record in view.contexts.get(place.expression.number, ()):
            yield from self._into(place, record)

    def _into(self, place: Place, record: object) -> Iterator[Place]:
        match record:
            case Binding():
                yield from self._bound(place, record)
            case Write(target, _, how, _, path):
                self._stored.add(place.expression.number)
                held = _unpacked(place.carried, path)
                if how == "for" or (held is None and not place.carried.path):
                    self.lose(place)
                elif held is not None:
                    yield from self.stored(place, target, held.through(()))
            case Leave("return"):
                yield from self.returned(place)
            case Leave():
                self.decide(place)
            case Function():
                self.lose(place)
            case Block():
                yield from branches.decided(self, place, record)

    def _bound(self, place: Place, binding: Binding) -> Iterator[Place]:
        held: Carried | None = place.carried
        match binding.kind:
            case "for":
                held = self._element(place)
            case "match":
                held = place.carried
                if held.form == "answer":
                    self.read(place, None)
                    held = held.entry(None)
            case "augment":
                held = place.carried.becomes("made")
            case "assign" | "walrus" | "declare":
                held = _unpacked(place.carried, binding.path)
                if held is None and not place.carried.path:
                    self.lose(place)
            case _:
                self.lose(place)
                return
        if held is not None:
            points = self.readers.of_binding(place.module, binding, "value")
            yield from self.each(points, held)

    def _element(self, place: Place) -> Carried | None:
        held = place.carried
        if held.path:
            return held.at(held.path[1:])
        if held.form == "words":
            return held.becomes("entry")
        if held.form == "answer":
            self.lose(place)
            return None
        return held.becomes("made")

    def stored(self, place: Place, target: Expression, held: Carried) -> Iterator[Place]:
        """Yield who reads the attribute it is written to; a container may be read in any way."""
        if isinstance(target, Attribute) and self._is_shared(place.module, target.name):
            self.lose(place)
        elif isinstance(target, Attribute):
            yield from self.each(self.readers.written(place.module, target, "value"), held)
        elif isinstance(target, Subscript):
            yield from self.put_in(place, target.value)

    def _is_shared(self, module: Module, name: str) -> bool:
        """Tell whether an attribute also holds other things than answers to gates."""
        for write in module.view.writes_by_attribute.get(name, ()):
            match write.value:
                case None | Constant(_, "none"):
                    continue
                case Await(_, Call(_, function)) if write.kind == "assign":
                    gate = self.program.name(self.found.gate.module, self.found.gate.call.function)
                    if self.program.name(module, function) != gate:
                        return True
                case _ if write.value.number not in self._stored:
                    return True
        return False

    def put_in(self, place: Place, container: Expression) -> Iterator[Place]:
        """Lose it where a container that it was put into is read."""
        for point in self.readers.changed(place.module, container, "value"):
            if isinstance(point, Point) and not _only_fills(point.module, point.expression):
                self.lose(place)
                return
        yield from ()

    def each(self, points: Iterator[Next], held: Carried) -> Iterator[Place]:
        """Yield the places of some readers."""
        for point in points:
            if isinstance(point, Point):
                yield Place(point.module, point.expression, held)

    def passed(
        self, place: Place, call: Call, function: ProjectFunction, at: int | str
    ) -> Iterator[Place]:
        """Yield who reads the parameter it is passed to."""
        entered = Entered((function.module, function.number), place.module.name, call.number)
        if len(place.carried.calls) > 6:
            self.lose(place)
            return
        held = place.carried.through((*place.carried.calls, entered))
        yield from self.each(self.readers.of_parameter(function, at, "value"), held)

    def returned(self, place: Place) -> Iterator[Place]:
        """Yield the calls that take what the function around returns."""
        module = place.module
        function = module.view.function_of(module.facts.scope_of(place.expression))
        if function is None or function.is_generator:
            self.lose(place)
            return
        *outer, last = place.carried.calls or (None,)
        if last is not None and last.function == (module.name, function.number):
            other = self.program.modules[last.module]
            held = place.carried.through(tuple(each for each in outer if each is not None))
            yield Place(other, other.facts.expressions[last.call], held)
            return
        yield from self._to_callers(place, function)

    def _to_callers(self, place: Place, function: Function) -> Iterator[Place]:
        callers = self.reach.callers.get(ProjectFunction(place.module.name, function.number), ())
        if not callers or self.readers.answers_outside(place.module, function):
            self.lose(place)
        for edge in callers:
            at = self._result(edge)
            if at is None:
                self.lose(place)
            else:
                other = self.program.modules[edge.module]
                yield Place(other, at, place.carried.through(()))

    def _result(self, edge: Edge) -> Expression | None:
        """Return the expression that is what a function returns; None when there is no telling."""
        module = self.program.modules[edge.module]
        at = module.facts.expressions[edge.at]
        if edge.how in ("call", "property"):
            return at
        around = module.view.parents.get(edge.at)
        if edge.how == "passed" and isinstance(around, Call):
            name = self.program.name(module, around.function)
            return around if name in _RUN_STEP else None
        return None


def _unpacked(held: Carried, path: tuple[int, ...]) -> Carried | None:
    """Return what a target at a path of a pattern takes; None when it is not this part."""
    if not path:
        return held
    if held.form == "words" and not held.path and len(path) == 1:
        return held.becomes("entry")
    if held.form == "made" and not held.path:
        return held
    if STAR in path or len(path) > len(held.path) or held.path[: len(path)] != path:
        return None
    return held.at(held.path[len(path) :])


def _only_fills(module: Module, container: Expression) -> bool:
    """Tell whether a container is only named to put something into it."""
    around = module.view.parents.get(container.number)
    if isinstance(around, Subscript) and around.value is container:
        return module.view.is_target(around)
    if isinstance(around, Attribute) and around.name in ("append", "add", "insert"):
        call = module.view.parents.get(around.number)
        return call is not None and call.number in module.facts.discarded
    return False
