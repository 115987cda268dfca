"""A second bundle for petty cash to start, and the places where its workflow is edited."""

from __future__ import annotations

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted

WORKFLOW = "templates/workflow.py"
ACTIVITIES = "templates/activities.py"
MODELS = "templates/models.py"

ARCHIVE_MODELS = """\
from uuid import UUID

from pydantic import BaseModel


class Owner(BaseModel):
    name: str


class ArchiveContext(BaseModel):
    tenant_id: UUID
    period: str
    copies: int = 1
    tags: list[str] = []
    owner: Owner | None = None
"""

ARCHIVE_WORKFLOW = """\
from ntro.workflow import NtroWorkflow, runbook

from .models import ArchiveContext


@runbook.defn
class SlipArchiveWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: ArchiveContext) -> str:
        return ctx.period
"""

POSTED = "        posted = await self._post(ctx, slip)\n"


def archive(models: str = ARCHIVE_MODELS, workflow: str = ARCHIVE_WORKFLOW) -> dict[str, str]:
    """Return the files of a bundle `slip-archive` that lies beside petty cash."""
    return {
        "slip-archive/runbook.md": "---\nslug: slip-archive\n---\n",
        "slip-archive/templates/__init__.py": "",
        "slip-archive/templates/activities.py": "",
        "slip-archive/templates/models.py": models,
        "slip-archive/templates/workflow.py": workflow,
    }


def in_run(*lines: str) -> Edit:
    """Put lines into `run`, behind the posting: line 107 of the workflow is the first."""
    return WORKFLOW, POSTED, POSTED + "".join(f"        {line}\n" for line in lines)


def in_class(*lines: str) -> Edit:
    """Put methods into the workflow class, in front of `run`: from line 98."""
    text = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return WORKFLOW, "    @runbook.run\n", f"{text}\n    @runbook.run\n"


def imported(line: str) -> Edit:
    """Put an import into the workflow, which moves everything down by a line."""
    return WORKFLOW, "from typing import Any\n", f"from typing import Any\n{line}\n"


def with_archive(code: str, *edits: Edit, beside: dict[str, str] | None = None) -> list[Finding]:
    """Return what a rule says of petty cash with edits, next to the archive."""
    return planted(code, *edits, beside=archive() if beside is None else beside)


def in_quiet(code: str, *edits: Edit) -> list[str]:
    """Return the messages of a rule, for what must stay silent."""
    return [finding.message for finding in with_archive(code, *edits)]
