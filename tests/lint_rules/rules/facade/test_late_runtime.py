"""Where tests, scripts and modules choose the runtime."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.facade.planting import only

CODE = "NTR213"
HEAD = "from ntro.workflow import set_runtime\nfrom ntro.workflow.runtime import TemporalRuntime\n"
CHOICE = "set_runtime(TemporalRuntime())\n"
BUNDLE = "from templates.workflow import PettyCashWorkflow\n"

LATE = {
    "the base class": f"from ntro.workflow import NtroWorkflow, set_runtime\n{HEAD}{CHOICE}",
    "a module of the bundle": HEAD + BUNDLE + CHOICE,
    "in a package": f"{HEAD}import runbooks.petty_cash.templates.workflow\n{CHOICE}",
    "by its package": f"{HEAD}from templates import workflow\n{CHOICE}",
    "relative": f"{HEAD}from ..templates.activities import read_slip\n{CHOICE}",
    "in a fixture": f"{HEAD}@fixture\ndef server():\n    {CHOICE}\n{BUNDLE}",
    "both in a function": f"{HEAD}def f():\n    {BUNDLE}    {CHOICE}",
    "by another name": "import ntro.workflow as w\n"
    + BUNDLE
    + "w.set_runtime(TemporalRuntime())\n",
    "from its module": f"from ntro.workflow.runtime import *\n{BUNDLE}"
    "from ntro.workflow.runtime import set_runtime, TemporalRuntime\n" + CHOICE,
    "a loaded bundle": f"{HEAD}load_runbook('.')\n{CHOICE}",
}


@pytest.mark.parametrize("text", LATE.values(), ids=LATE)
def test_a_choice_behind_the_import_comes_too_late(text: str) -> None:
    found = only(CODE, files={"tests/test_flow.py": text})
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "set_runtime(" in t)
    assert said([found]) == [f"test_flow.py:{line} NTR213"]
    assert found.message.startswith("too late")
    assert found.severity == "error"


EARLY = {
    "ahead of it": HEAD + CHOICE + BUNDLE,
    "ahead of the base class": f"{HEAD}{CHOICE}from ntro.workflow import NtroWorkflow\n",
    "the facade alone takes nothing": "from ntro.workflow import runbook\n" + HEAD + CHOICE,
    "models take nothing": f"{HEAD}from templates.models import Slip\n{CHOICE}",
    "the package takes nothing": f"{HEAD}import templates\n{CHOICE}",
    "for type checkers": f"{HEAD}if TYPE_CHECKING:\n    {BUNDLE}{CHOICE}",
    "by a function called in time": f"{HEAD}def f():\n    {CHOICE}\nf()\n{BUNDLE}",
    "imports in functions": f"{HEAD}def f():\n    {BUNDLE}\n{CHOICE}",
    "both in a function": f"{HEAD}def f():\n    {CHOICE}    {BUNDLE}",
    "a function of that name": f"def set_runtime(x): ...\n{BUNDLE}set_runtime(1)\n",
    "only spoken of": f'"""set_runtime comes late."""\n{BUNDLE}',
    "no Python": f"{HEAD}{BUNDLE}{CHOICE}def\n",
}


@pytest.mark.parametrize("text", EARLY.values(), ids=EARLY)
def test_a_choice_in_time_is_left_alone(text: str) -> None:
    assert planted(CODE, files={"tests/test_flow.py": text}) == []


def test_another_runtime_than_temporal_is_less_serious() -> None:
    text = HEAD + BUNDLE + "set_runtime(LocalRuntime())\n"
    assert only(CODE, files={"tests/test_flow.py": text}).severity == "warning"


@pytest.mark.parametrize("place", ["run.py", "scripts/server.py", "tests/deep/conftest.py"])
def test_every_python_file_of_the_bundle_counts(place: str) -> None:
    assert len(planted(CODE, files={place: HEAD + BUNDLE + CHOICE})) == 1


def test_modules_of_the_bundle_count() -> None:
    text = HEAD + "from .workflow import PettyCashWorkflow\n" + CHOICE
    assert said(planted(CODE, files={"templates/server.py": text})) == ["server.py:4 NTR213"]


@pytest.mark.parametrize("place", [".venv/run.py", "__pycache__/run.py"])
def test_hidden_files_are_not_the_authors(place: str) -> None:
    assert planted(CODE, files={place: HEAD + BUNDLE + CHOICE}) == []


def test_a_helper_that_imports_the_workflow_takes_the_runtime_too() -> None:
    files = {
        "templates/names.py": "from .workflow import decision_of\n",
        "tests/test_flow.py": f"{HEAD}from templates.names import decision_of\n{CHOICE}",
    }
    assert len(planted(CODE, files=files)) == 1


def test_it_can_be_suppressed_in_the_test_itself() -> None:
    text = HEAD + BUNDLE + CHOICE.rstrip() + "  # noqa: NTR213 -- shows the fault\n"
    assert planted(CODE, files={"tests/test_flow.py": text}) == []
    unused = HEAD + CHOICE.rstrip() + "  # noqa: NTR213 -- shows the fault\n"
    [found] = planted("ALL", files={"tests/test_flow.py": unused})
    assert found.name == "unused-suppression"


def test_files_far_down_are_not_looked_for() -> None:
    place = "/".join("abcdefgh") + "/run.py"
    assert planted(CODE, files={place: HEAD + BUNDLE + CHOICE}) == []
