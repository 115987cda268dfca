"""A fix in another file than its finding: the import that brings an activity to the worker."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.files.text_file import TextFile
from lint_rules.fixes.edits import TextEdit, apply_edits
from lint_rules.fixes.re_export import re_export
from lint_rules.fixing.fix_run import FixRun, fix
from tests.bundles import ROOT

BROKEN = ROOT / "fixtures/broken/NTR425/petty-cash"
TASK = "from ntro.workflow.task import"
PREVIOUS = f"{TASK} load_previous_task_activity as load_previous_task_activity"
COMMITTED = f"{TASK} find_committed_document_activity as find_committed_document_activity"
USE = "        posted = await self._post(ctx, slip)\n"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    copied = tmp_path / "petty-cash"
    shutil.copytree(BROKEN, copied)
    return copied


def fixed(directory: Path) -> FixRun:
    return fix([directory], Settings(directory.parent, select=("NTR4",)), Run(jobs=1))


def test_the_import_is_put_in_its_place_in_the_activities(bundle: Path) -> None:
    done = fixed(bundle)
    [file] = done.files
    assert file.path == str(bundle / "templates/activities.py")
    head = file.after.decode().partition("\n\n\n")[0]
    assert head.endswith(
        f"from ntro.workflow import WorkflowError, activity\n{PREVIOUS}\n\n"
        "from .models import PostedSlip, PostSlipInput, ReadSlipInput, Slip"
    )
    assert done.linted.report.findings == ()
    assert [finding.code for finding in done.fixed] == ["NTR425"]


def test_several_uses_need_one_import_and_two_activities_two(bundle: Path) -> None:
    workflow = bundle / "templates/workflow.py"
    more = (
        "        await self.load_previous_task(workflow_slug='a', entity_id='b')\n"
        "        await self.find_committed_document(workflow_slug='a', entity_id='b', source='c')\n"
    )
    workflow.write_text(workflow.read_text("utf-8").replace(USE, USE + more), "utf-8")
    done = fixed(bundle)
    [file] = done.files
    lines = file.after.decode().splitlines()
    assert (lines.count(PREVIOUS), lines.count(COMMITTED)) == (1, 1)
    assert done.linted.report.findings == ()


def test_activities_that_are_not_among_the_paths_given_are_left_alone(bundle: Path) -> None:
    done = fix(
        [bundle / "templates/workflow.py"],
        Settings(bundle.parent, select=("NTR425",)),
        Run(jobs=1),
    )
    assert done.files == ()
    assert [each.reason for each in done.not_applied] == ["its file is not among the paths given"]


@pytest.mark.parametrize("text", [None, "def (", "x = '\0'", "(" * 500])
def test_a_file_that_cannot_be_read_is_not_changed(text: str | None) -> None:
    assert re_export(TextFile("a.py", text), "a.b", "c") == ()


PARTS = st.sampled_from(
    [
        '"""Says what it is."""\n',
        "# a comment\n",
        "\n",
        "from __future__ import annotations\n",
        "import json\n",
        "import ntro\n",
        "from ntro.workflow import (\n    activity,\n    runbook,\n)\n",
        "from .models import Slip\n",
        "from . import models; import csv\n",
        "LIMIT = 1\n",
        "def read() -> int:\n    import os\n    return 1\n",
    ]
)


@given(st.lists(PARTS, max_size=7), st.sampled_from(["\n", "\r\n"]))
def test_the_rest_of_the_module_stays_as_it_is(parts: list[str], newline: str) -> None:
    text = "".join(parts).replace("\n", newline)
    edits = re_export(TextFile("a.py", text), "ntro.workflow.task", "load")
    after = apply_edits(text, [TextEdit(each.start, each.end, each.text) for each in edits])
    line = "from ntro.workflow.task import load as load"
    assert after.count(line) == 1
    before = [ast.dump(each) for each in ast.parse(text).body]
    there = [ast.dump(each) for each in ast.parse(after).body]
    there.remove(ast.dump(ast.parse(line).body[0]))
    assert there == before
    if newline in text:
        assert after.count("\n") == after.count(newline)
