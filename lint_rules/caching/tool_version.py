"""What the tool's answers depend on besides the text it reads: itself, Python, libcst.

Read off names, sizes and times of files, since asking for the versions of installed packages takes
longer than a whole cached run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> str:
    """Return a text that changes when the tool, its parser or Python's version does."""
    found = hashlib.blake2b(digest_size=16)
    found.update(f"Python {sys.version_info.major}.{sys.version_info.minor}\n".encode())
    states = sorted(_states(str(Path(__file__).parents[1]), (".py", ".json")))
    libcst = importlib.util.find_spec("libcst")
    if libcst is not None and libcst.origin is not None:
        # Whichever version it is, this file or its age tells.
        states += _states(str(Path(libcst.origin).parent), ("_version.py",))
    for state in states:
        found.update(os.fsencode(state))
    return found.hexdigest()


def _states(directory: str, endings: tuple[str, ...]) -> Iterator[str]:
    pending = [directory]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.name.endswith(endings):
                    state = entry.stat()
                    yield f"{entry.path}\0{state.st_size}\0{state.st_mtime_ns}\n"
