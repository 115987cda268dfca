"""Where a file stands: its bundle, its repository, the directory its dotted name starts from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lint_rules.files import path_text
from lint_rules.files.sources import Sources

MANIFEST = "runbook.md"
TEMPLATES = "templates"
WORKFLOW = "workflow.py"

_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg")
_RELATIVE_IMPORT = re.compile(rb"^[ \t]*from[ \t]*\.", re.MULTILINE)


class Surroundings:
    """Answers by climbing; each directory is asked once."""

    def __init__(self, sources: Sources, src: Sequence[str]) -> None:
        self._sources = sources
        self._src = tuple(src)
        self._bundles: dict[str, str | None] = {}
        self._repositories: dict[str, str | None] = {}
        self._gits: dict[str, str | None] = {}
        self._known_sources: dict[str, tuple[str, ...]] = {}

    def bundle(self, directory: str) -> str | None:
        """Return the bundle a directory is or lies in."""
        return _nearest(directory, self._is_bundle, self._bundles)

    def repository(self, directory: str) -> str | None:
        """Return the nearest directory that looks like the root of a project."""
        return _nearest(directory, self._is_repository, self._repositories)

    def git(self, directory: str) -> str | None:
        """Return the git repository a directory is or lies in."""
        return _nearest(directory, self._is_git, self._gits)

    def source_root(self, path: str, data: bytes) -> str:
        """Return the directory from which the dotted name of a loose module starts."""
        directory = path_text.parent(path)
        root = directory
        while self._sources.has_file(root, "__init__.py") and root != path_text.parent(root):
            root = path_text.parent(root)
        if root != directory or not _RELATIVE_IMPORT.search(data):
            return root
        # Relative imports work in packages only, so this one is a namespace package.
        return self._outermost_source(directory) or root

    def search(self, root: str, top: str) -> tuple[str, ...]:
        """Return `root`, the directories above it up to `top`, and the `src` ones of each."""
        found = [root]
        while True:
            found += self._sources_of(root)
            if root == top:
                return tuple(dict.fromkeys(found))
            root = path_text.parent(root)

    def bundle_search(self, root: str) -> tuple[str, ...]:
        """Return where the modules of a bundle may lie: in it, else in the project around it."""
        repository = self.repository(root)
        if repository is None:
            return (root,)
        return tuple(dict.fromkeys((root, repository, *self._sources_of(repository))))

    def _sources_of(self, directory: str) -> tuple[str, ...]:
        if directory not in self._known_sources:
            places = (path_text.normal(path_text.join(directory, name)) for name in self._src)
            self._known_sources[directory] = tuple(filter(path_text.is_directory, places))
        return self._known_sources[directory]

    def _outermost_source(self, directory: str) -> str | None:
        repository = self.repository(directory)
        if repository is None:
            return None
        places = (repository, *self._sources_of(repository))
        return max((place for place in places if path_text.is_below(directory, place)), key=len)

    def _is_bundle(self, directory: str) -> bool:
        templates = self._sources.has_directory(directory, TEMPLATES)
        if self._sources.has_file(directory, MANIFEST):
            # Other documents are called so too.
            return templates or self._has_frontmatter(path_text.join(directory, MANIFEST))
        inside = path_text.join(directory, TEMPLATES)
        return templates and self._sources.has_file(inside, WORKFLOW)

    def _has_frontmatter(self, manifest: str) -> bool:
        try:
            text = self._sources.peek(manifest)
        except OSError:
            return False
        return text.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")

    def _is_repository(self, directory: str) -> bool:
        return self._is_git(directory) or any(
            self._sources.has_file(directory, marker) for marker in _MARKERS
        )

    def _is_git(self, directory: str) -> bool:
        # In a worktree or submodule it is a file.
        return self._sources.has_directory(directory, ".git") or self._sources.has_file(
            directory, ".git"
        )


def _nearest(
    directory: str, test: Callable[[str], bool], known: dict[str, str | None]
) -> str | None:
    climbed = []
    found: str | None = None
    while directory not in known:
        climbed.append(directory)
        if test(directory):
            known[directory] = directory
            break
        parent = path_text.parent(directory)
        if parent == directory:
            known[directory] = None
            break
        directory = parent
    found = known[directory]
    known.update(dict.fromkeys(climbed, found))
    return found
