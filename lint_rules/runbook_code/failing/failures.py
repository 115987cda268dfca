"""Exceptions as Temporal sees them: those that fail a run, and plain ones, which hang it (D44)."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from lint_rules.facts.expressions import Attribute, Call, Display, Expression, Name
from lint_rules.facts.records import Leave
from lint_rules.program import External, Instance, Meaning, Module, Program, ProjectClass
from lint_rules.program.modules import external

_FAILS_THE_RUN = (TimeoutError,)
_PROTOCOL = (StopIteration, StopAsyncIteration)
"""What ends an iteration says nothing by itself."""

_GENERAL = frozenset({"builtins.Exception", "builtins.BaseException"})
_TIMEOUTS_OF = ("asyncio.", "concurrent.", "socket.", "multiprocessing.")
"""Packages of the standard library whose exceptions may be time-outs, which fail the run."""

_OTHER_NAMES = ("decimal.InvalidOperation", "decimal.DivisionByZero")


@dataclass(frozen=True, slots=True)
class Failure:
    """A class of plain exceptions.

    `ancestors` are the qualified names of it and its bases; `complete` is False when there may be
    more of them.
    """

    name: str
    ancestors: frozenset[str]
    complete: bool = True

    @property
    def is_general(self) -> bool:
        """Whether a value of this class may just as well be one that fails the run."""
        return f"builtins.{self.name}" in _GENERAL

    @property
    def is_builtin(self) -> bool:
        """Whether it is a class of Python itself."""
        return f"builtins.{self.name}" in self.ancestors


def builtin_failure(name: str) -> Failure | None:
    """Return a built-in exception by its name; None for any that ends a run properly."""
    found = getattr(builtins, name, None)
    if not isinstance(found, type) or not issubclass(found, Exception):
        return None
    if issubclass(found, _FAILS_THE_RUN + _PROTOCOL):
        return None
    ancestors = (f"builtins.{base.__name__}" for base in found.__mro__ if base is not object)
    return Failure(found.__name__, frozenset(ancestors))


def canonical(name: str) -> str:
    """Return the name of an exception without its old aliases: `IOError` is `OSError`."""
    found = getattr(builtins, name.removeprefix("builtins."), None)
    return f"builtins.{found.__name__}" if isinstance(found, type) else name


VALIDATION_ERROR = Failure(
    "ValidationError",
    frozenset(
        {
            *("pydantic.ValidationError", "pydantic_core.ValidationError"),
            *("builtins.ValueError", "builtins.Exception", "builtins.BaseException"),
        }
    ),
)
"""What pydantic raises for data that does not fit a model."""


def failure_of(program: Program, meaning: Meaning) -> Failure | None:
    """Return a class of plain exceptions; None for one that fails the run, or is not known."""
    match meaning:
        case External(name):
            return _outside(name)
        case ProjectClass():
            return _of_project(program, meaning)
        case _:
            return None


def _outside(name: str) -> Failure | None:
    if name in VALIDATION_ERROR.ancestors and name.startswith("pydantic"):
        return VALIDATION_ERROR
    top, _, last = name.rpartition(".")
    if top == "builtins":
        return builtin_failure(last)
    if name.startswith(_TIMEOUTS_OF) or external(name).origin != "stdlib":
        return None
    if name in _OTHER_NAMES or last.endswith("Error"):
        general = ("builtins.Exception", "builtins.BaseException")
        return Failure(last, frozenset({name, *general}), complete=False)
    return None


def _of_project(program: Program, kind: ProjectClass) -> Failure | None:
    ancestors: set[str] = set()
    is_exception, complete = False, True
    for base in program.mro(kind) or ():
        if isinstance(base, ProjectClass):
            ancestors.add(program.qualified_name(base) or "")
            continue
        failure = _outside(base.name)
        if failure is not None:
            is_exception = True
            complete = complete and failure.complete
            ancestors |= failure.ancestors
        elif not _is_plain_builtin(base.name):
            return None
    if not is_exception:
        return None
    own = program.modules[kind.module].facts.classes[kind.number].name
    return Failure(own, frozenset(ancestors), complete)


def _is_plain_builtin(name: str) -> bool:
    found = getattr(builtins, name.removeprefix("builtins."), None)
    return isinstance(found, type) and not issubclass(found, BaseException)


def raised(program: Program, module: Module, leave: Leave) -> Failure | None:
    """Return the plain exception a `raise` raises; None where it may be another kind.

    A `raise` alone raises what the handler around it caught.
    """
    if leave.value is None:
        return _raised_again(program, module, leave)
    written = leave.value.function if isinstance(leave.value, Call) else leave.value
    is_class = isinstance(written, Name | Attribute) and any(
        isinstance(meaning, ProjectClass | External) for meaning in program.resolve(module, written)
    )
    found: list[Failure] = []
    for meaning in program.resolve(module, leave.value):
        of = meaning.of if isinstance(meaning, Instance) else meaning
        failure = failure_of(program, of)
        if failure is None or (failure.is_general and not is_class):
            return None
        found.append(failure)
    return found[0] if found else None


def _raised_again(program: Program, module: Module, leave: Leave) -> Failure | None:
    around = module.view.enclosing_blocks(module.facts.blocks[leave.block])
    handler = next((block for block in around if block.kind == "except"), None)
    if handler is None or handler.head is None:
        return None
    return all_plain(program, module, caught_types(handler.head))


def all_plain(program: Program, module: Module, types: tuple[Expression, ...]) -> Failure | None:
    """Return the first of the caught types if all of them are plain and none is general."""
    found: list[Failure] = []
    for each in types:
        for meaning in program.resolve(module, each):
            failure = failure_of(program, meaning)
            if failure is None or failure.is_general:
                return None
            found.append(failure)
    return found[0] if found else None


def caught_types(head: Expression) -> tuple[Expression, ...]:
    """Return the types an `except` names."""
    return head.elements if isinstance(head, Display) else (head,)
