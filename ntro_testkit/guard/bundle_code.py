"""The code objects of bundles, which are what `sys.monitoring` watches.

A bundle that was loaded has kept the code of its modules, with all there is in it. Of modules that
were imported otherwise only what can be reached from their names is known: functions, classes,
what decorators have wrapped, and what stands in tables.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from ntro_testkit.loading import BundleLoader


def code_of(names: Iterable[str], roots: tuple[str, ...]) -> Iterator[CodeType]:
    """Yield the code of those of these modules whose file's path starts with one of `roots`."""
    for name in names:
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None) if isinstance(module, ModuleType) else None
        if module is not None and isinstance(file, str) and file.startswith(roots):
            yield from _of_module(module, roots)


def _of_module(module: ModuleType, roots: tuple[str, ...]) -> Iterator[CodeType]:
    loader = getattr(module.__spec__, "loader", None)
    if isinstance(loader, BundleLoader) and loader.code is not None:
        yield from _nested(loader.code)
        return
    seen: set[int] = set()
    waiting: list[Any] = list(vars(module).values())
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, FunctionType) and value.__code__.co_filename.startswith(roots):
            yield from _nested(value.__code__)
        waiting += _within(value, module)


def _within(value: Any, module: ModuleType) -> list[Any]:
    """Return what may hold functions of a module inside a value it has a name for."""
    match value:
        case FunctionType():
            cells = [_content(cell) for cell in value.__closure__ or ()]
            return [*cells, vars(value).get("__wrapped__")]
        case classmethod() | staticmethod() | MethodType():
            return [value.__func__]
        case property():
            return [value.fget, value.fset, value.fdel]
        case functools.cached_property() | functools.partial() | functools.partialmethod():
            return [value.func]
        case type() if value.__module__ == module.__name__:
            return list(vars(value).values())
        case dict():
            return list(value.values())
        case list() | tuple() | set():
            return list(value)
        case _:
            return []


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        # A name that is bound later.
        return None


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)
