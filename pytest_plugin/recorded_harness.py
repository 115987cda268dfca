"""The harness tests get: a `WorkflowHarness` whose runs appear in the test's report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ntro_testkit.harness import FAKED, WorkflowHarness
from ntro_testkit.loading import LoadedBundle
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult

NoteRun = Callable[[str, RunResult], None]


class RecordedHarness(WorkflowHarness):
    """Tells `note_run` of every run; `default_input` is used where a run is given none."""

    def __init__(
        self,
        workflow: type | Path | str,
        *,
        note_run: NoteRun,
        default_input: Any = FAKED,
        **options: Any,
    ) -> None:
        super().__init__(workflow, **options)
        self._note_run = note_run
        self._default_input = default_input

    def run_sync(
        self,
        *,
        input: Any = FAKED,  # noqa: A002 - the signature of ntro.testing
        scenario: Scenario | None = None,
        timeout_s: float = 30.0,
    ) -> RunResult:
        """Run the workflow through a scenario, from synchronous code."""
        __tracebackhide__ = True
        given = self._default_input if input is FAKED else input
        result = super().run_sync(input=given, scenario=scenario, timeout_s=timeout_s)
        self._note_run(self.name, result)
        return result

    @property
    def name(self) -> str:
        """What the summary calls the bundle: its directory, which says the version too."""
        loaded: LoadedBundle | None = vars(self.workflow_cls).get("__ntro_testkit_bundle__")
        return loaded.bundle.directory.name if loaded else self.definition.slug
