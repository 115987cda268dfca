"""The fixes of the facade rules, made for real: the finding goes, nothing new comes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.fixing.fix_run import fix
from tests.bundles import ROOT


def copied(bundle: Path, tmp_path: Path) -> Path:
    shutil.copytree(bundle, tmp_path / bundle.name)
    return tmp_path / bundle.name


@pytest.mark.parametrize("code", ["NTR201", "NTR202", "NTR203"])
def test_a_broken_bundle_is_clean_after_its_safe_fix(code: str, tmp_path: Path) -> None:
    bundle = copied(ROOT / "fixtures/broken" / code / "petty-cash", tmp_path)
    done = fix([bundle], Settings(tmp_path), Run(jobs=1))
    assert [finding.code for finding in done.fixed] == [code]
    assert (done.not_applied, done.linted.report.findings) == ((), ())


def test_a_bundle_of_the_first_generation_is_migrated_as_a_whole(tmp_path: Path) -> None:
    bundle = copied(ROOT / "fixtures/runbooks/facade-old", tmp_path)
    for name in ("workflow.py", "activities.py"):
        path = bundle / "templates" / name
        lines = path.read_text("utf-8").splitlines()
        path.write_text("".join(f"{line.partition('  # noqa')[0]}\n" for line in lines), "utf-8")
    done = fix([bundle], Settings(tmp_path), Run(jobs=1))
    assert sorted({finding.code for finding in done.fixed}) == ["NTR201", "NTR202"]
    assert (done.not_applied, done.linted.report.findings) == ((), ())
    after = b"".join(file.after for file in done.files)
    assert b"from ntro.workflow import NtroWorkflow, runbook\n" in after
    assert b"from ntro.workflow import WorkflowError, activity\n" in after
    assert b"temporalio import" not in after
    assert after.count(b"@runbook.step(") == 4
