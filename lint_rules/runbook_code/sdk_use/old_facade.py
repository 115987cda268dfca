"""Uses of temporalio where ntro has a facade, and what becomes of each one there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name, Starred
from lint_rules.facts.records import Import
from lint_rules.program import Module, Program, ProjectClass, ProjectFunction
from lint_rules.program.names import lookup

Match = Literal["same", "similar", "none"]
"""Whether the facade does the same, has the name but may do something else, or lacks it."""

_SAME = {
    "temporalio.workflow": frozenset({"info", "logger", "now", "query", "run", "signal"}),
    "temporalio.activity": frozenset({"defn", "info", "logger"}),
}

_SIMILAR = ("defn", "execute_activity", "wait_condition")
"""What the facade has as well, and does the same for most calls."""

_ANYTHING = ("builtins.None", "builtins.object", "typing.Any")


@dataclass(frozen=True, slots=True)
class OldUse:
    """A place where an imported part of temporalio is used; `name` is what is asked of it."""

    name: str
    match: Match


def old_facades(module: Module) -> Iterator[tuple[Import, str]]:
    """Yield the imports of temporalio's workflow and activity modules with their full names."""
    for found in module.facts.imports:
        if found.typing_only or found.bound is None or found.level:
            continue
        name = found.module if found.name is None else f"{found.module}.{found.name}"
        if name in _SAME and (found.name is not None or found.bound != "temporalio"):
            yield found, name


def has_name(module: str, name: str) -> bool:
    """Tell whether the facade has a name of temporalio's workflow or activity module."""
    also = _SIMILAR if module == "temporalio.workflow" else ()
    return name in _SAME.get(module, ()) or name in also


def old_uses(program: Program, module: Module, found: Import, name: str) -> list[OldUse]:
    """Return the uses of one of these imports."""
    uses: list[OldUse] = []
    for expression in module.view.every(Name):
        if expression.name != found.bound:
            continue
        bound = lookup(module, expression.name, module.facts.scope_of(expression), expression)
        if not any(b.kind == "import" and b.span == found.span for b in bound):
            continue
        around = module.view.parents.get(expression.number)
        if isinstance(around, Attribute):
            uses.append(OldUse(around.name, _match(program, module, name, around)))
        else:
            uses.append(OldUse("", "none"))
    return uses


def _match(program: Program, module: Module, facade: str, use: Attribute) -> Match:
    if use.name in _SAME[facade]:
        return "same"
    if facade == "temporalio.activity":
        return "none"
    around = module.view.parents.get(use.number)
    call = around if isinstance(around, Call) and around.function is use else None
    match use.name:
        case "defn":
            # The facade's one takes the class and nothing else.
            return "same" if call is None else "none"
        case "wait_condition":
            return "same" if call and _is_plain(call, 1, ("timeout",)) else "similar"
        case "execute_activity":
            if call is None or call.keyword("args") or call.keyword("arg"):
                return "none"
            return "same" if _is_one_activity(program, module, call) else "similar"
        case _:
            return "none"


def _is_plain(call: Call, count: int, keywords: tuple[str, ...]) -> bool:
    return (
        len(call.arguments) == count
        and not any(isinstance(each, Starred) for each in call.arguments)
        and all(each.name in keywords for each in call.keywords)
    )


def _is_one_activity(program: Program, module: Module, call: Call) -> bool:
    """Tell whether a call runs a function with at most one argument, which is not None.

    The facade takes None for no argument, and locally calls what it is given.
    """
    if not call.arguments or len(call.arguments) > 2:
        return False
    if any(keyword.name is None for keyword in call.keywords):
        return False
    named, *rest = call.arguments
    functions = program.resolve(module, named)
    if not all(isinstance(each, ProjectFunction) for each in functions):
        return False
    return all(_is_something(program, module, each) for each in rest)


def _is_something(program: Program, module: Module, argument: Expression) -> bool:
    match argument:
        case Constant(_, kind):
            return kind != "none"
        case Call(_, function):
            made = program.resolve(module, function)
            return all(isinstance(each, ProjectClass) for each in made)
        case Name():
            return _is_annotated(program, module, argument)
        case _:
            return False


def _is_annotated(program: Program, module: Module, argument: Name) -> bool:
    """Tell whether a name is a parameter of one plain class: `ctx: Context`."""
    bound = lookup(module, argument.name, module.facts.scope_of(argument), argument)
    return bool(bound) and all(
        each.kind == "parameter"
        and isinstance(each.annotation, Name | Attribute)
        and each.value is None
        and program.name(module, each.annotation) not in _ANYTHING
        and program.name(module, each.annotation) is not None
        for each in bound
    )
