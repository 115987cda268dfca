"""The hazards of the data as live objects, so that a call can be known by what is called.

A hazard in a module nobody has imported cannot be called, so nothing is imported for this: names
are resolved once their modules are there. What the data has as `requests.*` is known by the name
under which it was defined.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    MethodDescriptorType,
    ModuleType,
)
from typing import Any

from lint_rules.hazards import Hazards, HazardTable, load
from ntro_testkit.guard.definitions import CONSTRUCTORS, definition_of, python_code
from ntro_testkit.guard.imports import Imports

LEFT_TO_THE_LINT = frozenset({"NTR119", "NTR123"})
"""Codes that speak of source, not of calls: what depends on `is_replaying()`, and holes made in the
sandbox, which mean nothing while it is not there."""

_HANDED_ON = frozenset({"NTR101", "NTR103", "NTR104", "NTR105"})
"""Codes of functions that give a value, which is why they are handed to others to be called."""

_PLAIN = (str, bytes, int, float, tuple, frozenset, type(None))
"""Types of values that are looked at without a call, and that may be shared by chance."""

_LASTING = ("ntro", "temporalio", "pydantic")
"""Libraries whose functions workflow code calls all the time."""

_STREAMS = ("stdin", "stdout", "stderr", "__stdout__", "__stderr__")
"""What tests put something else in place of, all the time."""

_DEFINED_BY_NAME = (FunctionType, BuiltinFunctionType, type)
"""What says where it was defined; anything else that is callable may run code when it is asked."""


@dataclass(frozen=True, slots=True)
class Named:
    """A classified name that resolves to something.

    `owner` is the class or instance it must be called on, None where it does not matter.
    """

    name: str
    owner: Any = None

    def fits(self, receiver: Any) -> bool:
        """Tell whether a call on `receiver` is one of this name."""
        if self.owner is None or self.owner is receiver:
            return True
        if not isinstance(self.owner, type):
            return False
        kind = receiver if isinstance(receiver, type) else type(receiver)
        return self.owner in kind.__mro__


_OFTEN = (bool, str, super)
"""What every workflow calls and the data has as harmless, whatever it is called on."""


class KnownHazards:
    """Live objects -> what the data says of them; `refresh` picks up what was imported since."""

    def __init__(self, table: HazardTable) -> None:
        self._table = table
        self._pending = _by_package(name for name in table.names() if not name.endswith(".*"))
        wildcards = [name.removesuffix(".*") for name in table.names() if name.endswith(".*")]
        self._above = _by_package(wildcards)
        self._imports = Imports()
        self._definitions: dict[int, list[Named]] = {}
        self._codes: dict[int, list[Named]] = {}
        self._kept: dict[int, Any] = {}
        self.unknown: dict[int, Any] = {}
        """What has been called and is not in the data, by its id: most calls, known at once."""
        self.told_of: set[int] = set()
        """The code, by its id, of functions whose beginning is worth telling of."""
        reads = (each.name for each in table.reads())
        self._reads = tuple(name for name in reads if name.removeprefix("sys.") not in _STREAMS)
        self._lasting_reads: dict[int, Named] = {}
        self._hazards: dict[str, Hazards | None] = {}
        self._by_name: dict[str, Named | None] = {}
        self._in_wildcard: dict[str, bool] = {}

    def refresh(self) -> None:
        """Resolve the names of modules that have been imported since the last time."""
        new = self._imports.new()
        if not new:
            return
        self.unknown.clear()
        for name in self._reads:
            place = live(name)
            if place is not None and not isinstance(place, _PLAIN):
                self._lasting_reads[id(place)] = Named(name, place)
        for code in self.reading_codes():
            self._kept[id(code)] = code
            self.told_of.add(id(code))
        for package in {name.partition(".")[0] for name in new}:
            for name in self._pending.get(package, ()):
                self._resolve(name)
            for name in self._above.get(package, ()):
                self._resolve_members(name)

    def called(self, definition: Any, receiver: Any = None) -> Named | None:
        """Return what the data says of a call of what stands behind something, on a receiver."""
        found = self._definitions.get(id(definition))
        if found is not None:
            named = _fitting(found, receiver)
            if named is not None and definition in _OFTEN and self.hazards(named) is None:
                self.unknown[id(definition)] = definition
            return named
        named = None
        if isinstance(definition, _DEFINED_BY_NAME):
            named = self.defined_as(definition.__module__, definition.__qualname__)
        if named is None and _is_lasting(definition):
            self.unknown[id(definition)] = definition
        return named

    def begun(self, code: CodeType, first: Any) -> Named | None:
        """Return what the data says of a function written in Python, by its code."""
        found = self._codes.get(id(code))
        return None if found is None else _fitting(found, first)

    def has_code(self, code: CodeType) -> bool:
        """Tell whether a function of the data has this code."""
        return id(code) in self._codes

    def codes(self) -> Iterator[tuple[CodeType, list[Named]]]:
        """Yield the functions of the data that are written in Python, by their code."""
        return ((self._kept[key], names) for key, names in self._codes.items())

    def defined_as(self, module: Any, qualname: str) -> Named | None:
        """Return what the data says of everything below a module or class: `requests.*`."""
        if not isinstance(module, str) or not self.is_in_wildcard(module):
            return None
        name = f"{module}.{qualname}"
        if name not in self._by_name:
            self._by_name[name] = self._below_wildcard(name)
        return self._by_name[name]

    def hazards(self, named: Named) -> Hazards | None:
        """Return the hazards of a name, None where it is harmless or the lint's business."""
        if named.name not in self._hazards:
            found = self._table.lookup(named.name)
            if not isinstance(found, Hazards) or found.variants[0].code in LEFT_TO_THE_LINT:
                found = None
            self._hazards[named.name] = found
        return self._hazards[named.name]

    def is_handed_on(self, named: Named) -> bool:
        """Tell whether it is a function that others are given to call: `default_factory=uuid4`."""
        hazards = None if isinstance(named.owner, type) else self.hazards(named)
        return hazards is not None and hazards.variants[0].code in _HANDED_ON

    def reads(self) -> dict[int, Named]:
        """Return the objects that must not even be looked at, as they are now: `os.environ`."""
        found = dict(self._lasting_reads)
        for name in _STREAMS:
            place = vars(sys).get(name)
            if place is not None:
                found[id(place)] = Named(f"sys.{name}", place)
        return found

    def reading_codes(self) -> Iterator[CodeType]:
        """Yield the code of what looks into these objects where it is written in Python."""
        for named in self.reads().values():
            for base in type(named.owner).__mro__:
                for name, member in vars(base).items():
                    if isinstance(member, FunctionType) and name not in CONSTRUCTORS:
                        yield member.__code__

    def _resolve(self, name: str) -> None:
        owner, value = _owner_and_value(name)
        if not callable(value):
            return
        definition, receiver = definition_of(value)
        if receiver is None and isinstance(owner, type) and _needs_receiver(owner, name):
            receiver = owner
        self._add(definition, Named(name, receiver))

    def _resolve_members(self, name: str) -> None:
        """Resolve what a class of the data has, inherited methods included: `SystemRandom.*`."""
        kind = live(name)
        if not isinstance(kind, type):
            return
        for member in dir(kind):
            value = getattr(kind, member, None)
            if not member.startswith("__") and callable(value):
                self._add(definition_of(value).function, Named(f"{name}.{member}", kind))

    def _add(self, definition: Any, named: Named) -> None:
        _insert(self._definitions.setdefault(id(definition), []), named)
        self._kept[id(definition)] = definition
        owner = definition if isinstance(definition, type) else named.owner
        for code in python_code(definition):
            self._kept[id(code)] = code
            if named.name not in self._table.raw["harmless"]:
                self.told_of.add(id(code))
            _insert(self._codes.setdefault(id(code), []), Named(named.name, owner))

    def is_in_wildcard(self, module: str) -> bool:
        """Tell whether the data has a module, or a class in it, as a whole."""
        known = self._in_wildcard.get(module)
        if known is None:
            known = any(
                f"{module}.".startswith(f"{above}.") or above.startswith(f"{module}.")
                for above in self._above.get(module.partition(".")[0], ())
            )
            self._in_wildcard[module] = known
        return known

    def _below_wildcard(self, name: str) -> Named | None:
        owner, _, member = name.rpartition(".")
        if member in CONSTRUCTORS:
            name = owner
        elif member.startswith("__") or "<" in name:
            return None
        return None if self.hazards(Named(name)) is None else Named(name)


@lru_cache(maxsize=1)
def known_hazards() -> KnownHazards:
    """Return what is known in this process: live objects are the same for everybody."""
    return KnownHazards(load())


def live(name: str) -> Any:
    """Return what a qualified name means now, None when its module is not imported."""
    return _owner_and_value(name)[1]


def _owner_and_value(name: str) -> tuple[Any, Any]:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = sys.modules.get(".".join(parts[:length]))
        if module is not None:
            return _below(module, parts[length:])
    return None, None


def _below(module: ModuleType, path: list[str]) -> tuple[Any, Any]:
    """Follow attributes that are there already; a lazy module is not made to import anything."""
    owner: Any = None
    value: Any = module
    for part in path:
        owner = value
        if isinstance(owner, ModuleType):
            value = vars(owner).get(part)
        else:
            value = getattr(owner, part, None)
    return owner, value


def _is_lasting(definition: Any) -> bool:
    """Tell whether a thing of C, or of a library, stays as long as the process."""
    if isinstance(definition, FunctionType):
        return str(definition.__module__).partition(".")[0] in _LASTING
    if isinstance(definition, type):
        return definition.__module__ == "builtins"
    if isinstance(definition, BuiltinFunctionType):
        return isinstance(definition.__self__, ModuleType)
    return isinstance(definition, MethodDescriptorType)


def _needs_receiver(owner: type, name: str) -> bool:
    """Tell whether a member of a class is called on something, unlike a nested class."""
    found = inspect.getattr_static(owner, name.rpartition(".")[2])
    return not isinstance(found, (staticmethod, type))


def _fitting(names: list[Named], receiver: Any) -> Named | None:
    return next((named for named in names if named.fits(receiver)), None)


def _insert(names: list[Named], named: Named) -> None:
    """Add a name; one whose class is derived from another's comes before it."""
    if any(each.name == named.name and each.owner is named.owner for each in names):
        return
    position = len(names)
    for index, other in enumerate(names):
        if _is_below(named.owner, other.owner):
            position = index
            break
    names.insert(position, named)


def _is_below(owner: Any, other: Any) -> bool:
    if other is None:
        return owner is not None
    return isinstance(owner, type) and owner is not other and other in owner.__mro__


def _by_package(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.partition(".")[0], []).append(name)
    return found
