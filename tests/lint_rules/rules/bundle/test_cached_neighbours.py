"""Findings that depend on other files are found anew when those change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from tests.lint_rules.petty_cash import PETTY_CASH
from tests.lint_rules.rules.bundle.declared import LIMIT, MANIFEST, MODELS

PARENT = "closing/templates/workflow.py"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    root = tmp_path / "runbooks/petty-cash"
    shutil.copytree(PETTY_CASH, root, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    return root


def codes(bundle: Path, code: str) -> list[str]:
    chosen = Settings(bundle.parent, select=(code,))
    report = lint([bundle], chosen, jobs=1, cache=bundle.parent.parent / "cache")
    return [finding.code for finding in report.findings]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_a_bundle_becomes_a_child_when_another_one_names_it(bundle: Path) -> None:
    replace(
        bundle / MODELS, "    period: str\n    limit", "    period: str\n    centre: str\n    limit"
    )
    assert codes(bundle, "NTR530") == ["NTR530"]
    parent = bundle.parent / PARENT
    parent.parent.mkdir(parents=True)
    (bundle.parent / "closing/runbook.md").write_text("---\nslug: closing\n---\n", "utf-8")
    parent.write_text("CHILD = 'petty-cash-old'\n", "utf-8")
    assert codes(bundle, "NTR530") == ["NTR530"]
    parent.write_text("CHILD = 'petty-cash'\n", "utf-8")
    assert codes(bundle, "NTR530") == []


def test_an_entry_is_read_once_a_new_module_names_it(bundle: Path) -> None:
    more = "    currency: {type: string}\n"
    replace(bundle / MANIFEST, LIMIT, LIMIT + more)
    assert codes(bundle, "NTR531") == ["NTR531"]
    (bundle / "templates/money.py").write_text("KEY = 'currency'\n", "utf-8")
    assert codes(bundle, "NTR531") == []
