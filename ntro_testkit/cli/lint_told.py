"""What `lint` says besides its report: fixes made, baselines, settings, files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lint_rules.config import Settings
from lint_rules.engine import Linted
from lint_rules.files import path_text
from lint_rules.report.summary_line import count
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.terminal import print_report, say

if TYPE_CHECKING:
    from lint_rules.fixing.fix_run import FixRun


def tell_fixes(done: FixRun, *, only_shown: bool) -> None:
    """Say how much was fixed, what was not and why, and what it means for runs in flight."""
    from lint_rules.fixing.effects import effects

    for each in done.not_applied:
        place, code = each.finding.place, each.finding.code
        say(f"not applied: {place.path}:{place.line}:{place.column}: {code}: {each.reason}")
    if not done.fixed:
        return
    verb = "would fix" if only_shown else "fixed"
    say(f"{verb} {count(len(done.fixed), 'finding')} in {count(len(done.files), 'file')}")
    changed = effects(done.fixed)
    if "commands" in changed:
        say("note: this changes the command sequence of runs in flight; replay their histories")
    elif "value" in changed:
        say("note: a value that changes may change a branch of a run in flight")


def diff(done: FixRun) -> str:
    """Return what fixing changes, as a unified diff."""
    from lint_rules.fixes.files import decode_source
    from lint_rules.fixes.text_diff import text_diff

    return "".join(
        text_diff(file.shown, decode_source(file.before), decode_source(file.after))
        for file in done.files
    )


def write_baseline_file(path: Path, linted: Linted) -> None:
    """Write all findings as a baseline, and say how many."""
    from lint_rules.baseline import write_baseline
    from lint_rules.shown_paths import shown_source

    findings = linted.report.findings
    try:
        write_baseline(path, findings, shown_source(linted))
    except OSError as error:
        raise UsageError(f"--write-baseline {path}: cannot be written: {error.strerror}") from error
    say(f"wrote {count(len(findings), 'finding')} to {path}")


def tell_stale(path: Path, linted: Linted, settings: Settings) -> None:
    """Say how many entries of a baseline match nothing any more.

    Only those count that this run could have matched, by its paths and rules.
    """
    from lint_rules.baseline import read_baseline
    from lint_rules.rules.catalogue import RULES
    from lint_rules.selection import Selection

    baseline = read_baseline(path)
    selection = Selection(RULES, settings)
    paths = (path_text.normal(str(baseline.directory / entry.path)) for entry in baseline.entries)
    looked_at = sum(
        selection.is_on(entry.code) and linted.discovery.concerns(entry_path)
        for entry, entry_path in zip(baseline.entries, paths, strict=True)
    )
    stale = looked_at - linted.report.summary.baselined
    if stale > 0:
        shown = linted.discovery.display(path)
        match = "entry matches" if stale == 1 else "entries match"
        say(f"{stale} {match} nothing any more: write {shown} anew with --write-baseline")


def print_settings(settings: Settings) -> None:
    """Print the settings that hold, a key a line."""
    import json
    from dataclasses import fields

    lines = []
    for field in fields(settings):
        value = json.dumps(getattr(settings, field.name), default=str)
        lines.append(f"{field.name.replace('_', '-')} = {value}\n")
    print_report("".join(lines))


def print_files(paths: list[Path], settings: Settings) -> None:
    """Print the files where the analysis begins and the members of bundles, a file a line."""
    from lint_rules.discovery.discover import discover

    found = discover(paths, settings)
    files = {path for project in found.projects for path in (*project.entries, *project.members)}
    print_report("".join(f"{found.display(path)}\n" for path in sorted(files)))
