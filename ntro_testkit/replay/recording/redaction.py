"""Keeps values of chosen types out of recorded histories.

What comes into a run from outside is replaced (its input, results of activities and stand-ins,
payloads of signals), before workflow code reads it. So the run sees what its history says, and what
the workflow makes of it, down to the arguments of activities, follows from the replaced values: a
redacted history replays like any other. Branches that depend on such a value depend on the fake.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel

from ntro_testkit.fakes import MockUnavailable, generate_fake


class RedactionError(ValueError):
    """A type that cannot be redacted, or that no payload of the runs had."""


class Redaction:
    """Replaces values by the fake of their type; called with a value read by its declared type.

    `names` are class names (`Slip`), or one field of a model (`Slip.payee`). Values in plain dicts
    have no declared type and stay.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)
        self._seen: set[str] = set()

    def __call__(self, value: Any) -> Any:
        """Return the value with what is to be redacted replaced; itself when nothing is."""
        if isinstance(value, BaseModel) or (
            dataclasses.is_dataclass(value) and not isinstance(value, type)
        ):
            return self._record(value)
        if isinstance(value, dict):
            kept = {key: self(member) for key, member in value.items()}
            return kept if any(kept[key] is not value[key] for key in value) else value
        if isinstance(value, list | tuple):
            members = [self(member) for member in value]
            same = all(new is old for new, old in zip(members, value, strict=True))
            return value if same else type(value)(members)
        return value

    @property
    def names(self) -> list[str]:
        """What is redacted, sorted."""
        return sorted(self._names)

    def check_names(self) -> None:
        """Raise `RedactionError` for a name that nothing had: a misspelt one protects nobody."""
        for name in sorted(self._names - self._seen):
            close = difflib.get_close_matches(name, self._seen, n=1)
            hint = f", did you mean `{close[0]}`?" if close else ""
            types = ", ".join(sorted(one for one in self._seen if "." not in one)) or "none"
            raise RedactionError(
                f"nothing of the type `{name}` came into the runs{hint} (types that did: {types})"
            )

    def _record(self, value: Any) -> Any:
        name = type(value).__name__
        self._seen.add(name)
        if name in self._names:
            return _fake(type(value), name)
        changes = {}
        for field, declared in _fields(value).items():
            path = f"{name}.{field}"
            self._seen.add(path)
            old = getattr(value, field)
            new = _fake(declared, path) if path in self._names else self(old)
            if new is not old:
                changes[field] = new
        if not changes:
            return value
        if isinstance(value, BaseModel):
            return value.model_copy(update=changes)
        return dataclasses.replace(value, **changes)


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a model or dataclass with their declared types."""
    if isinstance(value, BaseModel):
        return {
            name: Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
            for name, info in type(value).model_fields.items()
        }
    return {field.name: field.type for field in dataclasses.fields(value) if field.init}


def _fake(declared: Any, name: str) -> Any:
    try:
        return generate_fake(declared)
    except MockUnavailable as error:
        raise RedactionError(f"`{name}` cannot be redacted: {error}") from error
