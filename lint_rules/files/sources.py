"""The files of a run: every directory is listed once, and no file that is kept is read twice.

An overlay gives bytes that stand for a file's content, as an editor sends them; such a file need
not exist.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lint_rules.files import path_text

# Without waiting, or opening a FIFO would wait for somebody to write into it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a directory, by name: regular files, directories, and which of these are links.

    What a link leads to decides what it is; a link that leads nowhere is nothing.
    """

    files: frozenset[str]
    directories: frozenset[str]
    links: frozenset[str] = frozenset()


class Sources:
    """Reads files and lists directories for everybody in a run."""

    def __init__(self, overlay: Mapping[Path, bytes] | None = None) -> None:
        self._kept = {path_text.absolute(path): data for path, data in (overlay or {}).items()}
        self._listings: dict[str, Listing | OSError] = {}
        self._added_files: dict[str, set[str]] = {}
        self._added_directories: dict[str, set[str]] = {}
        for path in self._kept:
            self._add(path)

    def read(self, path: Path | str) -> bytes:
        """Return the bytes of a file and keep them; raises OSError, for a FIFO or device too."""
        text = str(path)
        data = self._kept.get(text)
        if data is None:
            data = self._kept[text] = read_regular(text)[0]
        return data

    def peek(self, path: Path | str) -> bytes:
        """Return the bytes of a file without keeping them; raises OSError as `read` does."""
        text = str(path)
        data = self._kept.get(text)
        return read_regular(text)[0] if data is None else data

    def keep(self, path: Path | str, data: bytes) -> None:
        """Remember what `peek` gave, for the stages that follow."""
        self._kept[str(path)] = data

    def is_given(self, path: Path | str) -> bool:
        """Tell whether a file's content is known without reading it."""
        return str(path) in self._kept

    def listing(self, directory: Path | str) -> Listing:
        """Return what is in a directory; raises OSError, the same one each time."""
        found = self._found(str(directory))
        if isinstance(found, OSError):
            # Without the way it came last time, which would hold on to everything on that way.
            raise found.with_traceback(None)
        return found

    def contents(self, directory: Path | str) -> Listing:
        """Return what is in a directory; nothing, when it cannot be listed."""
        found = self._found(str(directory))
        return _NOTHING if isinstance(found, OSError) else found

    def _found(self, directory: str) -> Listing | OSError:
        if directory not in self._listings:
            self._listings[directory] = self._listed(directory)
        return self._listings[directory]

    def python_files(self, directory: Path | str) -> tuple[str, ...]:
        """Return the names of the Python files in a directory, sorted."""
        return tuple(sorted(n for n in self.contents(directory).files if n.endswith(".py")))

    def names(self, directory: Path | str) -> frozenset[str]:
        """Return the names of the files and directories in a directory."""
        found = self.contents(directory)
        return found.files | found.directories

    def has_file(self, directory: str, name: str) -> bool:
        """Tell whether a directory holds a file, without listing it for that alone."""
        known = self._listings.get(directory)
        if isinstance(known, Listing):
            return name in known.files
        if name in self._added_files.get(directory, ()):
            return True
        return path_text.is_file(path_text.join(directory, name))

    def has_directory(self, directory: str, name: str) -> bool:
        """Tell whether a directory holds another, without listing it for that alone."""
        known = self._listings.get(directory)
        if isinstance(known, Listing):
            return name in known.directories
        if name in self._added_directories.get(directory, ()):
            return True
        return path_text.is_directory(path_text.join(directory, name))

    def _listed(self, directory: str) -> Listing | OSError:
        added = frozenset(self._added_files.get(directory, ()))
        below = frozenset(self._added_directories.get(directory, ()))
        try:
            found = _scan(directory)
        except OSError as error:
            return Listing(added, below) if added or below else error.with_traceback(None)
        if added or below:
            return Listing(found.files | added, found.directories | below, found.links)
        return found

    def _add(self, path: str) -> None:
        directory = path_text.parent(path)
        self._added_files.setdefault(directory, set()).add(path_text.name_of(path))
        while directory != (parent := path_text.parent(directory)):
            self._added_directories.setdefault(parent, set()).add(path_text.name_of(directory))
            directory = parent


_NOTHING = Listing(frozenset(), frozenset())


def read_regular(path: str) -> tuple[bytes, os.stat_result]:
    """Return the bytes of a regular file and its state; raises OSError for anything else."""
    descriptor = os.open(path, _FLAGS)
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            code = errno.EISDIR if stat.S_ISDIR(state.st_mode) else errno.EINVAL
            reason = "is a directory" if code == errno.EISDIR else "no regular file"
            raise OSError(code, reason, path)
        data = os.read(descriptor, state.st_size + 1)
        # What grows under the reader, and what claims to be empty, as in /proc.
        while len(data) != state.st_size and (more := os.read(descriptor, 1 << 20)):
            data += more
        return data, state
    finally:
        os.close(descriptor)


def _scan(directory: str) -> Listing:
    files, directories, links = [], [], []
    with os.scandir(directory) as entries:
        for entry in entries:
            try:
                if entry.is_file():
                    files.append(entry.name)
                elif entry.is_dir():
                    directories.append(entry.name)
                    if entry.is_symlink():
                        links.append(entry.name)
            except OSError:
                # A link that leads in a circle.
                continue
    return Listing(frozenset(files), frozenset(directories), frozenset(links))
