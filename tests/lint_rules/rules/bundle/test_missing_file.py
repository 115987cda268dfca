"""The files a bundle must have, each with the reader that misses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.linted import lint_texts, lint_tree
from tests.lint_rules.petty_cash import sound


def without(
    root: Path, *missing: str, code: str = "NTR5", changed: Mapping[str, str] | None = None
) -> list[Finding]:
    """Lint the sample bundle on disk: a file that is not there is none of those given."""
    texts = {**sound(), **(changed or {})}
    files = {f"petty-cash/{name}": data for name, data in texts.items() if name not in missing}
    return list(lint_tree(root, files, select=(code,)).findings)


@pytest.mark.parametrize(
    ("path", "severity", "reader"),
    [
        ("runbook.md", "error", "deploy refuses"),
        ("templates/__init__.py", "error", "FileNotFoundError"),
        ("templates/workflow.py", "error", "the worker takes the workflow class"),
        ("templates/activities.py", "error", "the worker imports it"),
    ],
)
def test_a_missing_file_is_named_with_who_needs_it(
    tmp_path: Path, path: str, severity: str, reader: str
) -> None:
    [found] = without(tmp_path, path)
    assert (found.code, found.severity) == ("NTR501", severity)
    assert found.place.path.endswith(f"petty-cash/{path}")
    assert (found.place.line, found.place.column) == (1, 1)
    assert f"`{path}` is missing" in found.message
    assert reader in found.message


def test_models_that_nobody_imports_are_only_mentioned(tmp_path: Path) -> None:
    bare = {
        "templates/activities.py": "",
        "templates/workflow.py": RUN,
    }
    [found] = without(tmp_path, "templates/models.py", changed=bare, code="NTR501")
    assert (found.severity, found.place.path.rpartition("/")[2]) == ("info", "models.py")


def test_models_that_are_imported_are_left_to_the_import_that_fails(tmp_path: Path) -> None:
    found = without(tmp_path, "templates/models.py")
    assert {finding.code for finding in found} == {"NTR511"}


def test_without_templates_that_alone_is_said(tmp_path: Path) -> None:
    inside = [name for name in sound() if name.startswith("templates/")]
    [found] = without(tmp_path, *inside, code="NTR501")
    assert "the directory `templates/` is missing" in found.message


@pytest.mark.parametrize(
    "files",
    [
        {"runbook.md": "# On call\n", "templates/ingress.yaml": "a: b\n"},
        {"runbook.md": "---\ntitle: On call\n---\n", "templates/page.html": "\n"},
        {"templates/workflow.py": "def build(): ...\n"},
    ],
)
def test_other_projects_have_such_names_too(tmp_path: Path, files: dict[str, str]) -> None:
    inside = {f"service/{name}": text for name, text in files.items()}
    assert list(lint_tree(tmp_path, inside, select=("NTR5",)).findings) == []


def test_a_loose_workflow_needs_no_such_files() -> None:
    assert list(lint_texts({"flow.py": RUN}, select=("NTR501",)).findings) == []


def test_a_whole_bundle_lacks_nothing(tmp_path: Path) -> None:
    assert without(tmp_path) == []


RUN = """\
from ntro.workflow import NtroWorkflow, runbook


@runbook.defn
class PettyCashWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: dict) -> None:
        return None
"""
