"""Does what `replay check` was asked for, from the plan to the exit code."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import IO

from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.interrupts import interrupts_kept
from ntro_testkit.cli.terminal import print_bytes, progress, say, stdout_kept_for_the_report
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.replay.checking import Checked, Plan, check_all
from ntro_testkit.replay.selecting import only
from ntro_testkit.report.printable import printable
from ntro_testkit.report.replay_report import Format, format_of
from ntro_testkit.report.replay_summary import Summary

_IN_MEMORY = 1 << 20
"""Bytes of a report from which it is kept on disk until it can be printed."""


def run(plan: Plan, given: argparse.Namespace) -> int:
    """Check the histories of a plan, print the report and return the exit code.

    Raises `UnknownCodeError` for codes there are not, `UsageError` when there is no history at all.
    """
    wanted = ChosenCodes(given.select, given.ignore)
    report = format_of(given.output_format)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        with stdout_kept_for_the_report():
            summary = write_report(check_all(plan, given.jobs), report, wanted, spool)
        if not summary.histories and not summary.unreadable and plan.shard is None:
            raise UsageError(_nothing(plan.histories))
        spool.seek(0)
        for piece in iter(lambda: spool.read(_IN_MEMORY), b""):
            print_bytes(piece)
    if summary.unreadable:
        return 2
    return 1 if summary.differing else 0


def write_report(
    results: Generator[Checked, None, None], report: Format, codes: ChosenCodes, file: IO[bytes]
) -> Summary:
    """Write what comes, as it comes, and return the counts."""
    summary = Summary()
    # What is for programs is UTF-8 in any case.
    encoding = sys.stdout.encoding if report.for_people else "utf-8"

    def write(text: str) -> bool:
        return bool(file.write(text.encode(encoding, "backslashreplace")))

    write(report.begin())
    more = False
    with (
        progress("replaying") as show,
        interrupts_kept() as check_interrupt,
        contextlib.closing(results),
    ):
        for result in results:
            check_interrupt()
            if isinstance(result, HistoryError):
                # Names of files and of types may have line breaks.
                line = printable(str(result).replace("\n", "\\n"))
                say(f"error: {line}")
                summary.unreadable += 1
                more = write(report.unreadable(line, more)) or more
            else:
                verdict = only(result, codes)
                summary.add(verdict)
                more = write(report.verdict(verdict, more)) or more
            show(summary.histories + summary.unreadable, 0)
    write(report.end(summary))
    return summary


def _nothing(paths: Sequence[Path]) -> str:
    listed = ", ".join(map(str, paths))
    return (
        f"{listed}: no history in it: name files of histories, or let `{PROGRAM} replay record` "
        f"write some; a check of nothing would always pass"
    )
