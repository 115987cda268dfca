"""How an answer goes through a call: as the object whose method is called, or as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Attribute, Call, Expression
from lint_rules.program import External, Meaning, Module, ProjectClass, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import ACTIVITIES
from lint_rules.runbook_code.answers.carried import Carried, Form, Place
from lint_rules.runbook_code.answers.words import keys_of, words_of
from lint_rules.runbook_code.classes.wrappers import may_wrap

if TYPE_CHECKING:
    from lint_rules.runbook_code.answers.trail import Trail

_READS = ("get", "pop", "setdefault", "__getitem__")
_FOLDS = {"lower": "lower", "casefold": "lower", "upper": "upper"}
_KEEPS = ("strip", "lstrip", "rstrip", "removeprefix", "removesuffix")
_ASKS = ("isdisjoint", "intersection", "issubset", "__contains__", "count", "index", "issuperset")
_PUTS_IN = ("append", "add", "insert")
DICT_METHODS = frozenset(dir(dict))

_SAME = frozenset(
    {
        "typing.cast",
        "copy.copy",
        "copy.deepcopy",
        "builtins.dict",
        "asyncio.wait_for",
        "asyncio.shield",
        "asyncio.create_task",
        "asyncio.ensure_future",
    }
)
"""Callables that give back what they are given."""

_SHAPES = frozenset(f"builtins.{name}" for name in ("isinstance", "hasattr", "type", "callable"))
_TRUTHS = frozenset({"builtins.bool", "builtins.len"})
_COLLECTS = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "sorted", "reversed")
)
_ONE_OF = frozenset({"builtins.next", "builtins.min", "builtins.max"})
_JUDGES = frozenset({"builtins.any", "builtins.all"})


def through_attribute(trail: Trail, place: Place, attribute: Attribute) -> Iterator[Place]:
    """Go from what is carried to an attribute of it, and through a call of that."""
    module, held = place.module, place.carried
    around = module.view.parents.get(attribute.number)
    called = around if isinstance(around, Call) and around.function is attribute else None
    target = place.to(called or attribute)
    if held.path or module.view.is_target(attribute):
        trail.lose(place)
    elif held.form == "answer":
        yield from _of_answer(trail, target, attribute, called)
    elif held.form == "entry":
        yield from _of_entry(trail, target, attribute.name, called)
    elif held.form == "words":
        asked = called.arguments[0] if called and called.arguments else None
        words = None if asked is None else words_of(trail.program, module, asked)
        trail.test(target, words if attribute.name in _ASKS else None)
        yield target.to(target.expression, held.becomes("made"))
    else:
        yield target


def _of_answer(
    trail: Trail, target: Place, attribute: Attribute, called: Call | None
) -> Iterator[Place]:
    held, name = target.carried, attribute.name
    if called is not None and name in _READS and called.arguments:
        keys = keys_of(trail.program, target.module, called.arguments[0])
        trail.read(target, keys)
        yield target.to(called, held.entry(keys))
    elif called is not None and name == "copy":
        yield target
    elif called is not None and name == "values":
        trail.read(target, None)
        yield target.to(called, Carried("words", None, calls=held.calls))
    elif name in DICT_METHODS:
        trail.lose(target)
    else:
        trail.attribute(target.to(attribute))


def _of_entry(trail: Trail, target: Place, name: str, called: Call | None) -> Iterator[Place]:
    held = target.carried
    if called is not None and name in _FOLDS:
        yield target.to(called, held.folded("upper" if name == "upper" else "lower"))
    elif called is not None and name in _KEEPS:
        yield target
    else:
        if called is not None and name.startswith(("starts", "ends")):
            trail.test(target, None)
        else:
            trail.loosen(target)
        yield target.to(target.expression, held.becomes("made"))


def through_call(trail: Trail, place: Place, call: Call) -> Iterator[Place]:
    """Go from the function or an argument of a call to what becomes of it."""
    if call.function is place.expression:
        trail.lose(place)
        return
    at = _position(call, place.expression)
    if at is None:
        trail.lose(place)
        return
    function = call.function
    if at == 1 and isinstance(function, Attribute) and function.name in ("get", "setdefault"):
        yield place.to(call)
        return
    if isinstance(function, Attribute) and function.name == "get" and at == 0:
        # `TABLE.get(word)`
        if place.carried.form == "entry":
            trail.test(place, words_of(trail.program, place.module, function.value))
        else:
            trail.loosen(place)
        yield place.to(call, place.carried.becomes("made"))
        return
    discarded = call.number in place.module.facts.discarded
    if discarded and isinstance(function, Attribute) and function.name in _PUTS_IN:
        yield from trail.put_in(place, function.value)
        return
    for meaning in trail.program.resolve(place.module, function):
        yield from _given(trail, place, call, at, meaning)


def _position(call: Call, argument: Expression) -> int | str | None:
    for position, given in enumerate(call.arguments):
        if given is argument:
            return position
    return next((keyword.name for keyword in call.keywords if keyword.value is argument), None)


def _given(
    trail: Trail, place: Place, call: Call, at: int | str, meaning: Meaning
) -> Iterator[Place]:
    match meaning:
        case External(name):
            yield from _outside(trail, place, call, name)
        case ProjectFunction() as function:
            module, facts = trail.program.function(function)
            names = decorator_names(trail.program, module, facts.decorators)
            if not ACTIVITIES.isdisjoint(names) or may_wrap(
                trail.program, module, facts.decorators
            ):
                trail.lose(place)
                return
            if isinstance(at, int) and "builtins.staticmethod" not in names:
                at += "builtins.classmethod" in names or _has_self(
                    trail, place.module, call, facts.owner_class
                )
            yield from trail.passed(place, call, function, at)
        case _:
            trail.lose(place)


def _has_self(trail: Trail, module: Module, call: Call, owner: int | None) -> bool:
    """Tell whether the object before the dot is the first argument of a method."""
    if owner is None or not isinstance(call.function, Attribute):
        return False
    owners = trail.program.resolve(module, call.function.value)
    return any(not isinstance(each, ProjectClass) for each in owners)


def _outside(trail: Trail, place: Place, call: Call, name: str) -> Iterator[Place]:
    held, form = place.carried, place.carried.form
    if trail.classifier.is_output(name):
        return
    if name in _SAME:
        yield place.to(call)
    elif name in _COLLECTS:
        yield from _collected(trail, place, call)
    elif form == "made":
        if name.startswith("builtins."):
            yield place.to(call)
        else:
            trail.decide(place)
    elif held.path:
        trail.lose(place)
    elif name == "builtins.str":
        # The text of a whole answer is for people, or it decides.
        yield place.to(call, held.becomes("made") if form in ("answer", "words") else held)
    elif name in _SHAPES:
        yield place.to(call, held.becomes("shape"))
    elif name in _TRUTHS:
        if form == "entry":
            trail.test(place, None)
        yield place.to(call, held.becomes(_truth(form)))
    elif name in _ONE_OF and form == "words":
        yield place.to(call, held.becomes("entry"))
    elif name in _JUDGES and form == "words":
        trail.test(place, None)
        yield place.to(call, held.becomes("made"))
    else:
        trail.lose(place)


def _truth(form: Form) -> Form:
    return "shape" if form in ("answer", "shape") else "made"


def _collected(trail: Trail, place: Place, call: Call) -> Iterator[Place]:
    held = place.carried
    if held.path or held.form in ("words", "made"):
        yield place.to(call)
    else:
        trail.lose(place)
