"""What the command line of `lint` asks for, as plain data, and what does not go together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ntro_testkit.cli.errors import UsageError

STDIN = Path("-")

OUTLINE_FORMATS = ("full", "text", "json", "mermaid")
"""How `--explain-bundle` can print; `text` is another word for `full`."""


@dataclass(frozen=True, slots=True)
class LintOptions:
    """The arguments and options, as given; None where the configuration decides."""

    paths: list[Path]
    output_format: str
    output_file: Path | None
    select: list[str] | None
    ignore: list[str]
    extend_select: list[str]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    baseline: Path | None
    write_baseline: Path | None
    no_cache: bool
    cache_dir: Path | None
    jobs: int | None
    statistics: bool
    show_unknown: bool
    strict: bool | None
    exit_zero: bool
    config: Path | None
    isolated: bool
    stdin_filename: Path | None
    respect_gitignore: bool | None
    explain_bundle: bool
    show_files: bool
    show_settings: bool
    color: str

    @property
    def from_stdin(self) -> bool:
        """Whether the source of one file comes from stdin."""
        return STDIN in self.paths or (self.stdin_filename is not None and not self.paths)

    @property
    def asked_for(self) -> list[Path]:
        """The files and directories to lint; what comes from stdin by the name it has."""
        if self.from_stdin and self.stdin_filename is not None:
            return [self.stdin_filename]
        return self.paths or [Path()]


def check(options: LintOptions) -> None:
    """Refuse options that say nothing together; raises `UsageError`."""
    from lint_rules.report import FORMATS
    from ntro_testkit.cli.terminal import WHEN

    _check_format(options, FORMATS)
    _one_of("--color", options.color, WHEN)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes says which fixes are made: give --fix or --diff with it")
    if options.isolated and options.config is not None:
        raise UsageError("--isolated reads no configuration and --config reads one: give one")
    if options.from_stdin:
        _check_stdin(options)
    elif options.stdin_filename is not None:
        raise UsageError("--stdin-filename names what comes from stdin: give `-` as the path")
    if options.write_baseline is not None and options.diff:
        raise UsageError("--diff writes nothing and --write-baseline writes a file: give one")


def _check_format(options: LintOptions, formats: tuple[str, ...]) -> None:
    given = options.output_format
    if not options.explain_bundle:
        if given in OUTLINE_FORMATS and given not in formats:
            raise UsageError(
                f"--output-format {given} draws a bundle: give --explain-bundle with it"
            )
        _one_of("--output-format", given, formats)
        return
    if given in formats and given not in OUTLINE_FORMATS:
        listed = ", ".join(OUTLINE_FORMATS)
        raise UsageError(f"--explain-bundle has no format `{given}` (one of {listed})")
    _one_of("--output-format", given, OUTLINE_FORMATS)
    for option, asked in (
        ("--fix", options.fix),
        ("--diff", options.diff),
        ("--write-baseline", options.write_baseline is not None),
        ("--show-files", options.show_files),
        ("--show-settings", options.show_settings),
    ):
        if asked:
            raise UsageError(f"--explain-bundle only prints, and so does not go with {option}")


def _check_stdin(options: LintOptions) -> None:
    if options.stdin_filename is None:
        raise UsageError("`-` needs --stdin-filename: the file that the source stands for")
    if len(options.paths) > 1:
        raise UsageError("`-` is the source of one file: give no other paths with it")
    if options.write_baseline is not None:
        raise UsageError("--write-baseline is about files: give their paths in place of `-`")


def _one_of(option: str, given: str, allowed: tuple[str, ...]) -> None:
    if given in allowed:
        return
    from lint_rules.nearest import nearest

    close = nearest(given, allowed)
    hint = f", did you mean `{close}`?" if close else ""
    raise UsageError(f"{option}: no `{given}`{hint} (one of {', '.join(allowed)})")
