"""`lint --explain-bundle`: prints what was understood of each bundle, in the format asked for."""

from __future__ import annotations

import os
import sys

from lint_rules.config import Settings
from ntro_testkit.cli.lint_options import LintOptions
from ntro_testkit.cli.lint_output import write_text
from ntro_testkit.cli.terminal import in_colour


def print_outlines(options: LintOptions, settings: Settings) -> None:
    """Print the outlines of all bundles; raises `UsageError` for a file that cannot be written."""
    from lint_rules.outline.projects import outlines

    paths = options.asked_for
    overlay = {paths[0]: sys.stdin.buffer.read()} if options.from_stdin else {}
    found = outlines(paths, settings, overlay)
    match options.output_format:
        case "json":
            from lint_rules.outline.json_outline import render_json

            text = render_json(found)
        case "mermaid":
            from lint_rules.outline.mermaid import render_mermaid

            text = render_mermaid(found)
        case _:
            from lint_rules.outline.text import render_text

            to_terminal = options.output_file is None and sys.stdout.isatty()
            colour = in_colour(options.color, to_terminal=to_terminal, environment=os.environ)
            text = render_text(found, colour=colour)
    write_text(text, options.output_file, for_people=options.output_format in ("full", "text"))
