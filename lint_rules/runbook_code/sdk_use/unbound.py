"""Names that a module reads and nothing binds, or that only type checkers see bound."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, Opaque, parts
from lint_rules.facts.records import Binding, Block, Function, Scope
from lint_rules.program import Module

Why = Literal["nowhere", "typing"]

_BUILTINS = frozenset(dir(builtins)) | {"WindowsError"}


@dataclass(frozen=True, slots=True)
class Unbound:
    """A name where it is read; `typing` when it is only imported for type checkers.

    `where` is what evaluates it: code that runs, or whoever reads annotations.
    """

    name: Name
    why: Why
    where: Literal["code", "annotation"]


def unbound_names(
    module: Module, hinted: Callable[[], Collection[int]], models: Callable[[], Collection[int]]
) -> Iterator[Unbound]:
    """Yield the names of a module that raise NameError when they are evaluated.

    `hinted` gives the numbers of functions whose annotations Temporal evaluates, `models` those of
    classes whose annotations pydantic evaluates, wherever annotations are otherwise only text;
    they are asked only when there is a name to judge.
    """
    candidates = list(_candidates(module))
    if not candidates or module.stars or _binds_unseen(module):
        return
    evaluated = _evaluated(module, hinted(), models())
    for name, why in candidates:
        if name.number not in module.view.annotations:
            yield Unbound(name, why, "code")
        elif name.number in evaluated:
            yield Unbound(name, why, "annotation")


def _candidates(module: Module) -> Iterator[tuple[Name, Why]]:
    typing_only = {f.bound for f in module.facts.imports if f.typing_only}
    bindings = module.bindings
    for expression in module.view.every(Name):
        name = expression.name
        if (0, name) in bindings and name not in typing_only:
            continue
        if name in _BUILTINS or (name.startswith("__") and name.endswith("__")):
            continue
        found = _holder(module, name, module.facts.scope_of(expression))
        if not found:
            yield expression, "nowhere"
        elif all(map(partial(_is_typing_only, module), found)) and not _is_for_types(
            module, expression
        ):
            yield expression, "typing"


def _holder(module: Module, name: str, scope: Scope) -> list[Binding]:
    """Return the bindings of the innermost scope that has a name."""
    place: Scope | None = scope
    while place is not None:
        # What a class binds or declares does not hold for the functions in it.
        if place.kind != "class" or place is scope:
            if module.declared.get((place.number, name)) == "global":
                return module.bindings.get((0, name), [])
            found = module.bindings.get((place.number, name))
            if found:
                return found
        place = None if place.parent is None else module.facts.scopes[place.parent]
    return []


def _is_typing_only(module: Module, binding: Binding) -> bool:
    if binding.kind != "import" or binding.definition is None:
        return False
    return module.facts.imports[binding.definition].typing_only


def _is_for_types(module: Module, expression: Expression) -> bool:
    """Tell whether an expression stands under `if TYPE_CHECKING` itself."""
    block: Block | None = module.facts.block_of(expression)
    while block is not None:
        if block.kind == "if" and getattr(block.head, "name", None) == "TYPE_CHECKING":
            return True
        block = None if block.parent is None else module.facts.blocks[block.parent]
    return False


def _binds_unseen(module: Module) -> bool:
    """Tell whether names may be bound by syntax or calls that the facts do not show."""
    for expression in module.facts.expressions:
        match expression:
            case Opaque() | Call(_, Name(_, "exec" | "globals" | "locals" | "vars")):
                return True
            case Attribute(_, Name(_, "sys"), "modules") | Attribute(_, _, "_convert_"):
                return True
    return False


def _evaluated(module: Module, hinted: Collection[int], models: Collection[int]) -> frozenset[int]:
    """Return the numbers of what stands in annotations that somebody evaluates."""
    facts = module.facts
    at_once = not _are_text(module)
    found: list[Expression] = []
    for function in facts.functions:
        if at_once or function.number in hinted:
            found += _signature(function)
    for binding in facts.bindings:
        scope = facts.scopes[binding.scope]
        if binding.annotation is None or binding.kind not in ("assign", "declare"):
            continue
        of_model = scope.kind == "class" and scope.owner in models
        if of_model or (at_once and scope.kind in ("module", "class")):
            found.append(binding.annotation)
    return frozenset(part.number for annotation in found for part in parts(annotation))


def _are_text(module: Module) -> bool:
    """Tell whether `from __future__ import annotations` keeps annotations from being evaluated."""
    return any(f.module == "__future__" and f.name == "annotations" for f in module.facts.imports)


def _signature(function: Function) -> Iterator[Expression]:
    annotations = [function.returns, *(each.annotation for each in function.parameters)]
    return (each for each in annotations if each is not None)
