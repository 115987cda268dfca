"""How a value goes through a call: as an argument, or as the object whose method is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Keyword, Starred
from lint_rules.program import (
    External,
    Instance,
    Module,
    Partial,
    ProjectClass,
    ProjectFunction,
    Unknown,
)
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import ACTIVITIES
from lint_rules.workflow_code.commands import command
from lint_rules.workflow_code.points import Kind, Next, Point

if TYPE_CHECKING:
    from lint_rules.program import Meaning
    from lint_rules.workflow_code.flow import Flow

_PUTS_IN = frozenset(
    {
        "__setitem__",
        "add",
        "append",
        "appendleft",
        "extend",
        "extendleft",
        "insert",
        "push",
        "put",
        "put_nowait",
        "setdefault",
        "update",
        "write",
        "writelines",
    }
)
"""Methods that put their arguments into the object."""

_PUTS_IN_ORDER = frozenset(["extend", "extendleft", "update", "writelines"])
"""... and take them over one by one."""

_KEEPS_SET = frozenset(["copy", "difference", "intersection", "symmetric_difference", "union"])
_TAKES_ONE = frozenset(["pop", "popleft", "popitem"])
_TO_TEXT = frozenset(["builtins.str", "builtins.repr", "builtins.format", "builtins.str.join"])
_TO_VALUE = _TO_TEXT | {
    "builtins.next",
    "builtins.set.pop",
    "functools.reduce",
    "marshal.dumps",
    "pickle.dumps",
    "pprint.saferepr",
    "random.Random.choice",
    "random.Random.choices",
    "random.Random.sample",
}
_KEEP = ("asdict", "astuple", "copy", "deepcopy", "dump", "dumps", "model_dump", "model_validate")
"""Last names of callables that hand on what they are given in another form."""

_SETS = ("builtins.set", "builtins.frozenset")
_STARTS_ALL = ("asyncio.gather", "asyncio.wait", "asyncio.as_completed")


def through_attribute(flow: Flow, point: Point, attribute: Attribute) -> Iterator[Next]:
    """Go from an object to an attribute of it, and through a call of that."""
    module, kind = point.module, point.kind
    around = module.view.parents.get(attribute.number)
    called = around if isinstance(around, Call) and around.function is attribute else None
    if kind == "value":
        yield Point(module, called or attribute, kind)
    elif called is None or kind == "holds":
        yield Point(module, called or attribute, "holds")
    elif attribute.name in _TAKES_ONE:
        yield Point(module, called, "value")
    elif kind == "set" and attribute.name in _KEEPS_SET:
        yield Point(module, called, "set")
    elif kind == "order" and attribute.name in ("copy", "items", "keys", "values"):
        yield Point(module, called, "order")
    elif attribute.name == "sort":
        yield flow.sink(None, module, attribute, "the order is killed by sort()", kind)


def through_call(flow: Flow, point: Point, call: Call) -> Iterator[Next]:
    """Go from the function or an argument of a call to what becomes of it."""
    if call.function is point.expression:
        if point.kind == "value":
            yield flow.sink("sequence", point.module, call, "decides what is called")
        return
    place = _place(call, point.expression)
    given = point
    if isinstance(point.expression, Starred):
        place = len(call.arguments)
        given = Point(point.module, point.expression, point.kind)
    for meaning in flow.program.resolve(point.module, call.function):
        yield from _into(flow, given, call, place, meaning)


def _place(call: Call, argument: Expression) -> int | str | None:
    for position, given in enumerate(call.arguments):
        if given is argument:
            return position
    return next((keyword.name for keyword in call.keywords if keyword.value is argument), None)


def _into(
    flow: Flow, point: Point, call: Call, place: int | str | None, meaning: Meaning
) -> Iterator[Next]:
    module, kind = point.module, point.kind
    match meaning:
        case External(name):
            yield from _outside(flow, point, call, place, name)
        case Partial(target):
            yield from _into(flow, point, call, place, target)
        case ProjectFunction() as function:
            yield from _project(flow, point, call, place, function)
        case ProjectClass() as kind_:
            yield Point(module, call, kind if kind == "value" else "holds")
            for method in flow.program.attribute(kind_, "__init__"):
                if isinstance(method, ProjectFunction):
                    shifted = place + 1 if isinstance(place, int) else place
                    yield from flow.readers.of_parameter(method, shifted, kind)
        case Instance(ProjectClass()):
            for method in flow.program.attribute(meaning, "__call__"):
                if isinstance(method, ProjectFunction):
                    shifted = place + 1 if isinstance(place, int) else place
                    yield from flow.readers.of_parameter(method, shifted, kind)
        case Unknown():
            if kind == "value":
                yield Point(module, call, kind)
            yield from _put_in(flow, point, call)
        case _:
            if kind == "value":
                yield Point(module, call, kind)


def _project(
    flow: Flow, point: Point, call: Call, place: int | str | None, function: ProjectFunction
) -> Iterator[Next]:
    module, facts = flow.program.function(function)
    decorators = decorator_names(flow.program, module, facts.decorators)
    if decorators & ACTIVITIES:
        yield flow.sink("payload", point.module, point.expression, "goes to an activity")
        return
    if isinstance(place, int) and _is_bound(flow, point.module, call, facts.owner_class):
        place += "builtins.staticmethod" not in decorators
    yield from flow.readers.of_parameter(function, place, point.kind)


def _is_bound(flow: Flow, module: Module, call: Call, owner_class: int | None) -> bool:
    """Tell whether the object before the dot is the first argument of a method."""
    if owner_class is None or not isinstance(call.function, Attribute):
        return False
    owners = flow.program.resolve(module, call.function.value)
    return any(not isinstance(owner, ProjectClass) for owner in owners)


def _outside(
    flow: Flow, point: Point, call: Call, place: int | str | None, name: str
) -> Iterator[Next]:
    module, kind = point.module, point.kind
    issued = command(name)
    if issued is not None:
        impact = issued.impact(place)
        if impact == "payload" and name.startswith("asyncio."):
            yield Point(module, call, kind)
            return
        what = "decides" if impact == "sequence" else "is sent by"
        short = name.removeprefix("ntro.workflow.").removeprefix("temporalio.")
        yield flow.sink(impact, module, point.expression, f"{what} `{short}`", kind)
        return
    if name == "builtins.setattr" and place == 2 and isinstance(call.arguments[1], Constant):
        yield from flow.readers.set_by_name(module, call, kind)
        return
    if flow.classifier.is_output(name):
        yield flow.sink("noise", module, point.expression, "is logged", kind)
        return
    if kind == "value" or (kind == "holds" and _keeps(flow, name)):
        yield Point(module, call, kind)
        yield from _put_in(flow, point, call)
    elif kind == "holds":
        yield from _put_in(flow, point, call)
    else:
        yield from _ordered(flow, point, call, name)


def _keeps(flow: Flow, name: str) -> bool:
    """Tell whether what a call gives still has in it what it was given."""
    last = name.rpartition(".")[2]
    return last[:1].isupper() or last in _KEEP or name in flow.classifier.ordering.carriers


def _ordered(flow: Flow, point: Point, call: Call, name: str) -> Iterator[Next]:
    """Go with a set, or a sequence made of one, through a call of something outside."""
    module, ordering = point.module, flow.classifier.ordering
    name = flow.classifier.table.canonical(name)
    if name in _SETS:
        yield Point(module, call, "set")
    elif name in _STARTS_ALL:
        yield flow.sink(
            "sequence", module, point.expression, f"decides in which order `{name}` starts", "order"
        )
    elif name in ordering.killers_without_key and _has_key(call.keywords):
        yield Point(module, call, "value")
    elif name in ordering.killers | ordering.killers_without_key | ordering.exact_killers:
        text = f"the order is killed by {name.removeprefix('builtins.')}()"
        yield flow.sink(None, module, call, text, point.kind)
    elif name in _TO_VALUE:
        yield Point(module, call, "value")
    elif name in ordering.carriers:
        yield Point(module, call, "order")
        yield from _put_in(flow, point, call)
    else:
        yield from _put_in(flow, point, call)
        if _keeps(flow, name):
            yield Point(module, call, "holds")


def _has_key(keywords: tuple[Keyword, ...]) -> bool:
    return any(keyword.name == "key" for keyword in keywords)


def _put_in(flow: Flow, point: Point, call: Call) -> Iterator[Next]:
    """A method that puts its argument into an object passes the value on to who reads that."""
    function = call.function
    if not isinstance(function, Attribute) or function.name not in _PUTS_IN:
        return
    kind: Kind = point.kind
    if kind in ("set", "order"):
        kind = "order" if function.name in _PUTS_IN_ORDER else "holds"
    yield from flow.readers.changed(point.module, function.value, kind)
