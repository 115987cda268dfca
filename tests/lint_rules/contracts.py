"""A contract made from texts that lie nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.analysis.loading import Loading
from lint_rules.analysis.workflows import Opening, workflow_code
from lint_rules.config.settings import Settings
from lint_rules.contract.contract import Contract
from lint_rules.discovery.discover import discover
from lint_rules.files.layout import Layout
from lint_rules.files.sources import Sources
from lint_rules.hazards import load
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.classify import Classifier
from tests.lint_rules.linted import NOWHERE


def contracts(files: Mapping[str, str | bytes]) -> dict[str, Contract]:
    """Return the contracts of the projects in some files, by the directory they lie in."""
    texts = {
        NOWHERE / name: text if isinstance(text, bytes) else text.encode()
        for name, text in files.items()
    }
    sources = Sources(texts)
    classifier = Classifier(load())
    found = {}
    for project in discover(list(texts), Settings(NOWHERE), sources).projects:
        layout = Layout(project, sources)
        code = workflow_code(project, layout, classifier, Loading(layout, sources, None))
        opening = Opening(sources, classifier, None)
        found[project.root.name] = Contract(code, project, layout, sources, opening)
    return found


def runbook_in(module: str, **others: str) -> tuple[Contract, Runbook]:
    """Return the only runbook of a bundle whose `workflow.py` is given, and other templates."""
    templates = {f"nav/templates/{name}.py": text for name, text in others.items()}
    files = {"nav/runbook.md": "---\nslug: nav\n---\n", "nav/templates/workflow.py": module}
    contract = contracts({**files, **templates})["nav"]
    [runbook] = contract.runbooks
    return contract, runbook
