"""What a rehearsed program meets instead of the world: the hazard, the facade, the base class."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, Self

from benchmarks.lint_corpus.hazards import Hazard

Use = Callable[[], None]
"""Told that the hazard has been used."""


class Fake:
    """A name on the way to the hazard; `trail` is how the program came to it."""

    def __init__(self, hazard: Hazard, note: Use, trail: str) -> None:
        self._hazard = hazard
        self._note = note
        self._trail = trail

    def __getattr__(self, name: str) -> Any:
        if self._hazard.read and self._trail == self._hazard.path:
            return self._used()
        return self._further(f".{name}")

    def __call__(self, *_values: object, **_named: object) -> Any:
        """Use the hazard, when this is what calls it."""
        made = re.sub(r"\(.*?\)", "()", self._hazard.path + self._hazard.make)
        return self._used() if self._trail == made else self._further("()")

    def __getitem__(self, key: object) -> Any:
        return self._used()

    def _further(self, step: str) -> Fake:
        return Fake(self._hazard, self._note, self._trail + step)

    def _used(self) -> Any:
        self._note()
        return _Result()


class _Result(int):
    """What hazards give: a number that can also be awaited and called."""

    def __new__(cls) -> Self:
        return super().__new__(cls, 1)

    def __await__(self) -> Any:
        yield from ()
        return 1

    def __call__(self, *values: object) -> int:
        return 1


class Facade:
    """Stands for `runbook`, `workflow` and `activity`; activities are not run."""

    logger = None

    def __init__(self) -> None:
        self.current: Any = None

    def __getattr__(self, name: str) -> Any:
        if name in ("run", "signal", "query", "update", "step", "defn"):
            return _Mark(name)
        raise AttributeError(name)

    def entries(self, workflow: type) -> dict[str, list[str]]:
        """Return the names of the methods that were marked, by their mark."""
        found: dict[str, list[str]] = {}
        for name, value in inspect.getmembers(workflow, callable):
            if (mark := getattr(value, "entry", None)) is not None:
                found.setdefault(mark, []).append(name)
        return found

    async def handle(self) -> None:
        """Send everything the workflow can be sent."""
        entries = self.entries(type(self.current))
        for name in entries.get("validator", ()):
            getattr(self.current, name)("r-1")
        for name in [*entries.get("signal", ()), *entries.get("update", ())]:
            answer = getattr(self.current, name)("r-1")
            if inspect.isawaitable(answer):
                await answer

    async def wait_condition(self, predicate: Callable[[], bool]) -> None:
        """Look once."""
        predicate()

    async def execute_activity(self, function: object, *values: object, **named: object) -> str:
        """Pretend."""
        return "done"

    execute_activity_method = execute_activity


class _Mark:
    """A decorator, with or without arguments, that leaves a mark on a method."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *values: Any, **named: object) -> Any:
        if not values:
            return self
        [marked] = values
        if self._name == "defn" and inspect.isfunction(marked):
            vars(marked)["activity"] = True
        elif self._name not in ("defn", "step"):
            marked.entry = self._name
        if self._name == "update":
            marked.validator = _Mark("validator")
        return marked


def base_class() -> type:
    """Return a new stand-in for `NtroWorkflow`, of which a program may make what it likes."""

    class NtroWorkflow:
        async def run_step(self, step_id: str, function: Any, *values: Any) -> Any:
            if inspect.iscoroutinefunction(function) and not hasattr(function, "activity"):
                return await function(*values)
            return "done"

        async def wait_for_action(self, **named: object) -> dict[str, str]:
            self.on_row_action({"kind": "row_action"})
            return {"kind": "approve"}

        def on_row_action(self, action: dict[str, object]) -> None:
            return

    return NtroWorkflow
