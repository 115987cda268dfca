"""Code planted into the sample bundle: in its run, above its class, into an activity."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, sound

WORKFLOW = "templates/workflow.py"
ACTIVITIES = "templates/activities.py"
REQUIREMENTS = "templates/requirements.txt"

_POST = "        posted = await self._post(ctx, slip)\n"
_CLASS = "\n\n@runbook.defn\n"
_READ = "    db = await get_data_plane(payload.tenant_slug)\n    document ="
_IMPORT = "from ntro.workflow import NtroWorkflow, runbook\n"


def in_run(body: str) -> Edit:
    """Plant statements into `run`, where `self`, `ctx` and `slip` are there to use."""
    return WORKFLOW, _POST, indent(dedent(body).strip("\n"), " " * 8) + "\n" + _POST


def above(text: str) -> Edit:
    """Plant definitions above the workflow class."""
    return WORKFLOW, _CLASS, f"\n\n{dedent(text).strip()}\n{_CLASS}"


def importing(*lines: str) -> Edit:
    """Plant imports into the workflow's module."""
    return WORKFLOW, _IMPORT, _IMPORT + "".join(f"{line}\n" for line in lines)


def in_activity(body: str) -> Edit:
    """Plant statements into the activity that reads a slip."""
    return ACTIVITIES, _READ, indent(dedent(body).strip("\n"), " " * 4) + "\n" + _READ


def pinned(version: str) -> Edit:
    """Pin another version of ntro."""
    return REQUIREMENTS, "0.1.2", version


def only(code: str, *edits: Edit, files: Mapping[str, str | bytes | None] | None = None) -> Finding:
    """Return the one finding of a rule."""
    [found] = planted(code, *edits, files=files)
    return found


def shown(finding: Finding, *edits: Edit) -> str:
    """Return the text that a finding underlines, on its first line."""
    texts = {name: data.decode() for name, data in sound().items()}
    for name, old, new in edits:
        texts[name] = texts[name].replace(old, new)
    line = texts[finding.place.path.partition("petty-cash/")[2]].splitlines()[
        finding.place.line - 1
    ]
    end = finding.place.end_column - 1 if finding.place.end_line == finding.place.line else None
    return line[finding.place.column - 1 : end]
