"""Directories with the metadata of packages, as installing them would leave them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def install(
    site: Path,
    name: str,
    version: str = "1.0",
    *,
    needs: Sequence[str] = (),
    modules: Sequence[str] = (),
    top_level: str | None = None,
    entry_points: str | None = None,
) -> Path:
    """Write the metadata of a package, and its modules: `name.py`, or `package/`."""
    written = name.replace("-", "_")
    directory = site / f"{written}-{version}.dist-info"
    directory.mkdir(parents=True)
    head = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n"
    needed = "".join(f"Requires-Dist: {need}\n" for need in needs)
    (directory / "METADATA").write_text(f"{head}{needed}\nRequires-Dist: no header\n")
    for module in modules:
        path = site / module
        if module.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("")
    files = [f"{m}__init__.py" if m.endswith("/") else m for m in modules]
    record = "".join(f"{file},sha256=abc,1\n" for file in files)
    (directory / "RECORD").write_text(f"{record}{directory.name}/METADATA,,\n../../bin/x,,\n")
    if top_level is not None:
        (directory / "top_level.txt").write_text(top_level)
    if entry_points is not None:
        (directory / "entry_points.txt").write_text(entry_points)
    return directory
