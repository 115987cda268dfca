"""`ntro-testkit rule CODE`: what a rule is about, with a bad and a good example."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lint_rules.rules.catalogue import BY_CODE, RULES
from lint_rules.rules.families import family
from lint_rules.rules.rule import Rule
from ntro_testkit.cli.arguments import Arguments
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError

_FIXES = {
    "safe": "--fix can make it in some places",
    "unsafe": "--fix --unsafe-fixes can make it in some places",
    None: "none",
}


_TEXT = """\
Explain a rule of the lint, or list all of them.

Examples:

  ntro-testkit rule NTR101
  ntro-testkit rule wall-clock
  ntro-testkit rule --all --output-format json
"""


def main(arguments: Sequence[str]) -> int:
    """Print what was asked for; raises `UsageError` when there is no such rule."""
    from ntro_testkit.cli.terminal import print_report

    given = _parser().read(arguments)
    if (given.code is None) != given.all:
        raise UsageError(f"give a code or --all: {PROGRAM} rule NTR101")
    chosen = RULES if given.all else (_rule(given.code),)
    if given.output_format == "json":
        print_report(_json(chosen), encoding="utf-8")
    else:
        print_report(_table(chosen) if given.all else _explained(chosen[0]))
    return 0


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} rule", "CODE | --all", _TEXT)
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="A code, or a name such as wall-clock."
    )
    parser.add_argument("--all", action="store_true", help="List every rule there is.")
    parser.add_argument(
        "--output-format",
        choices=("text", "json"),
        default="text",
        help="How to print it. Default: text.",
    )
    return parser


def _rule(word: str) -> Rule:
    from lint_rules.nearest import nearest
    from lint_rules.rule_codes import resolve_code

    code = resolve_code(word.upper(), RULES) or resolve_code(word.lower(), RULES)
    if code is not None:
        return BY_CODE[code]
    close = nearest(word, [*BY_CODE, *(each.name for each in RULES)])
    hint = f", did you mean `{close}`?" if close else ""
    raise UsageError(f"no rule `{word}`{hint} (ntro-testkit rule --all lists them)")


def _explained(given: Rule) -> str:
    code = given.code
    title = f"{code} {given.name}"
    lines = [
        title,
        "-" * len(title),
        given.summary,
        "",
        given.explanation.strip(),
        "",
        f"Family:      {family(given).name}",
        f"Fix:         {_FIXES[given.fix]}",
        f"On:          {'by default' if given.on else 'only when selected'}",
    ]
    command = f"{PROGRAM} replay check BUNDLE"
    if family(given).name != "replay":
        command = f"{PROGRAM} lint"
        lines.append(f"Suppress:    # noqa: {code} -- why it is harmless here")
    lines += [
        f"Switch off:  {command} --ignore {code}",
        f"Only this:   {command} --select {code}",
    ]
    return "\n".join(lines) + "\n"


def _table(rules: tuple[Rule, ...]) -> str:
    width = max(len(each.name) for each in rules)
    marks = {"safe": "fix", "unsafe": "unsafe fix", None: ""}
    lines = [
        f"{each.code}  {each.name:{width}}  {marks[each.fix]:10}  {each.summary}" for each in rules
    ]
    return "\n".join(lines) + "\n"


def _json(rules: tuple[Rule, ...]) -> str:
    return json.dumps([_plain(each) for each in rules], indent=2) + "\n"


def _plain(given: Rule) -> dict[str, Any]:
    return {
        "code": given.code,
        "name": given.name,
        "family": family(given).name,
        "summary": given.summary,
        "explanation": given.explanation.strip(),
        "fix": given.fix,
        "on": given.on,
    }
