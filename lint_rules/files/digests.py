"""Short names for contents: of a file, of what a directory holds."""

from __future__ import annotations

import hashlib

from lint_rules.files.sources import Listing

CACHE_DIRECTORY = ".ntro_testkit_cache"
"""Where results are kept between runs, in the directory of the configuration."""

PASSING = frozenset(
    {"__pycache__", ".ruff_cache", ".pytest_cache", ".mypy_cache", ".hypothesis", CACHE_DIRECTORY}
)
"""Directories that tools make; whether they are there changes nothing."""


def digest(data: bytes) -> str:
    """Return a short name for some bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def names_digest(found: Listing) -> str:
    """Return a digest of the names in a directory but those that tools leave behind."""
    files = sorted(name for name in found.files if not name.endswith(".pyc"))
    return digest("\n".join([*files, "/", *sorted(found.directories - PASSING)]).encode())
