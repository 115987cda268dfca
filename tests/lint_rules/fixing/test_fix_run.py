"""Fixing in rounds: every fix is linted again before it counts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.config.settings import Settings
from lint_rules.engine import Linted, Run, run
from lint_rules.finding import Finding
from lint_rules.fixes.messages import MESSAGES
from lint_rules.fixing import fix_run
from lint_rules.fixing.effects import EFFECTS
from lint_rules.fixing.fix_run import FixedFile, fix
from lint_rules.fixing.trial import Round, harm_done
from lint_rules.fixing.wanted import wanted_fixes
from lint_rules.fixing.writing import write_files
from tests.lint_rules.cases_reader import python_files, rule_files, trees

HEAD = """\
import datetime
import time

from ntro.workflow import NtroWorkflow, runbook


@runbook.defn
class Flow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: object) -> object:
        names = {"b", "a"}
"""


def lint(path: Path, overlay: Mapping[Path, bytes] | None = None) -> Linted:
    return run([path], Settings(path.parent), Run(overlay=overlay or {}))


def written(directory: Path, *lines: str) -> Path:
    path = directory / "flow.py"
    path.write_text(HEAD + "".join(f"        {line}\n" for line in lines), encoding="utf-8")
    return path


def new_round(path: Path, spoiled_by: str) -> Round:
    """Fix a file whose linting finds something new once a text is in it."""
    before = lint(path)

    def spoiling(texts: Mapping[Path, bytes]) -> Linted:
        after = lint(path, texts)
        if spoiled_by.encode() not in texts[path]:
            return after
        other = replace(before.report.findings[0], code="NTR110")
        findings = (*after.report.findings, other)
        return replace(after, report=replace(after.report, findings=findings))

    return Round(before, wanted_fixes(before), spoiling)


def test_a_fix_that_brings_a_finding_is_left_out_and_the_others_are_made(tmp_path: Path) -> None:
    path = written(tmp_path, "print('one')", "print('two')", "print('three')", "return time.time()")
    done = new_round(path, spoiled_by="logger.info('two')")
    [refused] = done.not_applied
    assert refused.finding.place.line == 13
    assert refused.reason.startswith("it would bring NTR110 into ")
    text = done.texts[path].decode()
    assert "print('two')" in text
    assert text.count("runbook.logger.info") == 2
    assert "time.time()" not in text
    assert {each.finding.place.line for each in done.made} == {12, 14, 15}


def test_nothing_is_made_where_everything_does_harm(tmp_path: Path) -> None:
    path = written(tmp_path, "print('one')", "print('two')")
    done = new_round(path, spoiled_by="runbook")
    assert (done.made, done.texts) == ([], {})
    assert len(done.not_applied) == len(done.after.report.findings) == 2


def test_a_finding_that_stays_speaks_against_its_fix(tmp_path: Path) -> None:
    report = lint(written(tmp_path, "print('one')", "print('two')")).report
    one, two = report.findings
    assert harm_done(report, [one], replace(report, findings=(two,))) is None
    assert harm_done(report, [one, two], replace(report, findings=())) is None
    assert harm_done(report, [one], report) == "the finding would still be there"
    new = replace(two, code="NTR104")
    brought = harm_done(report, [one], replace(report, findings=(two, new)))
    assert brought is not None
    assert "NTR104" in brought


def test_a_fix_inside_another_is_made_with_it(tmp_path: Path) -> None:
    path = written(tmp_path, "print(f'{time.time()}')", "return None")
    done = fix([path], Settings(tmp_path), Run())
    assert sorted(finding.code for finding in done.fixed) == ["NTR101", "NTR116"]
    [file] = done.files
    assert b"runbook.logger.info(f'{runbook.now().timestamp()}')" in file.after
    assert done.linted.report.findings == ()


def test_a_fix_that_makes_way_for_another_is_followed_by_it(tmp_path: Path) -> None:
    path = written(tmp_path, "return time.time(  # noqa: NTR104 -- no id any more", ")")
    done = fix([path], Settings(tmp_path), Run())
    assert [finding.code for finding in done.fixed] == ["NTR902", "NTR101"]
    assert (done.not_applied, done.linted.report.findings) == ((), ())


def test_rounds_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fix_run, "ROUNDS", 0)
    path = written(tmp_path, "return time.time()")
    done = fix([path], Settings(tmp_path), Run())
    assert (done.fixed, done.files, len(done.linted.report.findings)) == ((), (), 1)


def test_every_fix_says_what_it_does_to_runs_in_flight() -> None:
    assert EFFECTS.keys() == {*MESSAGES, "asyncio-as-completed"}


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "return time.time()")
    other = tmp_path / "other.py"
    other.write_bytes(b"old")
    done = fix([path], Settings(tmp_path), Run())
    path.write_bytes(b"edited")
    files = [*done.files, FixedFile(str(other), "other.py", b"old", b"new")]
    [problem] = write_files(files)
    assert "flow.py was changed meanwhile" in problem
    assert (path.read_bytes(), other.read_bytes()) == (b"edited", b"new")


def test_a_file_with_two_paths_is_fixed_once(tmp_path: Path) -> None:
    path = written(tmp_path, "return time.time()")
    link = tmp_path / "link.py"
    link.symlink_to(path)
    done = fix([path, link], Settings(tmp_path), Run())
    assert len(done.files) == 2
    assert write_files(done.files) == ()
    assert b"runbook.now().timestamp()" in path.read_bytes()
    assert link.is_symlink()


CASES = [*rule_files(), *trees()]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fixed_cases_parse_and_have_no_more_findings_and_nothing_left_to_fix(
    case: Path, unsafe: bool, tmp_path: Path
) -> None:
    place = tmp_path.resolve() / case.name
    (shutil.copytree if case.is_dir() else shutil.copy)(case, place)
    before = lint(place).report
    done = fix([place], Settings(tmp_path), Run(), unsafe=unsafe)
    assert write_files(done.files) == ()
    for path in python_files(place):
        compile(path.read_bytes(), path.name, "exec", dont_inherit=True)
    after = lint(place).report
    assert len(after.findings) <= len(before.findings) - len(done.fixed)
    assert _kinds(after.findings) == _kinds(done.linted.report.findings)
    again = fix([place], Settings(tmp_path), Run(), unsafe=unsafe)
    assert (again.fixed, again.files) == ((), ())


def _kinds(findings: tuple[Finding, ...]) -> list[tuple[str, object]]:
    return [(finding.code, finding.place) for finding in findings]


STATEMENTS = st.sampled_from(
    [
        "print('told')",
        "print(f'{time.time()}')",
        "print('a', 'b')",
        "time.sleep(time.time())",
        "names = sorted(names)",
        "await self.told(list(names))",
        "self.at = datetime.datetime.now(datetime.UTC)",
        "self.at = datetime.datetime.now()",
        "self.at = (datetime.datetime.utcnow(), time.time_ns())",
        "time = self.at",
        "self.at = time.time()  # noqa: NTR101 -- a drill",
        "self.at = runbook.now()  # noqa: NTR101, E501 -- no drill",
        "for name in names: print(name)",
        "if time.time() > 5: return names",
    ]
)


@given(st.lists(STATEMENTS, min_size=1, max_size=6), st.booleans())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_fixing_any_workflow_takes_findings_away_and_brings_none(
    tmp_path: Path, lines: list[str], unsafe: bool
) -> None:
    path = written(tmp_path, *lines)
    before = lint(path).report
    done = fix([path], Settings(tmp_path), Run(), unsafe=unsafe)
    for file in done.files:
        compile(file.after, "flow.py", "exec", dont_inherit=True)
        path.write_bytes(file.after)
    assert harm_done(before, done.fixed, lint(path).report) is None
    assert fix([path], Settings(tmp_path), Run(), unsafe=unsafe).files == ()
