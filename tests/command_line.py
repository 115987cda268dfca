"""Runs the `ntro-testkit` command in this process, and bundles to lint with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from ntro_testkit.cli.app import run
from tests.bundles import write_bundle

CLEAN = """\
from ntro.workflow import NtroWorkflow, runbook
from .models import DemoContext

@runbook.defn
class DemoWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: DemoContext) -> float:
        return runbook.now().timestamp()
"""

DIRTY = """\
import time

from ntro.workflow import NtroWorkflow, runbook
from .models import DemoContext

@runbook.defn
class DemoWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: DemoContext) -> float:
        return time.time()
"""
"""One finding, NTR101, whose fix makes it `CLEAN`."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command answered."""

    code: int
    out: str
    err: str


def command(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Done:
    """Run a command line in this process."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    return Done(code, *capsys.readouterr())


def assert_refused(done: Done, *words: str) -> None:
    """Wrong use: exit code 2, one line on stderr, nothing on stdout."""
    assert done.code == 2, done
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert len(done.err.splitlines()) == 1, done.err
    for word in words:
        assert word in done.err


MODELS = """\
from pydantic import BaseModel


class DemoContext(BaseModel):
    tenant_slug: str
"""

REQUIREMENTS = "ntro[workflow]==0.1.2\n"
"""Brings temporalio, and the SDK for those that use it."""


def bundle_with(root: Path, workflow: str, **more: str) -> Path:
    """Write a bundle with this workflow, and modules by their names beside it."""
    files = {"workflow": workflow, "activities": "", "models": MODELS, **more}
    sources = {f"templates/{name}.py": text for name, text in files.items()}
    return write_bundle(root, files={"templates/requirements.txt": REQUIREMENTS, **sources})


def workflow_of(bundle: Path) -> Path:
    """Return the file with the workflow of a bundle."""
    return bundle / "templates" / "workflow.py"
