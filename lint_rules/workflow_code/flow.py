"""Follows a value from where it is made to what it decides: inside functions and through returns.

Four kinds of values are followed. A `value` differs on replay. A `set` has no order of its own, an
`order` is a sequence that took one from a set, and what `holds` one of these matters only as data.
Sinks are the calls that become commands (`lint_rules.workflow_code.commands`), branches and loops.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Conditional,
    Display,
    Expression,
    FormattedString,
    Mapping,
    Operation,
    Starred,
    Subscript,
    Walrus,
    Yield,
)
from lint_rules.facts.records import Binding, Block, Function, Leave, Write
from lint_rules.finding import Impact
from lint_rules.program import Module, Program
from lint_rules.program.reach import Reach
from lint_rules.workflow_code import arguments, blocks, loops
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.points import Kind, Next, Point, Sink
from lint_rules.workflow_code.readers import Readers

_WORST: dict[Impact, int] = {"noise": 0, "payload": 1, "sequence": 2}
_SET_OPERATORS = ("|", "&", "-", "^")
_FAR = 3000
"""Steps after which a value is given up; what was found until then counts."""


class Flow:
    """Follows values through the reached code of one program."""

    def __init__(self, program: Program, classifier: Classifier, reach: Reach) -> None:
        self.program = program
        self.classifier = classifier
        self.readers = Readers(program, reach)
        self._known: dict[tuple[str, int, Kind], tuple[Sink, ...]] = {}

    def worst(self, module: Module, expression: Expression, kind: Kind = "value") -> Sink | None:
        """Return the sink that does the most harm; None when the value decides nothing."""
        sinks = [sink for sink in self.sinks(module, expression, kind) if sink.impact is not None]
        return max(sinks, key=_harm, default=None)

    def sinks(
        self, module: Module, expression: Expression, kind: Kind = "value"
    ) -> tuple[Sink, ...]:
        """Return everything a value decides, nearest first; stops at the first `sequence`."""
        key = (module.name, expression.number, kind)
        if key not in self._known:
            self._known[key] = tuple(self._follow([Point(module, expression, kind)]))
        return self._known[key]

    def sinks_of_loop(self, module: Module, loop: Block, variable: Expression) -> tuple[Sink, ...]:
        """Return what going through a loop in an arbitrary order decides."""
        return tuple(self._follow(loops.unordered(self, module, loop, variable)))

    def _follow(self, start: Iterable[Next]) -> Iterator[Sink]:
        queue = deque(start)
        seen: set[tuple[str, int, Kind]] = set()
        while queue and len(seen) < _FAR:
            point = queue.popleft()
            if isinstance(point, Sink):
                yield point
                if point.impact == "sequence":
                    return
                continue
            key = (point.module.name, point.expression.number, point.kind)
            if key not in seen:
                seen.add(key)
                queue.extend(self._next(point))
        for point in queue:
            if isinstance(point, Point):
                # In doubt it is taken for the worst.
                text = "goes too far to be followed"
                yield self.sink("sequence", point.module, point.expression, text, point.kind)
                return

    def _next(self, point: Point) -> Iterator[Next]:
        view = point.module.view
        parent = view.parents.get(point.expression.number)
        if parent is not None:
            yield from self._through(point, parent)
        for record in view.contexts.get(point.expression.number, ()):
            yield from self._into(point, record)

    def _through(self, point: Point, parent: Expression) -> Iterator[Next]:
        """Go from an expression to the one around it."""
        module, kind = point.module, point.kind
        match parent:
            case Call():
                yield from arguments.through_call(self, point, parent)
            case Attribute():
                yield from arguments.through_attribute(self, point, parent)
            case Operation():
                yield from self._operation(point, parent)
            case Subscript():
                if kind != "set":
                    yield Point(module, parent, "holds" if kind == "holds" else "value")
            case Starred():
                yield Point(module, parent, "order" if kind == "set" else kind)
            case Display() | Mapping():
                yield from self._contained(point, parent)
            case FormattedString():
                yield Point(module, parent, "value")
            case Conditional(_, test, _, _) if test is point.expression:
                if kind == "value":
                    yield from self._choice(point, parent, (parent.then, parent.otherwise))
            case Comprehension():
                yield from self._comprehension(point, parent)
            case Yield(_, _, delegates):
                given = "order" if delegates and kind == "set" else kind
                yield from self.returned(module, parent, given)
            case Await() | Walrus() | Conditional():
                yield Point(module, parent, kind)
            case _:
                if kind == "value":
                    yield Point(module, parent, kind)

    def _contained(self, point: Point, parent: Display | Mapping) -> Iterator[Next]:
        records = point.module.view.contexts.get(parent.number, ())
        unpacked = [r for r in records if isinstance(r, Binding) and r.path]
        if not unpacked or not isinstance(parent, Display):
            yield Point(point.module, parent, _inside(point, parent))
            return
        place = [element.number for element in parent.elements].index(point.expression.number)
        for binding in unpacked:
            # `a, b = x, y` binds each name to its own element.
            if binding.path[0] == place:
                yield from self.readers.of_binding(point.module, binding, point.kind)

    def _operation(self, point: Point, parent: Operation) -> Iterator[Next]:
        operators = parent.operators
        if point.kind == "value":
            if operators[0] in ("and", "or"):
                place = [operand.number for operand in parent.operands].index(
                    point.expression.number
                )
                yield from self._choice(point, parent, parent.operands[place + 1 :])
            else:
                yield Point(point.module, parent, "value")
        elif operators[0] in ("and", "or"):
            yield Point(point.module, parent, point.kind)
        elif point.kind == "set" and operators[0] in _SET_OPERATORS:
            yield Point(point.module, parent, "set")
        elif point.kind == "order" and operators[0] in ("+", "*"):
            yield Point(point.module, parent, "order")
        elif operators[0] not in ("+", "*"):
            yield self.sink(None, point.module, parent, "a comparison does not see the order")

    def _choice(
        self, point: Point, parent: Expression, chosen: Iterable[Expression]
    ) -> Iterator[Next]:
        if any(blocks.awaits(each) for each in chosen):
            yield self.sink("sequence", point.module, point.expression, "decides what is awaited")
        else:
            yield Point(point.module, parent, point.kind)

    def _comprehension(self, point: Point, parent: Comprehension) -> Iterator[Next]:
        module, kind = point.module, point.kind
        is_iterable = any(clause.iterable is point.expression for clause in parent.clauses)
        if not is_iterable:
            yield Point(module, parent, "holds" if kind in ("set", "order") else kind)
            return
        parts = (parent.element, *([parent.value] if parent.value is not None else []))
        if kind in ("set", "order") and any(blocks.awaits(part) for part in parts):
            text = "decides which command comes first"
            yield self.sink("sequence", module, point.expression, text, "order")
        elif kind in ("set", "order"):
            yield Point(module, parent, "set" if parent.kind == "set" else "order")
        elif kind == "value":
            yield Point(module, parent, "value")

    def _into(self, point: Point, record: object) -> Iterator[Next]:
        """Go from an outermost expression to what uses its value."""
        module, kind = point.module, point.kind
        match record:
            case Binding():
                yield from self._bound(point, record)
            case Write(target, _, how):
                if how != "for" or kind == "value":
                    yield from self.readers.written(module, target, kind)
            case Leave(leave, _, _, _, span):
                if leave == "return":
                    yield from self.returned(module, point.expression, kind)
                elif leave == "raise" and kind == "value":
                    yield Sink("payload", module, span, "is sent in a failure", kind)
                elif leave == "assert" and kind == "value":
                    yield Sink("sequence", module, span, "decides an assertion", kind)
            case Function(number):
                yield from self.readers.calls_of(module, number, kind)
            case Block():
                yield from self._decides(point, record)

    def _bound(self, point: Point, binding: Binding) -> Iterator[Next]:
        kind = point.kind
        if binding.kind in ("for", "match"):
            # The elements of a set are as stable as what made them.
            if kind == "value":
                yield from self.readers.of_binding(point.module, binding, kind)
        elif binding.kind == "augment" and kind == "order" and binding.operator != "+":
            return
        elif binding.path and kind in ("set", "order"):
            yield from self.readers.of_binding(point.module, binding, "value")
        elif not self.readers.is_sorted_later(point.module, binding) or kind == "value":
            yield from self.readers.of_binding(point.module, binding, kind)

    def returned(self, module: Module, expression: Expression, kind: Kind) -> Iterator[Next]:
        """Go from a returned or yielded value to the callers of its function."""
        function = module.view.function_of(module.facts.scope_of(expression))
        if function is None:
            return
        if self.readers.answers_outside(module, function):
            yield self.sink("payload", module, expression, "is the workflow's result", kind)
        yield from self.readers.calls_of(module, function.number, kind)

    def _decides(self, point: Point, block: Block) -> Iterator[Next]:
        module = point.module
        if block.kind == "for" and point.kind in ("set", "order"):
            yield from loops.unordered(self, module, block, point.expression)
            return
        if point.kind != "value" or block.kind not in ("if", "while", "for", "match", "case"):
            return
        decided = blocks.with_partners(module, block)
        if blocks.only_logs(self.program, self.classifier, module, decided):
            yield self.sink("noise", module, point.expression, "decides what is logged")
            return
        what = "a loop" if block.kind in ("while", "for") else "a branch"
        yield self.sink("sequence", module, point.expression, f"decides {what}")

    def sink(
        self,
        impact: Impact | None,
        module: Module,
        expression: Expression,
        text: str,
        kind: Kind = "value",
    ) -> Sink:
        """Return a sink at an expression."""
        return Sink(impact, module, module.facts.span(expression), text, kind)


def _inside(point: Point, parent: Display | Mapping) -> Kind:
    if isinstance(point.expression, Starred) and point.kind == "order":
        return "set" if isinstance(parent, Display) and parent.kind == "set" else "order"
    return "holds" if point.kind in ("set", "order") else point.kind


def _harm(sink: Sink) -> int:
    return -1 if sink.impact is None else _WORST[sink.impact]
