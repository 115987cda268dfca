"""Prints and logging go through the logger that keeps quiet while a workflow is replayed."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Conditional,
    Constant,
    Expression,
    FormattedString,
    Name,
    Operation,
)
from lint_rules.fixes.site import RefusedError, Site

_METHODS = {
    "critical": "critical",
    "debug": "debug",
    "error": "error",
    "exception": "exception",
    "fatal": "critical",
    "info": "info",
    "log": "log",
    "warn": "warning",
    "warning": "warning",
}
"""The methods of a logger; an adapter such as the facade's lacks the two old names."""

_CARRIED = ("extra", "exc_info", "stack_info")
_LOGGERS = ("logging.getLogger", "logging.Logger")
_TEXT_FUNCTIONS = ("builtins.str", "builtins.repr", "builtins.format", "builtins.ascii")
_TEXT_METHODS = frozenset(
    {"capitalize", "casefold", "center", "expandtabs", "format", "format_map", "join", "ljust"}
    | {"lower", "lstrip", "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate"}
    | {"removeprefix", "removesuffix", "upper", "zfill"}
)


def print_to_logger(site: Site) -> None:
    """`print(text)`: one str and nothing else, since a logger formats nothing then."""
    call = site.require_callee("builtins.print")
    site.require_arguments(call, 1)
    if len(call.arguments) != 1 or not _is_text(site, call.arguments[0]):
        raise RefusedError("it does not plainly print one str")
    site.replace(call.function, f"{site.use_facade()}.logger.info")


def _is_text(site: Site, expression: Expression) -> bool:
    """Tell whether an expression is certainly a str."""
    match expression:
        case Constant(_, kind):
            return kind == "str"
        case FormattedString():
            return True
        case Operation(_, ("+",), operands):
            return any(_is_text(site, operand) for operand in operands)
        case Operation(_, ("%",), (template, _)):
            return _is_text(site, template)
        case Conditional(_, _, then, otherwise):
            return _is_text(site, then) and _is_text(site, otherwise)
        case Call(_, Attribute(_, value, method)):
            return method in _TEXT_METHODS and _is_text(site, value)
        case Call(_, function):
            return site.means(function, *_TEXT_FUNCTIONS)
        case _:
            return False


def logging_to_logger(site: Site) -> None:
    """`logging.info(message, *args)`, `logger.info(message, *args)`."""
    call = site.call
    method = _method(site, call.function)
    _require_carried(call)
    needed = 2 if method == "log" else 1
    if len(call.arguments) < needed:
        raise RefusedError("its message is not its first argument")
    site.replace(call.function, f"{site.use_facade()}.logger.{method}")


def _method(site: Site, function: Expression) -> str:
    """Return the method to call; refuse a receiver that may do something of its own."""
    match function:
        case Name():
            meaning = site.module.names.meaning(function)
            allowed = {f"logging.{name}": method for name, method in _METHODS.items()}
            if len(meaning) == 1 and meaning <= set(allowed):
                return allowed[next(iter(meaning))]
        case Attribute(_, receiver, name) if name in _METHODS:
            _require_plain_logger(site, receiver)
            return _METHODS[name]
    raise RefusedError("it is not plainly a method of a logger")


def _require_carried(call: Call) -> None:
    for keyword in call.keywords:
        if keyword.name not in _CARRIED:
            given = f"the argument `{keyword.name}`" if keyword.name else "what `**` passes"
            raise RefusedError(f"{given} cannot be carried over")


def _require_plain_logger(site: Site, receiver: Expression) -> None:
    if site.means(receiver, "logging"):
        return
    made = [receiver] if isinstance(receiver, Call) else list(_values(site, receiver))
    if not all(_is_plain(site, value) for value in made):
        raise RefusedError("the logger may add something of its own")


def _is_plain(site: Site, value: Expression) -> bool:
    """Tell whether a value seen in the module is no adapter, and is made without effects."""
    match value:
        case Call(_, function, arguments, keywords):
            inner = (*arguments, *(keyword.value for keyword in keywords))
            simple = all(isinstance(each, Constant | Name | Attribute) for each in inner)
            return simple and site.means(function, *_LOGGERS)
        case _:
            return isinstance(value, Name | Attribute)


def _values(site: Site, receiver: Expression) -> Iterable[Expression]:
    """Yield what the module gives the name or attribute that holds the logger."""
    names, facts = site.module.names, site.module.facts
    match receiver:
        case Name(_, name):
            holder = names.holder(name, facts.scope_of(receiver))
            bindings = names.bound_in(holder, name) if holder is not None else []
            yield from (b.value for b in bindings if b.value is not None)
        case Attribute(_, _, name):
            yield from (
                write.value
                for write in facts.writes
                if write.value is not None
                and isinstance(write.target, Attribute)
                and write.target.name == name
            )
        case _:
            raise RefusedError("it is not plainly a method of a logger")
