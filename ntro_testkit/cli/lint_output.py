"""Brings a lint report to stdout or into a file, in the format asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from lint_rules.engine import Linted
from lint_rules.report import NEEDS, render
from lint_rules.rules.catalogue import RULES
from lint_rules.shown_paths import shown_source
from ntro_testkit import __version__
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.lint_options import LintOptions
from ntro_testkit.cli.terminal import in_colour, print_report


def write_report(linted: Linted, options: LintOptions) -> None:
    """Write the report of a run; raises `UsageError` for a file that cannot be written."""
    needs = NEEDS[options.output_format]
    to_terminal = options.output_file is None and sys.stdout.isatty()
    report = linted.report
    if "edits" in needs:
        from lint_rules.fixing.edits import with_edits

        report = with_edits(linted)
    text = render(
        options.output_format,
        report,
        source=shown_source(linted),
        colour=in_colour(options.color, to_terminal=to_terminal, environment=os.environ),
        rules=RULES,
        show_unknown=options.show_unknown,
        statistics=options.statistics,
        version=__version__,
    )
    write_text(text, options.output_file, for_people="colour" in needs)


def write_text(text: str, file: Path | None, *, for_people: bool = True) -> None:
    """Write text to a file, else to stdout; what is for programs is UTF-8 in any case."""
    if file is None:
        print_report(text, encoding=None if for_people else "utf-8")
        return
    try:
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise UsageError(f"--output-file {file}: cannot be written: {error.strerror}") from error
