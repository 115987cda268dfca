"""Every way a bundle can fail to load ends in one line that says where and what."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ntro_testkit import load_runbook
from ntro_testkit.loading import BundleError
from tests.bundles import HEADER, line_of
from tests.conftest import BundleFactory

RUNBOOK = "from ntro.workflow import NtroWorkflow, runbook\n"


def workflow(name: str) -> str:
    return (
        f"\n\n@runbook.defn\nclass {name}(NtroWorkflow):\n"
        "    @runbook.run\n    async def run(self) -> None: ...\n"
    )


def failure(directory: Path, **options: object) -> str:
    """Load a bundle, and return the one line its error says."""
    with pytest.raises(BundleError) as caught:
        load_runbook(directory, **options)  # type: ignore[arg-type]
    text = str(caught.value)
    assert "\n" not in text
    assert text == text.strip()
    assert "importlib" not in text
    assert "<frozen" not in text
    return text


def test_a_directory_that_does_not_exist_is_named(tmp_path: Path) -> None:
    text = failure(tmp_path / "nav-monthly")
    assert str(tmp_path / "nav-monthly") in text
    assert "no such directory" in text


def test_a_file_given_for_a_directory_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nav-monthly"
    file.write_text("", encoding="utf-8")
    assert str(file) in failure(file)


def test_a_bundle_without_a_workflow_module_says_which_file_is_missing(
    bundle: BundleFactory,
) -> None:
    directory = bundle(files={"templates/workflow.py": None})
    text = failure(directory)
    assert str(directory) in text
    assert "templates/workflow.py" in text


def test_a_workflow_module_without_a_workflow_class_says_what_it_lacks(
    bundle: BundleFactory,
) -> None:
    directory = bundle(files={"templates/workflow.py": "class DemoWorkflow: ...\n"})
    text = failure(directory)
    assert "templates/workflow.py" in text
    assert "@runbook.defn" in text


def test_an_imported_workflow_class_of_another_package_does_not_count(
    bundle: BundleFactory,
) -> None:
    source = RUNBOOK + "DemoWorkflow = NtroWorkflow\n"
    assert "@runbook.defn" in failure(bundle(files={"templates/workflow.py": source}))


def test_several_workflow_classes_are_listed_with_their_lines(bundle: BundleFactory) -> None:
    source = RUNBOOK + workflow("OneWorkflow") + workflow("TwoWorkflow")
    directory = bundle(files={"templates/workflow.py": source})
    text = failure(directory)
    assert "OneWorkflow" in text
    assert "TwoWorkflow" in text
    assert "DemoWorkflow" in text, "the name the platform looks for"
    assert re.search(r"line \d+", text)


def test_a_class_that_does_not_match_the_slug_names_both_and_its_line(
    bundle: BundleFactory,
) -> None:
    source = RUNBOOK + workflow("OtherWorkflow")
    directory = bundle(files={"templates/workflow.py": source})
    text = failure(directory)
    assert re.search(r"workflow\.py:[45]\b", text)
    assert "OtherWorkflow" in text
    assert "DemoWorkflow" in text
    assert "demo" in text


def test_a_workflow_class_that_was_asked_for_but_is_not_there_is_named(
    bundle: BundleFactory,
) -> None:
    text = failure(bundle(), workflow_class="Nowhere")
    assert "Nowhere" in text
    assert "DemoWorkflow" in text


@pytest.mark.parametrize("module", ["workflow", "activities", "models", "__init__"])
def test_a_syntax_error_names_its_own_file_and_line(bundle: BundleFactory, module: str) -> None:
    file = f"templates/{module}.py"
    source = (RUNBOOK + "from . import models\n" if module == "workflow" else "") + "x = 1\ndef :\n"
    directory = bundle(files={file: source})
    text = failure(directory)
    line = line_of(directory, "def :", file)
    assert f"{directory / file}:{line}" in text
    assert "syntax" in text.lower()


@pytest.mark.parametrize(
    "content",
    [b"x = '\xff'\n", b"x = 1\x00\n", b"# coding: no-such-codec\n", b"\xef\xbb\xbfdef :\n"],
    ids=["no utf-8", "null byte", "unknown codec", "byte order mark"],
)
def test_a_module_that_cannot_be_read_names_its_file(bundle: BundleFactory, content: bytes) -> None:
    directory = bundle()
    (directory / "templates/models.py").write_bytes(content)
    assert "models.py" in failure(directory)


IMPORT_FAULTS = {
    "raise": ("raise ValueError('no ledger')  # here", ["ValueError", "no ledger"]),
    "in a function": (
        "def build():\n    raise KeyError('fund')  # here\nbuild()",
        ["KeyError", "fund"],
    ),
    "in the standard library": ("import json\njson.loads('{')  # here", ["JSONDecodeError"]),
    "a name that is not there": ("from datetime import datetme  # here", ["datetme"]),
    "a sibling's name that is not there": ("from . import nothing_here  # here", ["nothing_here"]),
    "of several lines": ("raise RuntimeError('first\\nsecond')  # here", ["first"]),
    "without words": ("raise RuntimeError  # here", ["RuntimeError"]),
    "an assertion": ("assert 1 > 2  # here", ["AssertionError"]),
    "endless recursion": ("def f(): return f()  # here\nf()", ["RecursionError"]),
    "an undefined name": ("undefined_name  # here", ["undefined_name"]),
}


@pytest.mark.parametrize("source, said", IMPORT_FAULTS.values(), ids=IMPORT_FAULTS)
def test_an_exception_at_import_names_the_bundles_own_line(
    bundle: BundleFactory, source: str, said: list[str]
) -> None:
    directory = bundle(models=source)
    text = failure(directory)
    line = line_of(directory, "# here", "templates/models.py")
    assert f"{directory / 'templates/models.py'}:{line}" in text
    for word in said:
        assert word in text


@pytest.mark.parametrize(
    "source", ["sys.exit(3)", "sys.exit()", "raise SystemExit('bye')", "exit(1)", "quit()"]
)
def test_an_exit_at_import_is_an_error_of_the_bundle(bundle: BundleFactory, source: str) -> None:
    directory = bundle(models=f"import sys\n{source}  # here\n")
    text = failure(directory)
    line = line_of(directory, "# here", "templates/models.py")
    assert f"{directory / 'templates/models.py'}:{line}" in text
    assert "exit" in text


def test_a_missing_package_names_the_requirement_that_should_have_brought_it(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        models="import frobnicate.core  # here\n",
        files={"templates/requirements.txt": "ntro==0.1.2\nFrobnicate[all]==2.1  # for ledgers\n"},
    )
    text = failure(directory)
    line = line_of(directory, "# here", "templates/models.py")
    assert f"{directory / 'templates/models.py'}:{line}" in text
    assert "frobnicate" in text
    assert "requirements.txt:2" in text
    assert "Frobnicate[all]==2.1" in text


def test_a_missing_package_that_no_requirement_brings_says_so(bundle: BundleFactory) -> None:
    directory = bundle(
        models="import frobnicate\n", files={"templates/requirements.txt": "ntro==0.1.2\n"}
    )
    text = failure(directory)
    assert "frobnicate" in text
    assert "requirements.txt" in text


def test_a_missing_package_in_a_bundle_without_requirements_is_named(
    bundle: BundleFactory,
) -> None:
    assert "frobnicate" in failure(bundle(activities="import frobnicate\n"))


def test_a_missing_package_whose_import_name_differs_finds_its_requirement(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        models="import docx\n", files={"templates/requirements.txt": "python-docx==1.1.2\n"}
    )
    assert "python-docx==1.1.2" in failure(directory)


def test_a_missing_module_of_the_bundle_is_no_missing_package(bundle: BundleFactory) -> None:
    text = failure(bundle(models="from .ledgers import Ledger  # here\n"))
    assert "templates/ledgers.py" in text
    assert "requirement" not in text


def test_a_missing_submodule_of_an_installed_package_is_no_missing_package(
    bundle: BundleFactory,
) -> None:
    text = failure(bundle(models="import json.nothing\n"))
    assert "json.nothing" in text
    assert "not installed" not in text


def test_a_package_only_the_standard_library_has_no_more_is_named(bundle: BundleFactory) -> None:
    text = failure(bundle(models="import ntro.no_such_module\n"))
    assert "ntro.no_such_module" in text


@pytest.mark.parametrize(
    "body",
    [
        "    async def work(self) -> None: ...\n",
        "    @runbook.run\n    def run(self) -> None: ...\n",
    ],
    ids=["no run method", "run is not async"],
)
def test_a_class_temporal_would_refuse_is_an_error_of_the_bundle(
    bundle: BundleFactory, body: str
) -> None:
    source = HEADER + "\n\n@runbook.defn\nclass DemoWorkflow(NtroWorkflow):\n" + body
    text = failure(bundle(files={"templates/workflow.py": source}))
    assert "workflow.py:" in text
    assert "run" in text


def test_an_annotation_that_cannot_be_resolved_names_the_name(bundle: BundleFactory) -> None:
    directory = bundle(takes="ctx: 'Missing'")
    assert "Missing" in failure(directory)


@pytest.mark.parametrize("models", ["def :", "import frobnicate", "raise ValueError(1)"])
def test_a_bundle_that_failed_to_load_leaves_no_modules_behind(
    bundle: BundleFactory, models: str
) -> None:
    before = set(sys.modules)
    failure(bundle(models=models))
    left = {name for name in set(sys.modules) - before if "bundle" in name or "demo" in name}
    assert not left


def test_an_interrupt_at_import_is_not_swallowed(bundle: BundleFactory) -> None:
    with pytest.raises(KeyboardInterrupt):
        load_runbook(bundle(models="raise KeyboardInterrupt\n"))
