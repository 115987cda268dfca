"""What strategies are about: a bundle, in whatever way an author names it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.loading import LoadedBundle, load_bundle

Subject = Path | str | LoadedBundle | type | WorkflowHarness
"""A bundle's directory, a loaded bundle, a workflow class, or a harness with all that runs need."""


def workflow_class_of(bundle: Subject) -> type:
    """Return the workflow class; a directory is loaded anew. Raises `BundleError`."""
    if isinstance(bundle, WorkflowHarness):
        return bundle.workflow_cls
    if isinstance(bundle, LoadedBundle):
        return bundle.workflow_class
    if isinstance(bundle, type):
        return bundle
    return load_bundle(bundle).workflow_class


def harness_of(bundle: Subject, **options: Any) -> WorkflowHarness:
    """Return a harness to run it in, made with `options` unless it is one already.

    Raises `BundleError`, and `TypeError` for options beside a harness, which has its own.
    """
    if not isinstance(bundle, WorkflowHarness):
        return WorkflowHarness(workflow_class_of(bundle), **options)
    if options:
        raise TypeError(f"the harness is made already: give it {', '.join(options)}")
    return bundle


def frontmatter_of(workflow_class: type) -> Mapping[str, Any]:
    """Return the frontmatter of a class's bundle, empty for a class that was not loaded as one."""
    loaded: LoadedBundle | None = vars(workflow_class).get("__ntro_testkit_bundle__")
    return loaded.bundle.frontmatter if loaded is not None else {}
