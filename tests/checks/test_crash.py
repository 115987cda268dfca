"""NTR711: a worker that dies after every workflow task, and the run that must not notice."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, REJECT_ALL
from ntro_testkit.checks.reruns.crash import crash_verdicts
from ntro_testkit.runtime import backends
from ntro_testkit.runtime.backends import BackendError
from tests.bundles import line_of
from tests.checks.examination import experiment
from tests.checks.planted import SEEN_AGAIN, SEEN_ELSEWHERE, SOUND, Fault, sends
from tests.test_fixtures import BUNDLES, children

needs_temporalio = pytest.mark.skipif(
    importlib.util.find_spec("temporalio") is None, reason="crashes need temporalio"
)

POKED_FROM_OUTSIDE = Fault(
    "await do(activities.read)\n"
    "if self.paid:\n"
    "    await do(activities.a, 1)  # paid\n"
    "await do(activities.read)\n"
    "await do(activities.b, 2)\n",
    members="paid = False\n",
)

CHANGED_BY_A_QUERY = Fault(
    "await do(activities.read)\nawait do(activities.a, min(self.views, 1))  # sent",
    members="views = 0\n\n"
    "@runbook.query\n"
    "def viewed(self) -> int:\n"
    "    self.views += 1\n"
    "    return self.views\n",
)

FAULTS = {
    "module-counter": SEEN_AGAIN["module-counter"],
    "class-level-list": SEEN_AGAIN["class-level-list"],
    "uuid": SEEN_ELSEWHERE["uuid"],
    "uuid-in-a-signal-handler": SEEN_AGAIN["uuid-in-a-signal-handler"],
    "changed-by-a-query": CHANGED_BY_A_QUERY,
    "taken-from-the-module-later": Fault(
        "LEFT.append(1)\nawait do(activities.read)\nreturn LEFT.pop() and len(LEFT)",
        "LEFT: list[int] = []\n",
    ),
}


@needs_temporalio
@pytest.mark.parametrize("name", FAULTS)
def test_a_crash_shows(name: str, tmp_path: Path) -> None:
    [verdict] = crash_verdicts(experiment(FAULTS[name].write(tmp_path)))
    assert verdict.code == "NTR711"
    assert verdict.comparison is not None
    assert verdict.comparison.rows


@needs_temporalio
@pytest.mark.parametrize("name", SOUND)
def test_sound_code_survives_every_crash(name: str, tmp_path: Path) -> None:
    assert not list(crash_verdicts(experiment(SOUND[name].write(tmp_path), HAPPY, REJECT_ALL)))


@needs_temporalio
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_every_sample_bundle_survives_with_its_children(bundle: Path) -> None:
    tried = experiment(bundle, HAPPY, REJECT_ALL, child_workflows=children(bundle))
    assert not list(crash_verdicts(tried))


@needs_temporalio
def test_a_command_that_is_issued_otherwise_again_is_told_with_its_line(tmp_path: Path) -> None:
    fault = Fault(
        "await runbook.execute_activity(activities.a, next(NUMBERS), "
        "start_to_close_timeout=MINUTE)",
        SEEN_AGAIN["module-counter"].top,
    )
    bundle = fault.write(tmp_path)
    [verdict] = crash_verdicts(experiment(bundle))
    assert verdict.message.startswith("activity `demo.a` has arguments[0] ")
    assert verdict.message.endswith(
        "when the workflow is rebuilt from its history after its workflow task 1"
    )
    assert verdict.line is not None
    assert verdict.line.line == line_of(bundle, "next(NUMBERS)")


@needs_temporalio
def test_state_that_a_query_changed_is_gone_after_a_crash(tmp_path: Path) -> None:
    bundle = CHANGED_BY_A_QUERY.write(tmp_path)
    [verdict] = crash_verdicts(experiment(bundle, snapshots=False))
    assert "args[0] 0, not 1" in verdict.message
    assert "rebuilt from its history and goes on" in verdict.message


@needs_temporalio
def test_state_poked_in_from_outside_is_not_in_the_history(tmp_path: Path) -> None:
    def pay() -> list[int]:
        tried.harness.workflow_cls.paid = not tried.harness.workflow_cls.paid
        return []

    tried: Any = experiment(POKED_FROM_OUTSIDE.write(tmp_path), mocks={"demo.read": pay})
    [verdict] = crash_verdicts(tried)
    assert "activity `demo.read` in place of activity `demo.a`" in verdict.message


@needs_temporalio
def test_a_run_that_is_another_anyway_is_no_crash(tmp_path: Path) -> None:
    """It never waits, so there is nothing to rebuild: the second run says what is wrong."""
    bundle = SEEN_AGAIN["cached-first-input"].write(tmp_path)
    assert not list(crash_verdicts(experiment(bundle)))


@needs_temporalio
def test_a_patch_that_was_taken_is_taken_again(tmp_path: Path) -> None:
    fault = Fault(
        "from temporalio import workflow\n"
        "if workflow.patched('new-way'):\n"
        "    await do(activities.a, 1)\n"
        "else:\n"
        "    await do(activities.b, 1)\n"
        "await do(activities.read)\n"
        "return workflow.patched('later') and workflow.patched('new-way')"
    )
    tried = experiment(fault.write(tmp_path), backend="sdk")
    assert tried.happy.result is True
    assert not list(crash_verdicts(tried))


@needs_temporalio
def test_timers_and_their_ends_come_again(tmp_path: Path) -> None:
    fault = Fault(
        "try:\n"
        "    await asyncio.wait_for(asyncio.sleep(60), 5)\n"
        "except TimeoutError:\n"
        "    await do(activities.a, 'late')\n"
        "first, second = await asyncio.gather(\n"
        "    do(activities.a, 1), do(activities.b, 2)\n"
        ")\n"
        "await asyncio.sleep(7)\n"
        "return first + second"
    )
    assert not list(crash_verdicts(experiment(fault.write(tmp_path))))


def test_without_temporalio_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = experiment(sends("1").write(tmp_path))
    monkeypatch.setattr(backends, "HAS_TEMPORALIO", False)
    with pytest.raises(BackendError, match=r"pip install 'ntro-testkit\[temporal\]'"):
        list(crash_verdicts(tried))
