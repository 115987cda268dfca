"""The parameters of a function, and what is wrong with a call of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Signature:
    """What a function takes: `(fn, arg=, /, *, timeout, **options)`, `=` where there is a default.

    Only what a caller can see counts; `self` is none of the parameters.
    """

    positional_only: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    keyword_only: list[str] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    takes_more: bool = False
    takes_any_keyword: bool = False

    @property
    def most(self) -> int | None:
        """How many arguments it takes by position; None without a limit."""
        return None if self.takes_more else len(self.positional_only) + len(self.plain)

    @property
    def keywords(self) -> list[str]:
        """The parameters that can be given by name."""
        return [*self.plain, *self.keyword_only]

    def takes(self, keyword: str) -> bool:
        """Tell whether an argument can be given by a name."""
        return self.takes_any_keyword or keyword in self.plain or keyword in self.keyword_only

    def missing(self, given: int, keywords: Iterable[str]) -> list[str]:
        """Return the required parameters that a call leaves out."""
        named = set(keywords)
        by_place = (self.positional_only + self.plain)[:given]
        everything = (*self.positional_only, *self.plain, *self.keyword_only)
        return [
            name
            for name in everything
            if name in self.required and name not in by_place and name not in named
        ]


def read_signature(text: str) -> Signature:
    """Read the text that a table has for a function."""
    found = Signature()
    by_keyword = False
    for part in filter(None, text[1:-1].split(", ")):
        if part == "/":
            found.positional_only, found.plain = found.plain, []
        elif part.startswith("**"):
            found.takes_any_keyword = True
        elif part.startswith("*"):
            by_keyword = True
            found.takes_more = found.takes_more or part != "*"
        else:
            name = part.rstrip("=")
            (found.keyword_only if by_keyword else found.plain).append(name)
            if not part.endswith("="):
                found.required.add(name)
    return found
