"""Texts on disk, by name: the directory of the caches.

An entry is written beside its place and then moved there, so readers, a second writer and whoever
is killed in between leave whole entries. One that is damaged is as good as missing. Trouble with
the disk switches the cache off for the rest of the run. Either is said once.
"""

from __future__ import annotations

import binascii
import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from lint_rules.files import path_text
from lint_rules.files.sources import read_regular

Kind = Literal["facts", "results"]

_HOUR = 3600.0
_DAY = 24 * _HOUR
_UNUSED = 30 * _DAY
_FORMAT = "ntro-testkit cache 1"
_SUFFIX = ".entry"
_UNFINISHED = ".tmp"
_SWEPT_NAME = re.compile(r"\w+\.entry|.+\.[0-9a-f]{12}\.tmp")
_KINDS: tuple[Kind, ...] = ("facts", "results")
_STAMP = "swept"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_MARKS = {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Made by ntro-testkit; it may be removed at any time.\n",
    ".gitignore": "*\n",
}


class CacheDirectory:
    """Keeps texts; `on_damage` is told what is wrong, one line each for damage and disk trouble."""

    def __init__(self, path: Path, on_damage: Callable[[str], None]) -> None:
        self._root = path_text.absolute(path)
        self._on_damage = on_damage
        self._is_off = False
        self._told_of_damage = False
        self._looked_at_age = False

    def read(self, kind: Kind, name: str) -> str | None:
        """Return a text; None when it is missing, damaged, or the cache is off."""
        if self._is_off:
            return None
        self._sweep_daily()
        path = self._place(kind, name)
        try:
            data, state = read_regular(path)
            text = _text(name, data)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            self.note_damage(kind, name, error)
            return None
        if time.time() - state.st_mtime > _DAY:
            with contextlib.suppress(OSError):
                os.utime(path)
        return text

    def write(self, kind: Kind, name: str, text: str) -> None:
        """Keep a text under a name of letters and digits; nothing is raised for a disk's sake."""
        if self._is_off:
            return
        self._sweep_daily()
        payload = text.encode("utf-8", "surrogatepass")
        data = b"%b\n%b" % (_header(name, payload), payload)
        path = self._place(kind, name)
        try:
            try:
                _write_whole(path, data)
            except FileNotFoundError:
                self._make(path_text.parent(path))
                _write_whole(path, data)
        except OSError as error:
            self._is_off = True
            self._on_damage(f"cache {self._root} is not used: {error.strerror or error}")

    def note_damage(self, kind: Kind, name: str, error: Exception) -> None:
        """Say, the first time, that an entry cannot be used."""
        if not self._told_of_damage:
            self._told_of_damage = True
            reason = getattr(error, "strerror", None) or error
            place = self._place(kind, name)
            self._on_damage(f"damaged cache entries are made anew, such as {place}: {reason}")

    def _place(self, kind: Kind, name: str) -> str:
        if not name.isalnum():
            raise ValueError(f"no name of a cache entry: {name!r}")
        return path_text.join(self._root, path_text.together([kind, name[:2], name[2:] + _SUFFIX]))

    def _make(self, directory: str) -> None:
        root = Path(self._root)
        is_ours = not root.exists() or {path.name for path in root.iterdir()} <= {_STAMP}
        Path(directory).mkdir(parents=True, exist_ok=True)
        # A directory that somebody else filled is not ours to hide from git.
        for name, text in _MARKS.items() if is_ours else ():
            _write_whole(path_text.join(self._root, name), text.encode())

    def _sweep_daily(self) -> None:
        if self._looked_at_age:
            return
        self._looked_at_age = True
        stamp = path_text.join(self._root, _STAMP)
        now = time.time()
        with contextlib.suppress(OSError):
            if 0 <= now - Path(stamp).stat().st_mtime < _DAY:
                return
        # No cache yet, or one that cannot be written.
        with contextlib.suppress(OSError):
            _write_whole(stamp, b"")
            for path, state in _entries(self._root):
                limit = _HOUR if path.endswith(_UNFINISHED) else _UNUSED
                if now - state.st_mtime > limit:
                    with contextlib.suppress(OSError):
                        Path(path).unlink()


def _header(name: str, payload: bytes) -> bytes:
    return f"{_FORMAT} {name} {len(payload)} {binascii.crc32(payload):08x}".encode()


def _text(name: str, data: bytes) -> str:
    header, _, payload = data.partition(b"\n")
    if header != _header(name, payload):
        raise ValueError("its content is not what was written")
    return payload.decode("utf-8", "surrogatepass")


def _write_whole(path: str, data: bytes) -> None:
    unfinished = f"{path}.{os.urandom(6).hex()}{_UNFINISHED}"
    try:
        with os.fdopen(os.open(unfinished, _CREATE, 0o666), "wb") as file:
            file.write(data)
        Path(unfinished).replace(path)
    except BaseException:
        # Ctrl-C too leaves nothing half-written.
        with contextlib.suppress(OSError):
            Path(unfinished).unlink()
        raise


def _entries(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Return the files that may be swept, by names that only the cache gives, and their states."""
    kinds = [path_text.join(root, kind) for kind in _KINDS]
    shards = [entry.path for kind in kinds for entry in _scan(kind) if len(entry.name) == 2]
    for directory in (root, *shards):
        for entry in _scan(directory):
            if _SWEPT_NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    yield entry.path, entry.stat(follow_symlinks=False)


def _scan(directory: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            return list(found)
    except OSError:
        return []
