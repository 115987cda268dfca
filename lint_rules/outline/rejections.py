"""What a rejection at the gate of a step leads to, as far as the code says so plainly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Constant, Expression, Operation, parts
from lint_rules.facts.records import Block
from lint_rules.outline.outline import OnReject
from lint_rules.program import Module, Program
from lint_rules.program.reach import Reached
from lint_rules.runbook_code.runbook import Runbook, Step

_REJECTIONS = frozenset({"reject", "rejected"})
_APPROVALS = frozenset({"approve", "approved"})
_FAR = 10


@dataclass(frozen=True, slots=True)
class Rejection:
    """Where it leads; `step` is the one with which the run goes on."""

    leads: OnReject
    step: str | None = None


UNCLEAR = Rejection("unclear")


@dataclass(frozen=True, slots=True)
class _CallPlace:
    """Where a function is called: in which function of workflow code, on which line."""

    module: Module
    scope: int
    line: int


def rejection_at(program: Program, runbook: Runbook, step: Step) -> Rejection:
    """Return where a rejection in a step leads.

    The next `if` behind the call of the step, before another step, must ask for the word and
    return or raise: `if decision_of(answer) == "rejected": return ...`. In `run` that is the end;
    in a function that `run` calls, the run goes on behind that call.
    """
    reached = runbook.reached.get(step.key)
    place = _place(program, reached)
    if reached is None or place is None or not _leaves_on_rejection(program, runbook, place):
        return UNCLEAR
    runs = {(module.name, function.number) for module, function in runbook.runs}
    around = reached.via
    for _ in range(_FAR):
        if around is None:
            return UNCLEAR
        if (around.function.module, around.function.number) in runs:
            return Rejection("ends the run")
        place = _place(program, around)
        if place is None:
            return UNCLEAR
        following = _step_behind(program, runbook, place)
        first_if = min((_line(place.module, b) for b in _ifs(place)), default=None)
        if following is not None:
            line, name = following
            if first_if is not None and first_if < line:
                return UNCLEAR
            return Rejection("goes on with a step", name) if name else UNCLEAR
        if first_if is not None:
            return UNCLEAR
        around = around.via
    return UNCLEAR


def _place(program: Program, reached: Reached | None) -> _CallPlace | None:
    if reached is None or reached.by is None:
        return None
    module = program.modules[reached.by.module]
    call = module.facts.expressions[reached.by.at]
    scope = module.facts.scope_of(call).number
    return _CallPlace(module, scope, module.facts.span(call).line)


def _leaves_on_rejection(program: Program, runbook: Runbook, place: _CallPlace) -> bool:
    first = min(_ifs(place), key=lambda block: _line(place.module, block), default=None)
    if first is None or first.head is None:
        return False
    following = _step_behind(program, runbook, place)
    if following is not None and following[0] < _line(place.module, first):
        return False
    leaves = place.module.view.leaves_by_block.get(first.number, ())
    leads_out = any(leave.kind in ("return", "raise") for leave in leaves)
    return leads_out and _asks_for_rejection(first.head)


def _step_behind(
    program: Program, runbook: Runbook, place: _CallPlace
) -> tuple[int, str | None] | None:
    """Return the next step that the same function calls, with its line."""
    found: list[tuple[int, str | None]] = []
    for step in runbook.steps:
        other = _place(program, runbook.reached.get(step.key))
        if other is not None and (other.module, other.scope) == (place.module, place.scope):
            found.append((other.line, step.name))
    return min((each for each in found if each[0] > place.line), default=None, key=lambda e: e[0])


def _ifs(place: _CallPlace) -> Iterator[Block]:
    """Yield the `if` of a function that come behind a call."""
    for block in place.module.view.blocks_by_scope.get(place.scope, ()):
        is_if = block.kind == "if" and block.head is not None
        if is_if and _line(place.module, block) >= place.line:
            yield block


def _line(module: Module, block: Block) -> int:
    return module.facts.span(block.head).line if block.head is not None else block.span.line


def _asks_for_rejection(head: Expression) -> bool:
    for part in parts(head):
        if not isinstance(part, Operation) or len(part.operators) != 1:
            continue
        words = {each.value for each in parts(part) if isinstance(each, Constant)}
        if part.operators[0] in ("==", "in") and words & _REJECTIONS:
            return True
        if part.operators[0] in ("!=", "not in") and words & _APPROVALS:
            return True
    return False
