"""What nothing imports and nothing needs is not asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint_rules.requirements.site import install
from tests.lint_rules.rules.requirements.asking import SOUND, asked, fixed, importing


@pytest.mark.parametrize("line", ["requests==2.32.5", "PyJWT==2.10", "beautifulsoup4==4.13"])
def test_a_requirement_that_nothing_imports_is_advice(line: str) -> None:
    text = f"{SOUND}{line}\n"
    [found] = asked("NTR6", text)
    assert (found.code, found.severity, found.place.line) == ("NTR610", "info", 3)
    assert found.fix is not None
    assert found.fix.applicability == "unsafe"
    assert fixed(text, found) == SOUND


@pytest.mark.parametrize(
    "line",
    [
        "import requests",
        "from requests import get",
        "def f():\n    import requests.adapters",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import requests",
        "try:\n    import requests\nexcept ImportError:\n    pass",
        "import importlib\nrequests = importlib.import_module('requests')",
        "import importlib\nfound = importlib.import_module(__name__ + 'x')",
        "from importlib import import_module as load\nfound = load('requests.api')",
    ],
)
def test_any_import_is_a_use(line: str) -> None:
    assert importing("NTR610", line, f"{SOUND}requests==2.32.5\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "httpx==0.28.1",
        "temporalio==1.35.0",
        "certifi==2026.1.1",
        "psycopg2-binary==2.9",
        "tzdata==2026.6",
        "strange-thing==1",
        "requests @ https://x.example/r.whl",
    ],
)
def test_what_others_need_or_nobody_knows_is_fine(line: str) -> None:
    assert asked("NTR610", f"{SOUND}{line}\n") == []


def test_next_to_a_stranger_nothing_is_called_unused() -> None:
    assert asked("NTR610", f"{SOUND}requests==2.32.5\nstrange-thing==1\n") == []


def test_what_is_found_by_its_entry_points_works_unseen(site: Path) -> None:
    install(site, "dialect", modules=["dialect/"], entry_points="[sqlalchemy.dialects]\nx = y\n")
    install(site, "plain", modules=["plain/"])
    found = asked("NTR610", f"{SOUND}dialect==1.0\nplain==1.0\n")
    assert [f.place.line for f in found] == [4]


def test_a_module_that_cannot_be_read_may_import_anything() -> None:
    files = {"templates/other.py": "import (\n"}
    assert asked("NTR610", f"{SOUND}requests==2.32.5\n", files=files) == []
