"""Finds the bundles that may play a parent's children: those beside it that its code mentions.

Which slugs a parent starts is known for certain only when it runs. A slug that is written in the
parent's sources as a string is taken as a child; no other bundle is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from packaging.version import InvalidVersion, Version

from lint_rules.bundle import MANIFEST, is_bundle

_STRING = re.compile(r"""["']([A-Za-z0-9][\w.-]*)["']""")
_SLUG = re.compile(r"""^slug:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)


def find_children(bundle_dir: Path, search_paths: Sequence[Path] = ()) -> list[Path]:
    """Return the bundles that a bundle's sources, or in turn its children's, mention by slug.

    Looked for beside the bundle, then in `search_paths`, each a bundle or a folder of bundles. Of
    several versions of one (`slug@0.1.0`) the one without a version wins, then the newest.
    """
    directory = bundle_dir.resolve()
    available = bundles_by_slug([directory.parent, *search_paths])
    available.pop(slug_of(directory), None)
    found: dict[str, Path] = {}
    unread = [directory]
    while unread:
        mentioned = mentioned_strings(unread.pop(0))
        for slug in sorted(mentioned & available.keys()):
            found[slug] = available.pop(slug)
            unread.append(found[slug])
    return list(found.values())


def bundles_by_slug(folders: Iterable[Path]) -> dict[str, Path]:
    """Return slug -> directory of the bundles in these folders; the first one of a slug wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for directory in sorted(_bundles_in(folder), key=_precedence, reverse=True):
            found.setdefault(slug_of(directory), directory)
    return found


def slug_of(bundle_dir: Path) -> str:
    """Return a bundle's slug as its `runbook.md` spells it, else its directory.

    Read as text: parsing the frontmatter of every sibling would take longer than running one.
    """
    manifest = bundle_dir / MANIFEST
    text = manifest.read_text(encoding="utf-8-sig", errors="replace") if manifest.is_file() else ""
    declared = _SLUG.search(text)
    return declared[1] if declared else bundle_dir.name.partition("@")[0]


def mentioned_strings(bundle_dir: Path) -> set[str]:
    """Return everything in a bundle's sources that is a string of one word."""
    words: set[str] = set()
    for source in (bundle_dir / "templates").rglob("*.py"):
        words.update(_STRING.findall(source.read_text(encoding="utf-8", errors="replace")))
    return words


def _bundles_in(folder: Path) -> Iterator[Path]:
    if is_bundle(folder):
        yield folder.resolve()
    elif folder.is_dir():
        yield from (entry.resolve() for entry in sorted(folder.iterdir()) if is_bundle(entry))


def _precedence(bundle_dir: Path) -> tuple[bool, Version]:
    """Rank a bundle among those of its slug: without a version first, then the newest."""
    version = bundle_dir.name.partition("@")[2]
    try:
        return not version, Version(version or "0")
    except InvalidVersion:
        return False, Version("0.dev0")
