"""Finds and reads histories: files, directories, many in one file, compressed or not.

One history is in memory at a time. What cannot be read is handed on as a `HistoryError` in its
place, so that nothing else is lost.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import from_json

from ntro_testkit.history.documents import history_of
from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError

Read = History | HistoryError


@dataclass(frozen=True, slots=True)
class Piece:
    """The JSON of one history before it is read, small enough to be handed to another process.

    `data` is None where the file holds nothing else. `name` is the workflow id of histories that
    tell none.
    """

    source: str
    name: str
    data: bytes | None = None


SUFFIXES = (".json", ".jsonl", ".ndjson")
"""What is read in directories, `.gz` behind it or not."""

HEADER = "header.json"
"""The file in a directory that says what made the histories beside it; itself it is none."""

RECORDED = "histories"
"""What the header of `replay record` has, and that of `replay fetch` has not: the files."""

_LINES = (".jsonl", ".ndjson")
_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_histories(paths: Iterable[Path]) -> Iterator[Read]:
    """Yield the histories in files and directories, in the order of their names."""
    for piece in pieces_of(paths):
        yield piece if isinstance(piece, HistoryError) else read_piece(piece)


def pieces_of(paths: Iterable[Path]) -> Iterator[Piece | HistoryError]:
    """Yield what `read_piece` reads: files, and the lines of those with one history a line."""
    for path in history_files(paths):
        if isinstance(path, HistoryError):
            yield path
            continue
        kind = Path(path.name.removesuffix(".gz"))
        if kind.suffix in _LINES:
            yield from _lines(path, kind.stem)
        else:
            yield Piece(str(path), kind.stem)


def read_piece(piece: Piece) -> Read:
    """Read one history."""
    try:
        data = _content(Path(piece.source)) if piece.data is None else piece.data
    except _UNREADABLE as error:
        return _unreadable(piece.source, error)
    return read_text(data, piece.source, piece.name)


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


def _in_directory(
    directory: Path, above: frozenset[str] = frozenset()
) -> Iterator[Path | HistoryError]:
    real = os.path.realpath(directory)
    if real in above:
        # A link to a directory it lies in: everything there is found already.
        return
    try:
        with os.scandir(directory) as entries:
            # Names alone: a hundred thousand of them are some megabytes.
            # A pipe would be waited for, so only what is a file or a directory counts.
            found = sorted(
                (entry.name, entry.is_dir())
                for entry in entries
                if not entry.name.startswith(".") and (entry.is_dir() or entry.is_file())
            )
    except OSError as error:
        yield HistoryError(f"{directory}: {error.strerror}")
        return
    for name, is_directory in found:
        if is_directory:
            yield from _in_directory(directory / name, above | {real})
        elif name != HEADER and name.removesuffix(".gz").endswith(SUFFIXES):
            yield directory / name


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(_GZIP) else data


def _lines(path: Path, name: str) -> Iterator[Piece | HistoryError]:
    try:
        with path.open("rb") as plain:
            compressed = plain.read(2) == _GZIP
        with gzip.open(path) if compressed else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield Piece(f"{path}:{number}", f"{name}-{number}", line)
    except _UNREADABLE as error:
        yield _unreadable(str(path), error)


_UNREADABLE = (OSError, EOFError, zlib.error)
"""What files raise, those that gzip wrote included."""


def _unreadable(source: str, error: BaseException) -> HistoryError:
    if isinstance(error, OSError) and error.strerror:
        return HistoryError(f"{source}: {error.strerror}")
    return HistoryError(f"{source}: damaged: the compressed data is cut off or broken")
