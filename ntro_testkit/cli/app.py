"""Puts the commands together and turns faults into one line on stderr and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from ntro_testkit import __version__
from ntro_testkit.cli.test_command import test

app = typer.Typer(
    name="ntro-testkit",
    help="Test ntro runbooks in milliseconds, without a server.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="test", no_args_is_help=True)(test)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ntro-testkit {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an internal error.")
    ] = False,
) -> None:
    """Test ntro runbooks in milliseconds, without a server."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; never raises but for Ctrl-C's exit."""
    try:
        app(args=list(arguments), prog_name=app.info.name)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0 if done.code is None else 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 - the boundary at which faults become exit code 2
        return _report_fault(error, debug="--debug" in arguments)
    return 0


def _report_fault(error: Exception, *, debug: bool) -> int:
    from ntro_testkit.cli.errors import is_users

    if debug:
        raise error
    if is_users(error):
        print(f"error: {error}", file=sys.stderr)
    else:
        print(
            f"internal error: {type(error).__name__}: {error} (show the traceback with --debug)",
            file=sys.stderr,
        )
    return 2
