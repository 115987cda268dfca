"""The commands there are, in one line each; one is imported when it is meant."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PROGRAM = "ntro-testkit"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module whose `main` runs it, and what it is for."""

    module: str
    summary: str

    def run(self, arguments: Sequence[str]) -> int:
        """Run it with what follows its name, and return the exit code."""
        main: Callable[[Sequence[str]], int] = importlib.import_module(self.module).main
        return main(arguments)


COMMANDS = {
    "check": Command(
        "ntro_testkit.cli.check_command",
        "Check a bundle in every way there is, before it is deployed.",
    ),
    "lint": Command(
        "ntro_testkit.cli.lint_command",
        "Find what breaks a workflow on replay, without running it.",
    ),
    "replay": Command(
        "ntro_testkit.cli.replay_command",
        "Keep histories of runs, and hold the code of today against them.",
    ),
    "rule": Command("ntro_testkit.cli.rule_command", "Explain a rule of the lint, or list all."),
    "test": Command(
        "ntro_testkit.cli.typer_commands", "Run a bundle through scenarios and print what happened."
    ),
    "why": Command(
        "ntro_testkit.cli.why_command", "Say why a line is reported, or why it is clean."
    ),
}


def help_text() -> str:
    """Return the help of the whole program."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return f"""\
Usage: {PROGRAM} [OPTIONS] COMMAND [ARGS]...

Lint and test ntro runbooks in milliseconds, without a server.

Commands:
{chr(10).join(lines)}

Options:
  --version   Print the version.
  --debug     Show the traceback of an internal error.
  -h, --help  Show this message and exit.

`{PROGRAM} COMMAND --help` tells more about a command.
"""
