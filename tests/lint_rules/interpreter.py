"""What the running interpreter really has, to hold the hazard data against."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from lint_rules.hazards import HazardTable

NOT_IMPORTABLE = {"antigravity", "this", "idlelib", "turtledemo"}
"""Modules that open a browser, print or open windows when they are imported."""


class Missing(LookupError):
    """The running interpreter does not have the name."""


@cache
def module(name: str) -> ModuleType:
    """Import a module; Missing when this interpreter or platform does not have it."""
    if name.partition(".")[0] in NOT_IMPORTABLE:
        raise Missing(name)
    try:
        with warnings.catch_warnings(), _runtime_kept(name):
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError as error:
        raise Missing(name) from error


@contextlib.contextmanager
def _runtime_kept(name: str) -> Iterator[None]:
    """Undo what `ntro.testing` does to the SDK when it is imported: it forces another runtime."""
    if not name.startswith("ntro.testing"):
        yield
        return
    runtime = importlib.import_module("ntro.workflow.runtime")
    before = runtime.get_runtime()
    try:
        yield
    finally:
        runtime.set_runtime(before)


def resolve(name: str) -> Any:
    """The object a qualified name stands for, importing as much of it as is a module."""
    segments = name.split(".")
    for length in range(len(segments), 0, -1):
        try:
            found: Any = module(".".join(segments[:length]))
        except Missing:
            continue
        for segment in segments[length:]:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    found = getattr(found, segment)
            except AttributeError:
                raise Missing(name) from None
        return found
    raise Missing(name)


def exists(name: str) -> bool:
    """Whether the running interpreter has the name."""
    try:
        resolve(name)
    except Missing:
        return False
    return True


def public_names(of: ModuleType) -> set[str]:
    """What a module offers: `__all__`, and every name without underscore that it did not import."""
    declared = getattr(of, "__all__", None)
    found = {name for name in declared or () if hasattr(of, name)}
    for name in dir(of):
        member = getattr(of, name)
        imported = getattr(member, "__module__", of.__name__) != of.__name__
        if not name.startswith("_") and (declared is None or name in declared or not imported):
            found.add(name)
    return {name for name in found if not isinstance(getattr(of, name), ModuleType)}


def named_modules(table: HazardTable) -> Iterator[str]:
    """Every standard module that the data classify something of."""
    seen = set()
    for name in table.names():
        if not table.is_standard(name):
            continue
        owner = name
        while owner := owner.rpartition(".")[0]:
            if owner not in seen and _is_module(owner):
                seen.add(owner)
                yield owner
            seen.add(owner)


def listed_classes(table: HazardTable) -> Iterator[str]:
    """Every standard class of which the data list methods."""
    for owner in sorted({name.rpartition(".")[0] for name in table.names()}):
        if table.is_standard(owner) and "." in owner and not _is_module(owner):
            try:
                found = resolve(owner)
            except Missing:
                continue
            if inspect.isclass(found):
                yield owner


def version_holds(since: tuple[int, int] | None, until: tuple[int, int] | None) -> bool:
    """Whether the running Python is one that should have the name."""
    running = sys.version_info[:2]
    return (since is None or running >= since) and (until is None or running < until)


def _is_module(name: str) -> bool:
    try:
        return isinstance(resolve(name), ModuleType)
    except Missing:
        return False
