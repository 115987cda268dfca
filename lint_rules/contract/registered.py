"""What a worker registers as activities: the attributes of two modules, and nothing else (3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Name
from lint_rules.facts.records import Binding
from lint_rules.program import External, Meaning, Module, Program, ProjectFunction

LOOKED_THROUGH = ("templates/activities.py", "templates/workflow.py")


def looked_through(contract: Contract) -> tuple[Attributes, ...]:
    """Return what a worker takes activities from; nothing when one of the modules is unreadable."""
    found = [contract.module(inside) for inside in LOOKED_THROUGH]
    if None in found:
        return ()
    return tuple(Attributes(contract.program, m) for m in found if m is not None)


class Attributes:
    """What the attributes of a module are.

    What its top level merely mentions counts too: it may become an attribute.
    """

    def __init__(self, program: Program, module: Module) -> None:
        self.program = program
        self.module = module

    def has_function(self, wanted: ProjectFunction) -> bool:
        """Tell whether one is a function of the project."""
        key = (wanted.module, wanted.number)
        likely = self.program.function(wanted)[1].name
        return key in _functions(self._named(likely)) or key in self._all_functions

    def has_sdk_function(self, name: str) -> bool:
        """Tell whether one is a function of the SDK, from wherever in it."""
        return _is_of_sdk(self._named(name), name) or _is_of_sdk(self._all, name)

    @property
    def are_known(self) -> bool:
        """Whether there is no star import of a module that cannot be seen."""
        sources = [self.module.absolute(found) for found in self.module.stars]
        return all(s is not None and self.program.modules.get(s) is not None for s in sources)

    def _named(self, name: str) -> Iterable[Meaning]:
        bound = self.module.bindings.get((0, name), ())
        if bound and all(_is_typing_only(self.module, binding) for binding in bound):
            return ()
        return self.program.member(self.module.name, name)

    @cached_property
    def _all(self) -> frozenset[Meaning]:
        module = self.module
        names = {f.bound for f in module.facts.imports if f.scope == 0 and f.bound and f.name}
        found = {meaning for name in names for meaning in self._named(name)}
        for each in module.view.by_scope.get(0, ()):
            if isinstance(each, Name | Attribute):
                found.update(self.program.resolve(module, each))
        return frozenset(found)

    @cached_property
    def _all_functions(self) -> frozenset[tuple[str, int]]:
        return frozenset(_functions(self._all))


def _functions(meanings: Iterable[Meaning]) -> set[tuple[str, int]]:
    return {(m.module, m.number) for m in meanings if isinstance(m, ProjectFunction)}


def _is_of_sdk(meanings: Iterable[Meaning], name: str) -> bool:
    return any(
        isinstance(meaning, External)
        and meaning.name.startswith("ntro.")
        and meaning.name.rpartition(".")[2] == name
        for meaning in meanings
    )


def _is_typing_only(module: Module, binding: Binding) -> bool:
    if binding.kind != "import" or binding.definition is None:
        return False
    return module.facts.imports[binding.definition].typing_only
