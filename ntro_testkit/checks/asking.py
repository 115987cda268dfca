"""Asks a workflow's queries each time it has come to rest, and sees what that does to it."""

from __future__ import annotations

import inspect

from ntro_testkit.checks.workflow_state import State, StateReader, changed
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

    Attributes:
        changes: query -> what was other after it had been asked.
        refusing: queries that refused to answer, by a failure of the author's own making.
    """

    def __init__(self) -> None:
        self.changes: dict[str, list[str]] = {}
        self.refusing: set[str] = set()
        self._reader: StateReader | None = None

    def look(self, engine: Engine) -> None:
        """Ask every query once."""
        if engine.workflows.root.instance is not None:
            engine.answer_query(engine.workflows.root, lambda: self._ask(engine))

    def _ask(self, engine: Engine) -> None:
        root = engine.workflows.root
        if self._reader is None:
            self._reader = StateReader(type(root.instance))
        before = self._state(engine, self._reader)
        for query, attribute in askable(root.definition).items():
            try:
                getattr(root.instance, attribute)()
            except Exception as error:  # noqa: BLE001 - the snapshots of the run tell what it raised
                if is_workflow_failure(error):
                    self.refusing.add(query)
            after = self._state(engine, self._reader)
            if after != before:
                names = changed(before, after)
                self.changes.setdefault(
                    query, [name if name == COMMANDS else f"`{name}`" for name in names]
                )
            before = after

    def _state(self, engine: Engine, reader: StateReader) -> State:
        commands = len(engine.recorder.trace.commands)
        return {**reader.read(engine.workflows.root.instance), COMMANDS: commands}
