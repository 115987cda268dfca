"""The names that stand anywhere in the code of a bundle."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Constant
from lint_rules.program import Module

_MODULES = "templates"
_MOST_DIRECTORIES = 50


def names_in_code(contract: Contract) -> frozenset[str] | None:
    """Return the attributes and texts of all modules; None when one of them cannot be read."""
    found: set[str] = set()
    for path in _paths(contract):
        module = contract.module(path)
        if module is None:
            return None
        found.update(_names(module))
    return frozenset(found)


def _paths(contract: Contract) -> Iterator[str]:
    waiting = [_MODULES]
    for _ in range(_MOST_DIRECTORIES):
        if not waiting or contract.files is None:
            return
        directory = waiting.pop()
        found = contract.files.listing(directory)
        names = sorted(name for name in found.files if name.endswith(".py"))
        yield from (f"{directory}/{name}" for name in names)
        waiting += [f"{directory}/{name}" for name in sorted(found.directories - found.links)]


def _names(module: Module) -> Iterator[str]:
    yield from (attribute.name for attribute in module.view.every(Attribute))
    values = (constant.value for constant in module.view.every(Constant))
    yield from (value for value in values if isinstance(value, str))
