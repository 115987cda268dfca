"""What stands behind something callable: one lasting object, however it was come by.

`datetime.now` is a new object each time it is looked up, and `random.randint` is a method bound to
an instance nobody names; what they were made from stays the same.
"""

from __future__ import annotations

from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    MethodType,
    MethodWrapperType,
    ModuleType,
)
from typing import Any, NamedTuple

CONSTRUCTORS = ("__init__", "__new__")
"""The methods that run when a class is called."""


class Definition(NamedTuple):
    """What is called, and what it is called on: an instance, a class, or None for functions."""

    function: Any
    receiver: Any = None


def definition_of(function: Any) -> Definition:
    """Return what stands behind a callable; for anything unusual, the callable itself."""
    if type(function) is FunctionType:
        return Definition(function)
    if isinstance(function, MethodType):
        return Definition(function.__func__, function.__self__)
    if isinstance(function, (BuiltinFunctionType, MethodWrapperType)):
        receiver = function.__self__
        if receiver is None or isinstance(receiver, ModuleType):
            return Definition(function)
        return Definition(_descriptor(receiver, function.__name__, function), receiver)
    return Definition(function)


def _descriptor(receiver: Any, name: str, otherwise: Any) -> Any:
    """Return the attribute a bound method was made from, without asking the receiver."""
    owner = receiver if isinstance(receiver, type) else type(receiver)
    for base in owner.__mro__:
        if name in vars(base):
            found = vars(base)[name]
            return found.__func__ if isinstance(found, (staticmethod, classmethod)) else found
    return otherwise


def python_code(definition: Any) -> list[CodeType]:
    """Return the code that may run at once when something is called, as far as it is Python's."""
    if isinstance(definition, type):
        found = [getattr(definition, name) for name in CONSTRUCTORS]
    else:
        kinds = (vars(kind) for kind in type(definition).__mro__)
        calling: Any = next((each for each in kinds if "__call__" in each), {})
        found = [definition, calling.get("__call__")]
    return [each.__code__ for each in found if isinstance(each, FunctionType)]
