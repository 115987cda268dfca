"""The answer to a gate on its way through the code: what it is at one expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from lint_rules.facts.expressions import Expression
from lint_rules.program import Module
from lint_rules.runbook_code.answers.decisions import DETAILS, Fold

Form = Literal[
    "answer",  # the dict itself
    "entry",  # what one of its keys holds
    "words",  # a list of such entries
    "made",  # something computed from it
    "shape",  # whether there is an answer, which says nothing about the decision
]


class Entered(NamedTuple):
    """A function, by module and number, and the call through which the answer came into it."""

    function: tuple[str, int]
    module: str
    call: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What an expression holds.

    `path` leads to it through tuples and lists, the outermost first. `calls` are the functions it
    was passed into, the last one innermost, so that what they return goes back to the same call.
    """

    form: Form = "answer"
    keys: frozenset[str] | None = frozenset()
    fold: Fold = "exact"
    path: tuple[int, ...] = ()
    calls: tuple[Entered, ...] = ()

    def becomes(self, form: Form) -> Carried:
        """Return it in another form, out of the tuple it was in."""
        return Carried(form, self.keys, self.fold, (), self.calls)

    def entry(self, keys: frozenset[str] | None) -> Carried:
        """Return what some keys of it hold."""
        return Carried("entry", keys, "exact", (), self.calls)

    def folded(self, fold: Fold) -> Carried:
        """Return it in lower or upper case."""
        return Carried(self.form, self.keys, fold, self.path, self.calls)

    def at(self, path: tuple[int, ...]) -> Carried:
        """Return it at another place in tuples."""
        return Carried(self.form, self.keys, self.fold, path, self.calls)

    def through(self, calls: tuple[Entered, ...]) -> Carried:
        """Return it inside other calls."""
        return Carried(self.form, self.keys, self.fold, self.path, calls)

    @property
    def is_detail(self) -> bool:
        """Whether it comes from keys that do not tell the decision."""
        return bool(self.keys) and self.keys is not None and self.keys <= DETAILS


class Place(NamedTuple):
    """Something carried, at an expression."""

    module: Module
    expression: Expression
    carried: Carried

    def to(self, expression: Expression, carried: Carried | None = None) -> Place:
        """Return another place in the same module."""
        return Place(self.module, expression, carried or self.carried)
