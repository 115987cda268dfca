"""Finds out which command is meant; turns faults into one line on stderr and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ntro_testkit.cli.commands import COMMANDS, PROGRAM, help_text
from ntro_testkit.cli.errors import UsageError, is_users

_INTERRUPTED = 130
_DEBUG = "--debug"


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; raises only with `--debug`."""
    debug = list(arguments[:1]) == [_DEBUG]
    try:
        code = _dispatch(arguments[1:] if debug else arguments)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0 if done.code is None else 2
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the boundary at which faults become exit code 2
        return _report_fault(error, debug=debug)
    if code == _INTERRUPTED:
        print("interrupted", file=sys.stderr)
    return code


def _dispatch(arguments: Sequence[str]) -> int:
    if not arguments:
        print(help_text(), end="", file=sys.stderr)
        return 2
    first, *rest = arguments
    if first in ("-h", "--help"):
        print(help_text(), end="")
        return 0
    if first == "--version":
        from ntro_testkit import __version__

        print(f"{PROGRAM} {__version__}")
        return 0
    if first not in COMMANDS:
        raise UsageError(_no_command(first))
    return COMMANDS[first].run(rest)


def _no_command(word: str) -> str:
    from lint_rules.nearest import nearest

    what = "option" if word.startswith("-") else "command"
    close = nearest(word, ["--debug", "--help", "--version"] if what == "option" else COMMANDS)
    hint = f", did you mean `{close}`?" if close else ""
    return f"no {what} `{word}`{hint} (see {PROGRAM} --help)"


def _report_fault(error: Exception, *, debug: bool) -> int:
    if debug:
        raise error
    if is_users(error):
        for line in str(error).splitlines() or [type(error).__name__]:
            print(f"error: {line}", file=sys.stderr)
    else:
        print(
            f"internal error: {type(error).__name__}: {error} (show the traceback with"
            f" {PROGRAM} --debug ...)",
            file=sys.stderr,
        )
    return 2
