"""What happens to a run in flight when today's code takes it over."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bundles import write_bundle
from tests.replay.flights import (
    ACTIVITIES,
    COUNT,
    EXTRA,
    Check,
    assert_refused_scenario,
    demo,
    repository_with,
    states,
)
from tests.replay.test_revision import git


def test_an_activity_under_way_answers_what_the_old_code_promised(
    check: Check, tmp_path: Path
) -> None:
    parts = {
        "top": "import asyncio\nfrom .activities import count, store\n",
        "run": f"await asyncio.sleep(60)\n{COUNT}",
    }
    repository = repository_with(tmp_path / "repository", demo(tmp_path, **parts))
    bundle = demo(repository, activities=ACTIVITIES.format(count="int"), **parts)
    done = check(bundle, "-s", "happy", "--output-format", "json")
    [scenario] = json.loads(done.out)["scenarios"]
    assert [(each["where"], each["codes"]) for each in scenario["states"]] == [
        ("waiting for a timer", []),
        ("waiting for activity `demo.count`", ["NTR802"]),
        ("waiting for activity `demo.store`", ["NTR802"]),
    ]
    [live, recorded] = scenario["findings"]
    assert "taken over by today's code" in live["message"]
    assert "workflow task 3 fails: " in recorded["message"]


def test_an_activity_that_is_new_is_answered_once_today_has_taken_over(
    check: Check, tmp_path: Path
) -> None:
    repository = repository_with(tmp_path / "repository", demo(tmp_path))
    extra = '@activity.defn(name="demo.extra")\nasync def extra() -> int: ...\n'
    bundle = demo(
        repository,
        top="from .activities import count, extra, store\n",
        run=COUNT.replace("return None", "") + EXTRA,
        activities=ACTIVITIES.format(count="str") + extra,
    )
    done = check(bundle, "-s", "happy", "--output-format", "json")
    assert (done.code, states(done)) == (0, {1: [], 2: []})


def test_what_is_asked_for_too_early_is_sent_once_when_the_run_goes_on(
    check: Check, tmp_path: Path
) -> None:
    """Never sent, the run would wait for ever; sent twice, its second answer would be nobody's."""
    count = "runbook.execute_activity(count, start_to_close_timeout=MINUTE)"
    top = "import asyncio\nfrom .activities import count\n"
    run = f"await asyncio.sleep(60)\nreturn await {count}"
    repository = repository_with(tmp_path / "repository", demo(tmp_path, top=top, run=run))
    run = f"""
    waiting = asyncio.create_task(asyncio.sleep(60))
    counting = asyncio.create_task({count})
    await waiting
    return await counting
    """
    bundle = demo(repository, top=top, run=run)
    done = check(bundle, "-s", "happy", "--output-format", "json")
    [scenario] = json.loads(done.out)["scenarios"]
    assert [each["where"] for each in scenario["states"]] == [
        "waiting for a timer",
        "waiting for activity `demo.count`",
    ]
    assert [each["codes"] for each in scenario["states"]] == [["NTR804"], ["NTR804"]]


def test_code_that_is_at_its_end_too_early_ends_the_run_when_something_wakes_it(
    check: Check, tmp_path: Path
) -> None:
    top = "import asyncio\n"
    repository = repository_with(
        tmp_path / "repository", demo(tmp_path, top=top, run="await asyncio.sleep(60)\nreturn 1")
    )
    run = "waiting = asyncio.create_task(asyncio.sleep(60))\nawait asyncio.sleep(0)\nreturn 1"
    done = check(demo(repository, top=top, run=run), "-s", "happy", "--output-format", "json")
    assert states(done) == {1: ["NTR804"]}


def test_an_activity_that_is_no_more_is_answered_all_the_same(check: Check, tmp_path: Path) -> None:
    """An old worker has it, and today's code asks by its name only while the old one is needed."""
    repository = repository_with(tmp_path / "repository", demo(tmp_path))
    old, new = "count, start", '"demo.count", start'
    without = ACTIVITIES.partition('@activity.defn(name="demo.store")')
    bundle = demo(
        repository,
        top="from .activities import store\n",
        run=COUNT.replace(old, new),
        activities=without[1] + without[2],
    )
    done = check(bundle, "-s", "happy", "--output-format", "json")
    assert states(done) == {1: [], 2: []}
    # A new run could not: nobody answers what is scheduled from now on.
    git(repository, "commit", "--quiet", "-a", "-m", "gone")
    done = check(bundle, "-s", "happy", revision="HEAD")
    assert_refused_scenario(done, "HEAD", "stuck")


def test_a_timer_counted_otherwise_breaks_when_it_fires_and_not_when_it_is_cancelled(
    check: Check, tmp_path: Path
) -> None:
    """A wait that is over at once takes a number, which Temporal compares when a timer fires."""
    members = """
    @runbook.signal
    def told(self, word: str) -> None:
        self.word = word
    """
    wait = "await runbook.wait_condition(lambda: {what}, timeout=MINUTE)\n"
    run = wait.format(what="hasattr(self, 'word')") + "return None"
    parts = {"members": members, "run": run}
    scenarios = (
        "from ntro_testkit import Scenario\n"
        "TOLD = Scenario(name='told', signals={'start': [('told', 'x')]})\n"
        "FIRES = Scenario(name='fires', may_fail=True)\n"
    )
    old = write_bundle(tmp_path, files={"tests/scenarios.py": scenarios}, **parts)  # type: ignore[arg-type]
    repository = repository_with(tmp_path / "repository", old)
    bundle = repository / old.name
    write_bundle(repository, members=members, run=wait.format(what="True") + run)
    told = check(bundle, "-s", "told", "--output-format", "json")
    assert (told.code, states(told)) == (0, {1: []})
    fires = check(bundle, "-s", "fires", "--output-format", "json")
    assert states(fires) == {1: ["NTR802"]}
    assert "timer 2 in place of timer 1, which fires (TMPRL1100)" in fires.out


def test_children_are_those_of_the_revision_until_today_takes_over(
    check: Check, tmp_path: Path
) -> None:
    run = 'return await self.run_child_workflow(slug="child", input={}, step_id="c")'
    child_run = COUNT
    parent = write_bundle(tmp_path, "parent", run=run)
    child = demo_child(tmp_path, child_run)
    repository = repository_with(tmp_path / "repository", parent, child)
    given = ("-s", "happy", "--output-format", "json", "--child", repository / "child")
    same = check(repository / "parent", *given)
    assert same.code == 0, same
    [scenario] = json.loads(same.out)["scenarios"]
    # Its start is on its way, it runs, and its end is on its way.
    assert [each["where"] for each in scenario["states"]] == [
        "waiting for child `child`",
        "waiting for child `child`, waiting for activity `demo.count`",
        "waiting for child `child`, waiting for activity `demo.store`",
        "waiting for child `child`",
    ]
    demo_child(repository, child_run.replace("return None", "nowhere.begin()"))
    broken = check(repository / "parent", *given)
    assert broken.code == 1
    [finding] = json.loads(broken.out)["scenarios"][0]["findings"]
    assert finding["code"] == "NTR802"
    assert finding["states"] == [1, 2, 3]
    assert "name 'nowhere' is not defined" in finding["message"]
    assert finding["path"] == str(repository / "child" / "templates" / "workflow.py")


def demo_child(root: Path, run: str) -> Path:
    return write_bundle(
        root,
        "child",
        run=run,
        takes="ctx: dict[str, Any]",
        top="from .activities import count, store\n",
        activities=ACTIVITIES.format(count="str"),
    )


def test_a_workflow_type_that_is_gone_is_a_finding(check: Check, tmp_path: Path) -> None:
    repository = repository_with(tmp_path / "repository", demo(tmp_path))
    bundle = write_bundle(repository, "renamed", directory="demo")
    done = check(bundle, "-s", "happy", "--output-format", "json")
    assert states(done) == {1: ["NTR802"], 2: ["NTR802"]}
    assert "no workflow class has the type `DemoWorkflow` any more" in done.out
