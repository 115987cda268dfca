"""Names in the code fences of `runbook.md`."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.facade.planting import only, pinned, shown

CODE = "NTR212"
PLACE = "## Edge cases / variants\n"


def fence(code: str, language: str = "python", margin: str = "") -> Edit:
    block = indent(f"```{language}\n{code}\n```\n", margin)
    return "runbook.md", PLACE, f"{block}\n{PLACE}"


WRONG = {
    "a method": ("await self.wait_for_signal('x')", "wait_for_signal", "await_signal_with_action"),
    "an import": ("from ntro.workflow import previous", "previous", "ntro.workflow.task"),
    "a module": ("import ntro.capabilities.pdf", "ntro.capabilities.pdf", "capabilities.files"),
    "the facade": ("runbook.sleep(1)", "sleep", "asyncio.sleep"),
    "an alias": ("from ntro import ingest as i\ni.nothing()", "nothing", "IngestOutcome"),
    "in a class": (
        "class FlowWorkflow(NtroWorkflow):\n    async def run(self):\n        self.approve()",
        "approve",
        "await_signal_with_action",
    ),
    "behind other letters": ('label = "Größe é", runbook.sleep(1)', "sleep", "asyncio.sleep"),
}


@pytest.mark.parametrize(("code", "text", "alternative"), WRONG.values(), ids=WRONG)
def test_what_no_version_has_is_reported_where_it_stands(
    code: str, text: str, alternative: str
) -> None:
    edit = fence(code)
    found = only(CODE, edit)
    assert shown(found, edit) == text
    assert "ntro 0.1.2 does not have" in found.message
    assert alternative in (found.alternative or "")
    assert found.severity == "warning"


@pytest.mark.parametrize("margin", ["", "  ", "\t"])
def test_lines_and_columns_are_those_of_the_file(margin: str) -> None:
    edit = fence("x = 1\nrunbook.sleep(1)", margin=margin)
    found = only(CODE, edit)
    assert said([found]) == ["runbook.md:87 NTR212"]
    assert shown(found, edit) == "sleep"


SOUND = {
    "what exists": "await self.wait_for_action(payload=1)\nrunbook.now()",
    "a step of the bundle": "await self._upload(ctx)\nself.document_submitted(1)",
    "an attribute of the bundle": "self._uploads.append(1)",
    "a private sketch": "await self._approve(ctx)",
    "defined in the fence": "def approve(self): ...\nself.approve()",
    "given in the fence": "self.approve = 1\nself.approve()",
    "another class": "class Ledger(BaseModel):\n    def f(self): self.approve()",
    "a name of its own": "def f(runbook): runbook.sleep(1)\nactivity = 1\nactivity.sleep",
    "an import of others": "from mine import runbook\nrunbook.sleep(1)",
    "not called": "self.approve",
    "no Python": "await self.wait_for_signal(...",
    "more of what is given": "runbook.info().anything.at_all()",
    "written": "runbook.extra = 1",
}


@pytest.mark.parametrize("code", SOUND.values(), ids=SOUND)
def test_what_exists_or_is_a_sketch_is_left_alone(code: str) -> None:
    assert planted(CODE, fence(code)) == []


@pytest.mark.parametrize("language", ["", "text", "console", "yaml", "pycon"])
def test_only_python_is_read(language: str) -> None:
    assert planted(CODE, fence("runbook.sleep(1)", language)) == []


def test_one_missing_module_is_one_fault() -> None:
    assert len(planted(CODE, fence("import ntro.ai\nntro.ai.extract(1)"))) == 1


def test_the_pinned_version_counts() -> None:
    assert planted(CODE, pinned("0.1.1"), fence("runbook.now()")) == []


def test_a_reason_in_the_text_suppresses_it() -> None:
    code = "runbook.sleep(1)  # noqa: NTR212 -- shown as what not to do"
    assert planted(CODE, fence(code)) == []
