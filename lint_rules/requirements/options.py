"""The options that may stand in a requirements file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

OF_A_REQUIREMENT = frozenset({"--hash", "--global-option", "--config-settings"})
"""The options that belong to the requirement before them."""

INCLUDES = frozenset({"--requirement", "--constraint"})
INDEXES = frozenset(
    {"--index-url", "--extra-index-url", "--no-index", "--find-links", "--trusted-host"}
)

_WITH_VALUE = frozenset(
    {
        *OF_A_REQUIREMENT,
        *INCLUDES,
        *INDEXES,
        "--editable",
        "--no-binary",
        "--only-binary",
        "--use-feature",
        "--pypi-url",
    }
) - {"--no-index"}
_ALONE = frozenset({"--no-index", "--prefer-binary", "--require-hashes", "--pre"})
_SHORT: Mapping[str, str] = {
    "-r": "--requirement",
    "-c": "--constraint",
    "-e": "--editable",
    "-i": "--index-url",
    "-f": "--find-links",
    "-C": "--config-settings",
}
_KNOWN = _WITH_VALUE | _ALONE
_WORD = re.compile(r"\S+")

Found = tuple[str | None, str | None, int, int]
"""The full name, the value, and the range; no name when pip knows no such option."""


def read_options(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the options in a range of a line."""
    words = _WORD.finditer(text, start, end)
    for word in words:
        if not word[0].startswith("-"):
            # pip passes over what is no option.
            continue
        name, value = _split(word[0])
        last = word.end()
        if name in _WITH_VALUE and value is None:
            following = next(words, None)
            if following is None:
                yield None, None, word.start(), last
                return
            value, last = following[0], following.end()
        yield name, value, word.start(), last


def _split(word: str) -> tuple[str | None, str | None]:
    if not word.startswith("--"):
        name = _SHORT.get(word[:2])
        return name, word[2:].removeprefix("=") or None
    written, equals, value = word.partition("=")
    if written not in _KNOWN and len(written) > 2:
        # A beginning will do, if only one option begins so.
        possible = [name for name in _KNOWN if name.startswith(written)]
        written = possible[0] if len(possible) == 1 else written
    if written not in _KNOWN or (equals and written in _ALONE):
        return None, None
    return written, value if equals else None
