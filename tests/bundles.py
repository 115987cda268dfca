"""Writes small runbook bundles for tests and runs them."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from ntro_testkit import HAPPY, RunResult, Scenario, WorkflowHarness

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
import asyncio
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from ntro.workflow import NtroWorkflow, WorkflowError, runbook
from ntro.workflow.exceptions import ActivityError, ApplicationError

from . import activities
from .activities import *
from .models import *

MINUTE = timedelta(minutes=1)


async def do(activity, *args):
    return await runbook.execute_activity(
        activity, args=list(args), start_to_close_timeout=MINUTE
    )


def asks_for(signal, workflow_id, **args):
    return {
        "kind": "submit_file",
        "args": {"signal_name": signal, "signal_task_id": workflow_id, **args},
    }

"""
"""What every test workflow has at hand; `do` calls an activity with the arguments as they are."""

ACTIVITIES = """\
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from ntro.workflow import WorkflowError, activity

from .models import *

"""

MODELS = """\
from typing import Any

from pydantic import BaseModel, Field

"""


MANIFEST = """\
---
id: rb-{slug}
slug: {slug}
name: Demo
description: What the tests need.
classification: TREASURY
version: {version}
state: DRAFT
author: tests
---
# Demo

## When to use

## Workflow patterns

## Edge cases / variants
"""

ANSWERS_AT_REVIEWS = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    gate = self.current_pending_action()
    if gate is not None and gate["kind"] == "interactive_review":
        super().user_action(action)
"""
"""A member that takes answers only while a review is open, so that none opens a gate unseen."""

OTHER_CLASS = """
@runbook.defn
class Other(NtroWorkflow):
    @runbook.run
    async def run(self) -> int:
        return 7
"""
"""A second workflow class, whose name no slug spells."""


def class_name(slug: str) -> str:
    """Return the name the platform expects a slug's workflow class to have."""
    return "".join(part.capitalize() for part in slug.split("-")) + "Workflow"


def workflow_source(
    slug: str, *, run: str, members: str = "", top: str = "", takes: str = "", returns: str = "Any"
) -> str:
    """Return a `workflow.py` whose `run` method has the body `run`."""
    signature = f"self, {takes}" if takes else "self"
    return (
        HEADER
        + dedent(top)
        + f"\n\n@runbook.defn\nclass {class_name(slug)}(NtroWorkflow):\n"
        + indent(dedent(members), "    ")
        + f"\n    @runbook.run\n    async def run({signature}) -> {returns}:\n"
        + indent(dedent(run), "        ")
        + "\n"
    )


def write_bundle(
    root: Path,
    slug: str = "demo",
    *,
    run: str = "return None",
    members: str = "",
    top: str = "",
    takes: str = "",
    returns: str = "Any",
    activities: str = "",
    models: str = "",
    directory: str | None = None,
    version: str = "0.1.0",
    files: Mapping[str, str | None] | None = None,
) -> Path:
    """Write a bundle below `root` and return its directory.

    `files` replaces whole files by their path in the bundle; None leaves a file out.
    """
    sources: dict[str, str | None] = {
        "runbook.md": MANIFEST.format(slug=slug, version=version),
        "templates/__init__.py": "",
        "templates/models.py": MODELS + dedent(models),
        "templates/activities.py": ACTIVITIES + dedent(activities),
        "templates/workflow.py": workflow_source(
            slug, run=run, members=members, top=top, takes=takes, returns=returns
        ),
        **{name: text and dedent(text) for name, text in (files or {}).items()},
    }
    bundle = root / (directory or slug)
    for name, text in sources.items():
        if text is not None:
            file = bundle / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return bundle


def run(
    bundle: Path | type,
    scenario: Scenario = HAPPY,
    *,
    children: Sequence[Any] = (),
    timeout_s: float = 20.0,
    **options: Any,
) -> RunResult:
    """Run a bundle; `input=` goes to the run, every other option to the harness."""
    given = {"input": options.pop("input")} if "input" in options else {}
    with WorkflowHarness(bundle, child_workflows=children, **options) as harness:
        return harness.run_sync(scenario=scenario, timeout_s=timeout_s, **given)


def run_surviving(bundle: Path, scenario: Scenario = HAPPY, **options: Any) -> RunResult:
    """Run a bundle whose code tries to end the process; let only the test fail if it can."""
    result = None
    with contextlib.suppress(SystemExit):
        result = run(bundle, scenario, **options)
    # Python 3.11 crashes when abandoned tasks are first told of while pytest parses source.
    gc.collect()
    assert result is not None, "SystemExit escaped from the run"
    return result


def pasted(source: str) -> Scenario:
    """Return the one scenario that printed source makes."""
    names: dict[str, Any] = {}
    exec(source, names)
    [scenario] = [value for value in names.values() if isinstance(value, Scenario)]
    return scenario


def edited_copy(bundle: Path, root: Path, old: str, new: str) -> Path:
    """Copy a bundle and change its workflow module in each place that has this text."""
    copy = root / bundle.name
    shutil.copytree(bundle, copy)
    file = copy / "templates/workflow.py"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return copy


def line_of(bundle: Path, text: str, file: str = "templates/workflow.py") -> int:
    """Return the number of the one line of a bundle's file that contains `text`."""
    lines = (bundle / file).read_text(encoding="utf-8").splitlines()
    [number] = [number for number, line in enumerate(lines, start=1) if text in line]
    return number


def python(
    *arguments: str, env: Mapping[str, str | None] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh process with the kit importable; None in `env` takes a name away."""
    changed = {"PYTHONPATH": str(ROOT), "TEMPORAL_HOST": None, "PYTHONUTF8": "1", **(env or {})}
    environment = {**os.environ, **{k: v for k, v in changed.items() if v is not None}}
    for name in [k for k, v in changed.items() if v is None]:
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env=environment,
        cwd=cwd,
        check=False,
    )


def script(source: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python source in a fresh process."""
    return python("-c", dedent(source), **options)


def cli(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the `ntro-testkit` command in a fresh process."""
    return python("-m", "ntro_testkit", *map(str, arguments), **options)
