"""`ntro-testkit replay record|check|fetch`: histories, and today's code against them.

Only the choice is made here: each has a module of its own, imported when it is meant. All of them
need temporalio, so what to install is said before anything else.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence

from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError

MODULES = {
    "check": "ntro_testkit.cli.replay_check_command",
    "fetch": "ntro_testkit.cli.replay_fetch_command",
    "record": "ntro_testkit.cli.replay_record_command",
}

HELP = f"""\
Usage: {PROGRAM} replay record|check|fetch [OPTIONS] ...

Keep the histories of a bundle's runs, and find out whether today's code still fits them.

Commands:
  record  Write the history of each scenario into <bundle>/tests/histories.
  check   Replay histories against the bundle as it is now.
  fetch   Bring histories from a Temporal cluster.

Examples:
  {PROGRAM} replay record runbooks/nav-monthly --child runbooks/document-collect
  {PROGRAM} replay check runbooks/nav-monthly
  {PROGRAM} replay check runbooks/nav-monthly --against main

`{PROGRAM} replay COMMAND --help` tells more about a command.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command meant and return its exit code."""
    if not arguments:
        print(HELP, end="", file=sys.stderr)
        return 2
    word, *rest = arguments
    if word in ("-h", "--help"):
        print(HELP, end="")
        return 0
    if word not in MODULES:
        from lint_rules.nearest import nearest

        close = nearest(word, MODULES)
        hint = f", did you mean `{close}`?" if close else ""
        raise UsageError(f"no command `replay {word}`{hint} (see {PROGRAM} replay --help)")
    require_temporalio()
    run: Callable[[Sequence[str]], int] = importlib.import_module(MODULES[word]).main
    return run(rest)


def require_temporalio() -> None:
    """Raise `UsageError` that says what to install when temporalio is not there."""
    if importlib.util.find_spec("temporalio") is None:
        raise UsageError(
            "this needs temporalio, which is not installed: pip install 'ntro-testkit[temporal]'"
        )
