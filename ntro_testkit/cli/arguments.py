"""Reads the arguments of the commands that must start fast: typer takes as long as a whole lint.

A wrong argument is a `UsageError` of one line, which names the nearest option there is.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from ntro_testkit.cli.errors import UsageError


class Arguments(argparse.ArgumentParser):
    """The parser of one command.

    `positional` is how its usage names what is no option; `text` says what it does, with examples.
    """

    def __init__(self, prog: str, positional: str, text: str) -> None:
        super().__init__(
            prog=prog,
            usage=f"{prog} [OPTIONS] {positional}",
            description=text,
            formatter_class=_Help,
            allow_abbrev=False,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="Show this message and exit.")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return the values; raises `UsageError`, and `SystemExit` after `--help`."""
        found, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            self._refuse(unknown[0])
        return found

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the arguments."""
        told = message.removeprefix("argument ")
        raise UsageError(f"{told} (see {self.prog} --help)")

    def _refuse(self, argument: str) -> NoReturn:
        from lint_rules.nearest import nearest

        if not argument.startswith("-"):
            self.error(f"one argument too many: `{argument}`")
        name = argument.partition("=")[0]
        close = nearest(name, self._option_string_actions)
        self.error(f"no option `{name}`" + (f", did you mean `{close}`?" if close else ""))


class _Help(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the text, and gives options a column of their own."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


def positive(text: str) -> int:
    """Return a whole number from one; raises what a parser expects of the types of its values."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found `{text}`")
    return int(text)
