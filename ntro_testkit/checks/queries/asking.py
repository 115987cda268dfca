"""Asks a workflow's queries each time it has come to rest, and sees what that does to it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

from ntro_testkit.checks.queries.workflow_state import State, StateReader, changed
from ntro_testkit.runtime.definitions import WorkflowDefinition, handler_signature
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.failures import is_workflow_failure

COMMANDS = "what the run asks Temporal for"


def askable(definition: WorkflowDefinition) -> dict[str, str]:
    """Return the queries that can be asked by their name alone, with their attributes.

    One that needs an argument is left out, and one that is a coroutine, which is Temporal's to run.
    """
    return {
        query: attribute
        for query, attribute in definition.queries.items()
        if not handler_signature(definition.workflow_class, attribute).required
        and not inspect.iscoroutinefunction(getattr(definition.workflow_class, attribute))
    }


class Asking:
    """What asking the queries of the root workflow has done to one run.

    Looking at the state of a workflow costs more than its queries do: `one_by_one` looks after each
    of them, otherwise after all.

    Attributes:
        changes: query -> what was other after it had been asked; all are charged with it where they
            were not asked one by one.
        refusing: queries that refused to answer, by a failure of the author's own making.
    """

    def __init__(self, *, one_by_one: bool = False) -> None:
        self.changes: dict[str, list[str]] = {}
        self.refusing: set[str] = set()
        self._one_by_one = one_by_one
        self._reader: StateReader | None = None

    def look(self, engine: Engine) -> None:
        """Ask every query once."""
        root = engine.workflows.root
        if root.instance is None:
            return
        if self._reader is None:
            self._reader = StateReader(type(root.instance))
        queries = list(askable(root.definition).items())
        before = self._state(engine, self._reader)
        for asked in [[each] for each in queries] if self._one_by_one else [queries]:
            engine.answer_query(root, functools.partial(self._ask, root.instance, asked))
            after = self._state(engine, self._reader)
            for query, _ in asked if after != before else ():
                self.changes.setdefault(query, _named(changed(before, after)))
            before = after

    def _ask(self, instance: Any, queries: Sequence[tuple[str, str]]) -> None:
        for query, attribute in queries:
            try:
                getattr(instance, attribute)()
            except Exception as error:  # noqa: BLE001 - the snapshots of the run tell what it raised
                if is_workflow_failure(error):
                    self.refusing.add(query)

    def _state(self, engine: Engine, reader: StateReader) -> State:
        commands = len(engine.recorder.trace.commands)
        return {**reader.read(engine.workflows.root.instance), COMMANDS: commands}


def _named(names: Sequence[str]) -> list[str]:
    return [name if name == COMMANDS else f"`{name}`" for name in names]
