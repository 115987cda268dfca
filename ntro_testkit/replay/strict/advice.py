"""What to do about a difference.

Source: what Temporal's versioning offers, and how the platform deploys: a run in flight keeps the
version of the bundle it began with, and `--pin` fixes the version new runs take.
"""

from __future__ import annotations

from ntro_testkit.replay.strict.commands import Issued

_FOR_BREAKING = (
    "revert it, or guard it with `workflow.patched({name!r})` so that runs in flight keep the old "
    "path, or deploy it as a new version (raise `version` in runbook.md; `ntro workflow create "
    "--pin` holds the old one for the workflows that need it)"
)


def for_breaking(issued: Issued | None) -> str:
    """Return what to do about a sequence of commands that does not fit."""
    return _FOR_BREAKING.format(name=_patch_name(issued))


def for_task_failure() -> str:
    """Return what to do about an exception that fails the workflow task."""
    return (
        "fix the exception: Temporal retries the workflow task for ever, and the run hangs. To "
        "fail the run instead, raise `WorkflowError`"
    )


def for_other_end() -> str:
    """Return what to do about a run in flight that today's code brings to another end."""
    return (
        "let today's code cope with a run that began with the old one, or deploy it as a new "
        "version (raise `version` in runbook.md; `ntro workflow create --pin` holds the old one "
        "for the workflows that need it)"
    )


def for_gone_type() -> str:
    """Return what to do about a workflow type that no bundle has any more."""
    return (
        "keep the class under its name until no such run is in flight; if it is a child's, pass "
        "its bundle with `--child`"
    )


def for_missing_child() -> str:
    """Return what to do about a child that no bundle here plays."""
    return "pass the child's bundle with `--child`, so that the rest of the run can be checked too"


def for_gate(issued: Issued) -> str:
    """Return what to do about work that now comes before a decision; Temporal would not stop it."""
    return (
        "move it back behind the gate; if it is meant, Temporal will not object, so deploy it as a "
        f"new version (raise `version` in runbook.md) or guard it with "
        f"`workflow.patched({_patch_name(issued)!r})`"
    )


def for_moved(issued: Issued) -> str:
    """Return what to do about work that comes earlier, with no decision in between."""
    return (
        "check that it needs nothing that was awaited before; if it does, move it back, or guard "
        f"it with `workflow.patched({_patch_name(issued)!r})`"
    )


def for_contents() -> str:
    """Return what to do about the same commands with other contents."""
    return (
        "nothing if it is meant: runs in flight go on, and what they have sent stays as it was; "
        "otherwise look for a value that differs on every run (time, random, uuid, environment)"
    )


def _patch_name(issued: Issued | None) -> str:
    step = issued.step if issued is not None else None
    return f"{step}-2" if step else "what-changed"
