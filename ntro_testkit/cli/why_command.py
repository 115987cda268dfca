"""`ntro-testkit why PATH:LINE`: why a line is reported, or why it is clean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ntro_testkit.cli.arguments import Arguments
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")

_TEXT = """\
Say why the lint reports a line, or why it does not: which workflow reaches it and how, what the
calls on it mean, and what kills the order of a set.

Examples:

  ntro-testkit why runbooks/nav-monthly/templates/workflow.py:120
  ntro-testkit why src/app/workflows.py:42:9
"""


def main(arguments: Sequence[str]) -> int:
    """Print the explanation; raises `UsageError` for what is no PATH:LINE."""
    from lint_rules.config import load
    from lint_rules.rules.catalogue import RULES
    from lint_rules.why import explain
    from ntro_testkit.cli.terminal import print_report

    given = _parser().read(arguments)
    match = _PLACE.fullmatch(given.place)
    if match is None:
        raise UsageError(f"`{given.place}` is no PATH:LINE, such as templates/workflow.py:120")
    path = Path(match["path"])
    try:
        found = explain(path, int(match["line"]), load([path], RULES))
    except IndexError as error:
        raise UsageError(str(error)) from error
    reported = [f"{each.code} {each.name}: {each.text}" for each in found.findings]
    told = [f"{found.path}:{found.line}", *map(_indented, reported or ["clean"]), ""]
    print_report("\n".join([*told, *map(_indented, found.lines)]) + "\n")
    return 0


def _indented(line: str) -> str:
    return f"  {line}"


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} why", "PATH:LINE", _TEXT)
    parser.add_argument("place", metavar="PATH:LINE", help="A file and a line of it, from 1.")
    return parser
