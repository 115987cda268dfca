"""The files of a bundle that are no modules, read once, with a note of all that was looked at."""

from __future__ import annotations

from lint_rules.files import path_text
from lint_rules.files.digests import PASSING, digest, names_digest
from lint_rules.files.sources import Listing, Sources
from lint_rules.files.text_file import TextFile

MANIFEST = "runbook.md"
REQUIREMENTS = "templates/requirements.txt"

_MARK = b"\xef\xbb\xbf"

_MANY = 500
_DEEP = 5
"""What a bundle's own files stay within; a virtual environment inside does not."""


class BundleFiles:
    """Reads below the root of a bundle, by paths with `/`; nothing is raised for any file.

    `looked_at` and `listed` are what the answers depended on, for the cache.
    """

    def __init__(self, root: str, sources: Sources) -> None:
        self.root = root
        self._sources = sources
        self._texts: dict[str, TextFile] = {}
        self._listings: dict[str, Listing] = {}
        self.looked_at: dict[str, str | None] = {}
        self.listed: dict[str, str] = {}

    def path(self, inside: str) -> str:
        """Return the absolute path of something in the bundle."""
        return (
            path_text.join(self.root, path_text.together(inside.split("/")))
            if inside
            else self.root
        )

    def data(self, inside: str) -> bytes | None:
        """Return the bytes of a file; None when it is missing or cannot be read."""
        return self._read(self.path(inside))

    def text(self, inside: str) -> TextFile:
        """Return a file as text, whether it is there or not."""
        return self.text_at(self.path(inside))

    def text_at(self, path: str) -> TextFile:
        """Return a file as text by its absolute path, in the bundle or not."""
        if path not in self._texts:
            self._texts[path] = self._text(path)
        return self._texts[path]

    def listing(self, inside: str = "") -> Listing:
        """Return what is in a directory of the bundle; nothing, when it is missing."""
        return self.beside(self.path(inside))

    def beside(self, directory: str) -> Listing:
        """Return what is in a directory anywhere, without what tools leave behind."""
        if directory not in self._listings:
            found = self._sources.contents(directory)
            self.listed[directory] = names_digest(found)
            kept = Listing(found.files, found.directories - PASSING, found.links)
            self._listings[directory] = kept
        return self._listings[directory]

    def python_files(self) -> tuple[str, ...]:
        """Return the paths of all Python files in the bundle, tests too; hidden ones left out."""
        found: list[str] = []
        waiting = [""]
        while waiting and len(found) < _MANY:
            inside = waiting.pop()
            prefix = f"{inside}/" if inside else ""
            listing = self.listing(inside)
            found += [prefix + name for name in sorted(listing.files) if name.endswith(".py")]
            below = sorted(listing.directories - listing.links, reverse=True)
            if inside.count("/") < _DEEP:
                waiting += [prefix + name for name in below if not name.startswith(".")]
        return tuple(found[:_MANY])

    def exists(self, inside: str) -> bool:
        """Tell whether the bundle has a file."""
        directory, _, name = inside.rpartition("/")
        return self.has(self.path(directory), name)

    def has(self, directory: str, name: str) -> bool:
        """Tell whether a directory anywhere has a file."""
        return name in self.beside(directory).files

    def _read(self, path: str) -> bytes | None:
        try:
            data = self._sources.read(path)
        except OSError:
            self.looked_at[path] = None
            return None
        self.looked_at[path] = digest(data)
        return data

    def _text(self, path: str) -> TextFile:
        data = self._read(path)
        if data is None:
            return TextFile(path)
        try:
            return TextFile(path, data.removeprefix(_MARK).decode(), data.startswith(_MARK))
        except UnicodeDecodeError:
            return TextFile(path, has_mark=data.startswith(_MARK))
