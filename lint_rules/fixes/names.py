"""What names mean to one module by its own imports and plain assignments, and who holds them.

Narrower than `lint_rules.program`: a fix is made only where the module itself says what is called,
so that nothing meant to be exchanged (a parameter, an attribute, a re-export) is written over.
"""

from __future__ import annotations

import builtins
from collections import defaultdict

from lint_rules.facts import ModuleFacts
from lint_rules.facts.expressions import Attribute, Expression, Name
from lint_rules.facts.records import Binding, Import, Scope

_NOTHING: frozenset[str] = frozenset()


class Names:
    """The names of one module."""

    def __init__(self, facts: ModuleFacts) -> None:
        self._facts = facts
        self._bindings: dict[tuple[int, str], list[Binding]] = defaultdict(list)
        for binding in facts.bindings:
            self._bindings[binding.scope, binding.name].append(binding)
        self.declared = {name for each in facts.declarations for name in each.names}
        """Names under `global` or `nonlocal` somewhere: bound from afar."""
        self.stars = [found for found in facts.imports if found.bound is None]

    def holder(self, name: str, scope: Scope) -> int | None:
        """Return the scope whose binding a name refers to, None for builtins and the unbound."""
        place: Scope | None = scope
        while place is not None:
            visible = place.kind != "class" or place is scope
            if visible and (place.number, name) in self._bindings:
                return place.number
            place = None if place.parent is None else self._facts.scopes[place.parent]
        return None

    def bound_in(self, scope: int, name: str) -> list[Binding]:
        """Return the bindings of a name in one scope."""
        return self._bindings.get((scope, name), [])

    def meaning(self, expression: Expression) -> frozenset[str]:
        """Return the qualified names a dotted name stands for; empty when that is not certain."""
        return self._meaning(expression, ())

    def _meaning(self, expression: Expression, seen: tuple[Binding, ...]) -> frozenset[str]:
        match expression:
            case Attribute(_, value, attribute):
                return frozenset(f"{each}.{attribute}" for each in self._meaning(value, seen))
            case Name(_, name) if name not in self.declared:
                holder = self.holder(name, self._facts.scope_of(expression))
                if holder is None:
                    return self._unbound(name)
                return self._bound(self.bound_in(holder, name), seen)
            case _:
                return _NOTHING

    def _unbound(self, name: str) -> frozenset[str]:
        if hasattr(builtins, name):
            return frozenset({f"builtins.{name}"})
        if len(self.stars) == 1:
            return frozenset({f"{dotted_module(self.stars[0])}.{name}"})
        return _NOTHING

    def _bound(self, bindings: list[Binding], seen: tuple[Binding, ...]) -> frozenset[str]:
        if all(binding.kind == "import" for binding in bindings):
            return frozenset(self.imported(binding) for binding in bindings)
        only = bindings[0]
        if len(bindings) > 1 or only.kind != "assign" or only.path or only in seen:
            return _NOTHING
        return self._meaning(only.value, (*seen, only)) if only.value else _NOTHING

    def imported(self, binding: Binding) -> str:
        """Return what the name of an import stands for."""
        if binding.definition is None:
            raise ValueError(f"{binding.name} is not imported")
        return qualified(self._facts.imports[binding.definition])


def dotted_module(found: Import) -> str:
    """Return the module an import names, with the dots of a relative one."""
    return "." * found.level + found.module


def qualified(found: Import) -> str:
    """Return what the bound name stands for: `a` for `import a.b`, `a.b` for `import a.b as c`."""
    if found.name is not None:
        module = dotted_module(found)
        return f"{module}{found.name}" if module.endswith(".") else f"{module}.{found.name}"
    top = found.module.partition(".")[0]
    return top if found.bound == top else found.module
