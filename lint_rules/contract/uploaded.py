"""What of a bundle reaches the worker: three directories, as UTF-8 text (D56)."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.bundle_files import BundleFiles

UPLOADED = ("templates", "subledgers", "migrations")

_DEEPEST = 20


def is_uploaded(inside: str) -> bool:
    """Tell whether a path in the bundle lies in what is uploaded."""
    return inside.partition("/")[0] in UPLOADED and "/" in inside


def uploaded_files(files: BundleFiles) -> Iterator[str]:
    """Yield the paths of the files that deploy reads, sorted; bytecode is left out."""
    for directory in UPLOADED:
        yield from _below(files, directory, 0)


def _below(files: BundleFiles, directory: str, depth: int) -> Iterator[str]:
    found = files.listing(directory)
    for name in sorted(found.files):
        if not name.endswith(".pyc"):
            yield f"{directory}/{name}"
    if depth < _DEEPEST:
        for name in sorted(found.directories - found.links):
            yield from _below(files, f"{directory}/{name}", depth + 1)
