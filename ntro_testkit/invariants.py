"""What an author says always holds of a run: `@invariant`, in the bundle's `tests/scenarios.py`.

    @invariant
    def nothing_is_posted_without_a_decision(run: RunResult) -> bool:
        decided = [gate for gate in run.gates if gate.verdict == "approved"]
        return bool(decided) or not run.called("petty_cash.post_slip")

It holds when the function returns True or nothing. It does not when it returns False, or a sentence
that says what is wrong, or when one of its assertions fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, cast

from ntro_testkit.author_scenarios import author_module
from ntro_testkit.trace import RunResult, SourceLine

Invariant = Callable[[RunResult], bool | str | None]

_Marked = TypeVar("_Marked", bound=Invariant)

_MARK = "__ntro_testkit_invariant__"


class _Function(Protocol):
    __name__: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold of a run, and why, in one line."""

    name: str
    reason: str
    line: SourceLine | None


def invariant(function: _Marked) -> _Marked:
    """Mark a function over a run as something that always holds."""
    setattr(function, _MARK, True)
    return function


def load_author_invariants(bundle_dir: Path | str) -> list[Invariant]:
    """Return the functions marked `@invariant` in a bundle's scenarios, in the file's order.

    Raises `BundleError` when the file cannot be imported.
    """
    module = author_module(bundle_dir)
    members = vars(module).values() if module is not None else ()
    return list(dict.fromkeys(each for each in members if _is_marked(each)))


def broken(run: RunResult, invariants: Iterable[Invariant]) -> list[Broken]:
    """Return the invariants that do not hold of a run, in the order given."""
    reasons = ((each, _reason(each, run)) for each in invariants)
    return [
        Broken(cast(_Function, each).__name__, reason, _line(each))
        for each, reason in reasons
        if reason is not None
    ]


def _is_marked(value: object) -> bool:
    return callable(value) and getattr(value, _MARK, False) is True


def _reason(invariant: Invariant, run: RunResult) -> str | None:
    """Return why an invariant does not hold, None where it does."""
    try:
        answer = invariant(run)
    except AssertionError as error:
        return _first_line(error) or "its assertion failed"
    except Exception as error:  # noqa: BLE001 - the author's code: its faults are told, not ours
        return f"it raised {type(error).__name__}: {_first_line(error)}"
    if answer is False:
        return "it returned False"
    return answer if isinstance(answer, str) else None


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else ""


def _line(invariant: Invariant) -> SourceLine | None:
    code = getattr(invariant, "__code__", None)
    if code is None:
        return None
    return SourceLine(code.co_filename, code.co_firstlineno, code.co_name)
