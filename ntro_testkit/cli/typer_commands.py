"""The commands whose arguments typer reads."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.test_command import test


def main(arguments: Sequence[str]) -> int:
    """Run `test` and return its exit code; raises `UsageError` for wrong arguments."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.command(name="test")(test)
    try:
        # Otherwise typer would print faults itself, on several lines.
        code = app(args=list(arguments), prog_name=f"{PROGRAM} test", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        message = _usage_message(error)
        if message is None:
            raise
        raise UsageError(message) from error
    return code if isinstance(code, int) else 0


def _usage_message(error: Exception) -> str | None:
    """Return what typer says is wrong with the arguments, None for any other error.

    The class of such errors differs between versions of typer, its methods do not.
    """
    formatted = getattr(error, "format_message", None)
    if formatted is None:
        return None
    told = str(formatted()).rstrip(".")
    return f"{told[:1].lower()}{told[1:]} (see {PROGRAM} test --help)"
