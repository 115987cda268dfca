"""A bundle as data: what `runbook.md` and `requirements.txt` say, with line numbers.

Reads files as text and executes nothing, so it can be asked about a bundle that does not import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lint_rules.files.text_file import TextFile
from lint_rules.manifest.manifest import ManifestProblem, read_manifest
from lint_rules.manifest.nodes import plain
from lint_rules.manifest.slugs import class_name
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.read import read_requirements_text

WORKFLOW_FILE = "templates/workflow.py"
MANIFEST = "runbook.md"
REQUIREMENTS_FILES = ("templates/requirements.txt", "requirements.txt")
"""Where a bundle's requirements may lie; the first that exists counts."""


class FrontmatterError(ValueError):
    """`runbook.md` has no frontmatter that can be read; `line` is 1-based."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """What one line of `requirements.txt` asks for, without options and comment.

    `name` is normalised, None when it cannot be read.
    """

    line: int
    text: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A runbook directory.

    `frontmatter` is empty when `runbook.md` is missing or unreadable; `problem` then says why.
    """

    directory: Path
    frontmatter: Mapping[str, Any]
    problem: str | None
    requirements: tuple[RequirementLine, ...]
    requirements_file: Path | None

    @property
    def directory_slug(self) -> str:
        """The slug the directory spells; `nav-monthly@0.0.9` is a version of `nav-monthly`."""
        return self.directory.name.partition("@")[0]

    @property
    def slug(self) -> str:
        """The slug of the frontmatter, else the one of the directory."""
        declared = self.frontmatter.get("slug")
        return declared if isinstance(declared, str) and declared else self.directory_slug

    @property
    def version(self) -> str | None:
        """The version as the frontmatter has it, if it is a string."""
        version = self.frontmatter.get("version")
        return version if isinstance(version, str) else None

    @property
    def class_name(self) -> str:
        """The workflow class the platform looks for (D57)."""
        return class_name(self.slug)

    def requirement(self, distribution: str) -> RequirementLine | None:
        """Return the line that brings a distribution."""
        wanted = normalised(distribution)
        return next((line for line in self.requirements if line.name == wanted), None)


def is_bundle(directory: Path) -> bool:
    """Tell whether a directory is a runbook: a manifest and a workflow."""
    return (directory / MANIFEST).is_file() and (directory / WORKFLOW_FILE).is_file()


def read_bundle(directory: Path) -> Bundle:
    """Read a runbook directory; unreadable parts are left empty and noted in `problem`."""
    problem = None
    frontmatter: Mapping[str, Any] = {}
    try:
        frontmatter = read_frontmatter(directory / MANIFEST)
    except FrontmatterError as error:
        problem = f"{directory / MANIFEST}:{error.line}: {error}"
    file = next((directory / f for f in REQUIREMENTS_FILES if (directory / f).is_file()), None)
    requirements = read_requirements(file) if file else ()
    return Bundle(directory, frontmatter, problem, requirements, file)


def read_frontmatter(manifest: Path) -> Mapping[str, Any]:
    """Return the YAML frontmatter of `runbook.md`.

    Raises `FrontmatterError` when the file or its frontmatter is missing, is not UTF-8, cannot be
    parsed, or is no mapping.
    """
    try:
        text = manifest.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FrontmatterError("the file is missing", 1) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FrontmatterError(f"cannot be read: {error}", 1) from error
    found = read_manifest(TextFile(str(manifest), text), exists=True)
    if found.problem is not None:
        raise FrontmatterError(_message(found.problem), found.problem.span.line)
    data: Mapping[str, Any] = plain(found.top) if found.top is not None else {}
    return data


def _message(problem: ManifestProblem) -> str:
    return f"frontmatter {problem.message}" if problem.kind == "yaml" else problem.message


def read_requirements(file: Path) -> tuple[RequirementLine, ...]:
    """Return the lines of a requirements file that ask for something."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    return tuple(
        RequirementLine(
            entry.line, entry.asked.text, entry.key if entry.kind == "requirement" else None
        )
        for entry in read_requirements_text(text).entries
        if entry.asked.text
    )
