"""ntro-testkit: static analysis and testing for ntro runbooks.

Importing this package costs nothing: names are resolved at first use. It does arrange that the
kit's runtime is forced on the SDK as soon as anybody imports `ntro.workflow`.

PYTEST_DONT_REWRITE: there are no assertions to explain, and a caller may have imported it already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ntro_testkit.runtime.forcing import force_on_import

if TYPE_CHECKING:
    from lint_rules.engine import lint as lint
    from ntro_testkit import report as report
    from ntro_testkit.author_scenarios import load_author_scenarios as load_author_scenarios
    from ntro_testkit.children import StandIn as StandIn
    from ntro_testkit.fakes import generate_fake as generate_fake
    from ntro_testkit.harness import WorkflowHarness as WorkflowHarness
    from ntro_testkit.import_errors import BundleError as BundleError
    from ntro_testkit.invariants import invariant as invariant
    from ntro_testkit.loading import load_runbook as load_runbook
    from ntro_testkit.loading import load_runbook_with_children as load_runbook_with_children
    from ntro_testkit.mocks import MockError as MockError
    from ntro_testkit.scenario import BUILT_IN_SCENARIOS as BUILT_IN_SCENARIOS
    from ntro_testkit.scenario import HAPPY as HAPPY
    from ntro_testkit.scenario import REJECT_ALL as REJECT_ALL
    from ntro_testkit.scenario import Scenario as Scenario
    from ntro_testkit.trace import RunResult as RunResult
    from ntro_testkit.trace import StepEvent as StepEvent

__version__ = "0.1.0"

_HOME = {
    "BUILT_IN_SCENARIOS": "ntro_testkit.scenario",
    "BundleError": "ntro_testkit.import_errors",
    "HAPPY": "ntro_testkit.scenario",
    "MockError": "ntro_testkit.mocks",
    "REJECT_ALL": "ntro_testkit.scenario",
    "RunResult": "ntro_testkit.trace",
    "Scenario": "ntro_testkit.scenario",
    "StandIn": "ntro_testkit.children",
    "StepEvent": "ntro_testkit.trace",
    "WorkflowHarness": "ntro_testkit.harness",
    "generate_fake": "ntro_testkit.fakes",
    "invariant": "ntro_testkit.invariants",
    "lint": "lint_rules.engine",
    "load_author_scenarios": "ntro_testkit.author_scenarios",
    "load_runbook": "ntro_testkit.loading",
    "load_runbook_with_children": "ntro_testkit.loading",
}
"""Public name -> the module it lives in."""

__all__ = ["__version__", "report", *sorted(_HOME)]

force_on_import()


def __getattr__(name: str) -> Any:
    import importlib

    if name == "report":
        return importlib.import_module("ntro_testkit.report")
    if name not in _HOME:
        raise AttributeError(f"module `ntro_testkit` has no attribute `{name}`")
    return getattr(importlib.import_module(_HOME[name]), name)
