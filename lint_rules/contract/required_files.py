"""The files a bundle must have, and who needs each."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.contract.bundle_files import MANIFEST, BundleFiles
from lint_rules.finding import Severity

TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class RequiredFile:
    """A file by its path in the bundle; `reader` is who wants it, and what happens without."""

    path: str
    reader: str
    severity: Severity
    instead: str


REQUIRED = (
    RequiredFile(
        MANIFEST,
        "deploy refuses a directory without it",
        "error",
        "a `runbook.md` whose frontmatter has at least slug, name, version, state and author",
    ),
    RequiredFile(
        "templates/__init__.py",
        "the SDK opens `templates/` as a package by it and raises FileNotFoundError",
        "error",
        "an empty `templates/__init__.py`",
    ),
    RequiredFile(
        "templates/workflow.py",
        "the worker takes the workflow class from it",
        "error",
        "a `templates/workflow.py` with the class that the slug stands for",
    ),
    RequiredFile(
        "templates/activities.py",
        "the worker imports it even where there are no activities",
        "error",
        "a `templates/activities.py`, empty if there are none",
    ),
    RequiredFile(
        "templates/models.py",
        "no reader needs it, but people and tools look for the models there",
        "info",
        "the Context and the other models in `templates/models.py`",
    ),
)


def missing_files(files: BundleFiles) -> tuple[RequiredFile, ...]:
    """Return the required files a bundle does not have; without `templates/`, that alone counts."""
    missing = tuple(file for file in REQUIRED if not files.exists(file.path))
    if TEMPLATES in files.listing().directories:
        return missing
    return tuple(file for file in missing if file.path in (MANIFEST, "templates/workflow.py"))
