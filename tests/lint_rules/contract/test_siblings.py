"""The bundles a bundle may start: those beside it, and those the same run was given."""

from __future__ import annotations

import pytest

from tests.lint_rules.contracts import contracts


def bundle(directory: str, slug: str | None = None) -> dict[str, str]:
    name = slug or directory.rpartition("/")[2].partition("@")[0]
    return {
        f"{directory}/runbook.md": f"---\nslug: {name}\n---\n",
        f"{directory}/templates/workflow.py": WORKFLOW,
    }


WORKFLOW = """
from ntro.workflow import NtroWorkflow, runbook

@runbook.defn
class NavWorkflow(NtroWorkflow): ...
"""


def roots(files: dict[str, str], directory: str) -> dict[str, str]:
    """Return slug -> directory of what a bundle sees, from the top of the files."""
    siblings = contracts(files)[directory].siblings
    assert siblings is not None
    return {slug: "/".join(root.split("/")[5:]) for slug, root in siblings.roots.items()}


def test_what_lies_beside_a_bundle_is_found_by_its_slug() -> None:
    files = bundle("r/nav") | bundle("r/journals") | {"r/notes/readme.md": "no bundle"}
    assert roots(files, "nav") == {"nav": "nav", "journals": "journals"}


def test_a_bundle_goes_by_the_slug_it_declares() -> None:
    assert roots(bundle("r/nav") | bundle("r/old", "journals"), "nav")["journals"] == "old"


def test_the_newest_version_stands_for_a_slug() -> None:
    versions = bundle("r/nav@0.9.0") | bundle("r/nav@0.10.0") | bundle("r/nav@0.2.0")
    assert roots(versions | bundle("r/x"), "x")["nav"] == "nav@0.10.0"
    assert roots(versions | bundle("r/nav") | bundle("r/x"), "x")["nav"] == "nav"


def test_what_lies_elsewhere_counts_when_the_run_was_given_it_but_less_than_what_is_near() -> None:
    files = bundle("a/nav") | bundle("b/journals") | bundle("b/nav")
    contract = contracts(files)["journals"]
    assert contract.siblings is not None
    assert contract.siblings.roots["nav"].endswith("b/nav")
    assert contracts(bundle("a/nav") | bundle("b/journals"))["journals"].siblings is not None


def test_a_sibling_is_opened_with_its_own_modules() -> None:
    files = bundle("r/nav") | bundle("r/journals")
    siblings = contracts(files)["nav"].siblings
    assert siblings is not None
    opened = siblings.open("journals")
    assert opened is not None
    [kind] = opened.workflows
    assert opened.program.modules[kind.module].path.endswith("journals/templates/workflow.py")
    assert siblings.open("nowhere") is None
    assert any(path.endswith("journals/templates/workflow.py") for path in siblings.looked_at)


@pytest.mark.parametrize("text", ["", "def (:", "import nothing", "class A: ..."])
def test_a_sibling_without_a_workflow_opens_to_nothing(text: str) -> None:
    files = bundle("r/nav") | bundle("r/journals") | {"r/journals/templates/workflow.py": text}
    siblings = contracts(files)["nav"].siblings
    assert siblings is not None
    opened = siblings.open("journals")
    assert opened is not None
    assert opened.workflows == ()
