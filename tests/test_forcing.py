"""The kit's runtime is forced whatever the environment says; each case in a fresh process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bundles import ROOT, script
from tests.conftest import BundleFactory

SAY = "from ntro.workflow.runtime import get_runtime; print(get_runtime().name)"


@pytest.mark.parametrize("host", [None, "", "localhost:7233"], ids=["unset", "empty", "set"])
@pytest.mark.parametrize(
    "first",
    [
        "import ntro_testkit.harness",
        "from ntro_testkit import WorkflowHarness",
        "import ntro_testkit; import ntro.workflow",
        "import ntro_testkit; from ntro.workflow import NtroWorkflow, runbook",
        "import ntro_testkit; from ntro.workflow.exceptions import WorkflowError",
    ],
)
def test_the_kits_runtime_is_forced_whatever_temporal_host_says(
    first: str, host: str | None
) -> None:
    done = script(f"{first}\n{SAY}", env={"TEMPORAL_HOST": host})
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "ntro-testkit"


def test_temporal_host_is_left_as_it_was() -> None:
    done = script(
        "import os, ntro_testkit.harness; print('TEMPORAL_HOST' in os.environ)",
        env={"TEMPORAL_HOST": None},
    )
    assert done.stdout.strip() == "False", done.stderr


def test_workflow_error_is_temporals_after_the_import_hook_fired() -> None:
    pytest.importorskip("temporalio", reason="the class is temporalio's")
    done = script(
        "import ntro_testkit; from ntro.workflow import WorkflowError\n"
        "from temporalio.exceptions import ApplicationError\n"
        "print(issubclass(WorkflowError, ApplicationError))"
    )
    assert done.stdout.strip() == "True", done.stderr


BOUND = {
    "the base class": "from ntro.workflow import NtroWorkflow",
    "the exceptions": "from ntro.workflow.exceptions import WorkflowError",
    "the facade": "from ntro.workflow import runbook\n@runbook.defn\nclass A: ...",
}


@pytest.mark.parametrize("before", BOUND.values(), ids=BOUND)
def test_a_runtime_bound_too_early_says_who_must_import_what_first(
    before: str, tmp_path: Path
) -> None:
    (tmp_path / "my_own_helper.py").write_text(before + "\n", encoding="utf-8")
    done = script(
        "import my_own_helper\n"
        "try:\n    import ntro_testkit.harness\nexcept Exception as error:\n    print(error)\n",
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}"},
    )
    [line] = done.stdout.splitlines()
    assert "my_own_helper" in line, "who bound it"
    assert "import `ntro_testkit` before `ntro.workflow`" in line, "what to do"


def test_loading_a_bundle_after_the_sdk_was_bound_is_a_bundle_error(bundle: BundleFactory) -> None:
    """D47."""
    done = script(
        f"""
        from ntro.workflow import NtroWorkflow
        from ntro_testkit import BundleError, load_runbook
        try:
            load_runbook({str(bundle())!r})
        except BundleError as error:
            print(error)
        """
    )
    assert "import `ntro_testkit` before" in done.stdout, done.stderr


def test_importing_the_sdk_package_itself_binds_nothing(bundle: BundleFactory) -> None:
    done = script(
        f"""
        import ntro, ntro.types.wire
        from ntro_testkit import load_runbook
        print(load_runbook({str(bundle())!r})[0].__name__)
        """
    )
    assert done.stdout.strip() == "DemoWorkflow", done.stderr


def test_a_class_loaded_before_the_harness_has_the_base_queries(bundle: BundleFactory) -> None:
    """D47."""
    done = script(
        f"""
        from ntro_testkit import load_runbook
        cls, _ = load_runbook({str(bundle())!r})
        from ntro_testkit.runtime.definitions import workflow_definition
        found = workflow_definition(cls)
        print(len(found.queries), "user_action" in found.signals)
        """,
        env={"TEMPORAL_HOST": "anything"},
    )
    assert done.stdout.strip() == "5 True", done.stderr


def test_importing_the_kit_imports_neither_the_sdk_nor_temporalio() -> None:
    done = script(
        "import sys, ntro_testkit\n"
        "heavy = ('ntro', 'temporalio', 'pydantic', 'typer', 'rich')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_kit_runs_a_bundle_where_temporalio_cannot_be_imported(bundle: BundleFactory) -> None:
    directory = bundle(
        activities="@activity.defn\nasync def one() -> int: return 1\n",
        run="""
            try:
                await do(one)
            except ActivityError as error:
                return [type(error.cause).__name__, error.cause.type]
        """,
    )
    done = script(
        f"""
        import sys
        class Missing:
            def find_spec(self, name, path=None, target=None):
                if name.partition(".")[0] == "temporalio":
                    raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
        sys.meta_path.insert(0, Missing())
        import importlib.util
        shipped = importlib.util.find_spec
        importlib.util.find_spec = lambda name, *a: (
            None if name.partition(".")[0] == "temporalio" else shipped(name, *a))
        from ntro_testkit import WorkflowHarness
        with WorkflowHarness({str(directory)!r}, mocks={{"one": ValueError("no")}}) as harness:
            print(harness.run_sync().result)
        """
    )
    assert done.stdout.strip() == "['ApplicationError', 'ValueError']", done.stderr
