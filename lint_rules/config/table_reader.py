"""Takes typed values out of a TOML table; what is wrong with them is collected, never raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lint_rules.config.problems import FileProblems
from lint_rules.nearest import nearest


@dataclass(frozen=True, slots=True)
class TableReader:
    """One table, and the dotted key it stands under."""

    values: Mapping[str, Any]
    key: tuple[str, ...]
    problems: FileProblems

    @classmethod
    def of(cls, value: Any, key: tuple[str, ...], problems: FileProblems) -> TableReader:
        """Return a reader of a value that should be a table; of an empty one when it is none."""
        if not isinstance(value, Mapping):
            problems.add(key, f"expected a table, found {kind(value)}")
            value = {}
        return cls(value, key, problems)

    def note(self, name: str, message: str, item: str | None = None) -> None:
        """Note a problem of a key, or of one item in its array."""
        self.problems.add((*self.key, name), message, item)

    def table(self, name: str) -> TableReader:
        """Return a reader of the table under a key."""
        return self.of(self.values.get(name, {}), (*self.key, name), self.problems)

    def refuse_unknown(self, known: Sequence[str], elsewhere: Sequence[str] = ()) -> None:
        """Note every key that means nothing here; it may be meant for `elsewhere`."""
        for name in self.values:
            if name not in known:
                self.note(name, f"unknown key, {guess(name, known, elsewhere)}")

    def flag(self, name: str, default: bool) -> bool:
        """Return a boolean."""
        value = self.values.get(name, default)
        if isinstance(value, bool):
            return value
        self.note(name, f"expected true or false, found {kind(value)}")
        return default

    def path(self, name: str, root: Path) -> Path | None:
        """Return a path, made absolute from a directory."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str) and value:
            return root / value
        self.note(name, f"expected a path, found {kind(value)}")
        return None

    def strings(self, name: str) -> tuple[str, ...] | None:
        """Return an array of strings, None when the key is missing."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            self.note(name, f"expected an array of strings, found {kind(value)}")
            return None
        for item in value:
            if not isinstance(item, str):
                self.note(name, f"expected strings in the array, found {kind(item)}")
        return tuple(item for item in value if isinstance(item, str))

    def package_names(self, name: str) -> tuple[str, ...]:
        """Return an array of dotted import names."""
        names = self.strings(name) or ()
        for item in names:
            if not all(part.isidentifier() for part in item.split(".")):
                self.note(name, f'expected import names such as "numpy", found "{item}"', item)
        return names


def guess(word: str, known: Sequence[str], elsewhere: Sequence[str] = ()) -> str:
    """Say which word was meant, or which ones there are."""
    found = nearest(word, (*known, *elsewhere))
    return f"did you mean `{found}`?" if found else f"expected one of {', '.join(known)}"


def kind(value: Any) -> str:
    """Name the type of a TOML value."""
    match value:
        case bool():
            return "a boolean"
        case "":
            return "an empty string"
        case str():
            return f'"{value}"' if len(value) <= 40 else "a string"
        case int() | float():
            return "a number"
        case list():
            return "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"
