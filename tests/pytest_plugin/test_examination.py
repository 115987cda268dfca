"""Collected bundles are examined: a verdict fails the test of the scenario it is charged to."""

from __future__ import annotations

import pytest

from tests.bundles import ANSWERS_AT_REVIEWS
from tests.pytest_plugin.conftest import REVIEW, Project

DEAF = {
    **REVIEW,
    "run": """
    await self._read()
    await self._check()
    return await self._store()
    """,
}
"""Stores whatever the answer is."""

BY_CLOCK = {
    **REVIEW,
    "top": "import time\n",
    "run": """
    await self._read()
    answer = await self._check()
    words = {answer.get(key) for key in ("kind", "type", "action")}
    if {"reject", "rejected"} & words:
        return "rejected"
    return f"{await self._store()} at {time.time()}"
    """,
}
"""Returns the time of day."""


def test_a_rejection_without_effect_fails_the_scenario_that_rejects(project: Project) -> None:
    project.bundle(**DEAF)
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*::reject_all FAILED*",
            "*error?NTR701? decision-without-effect: *`check`*",
            "*= ntro verdicts =*",
            "1 verdict: 1 NTR701 decision-without-effect",
            "FAILED *::reject_all - NTR701 decision-without-effect*",
        ]
    )


def test_the_summary_counts_the_verdicts_of_all_bundles_and_workers(project: Project) -> None:
    for slug in ("one", "other"):
        project.bundle(slug, **DEAF)
    project.bundle("sound")
    result = project.pytest("runbooks", "-n", "2", "-p", "xdist")
    result.stdout.fnmatch_lines(["2 verdicts: 2 NTR701 decision-without-effect"])
    assert "ntro verdicts" not in project.pytest("runbooks/sound").stdout.str()


def test_codes_are_left_out_by_option_and_ini_file(project: Project) -> None:
    project.bundle(**DEAF)
    project.pytest("--ntro-ignore=NTR701").assert_outcomes(passed=2)
    project.pytest("--ntro-select", "NTR702,NTR703").assert_outcomes(passed=2)
    project.file("pytest.ini", "[pytest]\nntro_ignore = decision-without-effect\n")
    project.pytest().assert_outcomes(passed=2)


def test_a_code_there_is_not_is_wrong_use(project: Project) -> None:
    project.bundle()
    result = project.pytest("--ntro-ignore=NTR7O1")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--ntro-ignore: no rule `NTR7O1`, did you mean `NTR701`?"])


def test_a_comment_on_the_gates_line_says_that_it_need_not(project: Project) -> None:
    waiting = "return await self.wait_for_action("
    members = REVIEW["members"].replace(waiting, waiting + "  # noqa: NTR701 -- to be read only\n")
    project.bundle(**{**DEAF, "members": members})
    project.pytest("runbooks").assert_outcomes(passed=2)


def test_an_answer_that_opens_a_gate_unseen_fails_the_happy_scenario(project: Project) -> None:
    members = REVIEW["members"].replace(ANSWERS_AT_REVIEWS, "")
    project.bundle(**{**REVIEW, "members": members})
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*::happy FAILED*", "*error?NTR702? stale-approval: *"])


def test_a_call_to_the_clock_is_reported_with_the_lints_code(project: Project) -> None:
    project.bundle(**BY_CLOCK)
    result = project.pytest("runbooks", "--no-ntro-twin")
    result.stdout.fnmatch_lines(["*NTR101? wall-clock: `time.time()` was called *"])


def test_on_ci_a_twin_runs_the_bundles_elsewhere(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.bundle(**BY_CLOCK)
    only_twin = ("runbooks", "--ntro-select=NTR709")
    project.pytest(*only_twin).assert_outcomes(passed=2)
    monkeypatch.setenv("CI", "true")
    result = project.pytest(*only_twin)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*error?NTR709? twin-difference: *"])
    project.pytest(*only_twin, "--no-ntro-twin").assert_outcomes(passed=2)
