"""Globs over paths, with the meaning that ruff gives to those of its per-file ignores.

`*` and `?` also stand for `/`, `**/` for any number of directories, `{a,b}` for one of several;
a glob without a directory is held against file names too; `!` in front turns it round.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path


class GlobError(ValueError):
    """A glob that cannot be understood."""


class PathGlob:
    """One glob; raises `GlobError` when it cannot be understood."""

    def __init__(self, glob: str) -> None:
        self._negated = glob.startswith("!")
        wanted = glob.removeprefix("!")
        # A directory is meant: without this it would silently cover nothing.
        wanted = f"{wanted}**" if wanted.endswith("/") else wanted
        self._pattern = _compiled(posixpath.normpath(wanted) if wanted else "")

    def matches(self, path: str, root: Path) -> bool:
        """Tell whether a file is meant: by its path below `root`, its full path, or its name."""
        full = Path(os.path.normpath(Path(path).absolute()))
        names = [full.name, full.as_posix()]
        if full.is_relative_to(root):
            names.append(full.relative_to(root).as_posix())
        matched = any(self._pattern.fullmatch(name) for name in names)
        return matched != self._negated


def _compiled(glob: str) -> re.Pattern[str]:
    if not glob:
        raise GlobError("it is empty")
    parts: list[str] = []
    open_braces = 0
    at = 0
    while at < len(glob):
        part, at, depth = _next_part(glob, at, open_braces)
        parts.append(part)
        open_braces += depth
    if open_braces:
        raise GlobError("`{` is never closed")
    return re.compile("".join(parts), re.DOTALL)


def _next_part(glob: str, at: int, open_braces: int) -> tuple[str, int, int]:
    """Return a piece of the pattern, where the next begins, and the change of open braces."""
    character = glob[at]
    if character == "*":
        return _stars(glob, at)
    if character == "[":
        return _character_class(glob, at)
    if character == "\\" and at + 1 < len(glob):
        return re.escape(glob[at + 1]), at + 2, 0
    if character == "{":
        return "(?:", at + 1, 1
    if character == "}":
        if not open_braces:
            raise GlobError("`}` closes nothing")
        return ")", at + 1, -1
    if character == "," and open_braces:
        return "|", at + 1, 0
    return "." if character == "?" else re.escape(character), at + 1, 0


def _stars(glob: str, at: int) -> tuple[str, int, int]:
    whole_directories = glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/")
    if whole_directories:
        return "(?:.*/)?", at + 3, 0
    return ".*", at + len(glob[at:]) - len(glob[at:].lstrip("*")), 0


def _character_class(glob: str, at: int) -> tuple[str, int, int]:
    start = at + 2 if glob[at + 1 : at + 2] in ("!", "^") else at + 1
    # A bracket that comes first stands for itself.
    end = glob.find("]", start + 1)
    if end < 0:
        raise GlobError("`[` is never closed")
    inner = "".join(c if c == "-" else re.escape(c) for c in glob[start:end])
    pattern = f"[^{inner}]" if start == at + 2 else f"[{inner}]"
    try:
        re.compile(pattern)
    except re.error as error:
        raise GlobError(f"`{glob[at : end + 1]}` is no range") from error
    return pattern, end + 1, 0
