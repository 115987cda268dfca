"""The one way in: every format by its name, and nothing heavy imported for the light ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lint_rules.report import FORMATS, NEEDS, render
from lint_rules.report.concise import render_concise
from lint_rules.report.full import render_full
from lint_rules.report.github import render_github
from lint_rules.report.gitlab import render_gitlab
from lint_rules.report.json_report import render_json
from lint_rules.report.junit import render_junit
from lint_rules.report.sarif import render_sarif
from tests.lint_rules.report.reports import PANDAS, RULES, chained, report, unordered

TOLD = report(chained(), unordered(), unknown=[PANDAS])


def rendered(output_format: str) -> str:
    return render(
        output_format,
        TOLD,
        source=str,
        colour=True,
        rules=RULES,
        show_unknown=True,
        statistics=True,
        version="1",
    )


def test_every_format_is_rendered_with_what_it_needs() -> None:
    expected = {
        "full": render_full(TOLD, source=str, colour=True, show_unknown=True, statistics=True),
        "concise": render_concise(TOLD, colour=True, show_unknown=True, statistics=True),
        "json": render_json(TOLD),
        "sarif": render_sarif(TOLD, rules=RULES, version="1"),
        "github": render_github(TOLD),
        "gitlab": render_gitlab(TOLD),
        "junit": render_junit(TOLD),
    }
    assert tuple(expected) == FORMATS == tuple(NEEDS)
    assert {name: rendered(name) for name in FORMATS} == expected


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_text_ends_with_one_line_break(output_format: str) -> None:
    text = rendered(output_format)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'yaml'; one of full, concise, json"):
        rendered("yaml")


@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_a_light_format_imports_nothing_heavy(output_format: str) -> None:
    program = (
        "import sys\n"
        "from lint_rules.finding import Report, Summary\n"
        "from lint_rules.report import render\n"
        f"render({output_format!r}, Report((), Summary()), source=str, colour=False, rules=())\n"
        "print(*sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    imported = set(ran.stdout.split())
    assert "lint_rules.report" in imported
    heavy = {"libcst", "pydantic", "yaml", "typer", "xml.etree", "urllib.parse", "hashlib"}
    assert not heavy & imported
