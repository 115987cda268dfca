"""Paths to what is analysed together: bundles, and source roots with loose workflow modules."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lint_rules.discovery.gathering import Gathering, Settings
from lint_rules.discovery.walk import FileProblem
from lint_rules.files import path_text
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.nearest import nearest

__all__ = ["Discovery", "FileProblem", "Project", "Settings", "UnknownPathError", "discover"]


class UnknownPathError(ValueError):
    """A path that was given does not exist; `nearest` is what may have been meant."""

    def __init__(self, path: Path, nearest: str | None) -> None:
        hint = f"; did you mean {nearest}?" if nearest else ""
        super().__init__(f"no such file or directory: {path}{hint}")
        self.path = path
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Discovery:
    """What there is to analyse, in the order of its paths.

    `files` counts the Python files looked at. `given` are the paths that were asked for, absolute;
    `here` is the directory from which people see them, `climbs` whether some were given with `..`.
    """

    projects: tuple[Project, ...]
    problems: tuple[FileProblem, ...]
    files: int
    given: tuple[Path, ...]
    here: str
    climbs: bool
    _exact: frozenset[str]
    _prefixes: tuple[str, ...]

    def concerns(self, path: Path | str) -> bool:
        """Tell whether a path is one of those given or lies in one of them."""
        text = str(path)
        return text in self._exact or text.startswith(self._prefixes)

    def display(self, path: Path | str) -> str:
        """Return a path as people are shown it.

        Relative below the current directory, and outside it if some path was given with `..`.
        """
        text = str(path)
        if text.startswith(path_text.prefix(self.here)):
            return path_text.below(text, self.here)
        return path_text.relative(text, self.here) if self.climbs else text


def discover(
    paths: Sequence[Path], settings: Settings, sources: Sources | None = None
) -> Discovery:
    """Find what to analyse for some files and directories; raises `UnknownPathError`.

    What is given is looked at even if it is ignored or excluded. A given module that is no
    workflow itself brings in the workflows of its repository, since they may reach it.
    """
    sources = sources or Sources()
    gathering = Gathering(settings, sources)
    given = {path_text.absolute(path): path for path in paths}
    directories: list[str] = []
    files: list[str] = []
    for text, path in given.items():
        try:
            is_directory = _is_directory(text, sources)
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise UnknownPathError(path, _existing_like(path)) from error
        except OSError as error:
            gathering.note(text, error)
            continue
        (directories if is_directory else files).append(text)
    gathering.add(directories, files)
    return _discovery(gathering, given)


def _discovery(gathering: Gathering, given: dict[str, Path]) -> Discovery:
    found = Discovery(
        projects=gathering.projects(),
        problems=tuple(sorted(gathering.problems, key=lambda problem: str(problem.path))),
        files=gathering.files,
        given=tuple(map(Path, given)),
        here=str(Path.cwd()),
        climbs=any(".." in path.parts and not path.is_absolute() for path in given.values()),
        _exact=frozenset(given),
        _prefixes=tuple(path_text.prefix(text) for text in given),
    )
    concerning = tuple(problem for problem in found.problems if found.concerns(problem.path))
    return replace(found, problems=concerning)


def _is_directory(text: str, sources: Sources) -> bool:
    if sources.is_given(text):
        return False
    mode = Path(text).stat().st_mode
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise OSError("it is neither a file nor a directory")
    return stat.S_ISDIR(mode)


def _existing_like(path: Path) -> str | None:
    """Return the existing path whose name is most like the first part that is missing."""
    missing = path
    while not missing.parent.is_dir() and missing.parent != missing:
        missing = missing.parent
    try:
        names = sorted(entry.name for entry in missing.parent.iterdir())
    except OSError:
        return None
    close = nearest(missing.name, names)
    return str(missing.with_name(close)) if close else None
