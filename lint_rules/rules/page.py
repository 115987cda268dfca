"""What is made from the rules: their pages in the documentation, and the catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lint_rules.rules.families import FAMILIES, Family, family
from lint_rules.rules.registry import RULES
from lint_rules.rules.rule import Rule

DIRECTORY = Path(__file__).parents[2] / "docs/rules"

_HEAD = """\
# Rules

Every rule of `ntro-testkit lint`. The same texts are printed by `ntro-testkit rule CODE`; these
pages are written from them by `python -m lint_rules.rules`.
"""

_TABLE = """
| code | name | what it reports | fix |
|---|---|---|---|
"""

_PYTHON = re.compile(
    r"^ *(?:@|(?:async )?def |class |from |import |await |return |if |for )", re.MULTILINE
)


def render() -> dict[str, str]:
    """Return the pages by the names of their files."""
    pages = {f"{found.name}.md": _page(found) for found in _families()}
    return {"README.md": _index(), **pages}


def _families() -> Iterator[Family]:
    yield from (found for found in FAMILIES.values() if _rules(found))


def _rules(wanted: Family) -> list[Rule]:
    return [rule for rule in RULES if family(rule) == wanted]


def _index() -> str:
    parts = [_HEAD]
    for found in _families():
        parts += [f"\n## {found.title}\n", _TABLE]
        parts += [_row(rule, f"{found.name}.md") for rule in _rules(found)]
    return "".join(parts)


def _row(rule: Rule, page: str) -> str:
    link = f"{page}#{rule.code.lower()}-{rule.name}"
    return f"| [{rule.code}]({link}) | {rule.name} | {rule.summary} | {rule.fix or ''} |\n"


def _page(found: Family) -> str:
    return f"# {found.title}\n" + "".join(_section(rule, found) for rule in _rules(found))


def _section(rule: Rule, found: Family) -> str:
    off = "" if rule.on else f"Off by default: `--extend-select {rule.code}`.\n\n"
    text = "\n".join(_fenced(rule.explanation, found.language)).rstrip()
    return f"\n## {rule.code} {rule.name}\n\n{off}{text}\n"


def _fenced(text: str, language: str) -> list[str]:
    """Return the lines of a docstring with its indented examples as code."""
    found: list[str] = []
    code: list[str] = []
    for line in [*text.strip().split("\n"), ""]:
        if line.startswith("    ") or (code and not line):
            code.append(line.removeprefix("    "))
            continue
        found += _block(code, language)
        code = []
        found.append(line)
    return [*found, *_block(code, language)]


def _block(code: list[str], language: str) -> list[str]:
    if not code:
        return []
    text = "\n".join(code).rstrip()
    language = "python" if _PYTHON.search(text) else language
    return [f"```{language}", *text.split("\n"), "```", ""]


def catalogue(rules: Iterable[Rule]) -> str:
    """Return the catalogue of some rules as it is kept."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "summary": rule.summary,
            "explanation": rule.explanation,
            "fix": rule.fix,
            "on": rule.on,
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
