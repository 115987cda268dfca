"""`ntro-testkit check`: lint, runs, verdicts and histories as one answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree

import pytest

from tests.bundles import ROOT
from tests.command_line import Done, assert_refused, command, workflow_of

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"

Check = Callable[..., Done]


@pytest.fixture
def petty_cash(tmp_path: Path) -> Path:
    """A copy of the smallest sample bundle, to be edited."""
    return copytree(PETTY_CASH, tmp_path / "petty-cash")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return lambda *arguments: command(capsys, "check", *arguments)


def edit(bundle: Path, old: str, new: str) -> None:
    file = workflow_of(bundle)
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new), encoding="utf-8")


def test_a_sound_bundle_is_ready_and_every_part_says_so(check: Check, petty_cash: Path) -> None:
    pytest.importorskip("temporalio", reason="histories are replayed on temporalio's engine")
    done = check(petty_cash)
    assert done.code == 0, done
    parts = [line.split()[:2] for line in done.out.splitlines()]
    assert parts[:3] == [["✓", "lint"], ["✓", "runs"], ["✓", "replay"]]
    assert done.out.splitlines()[-1] == "check: ready to be deployed"


def test_children_are_the_siblings_the_code_mentions(check: Check) -> None:
    pytest.importorskip("temporalio", reason="its checks import temporalio")
    done = check(ROOT / "fixtures/runbooks/nav-monthly")
    assert done.code == 0, done


def test_a_finding_of_the_lint_is_shown_and_the_bundle_is_not_ready(
    check: Check, petty_cash: Path
) -> None:
    edit(
        petty_cash,
        "        document_ref = await self._upload(ctx)\n",
        "        import time\n\n        time.time()\n"
        "        document_ref = await self._upload(ctx)\n",
    )
    done = check(petty_cash)
    assert done.code == 1
    assert "info[NTR101] wall-clock" in done.out
    assert "✗  lint" in done.out
    assert done.out.endswith("check: not ready to be deployed\n")


def test_a_run_that_goes_wrong_is_shown_with_its_line(check: Check, petty_cash: Path) -> None:
    edit(petty_cash, "entry_id=posted.entry_id", "entry_id=posted.entry_id[99]")
    done = check(petty_cash)
    assert done.code == 1
    assert "✗  happy" in done.out
    assert "IndexError" in done.out
    assert "✗  runs" in done.out


def test_histories_that_no_longer_fit_are_shown(check: Check, petty_cash: Path) -> None:
    pytest.importorskip("temporalio", reason="histories are replayed on temporalio's engine")
    edit(petty_cash, "UPLOAD_TIMEOUT = timedelta(days=2)", "UPLOAD_TIMEOUT = timedelta(days=3)")
    done = check(petty_cash)
    assert done.code == 1
    assert "NTR805 changed-contents" in done.out
    assert "✗  replay" in done.out
    assert check(petty_cash, "--ignore", "NTR805").code == 0


def test_a_bundle_that_cannot_be_loaded_is_linted_all_the_same(
    check: Check, petty_cash: Path
) -> None:
    edit(petty_cash, "from .models import (", "from .models import (\n    Missing,")
    done = check(petty_cash)
    assert done.code == 2
    assert "Missing" in done.out
    assert done.out.endswith("check: not everything could be checked\n")


def test_json_has_all_parts(check: Check, petty_cash: Path) -> None:
    data = json.loads(check(petty_cash, "--json").out)
    assert (data["version"], data["bundle"]) == (1, "petty-cash")
    assert data["lint"]["findings"] == []
    scenarios = [run["scenario"] for run in data["runs"]]
    assert scenarios[:2] == ["happy", "reject_all"]
    assert all(run["verdicts"] == [] for run in data["runs"])


def test_junit_has_the_suites_of_all_parts(check: Check, petty_cash: Path) -> None:
    edit(petty_cash, "entry_id=posted.entry_id", "entry_id=posted.entry_id[99]")
    file = petty_cash / "report.xml"
    check(petty_cash, "--junit-xml", file)
    root = ElementTree.parse(file).getroot()
    suites = [suite.get("name") for suite in root]
    assert suites[:2] == ["ntro-testkit lint", "petty-cash"]
    assert [case.get("name") for case in root[1] if len(case)] == ["happy"]


def test_the_page_has_runs_findings_and_replays(check: Check, petty_cash: Path) -> None:
    pytest.importorskip("temporalio", reason="histories are replayed on temporalio's engine")
    edit(petty_cash, "UPLOAD_TIMEOUT = timedelta(days=2)", "UPLOAD_TIMEOUT = timedelta(days=3)")
    edit(
        petty_cash,
        "        posted = await self._post(ctx, slip)\n",
        "        import time\n\n        time.time()\n"
        "        posted = await self._post(ctx, slip)\n",
    )
    file = petty_cash / "check.html"
    check(petty_cash, "--html", file)
    page = file.read_text(encoding="utf-8")
    for text in ("reject_all", "NTR101", "time.time()", "NTR805", "changed-contents"):
        assert text in page
    assert check(petty_cash).out == check(petty_cash, "--html", file).out


def test_what_is_not_there_and_what_is_no_code_is_said_in_a_line(
    check: Check, tmp_path: Path, petty_cash: Path
) -> None:
    assert_refused(check(tmp_path / "gone"), "no such directory", "runbook.md")
    assert_refused(check(petty_cash, "--ignore", "NTR7O1"), "--ignore", "NTR701")
    assert_refused(check(petty_cash, "--childs", "x"), "--child")


def test_the_help_has_examples(check: Check) -> None:
    done = check("--help")
    assert done.code == 0
    assert "ntro-testkit check runbooks/nav-monthly --child" in done.out
