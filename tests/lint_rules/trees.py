"""Directory trees from texts, and what discovery finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lint_rules.discovery.discover import Discovery, Project, discover
from lint_rules.files.sources import Sources

WORKFLOW = "from temporalio import workflow\n\n@workflow.defn\nclass Flow: ...\n"
PLAIN = "VALUE = 1\n"
MANIFEST = "---\nslug: demo\n---\n"


@dataclass(frozen=True)
class Settings:
    root: Path
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    src: tuple[str, ...] = (".", "src")


def write_tree(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def found(root: Path, *given: str, overlay: Mapping[Path, bytes] | None = None) -> Discovery:
    return found_with(Settings(root), *given, overlay=overlay)


def found_with(
    settings: Settings, *given: str, overlay: Mapping[Path, bytes] | None = None
) -> Discovery:
    paths = [settings.root / name for name in given or (".",)]
    return discover(paths, settings, Sources(overlay))


def entries(discovery: Discovery, root: Path) -> list[str]:
    """Return the entries of all projects, relative to a directory."""
    return sorted(
        entry.relative_to(root).as_posix()
        for project in discovery.projects
        for entry in project.entries
    )


BUNDLE = {
    "runbook.md": MANIFEST,
    "templates/__init__.py": "",
    "templates/workflow.py": WORKFLOW,
    "templates/models.py": PLAIN,
    "tests/test_scenarios.py": WORKFLOW,
}


def bundle_at(root: Path, name: str) -> Path:
    return write_tree(root / name, BUNDLE)


def single(root: Path, *given: str) -> Project:
    [project] = found(root, *given).projects
    return project
