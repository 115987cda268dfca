"""What a worker registers as activities: the attributes of two modules, and nothing else (3.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Name
from lint_rules.program import External, Meaning, Module, Program, ProjectFunction

LOOKED_THROUGH = ("templates/activities.py", "templates/workflow.py")


def looked_through(contract: Contract) -> tuple[Module, ...]:
    """Return the modules a worker takes activities from; none when one cannot be read."""
    found = tuple(contract.module(inside) for inside in LOOKED_THROUGH)
    return tuple(m for m in found if m is not None) if None not in found else ()


def has_function(program: Program, module: Module, wanted: ProjectFunction) -> bool:
    """Tell whether an attribute of a module is a function of the project."""
    key = (wanted.module, wanted.number)

    def is_wanted(meaning: Meaning) -> bool:
        return isinstance(meaning, ProjectFunction) and (meaning.module, meaning.number) == key

    return _has(program, module, program.function(wanted)[1].name, is_wanted)


def has_sdk_function(program: Program, module: Module, name: str) -> bool:
    """Tell whether an attribute of a module is a function of the SDK, from wherever in it."""

    def is_wanted(meaning: Meaning) -> bool:
        return (
            isinstance(meaning, External)
            and meaning.name.startswith("ntro.")
            and meaning.name.rpartition(".")[2] == name
        )

    return _has(program, module, name, is_wanted)


def has_foreign_stars(program: Program, module: Module) -> bool:
    """Tell whether a module takes all names of one that cannot be seen."""
    sources = [module.absolute(found) for found in module.stars]
    return any(source is None or program.modules.get(source) is None for source in sources)


def _has(
    program: Program, module: Module, likely: str, is_wanted: Callable[[Meaning], bool]
) -> bool:
    """Look for an attribute; what the top level merely mentions may become one, so it counts."""
    names = [likely] if (0, likely) not in module.bindings else []
    for name in (*names, *_bound(module)):
        if any(map(is_wanted, program.member(module.name, name))):
            return True
    mentioned = (e for e in module.view.by_scope.get(0, ()) if isinstance(e, Name | Attribute))
    return any(is_wanted(found) for e in mentioned for found in program.resolve(module, e))


def _bound(module: Module) -> Iterator[str]:
    for found in module.facts.imports:
        if found.scope == 0 and found.bound and found.name and not found.typing_only:
            yield found.bound
    for function in module.facts.functions:
        if module.facts.blocks[function.block].scope == 0 and function.name:
            yield function.name
