"""The directories below a start that are worth looking into, and their Python files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lint_rules.discovery.ignoring import IgnoreRules, read_lines
from lint_rules.discovery.surroundings import Surroundings
from lint_rules.files import path_text
from lint_rules.files.sources import Listing, Sources

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
_OWN_EXCLUDE = path_text.together([".git", "info", "exclude"])

_Rules = tuple[IgnoreRules, ...]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file or directory that cannot be read; line and column count from 1."""

    path: Path
    line: int
    column: int
    message: str


class Walk:
    """Goes down from starts, into each directory once; a start itself is never left out."""

    def __init__(
        self,
        sources: Sources,
        surroundings: Surroundings,
        exclude: IgnoreRules,
        *,
        respect_gitignore: bool,
    ) -> None:
        self._sources = sources
        self._surroundings = surroundings
        self._exclude = exclude
        self._respect_gitignore = respect_gitignore
        self._seen: set[str] = set()
        self.problems: list[FileProblem] = []

    def directories(self, start: str) -> Iterator[tuple[str, list[str]]]:
        """Return each directory from `start` down with the names of its Python files."""
        exclude = self._exclude.without(start)
        pending = [(start, self._rules_above(start) if self._respect_gitignore else ())]
        while pending:
            directory, rules = pending.pop()
            listing = self._enter(directory, start)
            if listing is None:
                continue
            if self._respect_gitignore:
                rules = self._rules_in(directory, listing, rules)
            every = (*rules, exclude)
            prefix = path_text.prefix(directory)
            yield (
                directory,
                [
                    name
                    for name in sorted(listing.files)
                    if name.endswith(".py") and not _is_ignored(every, prefix + name, False)
                ],
            )
            pending += [
                (prefix + name, rules)
                for name in sorted(listing.directories - listing.links - _SKIPPED, reverse=True)
                if name[0] != "." and not _is_ignored(every, prefix + name, True)
            ]

    def note(self, path: str, error: OSError) -> None:
        """Note that a file or directory cannot be read."""
        message = f"cannot be read: {error.strerror or error}"
        self.problems.append(FileProblem(Path(path), 1, 1, message))

    def _enter(self, directory: str, start: str) -> Listing | None:
        if directory in self._seen:
            return None
        self._seen.add(directory)
        try:
            listing = self._sources.listing(directory)
        except OSError as error:
            self.note(directory, error)
            return None
        is_environment = "pyvenv.cfg" in listing.files and directory != start
        return None if is_environment else listing

    def _rules_above(self, start: str) -> _Rules:
        top = self._surroundings.git(start) or self._surroundings.repository(start) or start
        between = []
        directory = start
        while directory != top:
            directory = path_text.parent(directory)
            between.append(directory)
        rules: _Rules = ()
        for directory in reversed(between):
            rules = self._rules_in(directory, self._sources.contents(directory), rules)
        return tuple(each.without(start) for each in rules)

    def _rules_in(self, directory: str, listing: Listing, rules: _Rules) -> _Rules:
        """Return the rules that hold in a directory; the first that has a verdict decides."""
        if ".git" in listing.directories:
            rules = self._read(directory, path_text.join(directory, _OWN_EXCLUDE))
        elif ".git" in listing.files:
            rules = ()
        if ".gitignore" in listing.files:
            rules = (*self._read(directory, path_text.join(directory, ".gitignore")), *rules)
        return rules

    def _read(self, base: str, path: str) -> _Rules:
        try:
            return (IgnoreRules(base, read_lines(self._sources.peek(path))),)
        except FileNotFoundError:
            return ()
        except OSError as error:
            self.note(path, error)
            return ()


def _is_ignored(rules: _Rules, path: str, is_directory: bool) -> bool:
    *gitignore, exclude = rules
    if exclude.verdict(path, is_directory=is_directory):
        return True
    for each in gitignore:
        verdict = each.verdict(path, is_directory=is_directory)
        if verdict is not None:
            return verdict
    return False
