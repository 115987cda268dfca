"""`ntro-testkit lint [PATHS...]`: the static rules over bundles and Temporal projects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntro_testkit.cli.arguments import Arguments, positive
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.lint_options import LintOptions

_TEXT = """\
Find what breaks a workflow on replay, without importing or running it: in runbook
bundles, and in any code with Temporal workflow classes.

Exit code 0 when there is nothing to report, 1 when there is, 2 on wrong use.
`ntro-testkit rule CODE` explains a code.

Examples:

  ntro-testkit lint runbooks/
  ntro-testkit lint runbooks/nav-monthly --fix
  ntro-testkit lint --diff --unsafe-fixes
  ntro-testkit lint --select NTR1 --ignore wall-clock --output-format concise
  ntro-testkit lint --write-baseline lint-baseline.json
  ntro-testkit lint --stdin-filename templates/workflow.py - < edited.py
  ntro-testkit lint --explain-bundle runbooks/nav-monthly --output-format mermaid
"""


def main(arguments: Sequence[str]) -> int:
    """Lint and return the exit code; raises `UsageError` for wrong arguments."""
    options = LintOptions(**vars(_parser().read(arguments)))
    from ntro_testkit.cli.lint_run import run

    return run(options)


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} lint", "[PATHS...]", _TEXT)
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATHS",
        help="Bundles, other directories, files; `-` is stdin. Default: the current directory.",
    )
    _add_report(parser)
    _add_rules(parser)
    _add_fixes(parser)
    _add_baseline(parser)
    _add_configuration(parser)
    _add_run(parser)
    return parser


def _add_report(parser: Arguments) -> None:
    add = parser.add_argument_group("Report").add_argument
    add(
        "--output-format",
        default="full",
        metavar="FORMAT",
        help="full (the default), concise, json, sarif, github, gitlab or junit;"
        " with --explain-bundle: full, json or mermaid.",
    )
    add("--output-file", type=Path, metavar="F", help="Write to F in place of stdout.")
    add("--statistics", action="store_true", help="Also count the findings of each rule.")
    add("--show-unknown", action="store_true", help="Also list calls nobody can see behind.")
    add("--color", default="auto", metavar="WHEN", help="auto (the default), always or never.")
    add("--exit-zero", action="store_true", help="Exit with 0 even when there are findings.")


def _add_rules(parser: Arguments) -> None:
    add = parser.add_argument_group(
        "Rules: codes, beginnings of codes, names or ALL, separated by commas"
    ).add_argument
    add("--select", action="append", metavar="RULES", help="Only these.")
    add("--ignore", action="append", default=[], metavar="RULES", help="Not these.")
    add(
        "--extend-select",
        action="append",
        default=[],
        metavar="RULES",
        help="These too, whatever else is selected.",
    )
    add(
        "--strict",
        action="store_true",
        default=None,
        help="Calls nobody can see behind are errors (NTR904).",
    )


def _add_fixes(parser: Arguments) -> None:
    add = parser.add_argument_group("Fixes").add_argument
    add("--fix", action="store_true", help="Make the fixes that keep histories valid.")
    add("--diff", action="store_true", help="Print what --fix would change; change nothing.")
    add(
        "--unsafe-fixes",
        action="store_true",
        help="With either: also fixes that can change what runs in flight do.",
    )


def _add_baseline(parser: Arguments) -> None:
    add = parser.add_argument_group("Baseline").add_argument
    add("--baseline", type=Path, metavar="F", help="Leave out the findings that F has.")
    add("--write-baseline", type=Path, metavar="F", help="Write all findings to F as a baseline.")


def _add_configuration(parser: Arguments) -> None:
    add = parser.add_argument_group("Configuration").add_argument
    add("--config", type=Path, metavar="F", help="Read F in place of the nearest pyproject.toml.")
    add("--isolated", action="store_true", help="Read no configuration.")
    add("--show-settings", action="store_true", help="Only print the settings.")


def _add_run(parser: Arguments) -> None:
    add = parser.add_argument_group("Run").add_argument
    add("--stdin-filename", type=Path, metavar="F", help="The file that stdin stands for.")
    add(
        "--no-respect-gitignore",
        dest="respect_gitignore",
        action="store_false",
        default=None,
        help="Lint what git ignores too.",
    )
    add(
        "--explain-bundle",
        action="store_true",
        help="Only print what was understood of each bundle.",
    )
    add("--show-files", action="store_true", help="Only print which files would be looked at.")
    add("--no-cache", action="store_true", help="Neither use nor keep earlier results.")
    add(
        "--cache-dir",
        type=Path,
        metavar="DIR",
        help="Where they are kept. Default: $NTRO_TESTKIT_CACHE_DIR, the configuration, or"
        " .ntro_testkit_cache beside it.",
    )
    add("--jobs", type=positive, metavar="N", help="Processes. Default: all cores, if it pays.")
