"""Which `pyproject.toml` counts: the nearest that has a table of ours.

One file, never merged with others further up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lint_rules.config.problems import FileProblems

TABLE = ("tool", "ntro-testkit")
FILE = "pyproject.toml"

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """A config file with the value of its `[tool.ntro-testkit]`, which should be a table."""

    file: Path
    text: str
    table: object


def nearest_document(paths: Sequence[Path]) -> Document | None:
    """Search upwards from the directory that the paths have in common.

    Raises `ConfigError` for a file that is perhaps ours and cannot be read.
    """
    start = _common_directory(paths)
    for directory in (start, *start.parents):
        file = directory / FILE
        if file.is_file() and (document := read_document(file)):
            return document
    return None


def read_document(file: Path) -> Document | None:
    """Read one config file; None when it has no table of ours."""
    problems = FileProblems(file)
    try:
        source = file.read_bytes()
        # Most files up the tree belong to others: no need to parse them, or to judge them.
        if TABLE[-1].encode() not in source:
            return None
        text = source.decode("utf-8-sig")
    except OSError as error:
        problems.add_file(f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        problems.add_file(f"expected UTF-8, found the byte 0x{source[error.start]:02x}", line)
    else:
        return _parse(file, text)
    raise problems.error()


def _parse(file: Path, text: str) -> Document | None:
    import tomllib

    problems = FileProblems(file, text)
    try:
        tool = tomllib.loads(text).get(TABLE[0])
    except RecursionError:
        problems.add_file("expected TOML: nested too deeply")
    except ValueError as error:
        # Mostly `TOMLDecodeError`; Python itself refuses integers of thousands of digits.
        message, line = _placed(str(error), text)
        problems.add_file(f"expected TOML: {message}", line)
    else:
        if isinstance(tool, dict) and TABLE[1] in tool:
            return Document(file, text, tool[TABLE[1]])
        return None
    raise problems.error()


def _placed(message: str, text: str) -> tuple[str, int | None]:
    """Split the place off a message of the parser."""
    place = _PLACE.search(message)
    if place is None:
        return message, None
    return message[: place.start()], int(place[1]) if place[1] else text.count("\n") + 1


def _common_directory(paths: Sequence[Path]) -> Path:
    # Links are not followed: the settings are those of where a file seems to be.
    given = [Path(os.path.normpath(path.absolute())) for path in paths if str(path) != "-"]
    directories = [path if path.is_dir() else path.parent for path in given]
    return Path(os.path.commonpath(directories)) if directories else Path.cwd()
