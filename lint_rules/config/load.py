"""From a config file to settings, with every fault of it in one error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lint_rules.config.locate import TABLE, Document, nearest_document, read_document
from lint_rules.config.problems import FileProblems
from lint_rules.config.rule_tables import (
    read_per_file_ignores,
    read_selectors,
    read_severities,
)
from lint_rules.config.settings import Settings
from lint_rules.config.table_reader import TableReader

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule

LINT = "lint"
KEYS = (
    "select",
    "ignore",
    "extend-select",
    "per-file-ignores",
    "exclude",
    "severity",
    "baseline",
    "cache-dir",
    "respect-gitignore",
    "strict",
    "src",
    "pure-packages",
)


def load(
    paths: Sequence[Path],
    rules: Sequence[Rule],
    *,
    isolated: bool = False,
    explicit: Path | None = None,
) -> Settings:
    """Return the settings for some paths.

    `isolated` leaves every file alone; `explicit` is the one file to read, which must have our
    table. Raises `ConfigError` with all that is wrong.
    """
    if isolated:
        return Settings(Path.cwd())
    document = _explicit_document(explicit) if explicit else nearest_document(paths)
    return _settings(document, rules) if document else Settings(Path.cwd())


def _explicit_document(file: Path) -> Document:
    document = read_document(file.absolute())
    if document is None:
        problems = FileProblems(file)
        problems.add_file(f"expected a table [{'.'.join(TABLE)}]")
        raise problems.error()
    return document


def _settings(document: Document, rules: Sequence[Rule]) -> Settings:
    problems = FileProblems(document.file, document.text)
    ours = TableReader.of(document.table, TABLE, problems)
    ours.refuse_unknown([LINT], elsewhere=[f"{LINT}.{key}" for key in KEYS])
    settings = _lint_settings(ours.table(LINT), document.file.parent, rules)
    if problems.found:
        raise problems.error()
    return settings


def _lint_settings(lint: TableReader, root: Path, rules: Sequence[Rule]) -> Settings:
    lint.refuse_unknown(KEYS)
    defaults = Settings(root)
    src = lint.strings("src")
    return Settings(
        root=root,
        select=read_selectors(lint, "select", rules),
        ignore=read_selectors(lint, "ignore", rules) or (),
        extend_select=read_selectors(lint, "extend-select", rules) or (),
        per_file_ignores=read_per_file_ignores(lint.table("per-file-ignores"), rules),
        exclude=lint.strings("exclude") or (),
        severity=read_severities(lint.table("severity"), rules),
        baseline=lint.path("baseline", root),
        cache_dir=lint.path("cache-dir", root),
        respect_gitignore=lint.flag("respect-gitignore", defaults.respect_gitignore),
        strict=lint.flag("strict", defaults.strict),
        src=defaults.src if src is None else src,
        pure_packages=lint.package_names("pure-packages"),
    )
