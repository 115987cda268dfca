"""What a branch that depends on an answer does: nothing, something, or work out a value."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Constant,
    Expression,
    Name,
    Subscript,
    Yield,
)
from lint_rules.facts.records import Block, Function
from lint_rules.program import Module
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import STEPS
from lint_rules.runbook_code.answers.carried import Place
from lint_rules.runbook_code.answers.decisions import DIALECTS, Branch
from lint_rules.runbook_code.answers.words import pattern_words
from lint_rules.workflow_code import blocks

if TYPE_CHECKING:
    from lint_rules.runbook_code.answers.trail import Trail

_LOOKING = frozenset({"get", "items", "keys", "values", *dir(str)})
"""Methods that change nothing."""


def decided(trail: Trail, place: Place, block: Block) -> Iterator[Place]:
    """Note what a block below a test does, and go on with what it binds or returns."""
    form = place.carried.form
    if block.kind == "for":
        if form == "made":
            trail.decide(place)
        return
    if block.kind == "match" and form in ("answer", "entry", "words"):
        _matched(trail, place, block)
    elif form in ("answer", "shape"):
        trail.shape(place)
        return
    elif form == "entry":
        trail.test(place, None)
    if not place.carried.is_detail:
        trail.found.branches.append(Branch(place.module, place.expression, block))
    yield from _effects(trail, place, block)


def _matched(trail: Trail, place: Place, block: Block) -> None:
    words = pattern_words(place.module, block)
    if words is None:
        trail.lose(place)
    elif place.carried.form == "answer":
        keys = words & DIALECTS.keys()
        trail.read(place, keys or None)
        trail.test(Place(*place[:2], place.carried.entry(words)), words)
    else:
        trail.test(place, words)


def _effects(trail: Trail, place: Place, block: Block) -> Iterator[Place]:
    """Go on with what the blocks below a test bind or return, or note that they do more."""
    module, made = place.module, place.carried.becomes("made")
    key = (module.name, block.number, place.carried.calls)
    if key in trail.examined:
        # It is part of a branch around it that depends on the same answer.
        return
    below = blocks.with_partners(module, block)
    trail.examined.update((module.name, number, place.carried.calls) for number in below)
    if _does_something(trail, module, block, below):
        # A detail that decides something may well stand for the decision.
        trail.found.decides = True
        return
    for binding in blocks.bindings(module, below):
        yield from trail.each(trail.readers.of_binding(module, binding, "value"), made)
    for write in blocks.writes(module, below):
        yield from trail.stored(place, write.target, made.through(()))
    if any(blocks.leaves(module, below)):
        yield from trail.returned(Place(module, place.expression, made))


def _does_something(trail: Trail, module: Module, block: Block, below: frozenset[int]) -> bool:
    if block.kind not in ("if", "match", "case"):
        return True
    if blocks.first_command(trail.program, module, below) is not None:
        return True
    leaves = list(blocks.leaves(module, below))
    if any(leave.kind != "return" for leave in leaves):
        return True
    if leaves and _is_left_early(trail, module, block):
        return True
    if any(isinstance(write.target, Subscript) for write in blocks.writes(module, below)):
        return True
    return acts(trail, module, blocks.expressions(module, below))


def _is_left_early(trail: Trail, module: Module, block: Block) -> bool:
    """Tell whether leaving the function can skip something it would have done."""
    function = module.view.function_of(module.facts.scopes[block.scope])
    if function is None or function.is_async:
        return True
    key = (module.name, function.number)
    if key not in trail.leaving:
        trail.leaving[key] = _has_effects(trail, module, function)
    return trail.leaving[key]


def _has_effects(trail: Trail, module: Module, function: Function) -> bool:
    """Tell whether a function is a step, writes to objects, or does more than log."""
    names = decorator_names(trail.program, module, function.decorators)
    scopes = module.view.running_with[function.scope]
    writes = (w for scope in scopes for w in module.view.writes_by_scope.get(scope, ()))
    return (
        not STEPS.isdisjoint(names)
        or any(writes)
        or any(_is_statement(trail, m, e) for m, e in _in_scopes(module, scopes))
    )


def acts(trail: Trail, module: Module, expressions: Iterable[Expression]) -> bool:
    """Tell whether one of several expressions may do more than look at values."""
    return any(
        isinstance(expression, Await | Yield)
        or (isinstance(expression, Call) and not _looks(trail, module, expression))
        for expression in expressions
    )


def _looks(trail: Trail, module: Module, call: Call) -> bool:
    match call.function:
        case Attribute(_, _, name) if name in _LOOKING:
            return True
        case Name(_, name) if hasattr(builtins, name):
            return True
        case function:
            called = trail.program.name(module, function)
            return called is not None and trail.classifier.is_output(called)


def _is_statement(trail: Trail, module: Module, expression: Expression) -> bool:
    """Tell whether an expression is a statement of its own that does more than log."""
    if expression.number not in module.facts.discarded or isinstance(expression, Constant):
        return False
    if not isinstance(expression, Call):
        return not isinstance(expression, Attribute | Subscript)
    name = trail.program.name(module, expression.function)
    return name is None or not trail.classifier.is_output(name)


def _in_scopes(module: Module, scopes: tuple[int, ...]) -> Iterator[tuple[Module, Expression]]:
    for scope in scopes:
        for expression in module.view.by_scope.get(scope, ()):
            yield module, expression
