"""NTR513 text-encoding and NTR514 not-uploaded: what deploy reads, and what it leaves behind."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, said

M = "runbook.md"
A = "templates/activities.py"
W = "templates/workflow.py"
HEAD = "from decimal import Decimal, InvalidOperation\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("templates/logo.png", PNG, "is binary"),
        ("templates/.DS_Store", b"\x00\x00\x00\x01Bud1\xff", "is binary"),
        ("templates/prompts/ask.txt", "café".encode("latin-1"), "is no UTF-8"),
        ("subledgers/cash.csv", "£5".encode("latin-1"), "is no UTF-8"),
        ("migrations/001_x.sql", "-- café".encode("utf-16"), "is binary"),
        ("templates/old.py", "# coding: latin-1\nNAME = 'é'\n".encode("latin-1"), "is no UTF-8"),
    ],
)
def test_a_file_that_deploy_cannot_decode_is_reported(path: str, data: bytes, words: str) -> None:
    [found] = planted("NTR513", files={path: data})
    assert (found.severity, found.place.line) == ("error", 1)
    assert found.place.path.endswith(path)
    assert f"`{path}` {words}" in found.message


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("assets/logo.png", PNG),
        ("logo.png", PNG),
        ("tests/data/slip.pdf", b"%PDF\xff"),
        ("templates/__pycache__/x.cpython-311.pyc", b"\xff\x00"),
        ("templates/names.txt", "café £5 \U0001f4b7".encode()),
        ("templates/names.txt", b"\xef\xbb\xbfname"),
        ("templates/empty.txt", b""),
    ],
)
def test_text_and_what_is_not_uploaded_is_fine(path: str, data: bytes) -> None:
    assert planted("NTR513", files={path: data}) == []


def test_python_that_python_cannot_decode_is_reported_by_that_alone() -> None:
    found = planted("ALL", (M, "state:", "state:"), files={"templates/bad.py": b"N = '\xe9'\n"})
    assert {finding.code for finding in found} - {"NTR512"} == {"NTR901"}


def test_a_mark_before_the_frontmatter_is_reported_and_nothing_else() -> None:
    found = planted("NTR5", (M, "---\nid:", "\ufeff---\nid:"))
    assert said(found) == ["runbook.md:1 NTR513"]
    assert "byte order mark" in found[0].message
    assert found[0].fix is not None
    assert found[0].fix.applicability == "safe"


def test_a_mark_in_a_python_module_hurts_nobody() -> None:
    assert planted("NTR513", files={"templates/x.py": b"\xef\xbb\xbfX = 1\n"}) == []


def reading(path: str, *edits: Edit, imports: str = "from pathlib import Path\n") -> list[Finding]:
    """Lint the bundle with a constant in its activities; there is data beside the templates."""
    edit = (A, HEAD, f"{HEAD}{imports}\nDATA = {path}\n")
    files = {"data/rates.csv": "a\n", "templates/rates.csv": "a\n", "rates.json": "{}"}
    return planted("NTR514", edit, *edits, files=files)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ('Path(__file__).parent.parent / "data" / "rates.csv"', "data/rates.csv"),
        ('Path(__file__).parents[1] / "data/rates.csv"', "data/rates.csv"),
        ('Path(__file__).resolve().parents[1].joinpath("data", "rates.csv")', "data/rates.csv"),
        ('Path(__file__).parent / ".." / "rates.json"', "rates.json"),
        ('Path(__file__).parents[1] / "runbook.md"', "runbook.md"),
        ('Path("data/rates.csv")', "data/rates.csv"),
        ('open("data/rates.csv")', "data/rates.csv"),
        ('open("runbook.md", encoding="utf-8")', "runbook.md"),
    ],
)
def test_a_file_beside_the_templates_is_not_on_the_worker(path: str, file: str) -> None:
    [found] = reading(path)
    assert (found.severity, found.place.line) == ("error", 8)
    assert f"`{file}` is not on the worker" in found.message


def test_paths_are_followed_through_names_and_os_path() -> None:
    imports = "import os\n\nROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\n"
    found = reading('os.path.join(ROOT, "data", "rates.csv")', imports=imports)
    assert said(found) == ["activities.py:10 NTR514"]


def test_a_file_outside_of_the_bundle_is_not_on_the_worker_either() -> None:
    edit = (A, HEAD, f'{HEAD}from pathlib import Path\nX = Path(__file__).parents[2] / "r.csv"\n')
    found = planted("NTR514", edit, beside={"r.csv": "a\n"})
    assert said(found) == ["activities.py:7 NTR514"]


@pytest.mark.parametrize(
    "path",
    [
        'Path(__file__).parent / "rates.csv"',
        'Path(__file__).parents[1] / "templates" / "rates.csv"',
        'Path(__file__).parents[1] / "data"',
        'Path(__file__).parents[1] / "nothing.csv"',
        'Path("/etc") / "rates.json"',
        'Path(name()) / "data" / "rates.csv"',
        'Path(__file__).parents[number()] / "data" / "rates.csv"',
        "Path(*parts())",
        '"data/rates.csv"',
        'Path("nothing.csv")',
        'Path(__file__).parents[99] / "rates.json"',
    ],
)
def test_what_is_uploaded_not_there_or_not_written_out_is_not_reported(path: str) -> None:
    assert reading(path) == []


def test_what_workflow_code_opens_is_left_to_the_rule_for_files() -> None:
    old = "    words = [str("
    new = '    open("runbook.md")\n    words = [str('
    found = planted("ALL", (W, old, new))
    assert "NTR514" not in {finding.code for finding in found}
    assert "NTR106" in {finding.code for finding in found}


def importing(line: str, requirements: str | None = None, **around: str) -> list[Finding]:
    files = {"templates/requirements.txt": requirements} if requirements else {}
    files |= {f"{name}.py": text for name, text in around.items()}
    beside = {"../pyproject.toml": "", "../shared/__init__.py": "", "../shared/money.py": ""}
    moved = {name.removeprefix("../"): text for name, text in beside.items()}
    return planted("NTR514", (A, HEAD, f"{line}\n{HEAD}"), files=files, beside=moved)


def test_a_module_beside_the_templates_is_an_error() -> None:
    [found] = importing("import helpers", helpers="X = 1\n")
    assert (found.severity, found.place.line) == ("error", 5)
    assert "`helpers` is `helpers.py` in the bundle" in found.message


@pytest.mark.parametrize("line", ["from shared.money import x", "import shared", "import shared.a"])
def test_a_package_of_the_repository_is_a_warning(line: str) -> None:
    [found] = importing(line)
    assert (found.severity, found.place.line) == ("warning", 5)
    assert "in the repository around, which deploy does not upload" in found.message


@pytest.mark.parametrize(
    "requirements", ["shared==1.0\n", "acme-shared==1.0\n", "shared @ https://x.example/s.whl\n"]
)
def test_a_package_that_requirements_may_bring_is_not_reported(requirements: str) -> None:
    assert importing("import shared", requirements) == []


@pytest.mark.parametrize(
    "line",
    [
        "import json, yaml, ntro",
        "from .models import Slip as S",
        "try:\n    import shared\nexcept ImportError:\n    shared = None",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shared",
    ],
)
def test_modules_of_others_and_imports_that_depend_are_not_reported(line: str) -> None:
    assert importing(line) == []
