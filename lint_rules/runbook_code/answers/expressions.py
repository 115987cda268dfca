"""How an answer goes from an expression to the one around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Expression,
    FormattedString,
    Mapping,
    Operation,
    Starred,
    Subscript,
    Walrus,
    parts,
)
from lint_rules.runbook_code.answers import calls
from lint_rules.runbook_code.answers.branches import acts
from lint_rules.runbook_code.answers.carried import Place
from lint_rules.runbook_code.answers.words import keys_of, words_of

if TYPE_CHECKING:
    from lint_rules.runbook_code.answers.trail import Trail


def through(trail: Trail, place: Place, parent: Expression) -> Iterator[Place]:
    """Yield the expression around, with what it holds."""
    match parent:
        case Await() | Walrus():
            yield place.to(parent)
        case Conditional():
            yield from _conditional(trail, place, parent)
        case Attribute():
            yield from calls.through_attribute(trail, place, parent)
        case Call():
            yield from calls.through_call(trail, place, parent)
        case Subscript():
            yield from _subscript(trail, place, parent)
        case Operation():
            yield from _operation(trail, place, parent)
        case Display(_, "list" | "tuple", elements):
            yield _displayed(trail, place, parent, elements)
        case Mapping(_, keys, values):
            yield from _mapped(trail, place, parent, keys, values)
        case Comprehension():
            yield from _comprehension(trail, place, parent)
        case FormattedString():
            # A text with an answer in it is for people, or it decides.
            yield made(place, parent)
        case _:
            trail.lose(place)


def made(place: Place, expression: Expression) -> Place:
    """Return the place where something was computed from what is carried."""
    return place.to(expression, place.carried.becomes("made"))


def _conditional(trail: Trail, place: Place, parent: Conditional) -> Iterator[Place]:
    if parent.test is not place.expression:
        yield place.to(parent)
        return
    form = place.carried.form
    if form in ("answer", "shape"):
        trail.shape(place)
        return
    if form == "entry":
        trail.test(place, None)
    if _acts(trail, place, parent.then, parent.otherwise):
        trail.decide(place)
    yield made(place, parent)


def _acts(trail: Trail, place: Place, *expressions: Expression) -> bool:
    inner = (part for expression in expressions for part in parts(expression))
    return acts(trail, place.module, inner)


def _subscript(trail: Trail, place: Place, parent: Subscript) -> Iterator[Place]:
    held, form = place.carried, place.carried.form
    if parent.key is place.expression:
        if place.module.view.is_target(parent):
            trail.lose(place)
            return
        if form == "entry":
            trail.test(place, words_of(trail.program, place.module, parent.value))
        else:
            trail.loosen(place)
        yield made(place, parent)
    elif place.module.view.is_target(parent):
        return
    elif held.path:
        index = parent.key.value if isinstance(parent.key, Constant) else None
        if not isinstance(index, int):
            trail.lose(place)
        elif index == held.path[0]:
            yield place.to(parent, held.at(held.path[1:]))
    elif form == "answer":
        keys = keys_of(trail.program, place.module, parent.key)
        trail.read(place.to(parent), keys)
        yield place.to(parent, held.entry(keys))
    elif form == "words":
        yield place.to(parent, held.becomes("entry"))
    else:
        trail.loosen(place)
        yield made(place, parent)


def _displayed(
    trail: Trail, place: Place, parent: Display, elements: tuple[Expression, ...]
) -> Place:
    index = [element.number for element in elements].index(place.expression.number)
    if any(isinstance(element, Starred) for element in elements[:index]):
        trail.loosen(place)
        return made(place, parent)
    return place.to(parent, place.carried.at((index, *place.carried.path)))


def _mapped(
    trail: Trail,
    place: Place,
    parent: Mapping,
    keys: tuple[Expression | None, ...],
    values: tuple[Expression, ...],
) -> Iterator[Place]:
    spread = any(
        key is None and value is place.expression for key, value in zip(keys, values, strict=True)
    )
    if spread and place.carried.form == "answer" and not place.carried.path:
        yield place.to(parent)
        return
    trail.loosen(place)
    yield made(place, parent)


def _operation(trail: Trail, place: Place, parent: Operation) -> Iterator[Place]:
    held, form = place.carried, place.carried.form
    operator = parent.operators[0]
    if operator in ("and", "or"):
        numbers = [operand.number for operand in parent.operands]
        later = parent.operands[numbers.index(place.expression.number) + 1 :]
        if _acts(trail, place, *later):
            trail.decide(place)
        yield place.to(parent)
    elif held.path:
        yield from _among(trail, place, parent)
    elif form == "made":
        yield made(place, parent)
    elif operator == "not":
        if form == "entry":
            trail.test(place, None)
        yield place.to(parent, held.becomes("shape" if form in ("answer", "shape") else "made"))
    elif form == "answer":
        yield from _compared_answer(trail, place, parent)
    elif form == "shape":
        yield place.to(parent)
    else:
        yield from _compared(trail, place, parent)


def _among(trail: Trail, place: Place, parent: Operation) -> Iterator[Place]:
    """Compare a tuple or list in which it stands."""
    if place.carried.form == "entry" and parent.operators[0] in ("in", "not in"):
        yield from _compared(trail, place, parent)
    elif place.carried.form == "made":
        yield made(place, parent)
    else:
        trail.lose(place)


def _compared_answer(trail: Trail, place: Place, parent: Operation) -> Iterator[Place]:
    first = parent.operands[0]
    if parent.operators[0] in ("in", "not in") and first is not place.expression:
        trail.read(place.to(parent), keys_of(trail.program, place.module, first))
        yield made(place, parent)
    elif any(_is_none(operand) for operand in parent.operands):
        yield place.to(parent, place.carried.becomes("shape"))
    else:
        trail.lose(place)


def _compared(trail: Trail, place: Place, parent: Operation) -> Iterator[Place]:
    words: frozenset[str] | None = frozenset()
    for operand in parent.operands:
        if operand is not place.expression:
            found = words_of(trail.program, place.module, operand)
            words = None if found is None or words is None else words | found
    trail.test(place.to(parent), words)
    yield made(place, parent)


def _is_none(operand: Expression) -> bool:
    return isinstance(operand, Constant) and operand.kind == "none"


def _comprehension(trail: Trail, place: Place, parent: Comprehension) -> Iterator[Place]:
    inner = [parent.element] if parent.value is None else [parent.element, parent.value]
    if place.carried.form == "made" and _acts(trail, place, *inner):
        trail.decide(place)
    if any(clause.iterable is place.expression for clause in parent.clauses):
        if place.carried.form == "made":
            yield place.to(parent)
        return
    form = place.carried.form
    if parent.kind != "dict" and parent.element is place.expression and form == "entry":
        yield place.to(parent, place.carried.becomes("words"))
        return
    if form == "entry":
        trail.test(place, None)
    if form in ("answer", "words"):
        trail.loosen(place)
    if form != "shape":
        yield made(place, parent)
