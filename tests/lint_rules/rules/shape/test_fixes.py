"""The fixes of this family remove their finding and bring no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.fixing.fix_run import fix
from tests.bundles import ROOT

FIXED = {
    "NTR404": "    async def _word(",
    "NTR409": 'raise WorkflowError("the slip has no amount")',
    "NTR412": 'answer.get("comments")',
    "NTR413": "@runbook.defn\nclass PettyCashWorkflow",
}


@pytest.mark.parametrize("code", FIXED)
def test_a_broken_bundle_is_clean_after_its_fix(code: str, tmp_path: Path) -> None:
    bundle = tmp_path / "petty-cash"
    shutil.copytree(ROOT / "fixtures/broken" / code / "petty-cash", bundle)
    done = fix([bundle], Settings(tmp_path), Run(jobs=1), unsafe=True)
    assert [finding.code for finding in done.fixed] == [code]
    assert done.linted.report.findings == ()
    [file] = done.files
    assert FIXED[code] in file.after.decode()


def test_only_the_fix_of_a_step_is_safe(tmp_path: Path) -> None:
    for code in FIXED:
        shutil.copytree(ROOT / "fixtures/broken" / code, tmp_path / code)
    done = fix([tmp_path], Settings(tmp_path), Run(jobs=1))
    assert [finding.code for finding in done.fixed] == ["NTR404"]
