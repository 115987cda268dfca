"""Answers what a version of the SDK has: names, members of classes, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lint_rules.sdk import table
from lint_rules.sdk.signature import Signature, read_signature
from lint_rules.sdk.table import ClassTable, Modules, ModuleTable

Kind = Literal["module", "function", "class", "object", "value"]

_FAR = 12
"""Aliases in a row that are followed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that exists; `home` is where it is defined, `parameters` how it is called."""

    kind: Kind
    home: str
    parameters: str | None = None

    @property
    def signature(self) -> Signature | None:
        """What calling it takes; None when that is not known."""
        return None if self.parameters is None else _signature(self.parameters)


@dataclass(frozen=True, slots=True)
class Absent:
    """A name that certainly does not exist; `choices` are the public ones beside it."""

    owner: str
    owner_kind: Kind
    name: str
    choices: tuple[str, ...]


class Surface:
    """One version of the SDK. Qualified names are those by which code can reach something."""

    def __init__(self, version: str, modules: Modules) -> None:
        self.version = version
        self._modules = modules
        self._known: dict[str, Entry | Absent | None] = {}

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of all modules."""
        return tuple(self._modules)

    def has_module(self, name: str) -> bool:
        """Tell whether there is a module."""
        return name in self._modules

    def names(self, module: str) -> tuple[str, ...]:
        """Return the public names of a module, its submodules among them."""
        own = (name for name in self._modules.get(module, ()) if not name.startswith(("_", "*")))
        prefix = f"{module}."
        below = (
            name.removeprefix(prefix)
            for name in self._modules
            if name.startswith(prefix) and "." not in name[len(prefix) :]
        )
        public = (name for name in below if not name.startswith("_"))
        return tuple(dict.fromkeys((*own, *public)))

    def members(self, qualified: str) -> tuple[str, ...]:
        """Return the public members of a class, or of the class of an object."""
        found = self._find(qualified, 0)
        if not isinstance(found, Entry) or found.kind not in ("class", "object"):
            return ()
        return self._public(found.home)

    def look_up(self, qualified: str) -> Entry | Absent | None:
        """Return what a dotted name is; None when that cannot be told."""
        if qualified not in self._known:
            self._known[qualified] = self._find(qualified, 0)
        return self._known[qualified]

    def has(self, qualified: str) -> bool:
        """Tell whether a dotted name certainly exists."""
        return isinstance(self.look_up(qualified), Entry)

    # --- walking along a dotted name ---------------------------------------------------------

    def _find(self, qualified: str, depth: int) -> Entry | Absent | None:
        first, *rest = qualified.split(".")
        if first not in self._modules or depth > _FAR:
            return None
        here: Entry | Absent | None = Entry("module", first)
        for name in rest:
            if not isinstance(here, Entry):
                return here
            here = self._member(here, name, depth)
        return here

    def _member(self, owner: Entry, name: str, depth: int) -> Entry | Absent | None:
        if owner.kind == "module":
            return self._of_module(owner.home, name, depth)
        if owner.kind in ("class", "object"):
            return self._of_class(owner, name, depth)
        return None

    def _of_module(self, module: str, name: str, depth: int) -> Entry | Absent | None:
        names = self._modules[module]
        if name in names and name != table.OPEN:
            return self._entry(names[name], module, name, depth)
        if f"{module}.{name}" in self._modules:
            return Entry("module", f"{module}.{name}")
        if table.OPEN in names or _is_dunder(name):
            return None
        return Absent(module, "module", name, self.names(module))

    def _entry(
        self, said: str | ClassTable, module: str, name: str, depth: int
    ) -> Entry | Absent | None:
        home = f"{module}.{name}"
        if not isinstance(said, str):
            return Entry("class", home, said.get(table.MAKING))
        if said[:1] == table.ALIAS:
            where, _, there = said[1:].partition(":")
            if where == module and there == name:
                # `from . import name` in the package's own `__init__`.
                return Entry("module" if home in self._modules else "value", home)
            return self._find(f"{where}.{there}" if there else where, depth + 1)
        if said[:1] == table.OBJECT:
            where, _, there = said[1:].partition(":")
            return Entry("object", f"{where}.{there}")
        return Entry("function", home, said) if said else Entry("value", home)

    def _of_class(self, owner: Entry, name: str, depth: int) -> Entry | Absent | None:
        if _is_dunder(name):
            return None
        lineage, others = self._lineage(owner.home)
        for kind, own in lineage.items():
            if name in own:
                module, _, short = kind.rpartition(".")
                return self._entry(own[name], module, f"{short}.{name}", depth)
        if table.OUTSIDE in others or (table.ENUM in others and not name.isupper()):
            return None
        return Absent(owner.home, owner.kind, name, self._public(owner.home))

    def _lineage(self, home: str) -> tuple[dict[str, ClassTable], set[str]]:
        """Return a class and its bases in the SDK, and the marks of its other bases."""
        lineage: dict[str, ClassTable] = {}
        others: set[str] = set()
        waiting = [home]
        while waiting:
            kind = waiting.pop(0)
            own = self._class(kind)
            if own is None:
                others.add(table.OUTSIDE)
                continue
            lineage[kind] = own
            for base in own.get(table.BASES, "").split():
                there = base.replace(":", ".")
                if base in (table.OUTSIDE, table.ENUM):
                    others.add(base)
                elif there not in lineage:
                    waiting.append(there)
        return lineage, others

    def _class(self, home: str) -> ClassTable | None:
        module, _, name = home.rpartition(".")
        names: ModuleTable = self._modules.get(module, {})
        found = names.get(name)
        if isinstance(found, str) and found[:1] == table.ALIAS:
            entry = self._find(home, 1)
            if isinstance(entry, Entry) and entry.kind == "class" and entry.home != home:
                return self._class(entry.home)
        return found if isinstance(found, Mapping) else None

    def _public(self, home: str) -> tuple[str, ...]:
        lineage, _ = self._lineage(home)
        return tuple({name: None for own in lineage.values() for name in own if name[0].isalpha()})


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


@cache
def _signature(parameters: str) -> Signature:
    return read_signature(parameters)
