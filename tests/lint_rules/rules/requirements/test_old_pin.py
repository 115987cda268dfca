"""The pinned SDK has what the code uses."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import ACTIVITIES, asked, fixed

OLD = "ntro[workflow]==0.1.1\npydantic==2.14.3\n"


def test_a_pin_that_lacks_the_facade_is_reported_once() -> None:
    [found] = asked("NTR6", OLD)
    assert (found.code, found.severity, found.place.line) == ("NTR611", "error", 1)
    assert "ntro 0.1.1 has no `ntro.workflow." in found.message
    assert found.alternative == "`ntro[workflow]==0.1.2`"
    assert 1 <= len(found.trace) <= 3
    assert found.trace[0].text.endswith("there since 0.1.2")


def test_the_unsafe_fix_raises_the_pin() -> None:
    [found] = asked("NTR611", OLD)
    assert found.fix is not None
    assert found.fix.applicability == "unsafe"
    assert fixed(OLD, found) == "ntro[workflow]==0.1.2\npydantic==2.14.3\n"
    assert asked("NTR611", fixed(OLD, found)) == []


def test_a_name_that_no_version_has_is_no_reason() -> None:
    workflow = "from temporalio import workflow\nfrom ntro.workflow import NtroWorkflow, previous\n"
    files = {"templates/activities.py": "", "templates/workflow.py": workflow}
    assert asked("NTR611", OLD, files=files) == []


def test_code_that_the_old_version_can_run_is_fine() -> None:
    workflow = "from ntro.workflow import NtroWorkflow, ui_step\n"
    files = {"templates/activities.py": "", "templates/workflow.py": workflow}
    assert asked("NTR611", OLD, files=files) == []


def test_a_module_that_came_later_is_seen_where_it_is_imported_in_a_function() -> None:
    files = {
        "templates/workflow.py": "from ntro.workflow import NtroWorkflow\n",
        ACTIVITIES: "def look_up():\n    from ntro.capabilities import bureaus\n",
    }
    [found] = asked("NTR611", OLD, files=files)
    assert "`ntro.capabilities.bureaus`" in found.message
    assert found.trace[0].place.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "ntro[workflow]==0.1.2\n",
        "ntro[workflow]==9.9\n",
        "ntro[workflow]>=0.1.1\n",
        "ntro[workflow]==0.1.1\nntro==0.1.2\n",
        "pydantic==2.14.3\n",
    ],
)
def test_other_pins_are_fine_or_not_known(text: str) -> None:
    assert asked("NTR611", text) == []


def test_there_is_no_fix_with_hashes() -> None:
    [found] = asked("NTR611", "ntro[workflow]==0.1.1 --hash=sha256:00\n")
    assert found.fix is None
