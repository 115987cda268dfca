"""What a whole lint says: each finding once, about what was asked, in the words of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.discovery.discover import UnknownPathError
from lint_rules.engine import Run, lint, run
from tests.lint_rules.linted import (
    bundle,
    flow,
    lint_texts,
    lint_tree,
    single,
    spots,
    write,
)

CLOCK = "import time\n\ndef stamp():\n    return time.time()\n"
BROKEN = "def stamp(:\n"
BY_HELPER = flow("return stamp()", "from clock import stamp")


def test_a_helper_of_several_workflows_is_reported_once() -> None:
    report = lint_texts({"a.py": BY_HELPER, "b.py": BY_HELPER, "clock.py": CLOCK})
    assert spots(report) == ["clock.py:4 NTR101"]


def test_a_helper_of_several_bundles_is_reported_once(tmp_path: Path) -> None:
    around = "from shared.clock import stamp"
    shared = {"pyproject.toml": "", "shared/__init__.py": "", "shared/clock.py": CLOCK}
    body = "return stamp()"
    report = lint_tree(tmp_path, shared | bundle("a", body, around) | bundle("b", body, around))
    assert spots(report) == ["clock.py:4 NTR101"]
    assert report.summary.bundles == 2


@pytest.mark.parametrize("worse", ["a.py", "b.py"])
def test_the_worst_that_workflows_of_a_project_do_with_a_value_counts(worse: str) -> None:
    mild = flow("workflow.logger.info(stamp())", "from clock import stamp")
    bad = flow("if stamp() > 3:\n    await asyncio.sleep(1)", "from clock import stamp")
    files = {"a.py": mild, "b.py": mild, "clock.py": CLOCK, worse: bad}
    assert single(lint_texts(files)).impact == "sequence"


def test_the_worst_that_several_bundles_do_with_a_value_counts(tmp_path: Path) -> None:
    around = "from shared.clock import stamp"
    shared = {"pyproject.toml": "", "shared/__init__.py": "", "shared/clock.py": CLOCK}
    mild = bundle("a", "workflow.logger.info(stamp())", around)
    bad = bundle("b", "if stamp() > 3:\n    await asyncio.sleep(1)", around)
    assert single(lint_tree(tmp_path, shared | mild | bad)).severity == "error"


SHARED = {
    "pyproject.toml": "",
    "clock.py": CLOCK,
    "flow.py": BY_HELPER,
    "other.py": flow("return os.getpid()"),
}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["."], ["clock.py:4 NTR101", "other.py:14 NTR105"]),
        (["clock.py"], ["clock.py:4 NTR101"]),
        (["flow.py"], ["clock.py:4 NTR101"]),
        (["other.py"], ["other.py:14 NTR105"]),
        (["clock.py", "other.py"], ["clock.py:4 NTR101", "other.py:14 NTR105"]),
    ],
)
def test_only_findings_that_touch_what_was_given_are_reported(
    given: list[str], found: list[str], tmp_path: Path
) -> None:
    assert spots(lint_tree(tmp_path, SHARED, *given)) == found


def test_a_module_on_the_way_to_a_hazard_is_touched_by_it(tmp_path: Path) -> None:
    between = "from clock import stamp\n\ndef passed():\n    return stamp()\n"
    files = {"flow.py": flow("return passed()", "from between import passed")}
    files |= {"pyproject.toml": "", "between.py": between, "clock.py": CLOCK}
    files["aside.py"] = "from clock import stamp\n"
    report = lint_tree(tmp_path, files, "between.py")
    assert spots(report) == ["clock.py:4 NTR101"]
    assert [hop.text for hop in single(report).trace] == ["run -> passed", "passed -> stamp"]
    assert spots(lint_tree(tmp_path, files, "aside.py")) == []


def test_a_syntax_error_is_a_finding_and_the_rest_goes_on() -> None:
    files = {
        "flow.py": flow("stamp()\nreturn time.time()", "from clock import stamp"),
        "clock.py": BROKEN,
        "other.py": flow("return time.time()"),
    }
    report = lint_texts(files)
    assert spots(report) == ["clock.py:1 NTR901", "flow.py:15 NTR101", "other.py:14 NTR101"]
    assert single(report, "NTR901").severity == "error"


def test_a_broken_module_that_nobody_needs_is_nobodys_business(tmp_path: Path) -> None:
    assert spots(lint_tree(tmp_path, {"flow.py": flow("return 1"), "clock.py": BROKEN})) == []


def test_every_module_of_a_bundle_must_parse(tmp_path: Path) -> None:
    files = bundle("nav", "return 1", activities=BROKEN)
    assert spots(lint_tree(tmp_path, files)) == ["activities.py:1 NTR901"]


def test_a_broken_helper_of_two_bundles_is_reported_once(tmp_path: Path) -> None:
    around = "from shared.clock import stamp"
    shared = {"pyproject.toml": "", "shared/__init__.py": "", "shared/clock.py": BROKEN}
    both = bundle("a", "stamp()", around) | bundle("b", "stamp()", around)
    assert spots(lint_tree(tmp_path, shared | both)) == ["clock.py:1 NTR901"]


def test_findings_of_a_bundle_carry_its_slug_and_others_carry_none(tmp_path: Path) -> None:
    files = bundle("nav-monthly@0.0.9", "return time.time()")
    files["loose.py"] = flow("return time.time()")
    found = lint_tree(tmp_path, files).findings
    assert {Path(f.place.path).name: f.bundle for f in found} == {
        "workflow.py": "nav-monthly",
        "loose.py": None,
    }


NTRO = """\
import time
from ntro.workflow import NtroWorkflow, runbook

@runbook.defn
class Flow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx):
        return time.time()
"""


def test_a_project_is_spoken_to_in_the_words_of_its_own_facade() -> None:
    ours = single(lint_texts({"flow.py": NTRO}))
    theirs = single(lint_texts({"flow.py": flow("return time.time()")}))
    assert ours.alternative is not None
    assert ours.fix is not None
    assert theirs.alternative is not None
    assert theirs.fix is not None
    assert "runbook.now()" in ours.alternative
    assert "runbook.now()" in ours.fix.message
    assert "workflow.now()" in theirs.alternative
    assert "workflow.now()" in theirs.fix.message


@pytest.mark.parametrize("defn", ["@runbook.defn", "@runbook.defn()"])
def test_a_workflow_is_ntros_by_its_decorator_alone(defn: str) -> None:
    text = NTRO.replace("@runbook.defn", defn).replace("(NtroWorkflow)", "")
    alternative = single(lint_texts({"flow.py": text})).alternative
    assert alternative is not None
    assert "runbook.now()" in alternative


def test_paths_are_shown_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"pyproject.toml": "", "far/clock.py": CLOCK, "here/x.txt": ""})
    write(tmp_path, {"far/flow.py": BY_HELPER})
    settings = Settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    [found] = lint([Path("far")], settings, jobs=1).findings
    assert found.place.path == "far/clock.py"
    assert [hop.place.path for hop in found.trace] == ["far/flow.py"]
    monkeypatch.chdir(tmp_path / "here")
    [found] = lint([Path("../far")], settings, jobs=1).findings
    assert found.place.path == "../far/clock.py"
    [found] = lint([tmp_path / "far"], settings, jobs=1).findings
    assert found.place.path == str(tmp_path / "far/clock.py")


def test_findings_come_in_the_order_of_their_places(tmp_path: Path) -> None:
    body = "os.getpid()\ntime.time(), uuid.uuid4(), time.time()"
    report = lint_tree(tmp_path, {"b.py": flow(body), "a.py": flow(body)})
    assert list(report.findings) == sorted(report.findings, key=lambda f: (f.place, f.code))
    assert len(report.findings) == 8


def test_the_summary_counts_what_was_looked_at(tmp_path: Path) -> None:
    body = """
        workflow.logger.info(time.time())
        if stamp() > 3:
            await asyncio.sleep(1)
        unseen.call()
        return os.getpid()
    """
    files = bundle("nav", body, "import unseen\nfrom .clock import stamp", clock=CLOCK)
    summary = lint_tree(tmp_path, files).summary
    assert (summary.bundles, summary.files) == (1, 3)
    assert (summary.errors, summary.warnings, summary.info) == (1, 1, 1)
    assert summary.calls_unknown == 1
    assert summary.calls_resolved == 6


def test_nothing_to_lint_is_an_empty_report(tmp_path: Path) -> None:
    report = lint_tree(tmp_path, {"plain.py": "VALUE = 1\n"})
    assert (report.findings, report.unknown, report.summary.files) == ((), (), 0)


def test_an_unknown_path_is_said_with_the_nearest_that_exists(tmp_path: Path) -> None:
    write(tmp_path, {"flow.py": ""})
    with pytest.raises(UnknownPathError, match=r"did you mean .*flow\.py"):
        lint([tmp_path / "flwo.py"], Settings(tmp_path))


def test_progress_is_told_of_every_project(tmp_path: Path) -> None:
    write(tmp_path, bundle("a", "return 1") | bundle("b", "return 1") | {"c.py": flow("return 1")})
    told: list[tuple[int, int]] = []
    how = Run(jobs=1, progress=lambda done, total: told.append((done, total)))
    run([tmp_path], Settings(tmp_path), how)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_overlay_stands_for_the_file_on_disk(tmp_path: Path) -> None:
    write(tmp_path, {"flow.py": BY_HELPER, "clock.py": CLOCK})
    changed = {tmp_path / "clock.py": b"def stamp():\n    return 1\n"}
    settings = Settings(tmp_path)
    assert spots(run([tmp_path], settings, Run(jobs=1)).report) == ["clock.py:4 NTR101"]
    assert spots(run([tmp_path], settings, Run(jobs=1, overlay=changed)).report) == []


@pytest.mark.parametrize("name", ["platform", "calendar", "queue"])
def test_a_package_called_like_a_module_of_the_library_is_followed(
    name: str, tmp_path: Path
) -> None:
    files = {
        "pyproject.toml": "",
        f"{name}/__init__.py": "",
        f"{name}/flow.py": flow("return stamp()", "from .clock import stamp"),
        f"{name}/clock.py": CLOCK,
    }
    assert spots(lint_tree(tmp_path, files)) == ["clock.py:4 NTR101"]
