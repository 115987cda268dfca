"""A helper that activities run too gets no fix: the workflow's facade does not work there."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.lint_rules.linted import bundle, flow, lint_tree, single

CLOCK = "from datetime import datetime\n\ndef stamp():\n    return datetime.now()\n"
BY_HELPER = flow("return stamp()", "from clock import stamp")
PROJECT = {"pyproject.toml": "", "clock.py": CLOCK, "flow.py": BY_HELPER}


def is_fixable(root: Path, files: dict[str, str]) -> bool:
    return single(lint_tree(root, files), "NTR101").fix is not None


def test_a_helper_of_workflows_alone_can_be_fixed(tmp_path: Path) -> None:
    assert is_fixable(tmp_path, PROJECT)


def test_an_activity_that_does_not_reach_the_helper_changes_nothing(tmp_path: Path) -> None:
    activities = "from temporalio import activity\nimport clock\n@activity.defn\ndef act(): ...\n"
    assert is_fixable(tmp_path, PROJECT | {"activities.py": activities})


ACTIVITIES = {
    "a function": """
        from temporalio import activity
        from clock import stamp
        @activity.defn
        async def act(): return stamp()
        """,
    "with arguments, under another name": """
        from temporalio import activity as act
        import clock
        @act.defn(name="act")
        def run(): return clock.stamp()
        """,
    "a bare decorator": """
        from temporalio.activity import defn
        from clock import *
        @defn
        def act(): return stamp()
        """,
    "a method through another": """
        from temporalio import activity
        import clock
        class Activities:
            @activity.defn
            async def act(self): return self.inner()
            def inner(self): return clock.stamp()
        """,
    "passed on": """
        from temporalio import activity
        import clock
        @activity.defn
        def act(): return list(map(lambda _: clock.stamp(), [1]))
        """,
}


@pytest.mark.parametrize("activities", ACTIVITIES.values(), ids=ACTIVITIES)
def test_a_helper_that_an_activity_reaches_gets_no_fix(activities: str, tmp_path: Path) -> None:
    assert not is_fixable(tmp_path, PROJECT | {"activities.py": dedent(activities)})


def test_an_activity_in_the_helper_itself_counts(tmp_path: Path) -> None:
    own = "from temporalio import activity\n@activity.defn\ndef act(): return stamp()\n"
    assert not is_fixable(tmp_path, PROJECT | {"clock.py": CLOCK + own})


def test_members_of_a_bundle_are_looked_at_wherever_they_lie(tmp_path: Path) -> None:
    near = "from temporalio import activity\nfrom .{dots}clock import stamp\n@activity.defn\n"
    near += "def act(): return stamp()\n"
    alone = bundle("nav", "return stamp()", "from .clock import stamp", clock=CLOCK)
    assert is_fixable(tmp_path, alone)
    deep = {
        "nav/templates/deep/__init__.py": "",
        "nav/templates/deep/activities.py": near.format(dots="."),
    }
    assert not is_fixable(tmp_path, alone | deep)


def test_what_stands_in_the_workflow_itself_can_be_fixed_beside_activities(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "",
        "flow.py": flow("return datetime.now()"),
        "activities.py": "from temporalio import activity\n@activity.defn\ndef act(): return 1\n",
    }
    assert is_fixable(tmp_path, files)


SHARED = {"pyproject.toml": "", "shared/__init__.py": "", "shared/clock.py": CLOCK}
USES_SHARED = """\
from temporalio import activity
from shared.clock import stamp
@activity.defn
def act(): return stamp()
"""
BY_SHARED = "from shared.clock import stamp"


def test_an_activity_of_another_bundle_counts(tmp_path: Path) -> None:
    files = SHARED | bundle("a", "return stamp()", BY_SHARED)
    assert not is_fixable(tmp_path, files | bundle("b", "return 1", activities=USES_SHARED))


def test_an_activity_beside_the_shared_helper_counts_for_a_bundle(tmp_path: Path) -> None:
    files = SHARED | bundle("a", "return stamp()", BY_SHARED)
    assert not is_fixable(tmp_path, files | {"shared/activities.py": USES_SHARED})


def test_an_activity_in_another_package_counts(tmp_path: Path) -> None:
    other = {"jobs/__init__.py": "", "jobs/activities.py": USES_SHARED}
    assert not is_fixable(tmp_path, SHARED | other | {"flow.py": flow("return stamp()", BY_SHARED)})
