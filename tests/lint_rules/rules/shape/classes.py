"""Workflow modules for tests: what a class body is given around it, and what is found in it."""

from __future__ import annotations

from textwrap import dedent, indent

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted

HEAD = """\
import asyncio, contextlib, decimal, json
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ntro.workflow import ActivityError, NtroWorkflow, WorkflowError, runbook, ui_step
from pydantic import BaseModel, TypeAdapter, ValidationError, field_validator
from temporalio import workflow
from temporalio.exceptions import ApplicationError

from .models import PettyCashContext, Slip
"""

RUN = """
@runbook.run
async def run(self, ctx: PettyCashContext) -> None:
    ...
"""


def module(
    body: str,
    around: str = "",
    *,
    bases: str = "NtroWorkflow",
    decorator: str = "@runbook.defn",
    run: str = RUN,
) -> str:
    """Return a module with a runbook class; `around` stands before it, `run` ends it."""
    inside = dedent(body).strip("\n") + "\n" + dedent(run)
    header = f"class PettyCashWorkflow({bases}):" if bases else "class PettyCashWorkflow:"
    return f"{HEAD}\n{dedent(around)}\n{decorator}\n{header}\n" + indent(inside, "    ")


def found(code: str, text: str, **files: str) -> list[Finding]:
    """Return what a rule finds in a `workflow.py`; `files` are other modules beside it."""
    texts = {f"templates/{name}.py": dedent(other) for name, other in files.items()}
    return planted(code, files={"templates/workflow.py": text, **texts})


def check(code: str, text: str, **files: str) -> list[Finding]:
    """Return what a rule finds, which must be in exactly the lines that end in `# !`."""
    findings = found(code, text, **files)
    texts = {"workflow": text, **{name: dedent(other) for name, other in files.items()}}
    wanted = {
        (f"{name}.py", number)
        for name, content in texts.items()
        for number, line in enumerate(content.splitlines(), 1)
        if line.endswith("# !")
    }
    assert {(f.place.path.rpartition("/")[2], f.place.line) for f in findings} == wanted, [
        f.text for f in findings
    ]
    assert all(finding.code == code and finding.alternative for finding in findings)
    return findings
