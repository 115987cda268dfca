"""The pinned version counts, then the installed one; nothing is imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.caching.cache import CacheDirectory
from lint_rules.caching.known_results import KnownResults
from lint_rules.config.settings import Settings
from lint_rules.files.sources import Sources
from lint_rules.sdk import Surface, chosen
from lint_rules.sdk.chosen import Installed, choose, pinned_version
from lint_rules.sdk.sources import SourceModules
from tests.lint_rules.linted import within


@pytest.mark.parametrize(
    ("requirements", "version"),
    [
        ("ntro==0.1.2\n", "0.1.2"),
        ("pydantic==2\nntro[workflow, gl] == 0.1.1  # for the worker\n", "0.1.1"),
        ("NTRO==0.1.1; python_version > '3'", "0.1.1"),
        ("ntro==0.1.1 \\\n    --hash=sha256:00", "0.1.1"),
        ("ntro==0.1.2\r\nx==1\r\n", "0.1.2"),
        ("ntro>=0.1.1", None),
        ("ntro==0.1.*", None),
        ("ntro-cli==0.1.1", None),
        ("# ntro==0.1.1", None),
        ("ntro==0.1.1\nntro==0.1.2", None),
        ("", None),
    ],
)
def test_a_pin_is_read_as_pip_reads_it(requirements: str, version: str | None) -> None:
    assert pinned_version(requirements) == version


def test_a_pin_with_a_table_counts() -> None:
    found = choose("ntro[workflow]==0.1.1")
    assert (found.version, found.origin) == ("0.1.1", "pinned")


@pytest.mark.parametrize("requirements", [None, "", "ntro==7.0", "ntro"])
def test_else_the_installed_version_counts(requirements: str | None) -> None:
    found = choose(requirements)
    assert (found.version, found.origin) == ("0.1.2", "installed")


def test_without_either_the_newest_is_assumed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "installed", lambda: None)
    assert (choose("").version, choose("").origin) == ("0.1.2", "assumed")
    assert chosen.fingerprint() == "none"


def test_an_installed_version_without_a_table_is_read_from_its_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "ntro"
    (package / "fx").mkdir(parents=True)
    (package / "__init__.py").write_text("from ntro.fx import rate\n")
    (package / "fx" / "__init__.py").write_text("def rate(day, *, pair): ...\n")
    (package / "broken.py").write_text("def\n")
    monkeypatch.setattr(chosen, "installed", lambda: Installed("0.9", package))
    found = choose("")
    assert (found.version, found.origin) == ("0.9", "installed")
    assert found.surface.has("ntro.rate")
    assert found.surface.look_up("ntro.broken.anything") is None
    assert not found.surface.has("ntro.workflow")
    before = chosen.fingerprint()
    (package / "more.py").write_text("")
    assert chosen.fingerprint() != before


def test_modules_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    package = tmp_path / "ntro"
    package.mkdir()
    (package / "__init__.py").write_text("")
    modules = SourceModules(package)
    (package / "__init__.py").write_text("late = 1\n")
    assert Surface("0", modules).has("ntro.late")


def test_results_of_another_sdk_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def basis() -> str:
        directory = CacheDirectory(tmp_path, print)
        return KnownResults(directory, Settings(tmp_path), Sources())._basis

    before = basis()
    monkeypatch.setattr(chosen, "installed", lambda: Installed("0.1.1", tmp_path))
    assert basis() != before


def test_choosing_imports_no_sdk() -> None:
    code = (
        "import sys; from lint_rules.sdk.chosen import choose; choose('');"
        " sys.exit(any(name.partition('.')[0] in ('ntro', 'temporalio') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(alphabet="ntro[]=. \t\n#;0\\", max_size=300))
def test_any_text_has_a_pin_or_none(text: str) -> None:
    pinned_version(text)


@pytest.mark.parametrize("text", ["ntro" + " " * 100_000 + "x", "ntro[" * 50_000, " " * 100_000])
def test_reading_a_pin_takes_no_time(text: str) -> None:
    with within(1):
        assert pinned_version(text) is None
