"""The bundles beside a bundle: those it may start as children."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lint_rules.contract.bundle_files import MANIFEST, BundleFiles
from lint_rules.files import path_text
from lint_rules.program import Program, ProjectClass

_DECLARED = re.compile(r"^slug:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Opened:
    """The code of another bundle: a program of its own, its workflow classes, what was read."""

    program: Program
    workflows: tuple[ProjectClass, ...]
    looked_at: Callable[[], Mapping[str, str | None]]


Opener = Callable[[str], Opened]
"""Opens the bundle in a directory; its modules are read when something in them is asked for."""


class Siblings:
    """The bundles in the directory around one, and others that the same run was given."""

    def __init__(self, files: BundleFiles, others: Iterable[str], opener: Opener) -> None:
        self._files = files
        self._others = tuple(others)
        self._opener = opener
        self._opened: dict[str, Opened] = {}

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """Directory of the newest version of each bundle, by its slug; this one is among them."""
        around = path_text.parent(self._files.root)
        names = sorted(self._files.beside(around).directories)
        beside = [path_text.join(around, name) for name in names]
        found: dict[str, str] = {}
        others = sorted(root for root in self._others if path_text.parent(root) != around)
        # What lies beside it hides what merely was in the same run.
        for root in (*sorted(others, key=_age), *sorted(beside, key=_age)):
            slug = self._slug(root)
            if slug is not None:
                found[slug] = root
        return found

    def open(self, slug: str) -> Opened | None:
        """Return the code of a bundle; None when there is none with this slug."""
        root = self.roots.get(slug)
        if root is None:
            return None
        if root not in self._opened:
            self._opened[root] = self._opener(root)
        return self._opened[root]

    @property
    def looked_at(self) -> Mapping[str, str | None]:
        """The digests of the files of other bundles that were read."""
        return {p: d for opened in self._opened.values() for p, d in opened.looked_at().items()}

    def _slug(self, root: str) -> str | None:
        """Return the slug of a bundle, as deploy reads it; None for any other directory."""
        if not self._files.has(root, MANIFEST):
            return None
        text = self._files.text_at(path_text.join(root, MANIFEST)).text or ""
        declared = _DECLARED.search(text)
        return declared[1] if declared else path_text.name_of(root).partition("@")[0]


def _age(root: str) -> tuple[list[int], str]:
    """Sort the versions of a bundle: `nav-monthly@0.0.9` is older than `nav-monthly`."""
    _, marked, version = path_text.name_of(root).partition("@")
    numbers = [int(number) for number in _NUMBERS.findall(version)[:4]]
    return (numbers if marked else [1 << 62]), root
