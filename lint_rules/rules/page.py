"""The page of rules in the documentation, written from the docstrings: `python -m` this module."""

from __future__ import annotations

import sys
from pathlib import Path

from lint_rules.rules.registry import RULES
from lint_rules.rules.rule import Rule

PAGE = Path(__file__).parents[2] / "docs/rules.md"

_HEAD = """\
# Rules

Every rule of `ntro-testkit lint`. The same texts are printed by `ntro-testkit rule CODE`; this page
is written from them by `python -m lint_rules.rules.page`.

| code | name | what it reports | fix |
|---|---|---|---|
"""


def render() -> str:
    """Return the page."""
    rows = (
        f"| [{r.code}](#{_anchor(r)}) | {r.name} | {r.summary} | {r.fix or ''} |" for r in RULES
    )
    return _HEAD + "\n".join(rows) + "\n" + "".join(_section(rule) for rule in RULES)


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _section(rule: Rule) -> str:
    off = "" if rule.on else f"Off by default: `--extend-select {rule.code}`.\n\n"
    return (
        f"\n## {rule.code} {rule.name}\n\n{off}"
        + "\n".join(_fenced(rule.explanation)).rstrip()
        + "\n"
    )


def _fenced(text: str) -> list[str]:
    """Return the lines of a docstring with its indented examples as code."""
    found: list[str] = []
    code: list[str] = []
    for line in [*text.strip().split("\n"), ""]:
        if line.startswith("    ") or (code and not line):
            code.append(line.removeprefix("    "))
            continue
        found += _block(code)
        code = []
        found.append(line)
    return [*found, *_block(code)]


def _block(code: list[str]) -> list[str]:
    if not code:
        return []
    return ["```python", *"\n".join(code).rstrip().split("\n"), "```", ""]


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
    sys.exit(0)
