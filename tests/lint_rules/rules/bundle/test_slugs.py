"""NTR504 slug-form, NTR505 slug-directory and NTR506 workflow-class: one name, three spellings."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, said

M = "runbook.md"
W = "templates/workflow.py"


def slug(text: str, code: str = "NTR5") -> list[Finding]:
    return planted(code, (M, "slug: petty-cash\n", f"slug: {text}\n"))


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("4hc-nav", "error", "no class can be called"),
        ("petty cash", "error", "no class can be called"),
        ("petty.cash", "error", "no class can be called"),
        ("petty-UK", "warning", "`PettyUkWorkflow`, which reads back as the slug `petty-uk`"),
        ("petty_cash", "warning", "a class called `Petty_cashWorkflow`"),
        ("petty--cash", "warning", "reads back as the slug `petty-cash`"),
        ("2026", "error", "`2026` is a number to YAML"),
        ("2026-01-15", "error", "`2026-01-15` is a date to YAML"),
        ("on", "error", "`on` is true or false to YAML"),
        ("[petty, cash]", "error", "the slug is a list to YAML"),
        ("{petty: cash}", "error", "the slug is a mapping to YAML"),
    ],
)
def test_a_slug_of_another_form_says_what_comes_of_it(text: str, severity: str, words: str) -> None:
    [found] = slug(text)
    assert (found.code, found.severity, found.place.line) == ("NTR504", severity, 3)
    assert words in found.message


def test_the_slug_that_may_be_meant_is_suggested() -> None:
    [found] = slug("PettyCash")
    assert found.alternative == "`slug: petty-cash`, if that is meant"


@pytest.mark.parametrize("text", ["petty-cash", "p", "nav2", "a-2-b", '"petty-cash"', "", "' '"])
def test_a_slug_of_the_right_form_is_none_of_its_business(text: str) -> None:
    assert slug(text, "NTR504") == []


@pytest.mark.parametrize("directory", ["petty-cash-slips", "Petty-Cash", "petty_cash"])
def test_a_directory_of_another_name_is_reported_at_the_slug(directory: str) -> None:
    [found] = planted("NTR5", slug=directory)
    assert (found.code, found.severity, found.place.line) == ("NTR505", "warning", 3)
    assert f"the slug is `petty-cash`, but the directory says `{directory}`" in found.message


def test_a_version_in_the_directory_has_to_be_the_one_inside() -> None:
    [found] = planted("NTR5", slug="petty-cash@0.0.9")
    assert (found.code, found.place.line) == ("NTR505", 9)
    assert "the version is `0.1.0`, but the directory says `0.0.9`" in found.message
    assert planted("NTR5", slug="petty-cash@0.1.0") == []


def test_a_bundle_that_is_a_repository_may_lie_anywhere() -> None:
    assert planted("NTR505", slug="checkout", files={".git": "gitdir: elsewhere"}) == []
    assert planted("NTR505", slug="checkout", files={".git/HEAD": "ref: refs/heads/main"}) == []


def test_a_class_of_another_name_is_shown_with_the_slug_it_reads_back_as() -> None:
    [found] = planted("NTR5", (W, "class PettyCashWorkflow", "class PETTYCashWorkflow"))
    assert said([found]) == ["workflow.py:27 NTR506"]
    assert found.severity == "error"
    assert "no class `PettyCashWorkflow`" in found.message
    assert "`PETTYCashWorkflow` reads back as `p-e-t-t-y-cash`" in found.message
    assert found.alternative == "`class PettyCashWorkflow`"


def test_a_class_that_workflow_py_does_not_import_is_named_with_the_import() -> None:
    code = "from .flow import decision_of\n"
    found = planted("NTR506", files={"templates/flow.py": moved(), W: code})
    assert said(found) == ["runbook.md:3 NTR506"]
    assert found[0].alternative == "`from .flow import PettyCashWorkflow` in it"


@pytest.mark.parametrize(
    "code",
    [
        "from .flow import PettyCashWorkflow\n",
        "from .flow import *\n",
        "from somewhere.else_ import *\n",
        "from .flow import Flow as PettyCashWorkflow\n",
        "from . import flow\nPettyCashWorkflow = flow.PettyCashWorkflow\n",
        "def __getattr__(name):\n    return 1\n",
        "globals().update(found)\n",
        "if True:\n    from .flow import PettyCashWorkflow\n",
    ],
)
def test_what_getattr_finds_in_the_module_counts_as_the_class(code: str) -> None:
    assert planted("NTR506", files={"templates/flow.py": moved(), W: code}) == []


def test_a_star_that_does_not_bring_the_class_is_looked_through() -> None:
    files = {"templates/flow.py": moved("class _PettyCashWorkflow"), W: "from .flow import *\n"}
    [found] = planted("NTR506", files=files)
    assert "no class `PettyCashWorkflow`" in found.message


def test_a_slug_that_the_harness_does_not_read_back_is_mentioned() -> None:
    edits: tuple[Edit, ...] = (
        (M, "slug: petty-cash\n", "slug: petty-2\n"),
        (W, "class PettyCashWorkflow", "class Petty2Workflow"),
    )
    [found] = planted("NTR506", *edits)
    assert (found.severity, found.place.line) == ("info", 3)
    assert "takes `Petty2Workflow` for the slug `petty2`" in found.message


@pytest.mark.parametrize("text", ["Petty_Cash", "", "[a]", "12"])
def test_no_class_is_looked_for_when_the_slug_is_none(text: str) -> None:
    assert slug(text, "NTR506") == []


def test_a_module_that_cannot_be_parsed_is_reported_by_that_alone() -> None:
    found = planted("ALL", files={W: "class PettyCashWorkflow(:\n"})
    assert said(found) == ["workflow.py:1 NTR901"]


def moved(head: str = "class PettyCashWorkflow") -> str:
    from tests.lint_rules.petty_cash import sound

    return sound()[W].decode().replace("class PettyCashWorkflow", head)
