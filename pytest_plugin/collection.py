"""Collects bundles without code: each `runbook.md` gives one test per scenario and history.

The node id is what pytest makes of it, `runbooks/nav-monthly/runbook.md::happy`, so that it can be
given back on the command line; headlines of failures say `nav-monthly::happy`.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .markers import MarkerError, scenario_named
from .options import records, wanted_scenarios
from .runs import note_run
from .stopping import stop_session

if TYPE_CHECKING:
    from ntro_testkit.scenario import Scenario
    from ntro_testkit.trace import RunResult

SCENARIOS_SEEN = pytest.StashKey[dict[str, "Scenario"]]()
"""On the config: every scenario of every bundle collected, to tell a wrong `--ntro-scenario`."""


def is_manifest_of_a_bundle(file: Path) -> bool:
    """Tell whether a `runbook.md` is a bundle's; operators write files of that name too.

    A bundle whose workflow is missing is one as well, if its manifest has a frontmatter: it must
    not be passed over in silence.
    """
    templates = file.parent / "templates"
    if (templates / "workflow.py").is_file():
        return True
    if not templates.is_dir():
        return False
    with file.open("rb") as manifest:
        return manifest.read(6).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


class RunbookFile(pytest.File):
    """The `runbook.md` of a bundle; its tests are the bundle's scenarios."""

    def collect(self) -> Iterable[pytest.Item]:
        """Return one test per scenario and history, and one for what cannot be loaded."""
        from ntro_testkit.import_errors import BundleError
        from ntro_testkit.scenario import BUILT_IN_SCENARIOS

        from .histories import history_items
        from .recording import record_items
        from .runbooks import runbooks_of

        runbooks = runbooks_of(self.config)
        directory = self.path.parent.resolve()
        try:
            runbooks.load(directory)
        except BundleError as error:
            return [BrokenItem.from_parent(self, name="load", problem=str(error))]
        scenarios: Mapping[str, Scenario] = BUILT_IN_SCENARIOS
        broken: list[pytest.Item] = []
        try:
            scenarios = runbooks.scenarios(directory)
        except BundleError as error:
            broken = [BrokenItem.from_parent(self, name="scenarios", problem=str(error))]
        self.config.stash.setdefault(SCENARIOS_SEEN, {}).update(scenarios)
        wanted = wanted_scenarios(self.config) or scenarios
        named = [scenarios[name] for name in scenarios if name in wanted]
        examined = list(scenarios.values())
        return [
            *(
                ScenarioItem.from_parent(self, name=one.name, scenario=one, examined=examined)
                for one in named
            ),
            *broken,
            *(record_items(self, scenarios) if records(self.config) else history_items(self)),
        ]


class RunbookItem(pytest.Item):
    """A test of a bundle as a whole; its headline is `slug::name`."""

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the test is and what it is called in headlines."""
        return self.path, None, f"{self.path.parent.name}::{self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what went wrong as the author needs it; frames only for a fault of our own."""
        if isinstance(excinfo.value, pytest.fail.Exception):
            return str(excinfo.value.msg)
        return super().repr_failure(excinfo, style)


class BrokenItem(RunbookItem):
    """A bundle that cannot be loaded, as one test that fails in one line."""

    def __init__(self, *, problem: str, **node: Any) -> None:
        super().__init__(**node)
        self.problem = problem

    def runtest(self) -> None:
        """Fail."""
        pytest.fail(self.problem, pytrace=False)


class ScenarioItem(RunbookItem):
    """One scenario of one bundle; `examined` are all of the bundle's, which checks look at."""

    def __init__(self, *, scenario: Scenario, examined: Sequence[Scenario], **node: Any) -> None:
        super().__init__(**node)
        self.scenario = scenario
        self.examined = examined

    def runtest(self) -> None:
        """Run the bundle, with the sibling bundles its code mentions as children."""
        from .examination import attach_verdicts, verdicts_on
        from .verdict import problem_of

        result = self._run()
        result.verdicts += verdicts_on(self)
        attach_verdicts(self, result.verdicts)
        problem = problem_of(result)
        if problem is not None:
            raise EndedWronglyError(problem, result)

    def _run(self) -> RunResult:
        from .fixtures import one_line_errors
        from .recorded_harness import RecordedHarness
        from .runbooks import runbooks_of

        with one_line_errors():
            runbook = runbooks_of(self.config).beside(self.path)
            with RecordedHarness(
                runbook.workflow_class,
                child_workflows=runbook.children,
                note_run=lambda bundle, result: note_run(self, bundle, result),
            ) as harness:
                return harness.run_sync(scenario=self.scenario)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the run's trace."""
        if not isinstance(excinfo.value, EndedWronglyError):
            return super().repr_failure(excinfo, style)
        from .presentation import render

        # The first line is what pytest's short summary shows beside the node id.
        wrong = excinfo.value
        place = os.path.relpath(self.path, self.config.invocation_params.dir)
        again = f"reproduce: pytest {shlex.quote(f'{place}::{self.name}')}"
        return "\n".join([wrong.problem, "", render(wrong.result), "", again])


class EndedWronglyError(Exception):
    """A run that did not end as its scenario allows."""

    def __init__(self, problem: str, result: RunResult) -> None:
        super().__init__(problem)
        self.problem = problem
        self.result = result


def check_wanted_scenarios(config: pytest.Config) -> None:
    """Stop the session for a `--ntro-scenario` that no collected bundle has."""
    seen = config.stash.get(SCENARIOS_SEEN, None)
    if not seen:
        return
    try:
        for name in wanted_scenarios(config):
            scenario_named(name, seen, "in any collected runbook")
    except MarkerError as error:
        stop_session(config, f"--ntro-scenario: {error}")
