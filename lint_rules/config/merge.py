"""What the command line changes in the settings of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lint_rules.config.problems import ConfigError, Problem
from lint_rules.config.selectors import resolve_all
from lint_rules.config.settings import Settings
from lint_rules.rule_codes import covers

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule


def merge(
    settings: Settings,
    rules: Sequence[Rule],
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    baseline: Path | None = None,
    cache_dir: Path | None = None,
    respect_gitignore: bool | None = None,
    strict: bool | None = None,
) -> Settings:
    """Return the settings with those of the command line over them.

    Selectors may hold several, separated by commas. `select` replaces the selection of the file,
    `ignore` and `extend_select` add to it; what the command line says of a rule counts before what
    the file says of it. Paths are relative to the working directory. Raises `ConfigError` for
    selectors that stand for no rule, whose `where` is the option.
    """
    options = {"--select": select or (), "--ignore": ignore, "--extend-select": extend_select}
    chosen, ignored, extended = _resolved(options, rules)
    kept = [] if select is not None else _without(settings.extend_select, ignored)
    if select is None and settings.select is not None:
        select_now: tuple[str, ...] | None = tuple(_without(settings.select, ignored))
    else:
        select_now = None if select is None else chosen
    wanted = {*chosen, *extended}
    return replace(
        settings,
        select=select_now,
        ignore=(*(code for code in settings.ignore if code not in wanted), *ignored),
        extend_select=(*kept, *extended),
        baseline=settings.baseline if baseline is None else baseline.absolute(),
        cache_dir=settings.cache_dir if cache_dir is None else cache_dir.absolute(),
        respect_gitignore=_either(respect_gitignore, settings.respect_gitignore),
        strict=_either(strict, settings.strict),
    )


def _resolved(
    options: dict[str, Sequence[str]], rules: Sequence[Rule]
) -> tuple[tuple[str, ...], ...]:
    problems: list[Problem] = []

    def resolved(option: str, given: Sequence[str]) -> tuple[str, ...]:
        words = [word.strip() for text in given for word in text.split(",") if word.strip()]
        return resolve_all(words, rules, lambda _, text: problems.append(Problem(option, text)))

    found = tuple(resolved(option, given) for option, given in options.items())
    if problems:
        raise ConfigError(problems)
    return found


def _without(selectors: Iterable[str], ignored: Sequence[str]) -> list[str]:
    """Drop the selectors of the file that the command line ignores altogether."""
    return [code for code in selectors if not any(covers(wider, code) for wider in ignored)]


def _either(given: bool | None, set_before: bool) -> bool:
    return set_before if given is None else given
