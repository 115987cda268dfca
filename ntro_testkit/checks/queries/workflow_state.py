"""What a workflow has in memory, in a form that can be compared: its attributes, and what its
class and the modules of its bundle hold.
"""

from __future__ import annotations

import functools
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from pydantic import BaseModel

_CODE = (ModuleType, property, staticmethod, classmethod, functools.cached_property)

_PLAIN = frozenset({bool, int, str, bytes})

State = Mapping[str, Any]
"""Where a value lives, as code would spell it -> the value in a form that stays as it is."""


class StateReader:
    """Reads the state of one workflow class's instances."""

    def __init__(self, workflow_class: type) -> None:
        self._package = workflow_class.__module__.rpartition(".")[0] or workflow_class.__module__
        self._classes = [cls for cls in workflow_class.__mro__ if self._is_own(cls.__module__)]
        self._modules = [
            module
            for name, module in sys.modules.items()
            if isinstance(module, ModuleType) and self._is_own(name)
        ]
        self._derived = {
            name
            for cls in workflow_class.__mro__
            for name, member in vars(cls).items()
            if isinstance(member, functools.cached_property)
        }

    def read(self, instance: Any) -> State:
        """Return the state as it is now.

        A `cached_property` is left out: it has the value it would have had anyway.
        """
        state = {
            f"self.{name}": self._frozen(value, ())
            for name, value in vars(instance).items()
            if name not in self._derived
        }
        for cls in self._classes:
            state |= self._data(cls.__name__ + ".", vars(cls))
        for module in self._modules:
            state |= self._data("", vars(module))
        return state

    def _data(self, prefix: str, members: Mapping[str, Any]) -> State:
        return {
            prefix + name: self._frozen(value, ())
            for name, value in members.items()
            if not (name.startswith("__") or callable(value) or isinstance(value, _CODE))
        }

    def _is_own(self, module: str) -> bool:
        return module == self._package or module.startswith(self._package + ".")

    def _frozen(self, value: Any, inside: tuple[int, ...]) -> Any:
        """Return a value that is equal as long as this one, and all in it, is as it was.

        `inside` are the ids of what it is in, where it may be met again. Objects of other packages
        are known by their `repr`.
        """
        kind = type(value)
        if value is None or kind in _PLAIN:
            return kind, value
        if id(value) in inside:
            return "itself"
        inside = (*inside, id(value))
        # The kinds that are met most are known without being asked what else they are.
        if kind is dict or isinstance(value, Mapping):
            pairs = value.items()
            return kind, tuple(
                [(self._frozen(key, inside), self._frozen(item, inside)) for key, item in pairs]
            )
        if kind is list or isinstance(value, list | tuple | deque):
            return kind, tuple([self._frozen(item, inside) for item in value])
        if isinstance(value, set | frozenset):
            return kind, frozenset(self._frozen(item, inside) for item in value)
        if isinstance(value, BaseModel) or kind.__module__.startswith(("ntro.", self._package)):
            return kind, self._frozen(dict(_attributes(value)), inside)
        return kind, repr(value)


def changed(before: State, after: State) -> list[str]:
    """Return the names whose values are not what they were, new ones and lost ones too."""
    names = dict.fromkeys((*before, *after))
    return [name for name in names if before.get(name) != after.get(name)]


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    yield from getattr(value, "__dict__", {}).items()
    for cls in type(value).__mro__:
        slots = getattr(cls, "__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                yield name, getattr(value, name)
