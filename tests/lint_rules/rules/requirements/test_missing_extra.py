"""The extras of the SDK that imports need are asked for."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import asked, fixed, importing

PLAIN = "ntro==0.1.2\npydantic==2.14.3\n"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("ntro==0.1.2", "ntro[workflow]==0.1.2"),
        ("ntro == 0.1.2  # why", "ntro[workflow] == 0.1.2  # why"),
        ("ntro[gl]==0.1.2", "ntro[gl,workflow]==0.1.2"),
        ("ntro [ gl ] ==0.1.2", "ntro [gl,workflow] ==0.1.2"),
        ("ntro[]==0.1.2", "ntro[workflow]==0.1.2"),
        ("ntro[testing]==0.1.2", "ntro[testing,workflow]==0.1.2"),
    ],
)
def test_the_workflow_extra_is_added_by_a_safe_fix(line: str, after: str) -> None:
    text = f"{line}\npydantic==2.14.3\n"
    [found] = asked("NTR608", text)
    assert (found.severity, found.place.line) == ("error", 1)
    assert found.fix is not None
    assert found.fix.applicability == "safe"
    assert fixed(text, found) == f"{after}\npydantic==2.14.3\n"
    assert asked("NTR608", fixed(text, found)) == []


def test_the_place_is_the_name_with_its_extras() -> None:
    [found] = asked("NTR608", "ntro[gl] ==0.1.2\n")
    assert (found.place.column, found.place.end_column) == (1, 9)
    assert "`temporalio`" in found.message
    assert found.trace[0].text.startswith("imports ntro.workflow")


@pytest.mark.parametrize(
    "line",
    [
        "import ntro.accounting",
        "from ntro.accounting import validation",
        "from ntro.capabilities import gl",
        "from ntro.capabilities.gl import reports",
        "import ntro.subledger.proposals as proposals",
        "from ntro.subledger.types import journal_proposals",
        "def post():\n    from ntro.capabilities import gl",
    ],
)
def test_accounting_and_the_ledger_need_their_own_extra(line: str) -> None:
    [found] = importing("NTR608", line)
    assert "`apideck-unify`" in found.message
    assert found.alternative == "`ntro[workflow,gl]`"
    assert found.trace[0].place.path.endswith("activities.py")


def test_two_missing_extras_are_one_finding() -> None:
    [found] = importing("NTR608", "import ntro.accounting", PLAIN)
    assert found.alternative == "`ntro[gl,workflow]`"
    assert len(found.trace) == 2


def test_a_package_that_the_bundle_imports_itself_is_not_reported_twice() -> None:
    found = importing("NTR6", "import asyncpg, temporalio", PLAIN)
    assert [f.code for f in found] == ["NTR608"]


def test_there_is_no_fix_in_a_file_with_hashes() -> None:
    [found] = asked("NTR608", "ntro==0.1.2 --hash=sha256:00\n")
    assert found.fix is None


@pytest.mark.parametrize(
    "text",
    [
        "ntro[workflow]==0.1.2\n",
        "Ntro[Workflow]==0.1.2\n",
        "ntro[gl,workflow]==0.1.2\n",
        "ntro==0.1.2\nntro[workflow]==0.1.2\n",
        "ntro==0.1.2\ntemporalio==1.35.0\nasyncpg==0.32.0\n",
        "ntro==0.1.2\n-r base.txt\n",
        "pydantic==2.14.3\n",
    ],
)
def test_what_some_line_brings_or_may_bring_is_not_missing(text: str) -> None:
    assert asked("NTR608", text) == []


@pytest.mark.parametrize(
    "line",
    [
        "try:\n    import ntro.accounting\nexcept ImportError:\n    pass",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ntro.accounting",
        "from ntro.subledger import types",
        "from ntro.capabilities import ai, files",
    ],
)
def test_imports_that_need_nothing_or_may_fail_are_fine(line: str) -> None:
    assert importing("NTR608", line) == []
