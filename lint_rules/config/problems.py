"""What is wrong with a configuration: all of it at once."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault; `where` is a file, or an option of the command line (then without line or key)."""

    where: str
    message: str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


class ConfigError(ValueError):
    """The settings cannot be used; the message has a line for each of `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(slots=True)
class FileProblems:
    """Collects the problems of one file."""

    file: Path
    text: str = ""
    found: list[Problem] = field(default_factory=list)

    def add(self, key: Sequence[str], message: str, item: str | None = None) -> None:
        """Note a problem of a key, or of one item in its array."""
        from lint_rules.config.key_lines import line_of

        line = line_of(self.text, tuple(key), item)
        self.found.append(Problem(shown(self.file), message, line, _dotted(key)))

    def add_file(self, message: str, line: int | None = None) -> None:
        """Note a problem of the whole file."""
        self.found.append(Problem(shown(self.file), message, line))

    def error(self) -> ConfigError:
        """Return everything noted as one exception, in the order of the file."""
        return ConfigError(sorted(self.found, key=lambda problem: problem.line or 0))


def shown(file: Path) -> str:
    """Return a path as people want to read it: relative where it lies below them."""
    relative = os.path.relpath(file)
    return str(file) if relative.startswith(os.pardir) else relative


def _dotted(key: Sequence[str]) -> str:
    return ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in key)
