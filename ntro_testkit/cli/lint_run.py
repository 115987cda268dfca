"""Does what `lint` was asked for, from the settings to the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lint_rules import engine
from lint_rules.config import Settings, load, merge
from lint_rules.engine import Linted, Run
from lint_rules.files.digests import CACHE_DIRECTORY
from lint_rules.rules.catalogue import RULES
from ntro_testkit.cli import lint_explained, lint_told
from ntro_testkit.cli.lint_options import LintOptions, check
from ntro_testkit.cli.lint_output import write_report, write_text
from ntro_testkit.cli.terminal import print_bytes, progress, say

if TYPE_CHECKING:
    from lint_rules.fixing.fix_run import FixRun

CACHE_VARIABLE = "NTRO_TESTKIT_CACHE_DIR"


@dataclass(frozen=True, slots=True)
class _Task:
    """What there is to do, after all questions of options and settings."""

    options: LintOptions
    paths: list[Path]
    settings: Settings
    overlay: Mapping[Path, bytes]

    @property
    def has_stdin(self) -> bool:
        return bool(self.overlay)


def run(options: LintOptions) -> int:
    """Lint and return the exit code; faults of the user are raised."""
    check(options)
    settings = _settings(options)
    paths = options.asked_for
    if options.show_settings:
        lint_told.print_settings(settings)
        return 0
    if options.show_files:
        lint_told.print_files(paths, settings)
        return 0
    if options.explain_bundle:
        lint_explained.print_outlines(options, settings)
        return 0
    overlay = {paths[0]: sys.stdin.buffer.read()} if options.from_stdin else {}
    task = _Task(options, paths, settings, overlay)
    code = _fixed(task) if options.fix or options.diff else _linted(task)
    return 0 if options.exit_zero and code == 1 else code


def _settings(options: LintOptions) -> Settings:
    loaded = load(options.asked_for, RULES, isolated=options.isolated, explicit=options.config)
    named = os.environ.get(CACHE_VARIABLE)
    cache_dir = options.cache_dir or (Path(named) if named else None)
    settings = merge(
        loaded,
        RULES,
        select=options.select,
        ignore=options.ignore,
        extend_select=options.extend_select,
        baseline=options.baseline,
        cache_dir=cache_dir,
        respect_gitignore=options.respect_gitignore,
        strict=options.strict,
    )
    if options.write_baseline is not None:
        # It is to hold all findings, not those that an older one lacks.
        settings = replace(settings, baseline=None)
    return replace(settings, cache_dir=settings.cache_dir or settings.root / CACHE_DIRECTORY)


@contextmanager
def _how(task: _Task) -> Iterator[Run]:
    with progress() as show:
        yield Run(
            jobs=task.options.jobs,
            cache=None if task.options.no_cache else task.settings.cache_dir,
            overlay=task.overlay,
            warn=lambda line: say(f"warning: {line}"),
            progress=show,
        )


def _linted(task: _Task) -> int:
    with _how(task) as how:
        linted = engine.run(task.paths, task.settings, how)
    return _reported(task, linted)


def _fixed(task: _Task) -> int:
    from lint_rules.fixing.fix_run import fix

    with _how(task) as how:
        done = fix(task.paths, task.settings, how, unsafe=task.options.unsafe_fixes)
    lint_told.tell_fixes(done, only_shown=task.options.diff)
    if task.options.diff:
        write_text(lint_told.diff(done), task.options.output_file)
        return 1 if done.files else 0
    if task.has_stdin:
        [given] = task.overlay.values()
        print_bytes(done.files[0].after if done.files else given)
        return 1 if _of_stdin(done.linted).report.findings else 0
    return _written(task, done)


def _written(task: _Task, done: FixRun) -> int:
    from lint_rules.fixing.writing import write_files

    problems = write_files(done.files)
    if not problems:
        return _reported(task, done.linted)
    for problem in problems:
        say(f"error: {problem}")
    # What the report is about was not written everywhere.
    _linted(task)
    return 2


def _reported(task: _Task, linted: Linted) -> int:
    options = task.options
    if options.write_baseline is not None:
        lint_told.write_baseline_file(options.write_baseline, linted)
        return 0
    if task.has_stdin:
        linted = _of_stdin(linted)
    elif task.settings.baseline is not None:
        lint_told.tell_stale(task.settings.baseline, linted, task.settings)
    write_report(linted, options)
    return 1 if linted.report.findings else 0


def _of_stdin(linted: Linted) -> Linted:
    """Keep the findings of the one file that was given."""
    [given] = linted.discovery.given
    shown = linted.discovery.display(given)
    findings = tuple(each for each in linted.report.findings if each.place.path == shown)
    severities = [finding.severity for finding in findings]
    summary = replace(
        linted.report.summary,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        info=severities.count("info"),
    )
    return replace(linted, report=replace(linted.report, findings=findings, summary=summary))
