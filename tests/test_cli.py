"""`ntro-testkit test`: arguments, streams, exit codes; never a traceback for a user's mistake."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.bundles import ANSWERS_AT_REVIEWS, OTHER_CLASS, cli
from tests.conftest import BundleFactory

Done = subprocess.CompletedProcess[str]

REVIEW: dict[str, Any] = {
    "members": ANSWERS_AT_REVIEWS,
    "run": "answer = await self.wait_for_action(payload={})\n"
    "words = {answer.get(key) for key in ('kind', 'type', 'action')}\n"
    "return 'rejected' if {'reject', 'rejected'} & words else 'approved'",
}
NOISY: dict[str, Any] = {
    "models": "print('at import')\n",
    "activities": "print('activities at import')\n",
    "run": "import sys\nprint('in run')\nsys.stdout.write('written\\n')\nreturn 1",
}


def assert_refused(done: Done, *words: str) -> None:
    """Wrong use: exit code 2, one line on stderr, nothing on stdout, no traceback."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_both_built_in_scenarios_run_by_default(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**REVIEW))
    assert done.returncode == 0, done.stderr
    assert "✓  happy" in done.stdout
    assert "✓  reject_all" in done.stdout
    assert done.stdout.splitlines()[-1] == "summary: 2 passed, 0 failed (of 2)"
    assert done.stderr == ""


def test_a_failing_scenario_gives_exit_code_one(bundle: BundleFactory) -> None:
    done = cli("test", bundle(run="1 / 0"))
    assert done.returncode == 1
    assert "summary: 0 passed, 2 failed (of 2)" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--scenario", "-s"])
def test_scenarios_are_chosen_by_name_and_in_order(bundle: BundleFactory, option: str) -> None:
    done = cli("test", bundle(**REVIEW), option, "reject_all", option, "happy", "--json")
    assert [row["scenario"] for row in json.loads(done.stdout)] == ["reject_all", "happy"]


def test_an_authors_scenario_is_found_by_name(bundle: BundleFactory) -> None:
    """D11."""
    directory = bundle(
        **REVIEW,
        files={
            "tests/scenarios.py": "from ntro_testkit import Scenario\n"
            "A = Scenario('careful', decisions={'': ['rejected']})\n"
        },
    )
    done = cli("test", directory, "-s", "careful")
    assert done.returncode == 0, done.stderr
    assert "✓  careful" in done.stdout


def test_an_unknown_scenario_lists_the_names_there_are(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**REVIEW), "-s", "hapy")
    assert_refused(done, "hapy", "happy", "reject_all")


def test_json_prints_nothing_but_json_even_when_the_bundle_prints(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**NOISY), "--json")
    assert done.returncode == 0, done.stderr
    assert [row["status"] for row in json.loads(done.stdout)] == ["completed", "completed"]
    assert "in run" in done.stderr


def test_json_survives_output_below_python(bundle: BundleFactory) -> None:
    directory = bundle(
        models="import os\nos.write(1, b'raw\\n')\n",
        run="import os\nos.system('echo sub')\nreturn 1",
    )
    done = cli("test", directory, "--json")
    assert [row["status"] for row in json.loads(done.stdout)] == ["completed", "completed"]


def test_json_of_a_failing_run_is_json(bundle: BundleFactory) -> None:
    done = cli("test", bundle(run="return float('nan')"), "--json")

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads(done.stdout, parse_constant=refuse)


def test_the_human_report_is_not_mixed_with_what_the_bundle_prints(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**NOISY))
    assert "in run" not in done.stdout.splitlines()
    assert "✓  happy" in done.stdout


INPUT: dict[str, Any] = {
    "models": "class Context(BaseModel):\n    period: str = Field(pattern=r'^\\d{4}-\\d{2}$')\n",
    "takes": "ctx: Context",
    "run": "return ctx.period",
}


def test_the_input_is_faked_from_the_declared_type(bundle: BundleFactory) -> None:
    """D13, with `from __future__ import annotations`."""
    directory = bundle(**INPUT)
    file = directory / "templates/workflow.py"
    file.write_text("from __future__ import annotations\n" + file.read_text(encoding="utf-8"))
    done = cli("test", directory, "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)[0]["result"]) == 7


def test_the_input_is_given_as_json_or_in_a_file(bundle: BundleFactory, tmp_path: Path) -> None:
    directory = bundle(**INPUT)
    file = tmp_path / "input.json"
    file.write_text('{"period": "2031-07"}', encoding="utf-8")
    for given in ('{"period": "2031-07"}', f"@{file}"):
        done = cli("test", directory, "--input", given, "--json")
        assert json.loads(done.stdout)[0]["result"] == "2031-07", done.stderr


def test_input_that_does_not_fit_fails_the_run_with_both_types(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**INPUT), "--input", '{"period": 7}', "-s", "happy")
    assert done.returncode == 1
    assert "Context" in done.stdout
    assert "period" in done.stdout


@pytest.mark.parametrize(
    "given, words",
    [
        ("{nonsense", ["--input", "JSON"]),
        ("", ["--input", "JSON"]),
        ("@/nowhere/input.json", ["/nowhere/input.json"]),
    ],
)
def test_an_input_that_is_no_json_is_refused(
    bundle: BundleFactory, given: str, words: list[str]
) -> None:
    assert_refused(cli("test", bundle(**INPUT), "--input", given), *words)


def test_an_input_file_that_is_no_json_names_the_file(
    bundle: BundleFactory, tmp_path: Path
) -> None:
    file = tmp_path / "input.json"
    file.write_bytes(b"\xff\xfe")
    assert_refused(cli("test", bundle(**INPUT), "--input", f"@{file}"), "input.json")


PARENT: dict[str, Any] = {
    "run": "return await self.run_child_workflow(slug='child', input=None)",
}


def test_children_are_given_by_directory(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**PARENT), "--child", bundle("child", run="return 'from child'"))
    assert done.returncode == 0, done.stdout
    assert "from child" in done.stdout


def test_a_child_that_was_not_given_says_which_option_is_missing(bundle: BundleFactory) -> None:
    done = cli("test", bundle(**PARENT))
    assert done.returncode == 1
    assert "child workflow slug not registered: child; registered: none" in done.stdout
    assert "--child" in done.stdout


def test_the_workflow_class_may_be_named(bundle: BundleFactory) -> None:
    done = cli("test", bundle(top=OTHER_CLASS), "--workflow-class", "Other", "--json")
    assert json.loads(done.stdout)[0]["result"] == 7, done.stderr


def test_a_junit_file_is_written_beside_the_report(bundle: BundleFactory, tmp_path: Path) -> None:
    file = tmp_path / "out" / "junit.xml"
    file.parent.mkdir()
    done = cli("test", bundle(**REVIEW), "--junit-xml", file)
    assert "summary:" in done.stdout
    root = ElementTree.parse(file).getroot()
    assert [case.get("name") for case in root.iter("testcase")] == ["happy", "reject_all"]


def test_a_junit_file_that_cannot_be_written_is_refused_in_one_line(
    bundle: BundleFactory, tmp_path: Path
) -> None:
    done = cli("test", bundle(**REVIEW), "--junit-xml", tmp_path / "no" / "junit.xml")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "junit.xml" in done.stderr


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["/nowhere/nav"], ["/nowhere/nav", "no such directory"]),
        (["BUNDLE", "--child", "/nowhere/child"], ["/nowhere/child"]),
        (["BUNDLE", "--workflow-class", "Nope"], ["Nope", "DemoWorkflow"]),
    ],
)
def test_a_bundle_that_cannot_be_loaded_is_refused_in_one_line(
    bundle: BundleFactory, arguments: list[str], words: list[str]
) -> None:
    directory = str(bundle(**REVIEW))
    assert_refused(cli("test", *[a.replace("BUNDLE", directory) for a in arguments]), *words)


@pytest.mark.parametrize("models", ["def :", "import sys; sys.exit(0)", "import frobnicate"])
def test_a_bundle_that_does_not_import_is_refused_in_one_line(
    bundle: BundleFactory, models: str
) -> None:
    assert_refused(cli("test", bundle(models=models)), "models.py")


def test_an_activity_nothing_answers_is_refused_with_a_stub(bundle: BundleFactory) -> None:
    directory = bundle(activities="@activity.defn\nasync def one(): ...\n", run="await do(one)")
    assert_refused(cli("test", directory), "one", "mocks=")


@pytest.mark.parametrize(
    "arguments",
    [["test", "BUNDLE", "--no-such-option"], ["tset"], ["test", "BUNDLE", "--timeout", "soon"]],
)
def test_wrong_arguments_give_exit_code_two(bundle: BundleFactory, arguments: list[str]) -> None:
    directory = str(bundle(**REVIEW))
    done = cli(*[a.replace("BUNDLE", directory) for a in arguments])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_timeout_ends_a_run_that_takes_too_long(bundle: BundleFactory) -> None:
    directory = bundle(
        run="import time\nwhile True:\n    time.sleep(0.05)\n    await asyncio.sleep(1)"
    )
    done = cli("test", directory, "-s", "happy", "--timeout", "1")
    assert done.returncode == 1
    assert "timed out after 1" in done.stdout
