"""The paths of places, as people read them and as other tools want them."""

from __future__ import annotations

import os
import re

from lint_rules.finding import Place
from lint_rules.report.printable import printable

_DRIVE = re.compile(r"[A-Za-z]:/")


def location(place: Place) -> str:
    """Return `path:line:column`, which terminals and editors can follow."""
    return f"{printable(place.path)}:{place.line}:{place.column}"


def slashed(path: str, separator: str = os.sep) -> str:
    """Return a path with forward slashes and without a leading `./`."""
    return path.replace(separator, "/").removeprefix("./")


def uri(path: str, separator: str = os.sep) -> str:
    """Return a path as a URI: relative if it is relative, with every byte of its name kept."""
    from urllib.parse import quote

    path = slashed(path, separator)
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    if separator == "\\" and _DRIVE.match(path):
        return f"file:///{quote(name, safe='/:')}"
    if separator == "\\" and path.startswith("//"):
        return f"file:{quote(name)}"
    return f"file://{quote(name)}" if path.startswith("/") else quote(name)
