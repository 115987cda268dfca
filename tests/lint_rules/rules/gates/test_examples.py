"""The examples in the docstrings: each bad one is reported by its rule, each good one by none."""

from __future__ import annotations

import re
import textwrap

import pytest

from lint_rules.rules.gates import RULES
from lint_rules.rules.rule import Rule
from tests.lint_rules.linted import lint_texts

HEAD = """\
from datetime import timedelta
from typing import Any

from ntro.workflow import NtroWorkflow, runbook
from pydantic import BaseModel


class NavResult(BaseModel):
    status: str


def decision_of(answer: dict[str, Any]) -> str:
    words = [str(answer.get(key, "")).lower() for key in ("type", "action", "kind")]
    return "approved" if "approved" in words or "approve" in words else "rejected"


@runbook.defn
class NavWorkflow(NtroWorkflow):
"""
INIT = """\
    def __init__(self) -> None:
        super().__init__()
        self._uploads: list[Any] = []
        self._answers: list[Any] = []
        self._approved = False

"""
HANDLER = """\
    @runbook.signal
    def document_submitted(self, event: dict[str, Any]) -> None:
        self._uploads.append(event)
        self._approved = True

"""
COMMIT = """\
    @runbook.step(name="commit", title="Commit", icon="Lock")
    async def _commit(self, ctx: Any, pack: Any) -> NavResult:
        return NavResult(status=f"committed {ctx} {pack}")

"""
RUN = """\
    @runbook.run
    async def run(self, ctx: Any) -> Any:
        pack = proposal = bank_input = rent_input = ctx
        answer: dict[str, Any] = {}
"""
CALLS = {"NTR310": "        await self._review(ctx)\n        await self._review_accountant(ctx)\n"}


def _example(rule: Rule, word: str) -> str:
    text = re.search(rf"^{word}:\n\n((?:    .*\n|\n)+)", rule.explanation, re.MULTILINE)
    assert text is not None
    code = textwrap.dedent(text[1]).strip()
    if not re.search(r"^ *(async )?def ", code, re.MULTILINE):
        return HEAD + INIT + HANDLER + COMMIT + RUN + textwrap.indent(code, " " * 8) + "\n"
    before = "" if "def __init__" in code else INIT
    before += "" if "def document_submitted" in code or "_documents" in code else HANDLER
    after = "" if "def run" in code else RUN + CALLS.get(rule.code, "        return answer\n")
    if word == "Good" and rule.code == "NTR313":
        before = f"{INIT}        self._documents = []\n\n" + HANDLER.replace(
            "_uploads", "_documents"
        )
    return HEAD + before + textwrap.indent(code, "    ") + "\n\n" + after


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("word", ["Bad", "Good"])
def test_an_example_is_judged_as_its_docstring_says(rule: Rule, word: str) -> None:
    text = _example(rule, word)
    compile(text, "example.py", "exec")
    found = lint_texts({"example.py": text}, select=(rule.code,)).findings
    assert [f.code for f in found][:1] == ([rule.code] if word == "Bad" else []), text
