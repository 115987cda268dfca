"""Whether making an object of a workflow class runs the constructor of `NtroWorkflow`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Block, Function
from lint_rules.program import External, Module, Program, ProjectClass, ProjectFunction
from lint_rules.program.ntro_classes import BASES
from lint_rules.program.reach import Walks
from lint_rules.program.receivers import Receiver

Outcome = Literal["never", "sometimes"]

_RUNS = ("body", "with", "try", "finally")
"""Blocks that run whenever the block around them does."""

_INIT = "__init__"
_FINAL = frozenset(f"{base}.{_INIT}" for base in BASES)


@dataclass(frozen=True, slots=True)
class Break:
    """The constructor at which the chain ends, and whether it always does."""

    module: Module
    function: Function
    outcome: Outcome


def constructor(program: Program, kind: ProjectClass) -> ProjectFunction | None:
    """Return the first `__init__` that the project gives a class."""
    for base in program.mro(kind) or ():
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            own = [f for f in module.view.methods_by_class.get(base.number, ()) if f.name == _INIT]
            if own:
                return ProjectFunction(module.name, own[-1].number, kind)
        elif base.name in BASES:
            return None
    return None


def broken_chain(walks: Walks, kind: ProjectClass) -> Break | None:
    """Return where the chain of constructors breaks off; None when it reaches `NtroWorkflow`."""
    function = constructor(walks.program, kind)
    seen: set[ProjectFunction] = set()
    while function is not None and function not in seen:
        seen.add(function)
        link = _Link(walks.program, function)
        outcome = link.outcome
        if outcome is not None and not _reached_otherwise(walks, function):
            return Break(link.module, link.function, outcome)
        function = link.next
    return None


def _reached_otherwise(walks: Walks, function: ProjectFunction) -> bool:
    """Tell whether something the constructor calls, such as a helper, makes the call."""
    reach = walks.from_functions([function])
    direct = (function.module, function.number)
    return any(
        isinstance(exit_.edge.target, External)
        and exit_.edge.target.name in _FINAL
        and (exit_.via.function.module, exit_.via.function.number) != direct
        and not _is_constructor(walks.program, exit_.via.function)
        for exit_ in reach.outside
    )


def _is_constructor(program: Program, function: ProjectFunction) -> bool:
    return program.function(function)[1].name == _INIT


class _Link:
    """One constructor and its call of the next."""

    def __init__(self, program: Program, caller: ProjectFunction) -> None:
        self._program = program
        self.module, self.function = program.function(caller)
        self._receiver = Receiver(program, caller)
        self.next: ProjectFunction | None = None
        self._calls = [
            call
            for call in self.module.view.of_kind((self.function.scope,), Call)
            if self._is_next(call)
        ]

    @property
    def outcome(self) -> Outcome | None:
        """How often the next constructor is not called; None when it always is."""
        if not self._calls:
            return "never"
        body = self.module.bodies[self.function.scope]
        return None if self._always(body) and not self._left_before() else "sometimes"

    def _is_next(self, call: Call) -> bool:
        for meaning in self._receiver.meanings(call.function):
            match meaning:
                case External(name) if name.endswith(f".{_INIT}"):
                    return True
                case ProjectFunction() as other if _is_constructor(self._program, other):
                    self.next = other
                    return True
        return False

    def _always(self, block: int) -> bool:
        """Tell whether running a block makes the call."""
        facts, view = self.module.facts, self.module.view
        if any(self._stands_in(call, block) for call in self._calls):
            return True
        for number in view.inner_blocks.get(block, ()):
            inner = facts.blocks[number]
            if inner.scope != self.function.scope:
                continue
            if inner.kind in _RUNS and self._always(number):
                return True
            if inner.kind == "if" and self._in_both(inner):
                return True
        return False

    def _stands_in(self, call: Call, block: int) -> bool:
        """Tell whether a call is a statement of a block, not a part of `x and super()...`."""
        is_statement = call.number in self.module.facts.discarded
        return is_statement and self.module.facts.blocks_of[call.number] == block

    def _in_both(self, branch: Block) -> bool:
        others = self.module.view.followers.get(branch.number, ())
        kinds = [self.module.facts.blocks[number].kind for number in others]
        return "else" in kinds and all(map(self._always, (branch.number, *others)))

    def _left_before(self) -> bool:
        """Tell whether a `return` comes before every call that is sure to be made before it."""
        facts = self.module.facts
        for leave in self.module.view.leaves_of_scope(self.function.scope):
            if leave.kind != "return":
                continue
            around = {
                block.number
                for block in self.module.view.enclosing_blocks(facts.blocks[leave.block])
            }
            made = any(
                facts.blocks_of[call.number] in around and facts.span(call)[:2] < leave.span[:2]
                for call in self._calls
            )
            if not made:
                return True
        return False
