"""The rules as a set: complete, documented, and the documentation up to date."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

import lint_rules.rules
from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.hazards import load
from lint_rules.rules import catalogue
from lint_rules.rules.families import family
from lint_rules.rules.page import DIRECTORY, render
from lint_rules.rules.page import catalogue as render_catalogue
from lint_rules.rules.registry import BY_CODE, RULES
from lint_rules.rules.rule import Rule

WRITE = "python -m lint_rules.rules writes them anew"
FILES = sorted(Path(lint_rules.rules.__file__).parent.glob("*/*.py"))
WHOLE_CLASSES = ("NTR114", "NTR117", "NTR121", "NTR123")
SHORT = [r for r in RULES if r.check is not None and r.on and r.code not in WHOLE_CLASSES]
"""The rules whose examples are statements; the case files show the others."""


def test_every_file_of_a_family_is_one_rule_of_the_registry() -> None:
    explained = {rule.explanation for rule in RULES}
    for file in FILES:
        if file.name != "__init__.py":
            docstring = file.read_text("utf-8").split('"""')[1]
            assert docstring in explained, file.name


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"NTR[1-9]\d\d", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) for rule in RULES)


def test_the_hazard_data_know_the_same_codes_by_the_same_names() -> None:
    for code in load().codes():
        assert BY_CODE[code.code].name == code.name


def test_every_fix_in_the_hazard_data_is_promised_by_its_rule_and_can_be_made() -> None:
    from lint_rules.fixes.messages import message

    for hazards in load().hazards():
        for hazard in hazards.variants:
            if hazard.fix is not None:
                assert BY_CODE[hazard.code].fix is not None, hazard.name
                assert message(hazard.fix.id, "temporalio"), hazard.name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself_with_a_bad_and_a_good_example(rule: Rule) -> None:
    assert rule.explanation.count("\n\n    ") >= 2, "two examples"
    assert re.search(r"^(Bad|Refused|Unknown):$", rule.explanation, re.MULTILINE)
    assert re.search(r"^(Good|Not refused|Known):$", rule.explanation, re.MULTILINE)
    assert len(rule.summary) <= 80


def test_the_pages_of_rules_are_what_the_docstrings_say() -> None:
    written = {path.name: path.read_text("utf-8") for path in DIRECTORY.iterdir()}
    assert written == render(), WRITE


def test_the_catalogue_is_the_registry_without_the_checks() -> None:
    bare = tuple(replace(rule, check=None, contract=None) for rule in RULES)
    assert bare == catalogue.RULES, WRITE
    assert catalogue.FILE.read_text("utf-8") == render_catalogue(RULES), WRITE


def test_what_needs_no_check_loads_none() -> None:
    code = (
        "import sys, lint_rules.engine, ntro_testkit.cli.lint_run\n"
        "print(*(name for name in sys.modules if name.startswith('lint_rules.rules.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = [name.removeprefix("lint_rules.rules.") for name in done.stdout.split()]
    assert loaded == ["rule", "catalogue", "families"]


def test_every_rule_is_on_the_page_of_its_family_and_in_the_index() -> None:
    pages = render()
    for rule in RULES:
        anchor = f"{family(rule).name}.md#{rule.code.lower()}-{rule.name}"
        assert anchor in pages["README.md"]
        assert f"\n## {rule.code} {rule.name}\n" in pages[f"{family(rule).name}.md"]


def _example(rule: Rule, word: str) -> str:
    """Return an example of a rule as a module: what it uses imported, its statements in a step."""
    text = re.search(rf"^{word}:\n\n((?:    .*\n|\n)+)", rule.explanation, re.MULTILINE)
    assert text is not None
    code = textwrap.dedent(text[1]).strip()
    return HEAD + textwrap.indent(code, " " * 8) + "\n"


HEAD = """\
import asyncio, contextlib, hashlib, json, os, random, time, uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from ntro.capabilities import storage
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

ATTEMPT = timedelta(minutes=1)
BATCHES = uuid.UUID(int=0)


@activity.defn
async def load_period(payload): ...


@activity.defn
async def notify(payload): ...


class Outcome:
    def __init__(self, periods): self.periods = periods


@runbook.defn
class NavWorkflow(NtroWorkflow):
    def __init__(self):
        super().__init__()
        self._approved = False

    @runbook.signal
    def approve(self, lines):
        self._approved = True
        self._lines = lines

    @runbook.run
    async def run(self, ctx, deadline, lines: list, tasks, payload, number, rows, event):
"""


@pytest.mark.parametrize("rule", SHORT, ids=lambda rule: rule.code)
def test_the_bad_example_of_a_rule_is_reported_and_the_good_one_is_not(
    rule: Rule, tmp_path: Path
) -> None:
    for word, wanted in (("Bad", True), ("Good", False)):
        file = tmp_path / f"{word.lower()}.py"
        file.write_text(_example(rule, word), "utf-8")
        chosen = Settings(tmp_path, select=(rule.code,))
        codes = {finding.code for finding in lint([file], chosen, jobs=1).findings}
        assert (rule.code in codes) is wanted, (word, codes)
