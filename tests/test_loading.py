"""A bundle loads as an isolated package that can be imported again by its name."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from pathlib import Path

import pytest

from ntro_testkit import load_runbook, load_runbook_with_children
from ntro_testkit.runtime.definitions import activity_name
from tests.bundles import OTHER_CLASS, run
from tests.conftest import BundleFactory

ONE = "@activity.defn(name='demo.one')\nasync def one() -> int: return 1\n"


def names(activities: list[object]) -> set[str | None]:
    return {activity_name(activity) for activity in activities}


def test_a_bundle_gives_its_class_and_its_activities(bundle: BundleFactory) -> None:
    cls, activities = load_runbook(bundle(activities=ONE))
    assert cls.__name__ == "DemoWorkflow"
    assert names(activities) == {"demo.one"}


def test_a_path_may_be_given_as_a_string(bundle: BundleFactory) -> None:
    assert load_runbook(str(bundle()))[0].__name__ == "DemoWorkflow"


def test_a_relative_path_is_resolved(
    bundle: BundleFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bundle().parent)
    assert load_runbook("demo")[0].__name__ == "DemoWorkflow"


def test_an_activity_the_workflow_module_imports_counts_as_registered(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        top="from .more import two",
        files={
            "templates/more.py": "from ntro.workflow import activity\n"
            "@activity.defn(name='demo.two')\nasync def two() -> int: return 2\n"
        },
    )
    assert "demo.two" in names(load_runbook(directory)[1])


def test_activity_modules_are_the_ones_named(bundle: BundleFactory) -> None:
    directory = bundle(
        files={
            "templates/ledger.py": "from ntro.workflow import activity\n"
            "@activity.defn(name='demo.post')\nasync def post() -> int: return 2\n"
        },
    )
    assert names(load_runbook(directory)[1]) == set()
    assert names(load_runbook(directory, activity_modules=["ledger"])[1]) == {"demo.post"}


def test_the_workflow_class_may_be_named(bundle: BundleFactory) -> None:
    cls, _ = load_runbook(bundle(top=OTHER_CLASS), workflow_class="Other")
    assert cls.__name__ == "Other"
    assert run(cls).result == 7


def test_the_class_of_the_slug_wins_among_several(bundle: BundleFactory) -> None:
    assert load_runbook(bundle(top=OTHER_CLASS))[0].__name__ == "DemoWorkflow"


def test_a_version_suffix_of_the_directory_is_not_part_of_the_slug(bundle: BundleFactory) -> None:
    cls, _ = load_runbook(bundle("nav", directory="nav@0.0.9"))
    assert cls.__name__ == "NavWorkflow"
    assert run(cls).slug == "nav"


def test_two_bundles_with_the_same_module_names_do_not_see_each_other(
    bundle: BundleFactory,
) -> None:
    one, _ = load_runbook(bundle("one", models="VALUE = 1", run="return VALUE"))
    two, _ = load_runbook(bundle("two", models="VALUE = 2", run="return VALUE"))
    assert (run(one).result, run(two).result) == (1, 2)


def test_two_versions_of_a_bundle_live_side_by_side(bundle: BundleFactory) -> None:
    old, _ = load_runbook(bundle("nav", directory="nav@0.0.9", run="return 'old'"))
    new, _ = load_runbook(bundle("nav", run="return 'new'"))
    assert (run(old).result, run(new).result) == ("old", "new")


def test_bundles_of_one_name_in_two_folders_live_side_by_side(
    bundle: BundleFactory,
) -> None:
    first, _ = load_runbook(bundle(directory="a/demo", run="return 'a'"))
    second, _ = load_runbook(bundle(directory="b/demo", run="return 'b'"))
    assert (run(first).result, run(second).result) == ("a", "b")


def test_loading_a_directory_twice_gives_fresh_classes_and_modules(bundle: BundleFactory) -> None:
    directory = bundle(models="SEEN = []", run="SEEN.append(1)\nreturn len(SEEN)", activities=ONE)
    first, first_activities = load_runbook(directory)
    second, second_activities = load_runbook(directory)
    assert first is not second
    assert first_activities[0] is not second_activities[0]
    assert [run(first).result, run(first).result, run(second).result] == [1, 2, 1]


def test_loading_again_sees_an_edit_of_the_same_second_and_length(
    bundle: BundleFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    directory = bundle(models="VALUE = 1", run="return VALUE")
    assert run(load_runbook(directory)[0]).result == 1
    models = directory / "templates/models.py"
    seen = models.stat()
    models.write_text(models.read_text().replace("VALUE = 1", "VALUE = 2"), encoding="utf-8")
    os.utime(models, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert run(load_runbook(directory)[0]).result == 2


def test_loading_leaves_no_files_in_the_bundle(
    bundle: BundleFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    directory = bundle()
    before = sorted(directory.rglob("*"))
    load_runbook(directory)
    # The deploy command reads every file below `templates/` as UTF-8 text (D56).
    assert sorted(directory.rglob("*")) == before


def test_a_loaded_module_is_found_by_its_name(bundle: BundleFactory) -> None:
    cls, _ = load_runbook(bundle(models="VALUE = 3"))
    package = cls.__module__.rpartition(".")[0]
    models = importlib.import_module(f"{package}.models")
    assert models.VALUE == 3
    assert sys.modules[cls.__module__].DemoWorkflow is cls


def test_a_loaded_module_can_be_imported_anew_by_its_name(bundle: BundleFactory) -> None:
    cls, _ = load_runbook(bundle())
    package = cls.__module__.rpartition(".")[0]
    for name in [n for n in sys.modules if n == package or n.startswith(f"{package}.")]:
        del sys.modules[name]
    again = importlib.import_module(cls.__module__)
    assert again.DemoWorkflow is not cls
    assert again.DemoWorkflow.__name__ == "DemoWorkflow"


def test_temporalios_sandbox_finds_and_accepts_a_loaded_bundle(bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="the sandbox is temporalio's")
    from temporalio import workflow
    from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

    cls, _ = load_runbook(bundle(activities=ONE, run="return await do(one)"))
    runner = SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(
            "ntro", "pydantic", "pydantic_core", "annotated_types"
        )
    )

    async def prepare() -> None:
        runner.prepare_workflow(workflow._Definition.must_from_class(cls))

    asyncio.run(prepare())


def test_a_loaded_class_is_a_complete_temporal_workflow(bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="the definition is temporalio's")
    from temporalio import workflow

    definition = workflow._Definition.must_from_class(load_runbook(bundle())[0])
    assert "user_action" in definition.signals
    assert set(definition.queries) >= {
        "current_ui_state",
        "current_steps",
        "current_pending_action",
        "step_snapshots",
        "children_by_step_id",
    }


def test_a_loaded_activity_is_a_complete_temporal_activity(bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="the definition is temporalio's")
    from temporalio import activity

    [one] = load_runbook(bundle(activities=ONE))[1]
    assert activity._Definition.must_from_callable(one).name == "demo.one"


def test_a_parent_loads_with_its_children_and_all_their_activities(bundle: BundleFactory) -> None:
    parent = bundle("parent", activities=ONE.replace("demo", "parent"))
    child = bundle("child", activities=ONE.replace("demo", "child"))
    cls, children, activities = load_runbook_with_children(parent, children_dirs=[child])
    assert cls.__name__ == "ParentWorkflow"
    assert [c.__name__ for c in children] == ["ChildWorkflow"]
    assert names(activities) == {"parent.one", "child.one"}


def test_a_bundle_without_a_manifest_loads_by_its_directory_name(bundle: BundleFactory) -> None:
    assert load_runbook(bundle(files={"runbook.md": None}))[0].__name__ == "DemoWorkflow"


def test_a_bundle_without_activities_loads(bundle: BundleFactory) -> None:
    source = (
        "from ntro.workflow import NtroWorkflow, runbook\n@runbook.defn\n"
        "class DemoWorkflow(NtroWorkflow):\n    @runbook.run\n"
        "    async def run(self) -> int: return 1\n"
    )
    directory = bundle(files={"templates/workflow.py": source, "templates/activities.py": None})
    cls, activities = load_runbook(directory)
    assert activities == []
    assert run(cls).result == 1


def test_lazy_imports_of_the_bundle_work_while_it_runs(bundle: BundleFactory) -> None:
    directory = bundle(
        run="from .late import VALUE\nreturn VALUE", files={"templates/late.py": "VALUE = 5\n"}
    )
    assert run(directory).result == 5


def test_a_folder_with_odd_characters_loads(bundle: BundleFactory, tmp_path: Path) -> None:
    assert load_runbook(bundle("demo", directory="ünter wegs/demo@1.0-β+2"))[0]
