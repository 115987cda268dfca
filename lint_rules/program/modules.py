"""The modules of a project, loaded when first asked for."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lint_rules.facts import ModuleFacts, View
from lint_rules.facts.records import Binding, Import
from lint_rules.program.meaning import External, Origin


@dataclass(frozen=True)
class Module:
    """One module of the project: where it lies, what it is called, what it says."""

    name: str
    path: str
    is_package: bool
    facts: ModuleFacts

    @cached_property
    def looked_up(self) -> dict[int, list[Binding]]:
        """What names were found to refer to, by the number of the expression that reads them."""
        return {}

    @cached_property
    def view(self) -> View:
        """The facts, indexed."""
        return View(self.facts)

    @cached_property
    def bindings(self) -> dict[tuple[int, str], list[Binding]]:
        """The bindings of each name in each scope, in source order.

        A binding of a `global` or `nonlocal` name counts for the scope that owns the name.
        """
        found: dict[tuple[int, str], list[Binding]] = defaultdict(list)
        for binding in self.facts.bindings:
            found[self._owner(binding.scope, binding.name), binding.name].append(binding)
        for several in found.values():
            several.sort(key=lambda binding: binding.span)
        return dict(found)

    @cached_property
    def outer_names(self) -> frozenset[str]:
        """The names that imports give anywhere in the module, and those its top level assigns."""
        facts = self.facts
        assigned = {b.name for b in facts.bindings if b.scope == 0 and b.value is not None}
        return frozenset(assigned | {found.bound for found in facts.imports if found.bound})

    @cached_property
    def inner_names(self) -> frozenset[str]:
        """The names that are bound anywhere but at the top level."""
        return frozenset(name for scope, name in self.bindings if scope != 0)

    @cached_property
    def declared(self) -> dict[tuple[int, str], str]:
        """What `global` and `nonlocal` statements say, by scope and name."""
        return {
            (declaration.scope, name): declaration.kind
            for declaration in self.facts.declarations
            for name in declaration.names
        }

    def _owner(self, scope: int, name: str) -> int:
        declared = self.declared.get((scope, name))
        if declared == "global":
            return 0
        if declared == "nonlocal":
            around = self.facts.scopes[scope].parent
            while around is not None and self._passes_on(around, name):
                around = self.facts.scopes[around].parent
            return 0 if around is None else around
        return scope

    def _passes_on(self, scope: int, name: str) -> bool:
        if (scope, name) in self.declared or self.facts.scopes[scope].kind == "class":
            return True
        return not any(b.scope == scope and b.name == name for b in self.facts.bindings)

    @cached_property
    def bodies(self) -> dict[int, int]:
        """The number of the body block of each scope."""
        return {block.scope: block.number for block in self.facts.blocks if block.kind == "body"}

    @cached_property
    def stars(self) -> tuple[Import, ...]:
        """The star imports."""
        return tuple(found for found in self.facts.imports if found.name == "*")

    def absolute(self, found: Import) -> str | None:
        """Return the full name of the module an import names; None when it climbs too far."""
        if not found.level:
            return found.module
        parts = self.name.split(".") if self.name else []
        drop = found.level - 1 if self.is_package else found.level
        if drop >= len(parts):
            return None
        base = parts[: len(parts) - drop]
        return ".".join([*base, found.module] if found.module else base)


Loader = Callable[[str], Module | None]
"""Gives the module of the project with a dotted name, or None if the project has none."""


class Modules:
    """Modules by name; each is asked for once."""

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._known: dict[str, Module | None] = {}

    def get(self, name: str) -> Module | None:
        """Return a module of the project."""
        if name not in self._known:
            self._known[name] = self._load(name)
        return self._known[name]

    def __getitem__(self, name: str) -> Module:
        module = self.get(name)
        if module is None:
            raise KeyError(name)
        return module

    @property
    def loaded(self) -> tuple[Module, ...]:
        """The modules that were needed so far."""
        return tuple(module for module in self._known.values() if module is not None)


def external(name: str) -> External:
    """Return what a qualified name outside the project stands for."""
    return External(name, _origin(name.partition(".")[0]))


def _origin(top: str) -> Origin:
    if top == "builtins":
        return "builtin"
    return "stdlib" if top in sys.stdlib_module_names else "third party"
