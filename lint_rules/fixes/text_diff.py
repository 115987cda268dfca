"""What fixes would change, as a unified diff that `patch -p1` and `git apply` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

_UNFINISHED = "\n\\ No newline at end of file\n"


def text_diff(path: str, before: str, after: str) -> str:
    """Return the diff of a file's text, empty when nothing changed."""
    name = path.replace("\\", "/").removeprefix("./").lstrip("/")
    # Without the tab a name with a space would end at it.
    end = "\t" if " " in name else ""
    lines = difflib.unified_diff(
        _lines(before), _lines(after), f"a/{name}{end}", f"b/{name}{end}", n=3
    )
    return "".join(line if line.endswith("\n") else line + _UNFINISHED for line in lines)


def _lines(text: str) -> list[str]:
    """Split at line feeds only, as `patch` does."""
    return list(_split(text))


def _split(text: str) -> Iterator[str]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:]
