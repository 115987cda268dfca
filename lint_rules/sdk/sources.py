"""A surface read from the source of an installed SDK, module by module as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lint_rules.sdk.reading import read_module
from lint_rules.sdk.table import OPEN, ModuleTable

_UNREADABLE: ModuleTable = {OPEN: ""}
"""What a module has whose source says nothing: perhaps everything."""


class SourceModules(Mapping[str, ModuleTable]):
    """The modules of a package in a directory."""

    def __init__(self, package: Path) -> None:
        self._paths = dict(_modules(package, package.name))
        self._read: dict[str, ModuleTable] = {}

    def __getitem__(self, name: str) -> ModuleTable:
        if name not in self._read:
            self._read[name] = _table(name, self._paths[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        # The inherited one would read the module.
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _modules(directory: Path, name: str) -> Iterator[tuple[str, Path]]:
    if not (directory / "__init__.py").is_file():
        return
    yield name, directory / "__init__.py"
    for path in sorted(directory.iterdir()):
        if path.is_dir():
            yield from _modules(path, f"{name}.{path.name}")
        elif path.suffix == ".py" and path.stem != "__init__":
            yield f"{name}.{path.stem}", path


def _table(name: str, path: Path) -> ModuleTable:
    try:
        return read_module(name, path.read_text("utf-8"), is_package=path.stem == "__init__")
    except (OSError, ValueError, SyntaxError, RecursionError):
        return _UNREADABLE
