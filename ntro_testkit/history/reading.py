"""Finds and reads histories: files, directories, many in one file, compressed or not.

One history is in memory at a time. What cannot be read is handed on as a `HistoryError` in its
place, so that nothing else is lost.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic_core import from_json

from ntro_testkit.history.documents import history_of
from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError

Read = History | HistoryError

SUFFIXES = (".json", ".jsonl", ".ndjson")
"""What is read in directories, `.gz` behind it or not."""

HEADER = "histories.json"
"""The file in a directory that says what recorded the histories beside it."""

_LINES = (".jsonl", ".ndjson")
_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_histories(paths: Iterable[Path]) -> Iterator[Read]:
    """Yield the histories in files and directories, in the order of their names."""
    for path in history_files(paths):
        if isinstance(path, HistoryError):
            yield path
        else:
            yield from read_file(path)


def history_files(paths: Iterable[Path]) -> Iterator[Path | HistoryError]:
    """Yield the files: those named as they are, those of directories if they look like histories.

    Directories are searched in depth, sorted by name; the header file is left out, and what begins
    with a dot.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_directory(path)
        elif path.exists():
            yield path
        else:
            yield HistoryError(f"{path}: no such file or directory")


def read_file(path: Path) -> Iterator[Read]:
    """Yield the histories of one file: one, or one a line in `.jsonl`."""
    kind = Path(path.name.removesuffix(".gz"))
    try:
        if kind.suffix in _LINES:
            yield from _lines(path, kind.stem)
        else:
            yield read_text(_content(path), str(path), kind.stem)
    except OSError as error:
        # Also what gzip says of damaged data.
        yield HistoryError(f"{path}: {error.strerror or error}")
    except (EOFError, zlib.error):
        yield HistoryError(f"{path}: damaged: the compressed data is cut off or broken")


def read_text(data: bytes, source: str, name: str) -> Read:
    """Read the JSON of one history; `source` and `name` are those of `history_of`."""
    try:
        document = from_json(data.removeprefix(_BYTE_ORDER_MARK), cache_strings="keys")
    except ValueError as error:
        return HistoryError(f"{source}: damaged JSON: {error}")
    try:
        return history_of(document, source, name)
    except HistoryError as error:
        return error


def _in_directory(directory: Path) -> Iterator[Path | HistoryError]:
    try:
        with os.scandir(directory) as entries:
            # Names alone: a hundred thousand of them are some megabytes.
            found = sorted(
                (entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith(".")
            )
    except OSError as error:
        yield HistoryError(f"{directory}: {error.strerror}")
        return
    for name, is_directory in found:
        if is_directory:
            yield from _in_directory(directory / name)
        elif name != HEADER and name.removesuffix(".gz").endswith(SUFFIXES):
            yield directory / name


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(_GZIP) else data


def _lines(path: Path, name: str) -> Iterator[Read]:
    with path.open("rb") as plain:
        compressed = plain.read(2) == _GZIP
    with gzip.open(path) if compressed else path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield read_text(line, f"{path}:{number}", f"{name}-{number}")
