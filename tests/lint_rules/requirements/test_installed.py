"""What is installed is read from the metadata, whatever state they are in."""

from __future__ import annotations

import importlib.metadata
import os
import sys
from pathlib import Path

import pytest

from lint_rules.requirements.installed import Installed, Wanted, installed
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.site_directories import directories, state
from tests.lint_rules.requirements.site import install


def test_a_distribution_tells_its_name_version_and_needs(tmp_path: Path) -> None:
    needs = [
        "httpx[http2]>=0.27",
        "asyncpg>=0.29; extra == 'work-flow'",
        "tomli; python_version < '3.11' and extra == 'x'",
    ]
    install(tmp_path, "Ledger-Rules", "2.4.0", needs=needs, modules=["rules/"])
    found = Installed([str(tmp_path)]).get("ledger-rules")
    assert found is not None
    assert (found.name, found.version) == ("Ledger-Rules", "2.4.0")
    assert found.wants == (
        Wanted("httpx", ("http2",)),
        Wanted("asyncpg", extra="work-flow"),
        Wanted("tomli", extra="x", somewhere=True),
    )


def test_import_names_come_from_top_level_or_else_from_the_record(tmp_path: Path) -> None:
    modules = ["rules/", "one.py", "_fast.cpython-311-x86_64-linux-gnu.so", "not-a-module.txt"]
    install(tmp_path, "recorded", modules=modules)
    install(tmp_path, "listed", modules=["other.py"], top_level="listed\n\n")
    found = Installed([str(tmp_path)])
    recorded, listed = found.get("recorded"), found.get("listed")
    assert recorded is not None
    assert listed is not None
    assert recorded.imports == {"rules", "one", "_fast"}
    assert listed.imports == {"listed"}


def test_the_providers_of_a_name_are_found_by_it(tmp_path: Path) -> None:
    install(tmp_path, "PyYAML", modules=["yaml/"])
    install(tmp_path, "httpx", modules=["httpx/"])
    found = Installed([str(tmp_path)])
    assert found.providers("yaml") == {"pyyaml"}
    assert found.providers("httpx") == {"httpx"}
    assert found.providers("pandas") == frozenset()


def test_plugins_are_told_from_commands(tmp_path: Path) -> None:
    install(tmp_path, "driver", entry_points="[sqlalchemy.dialects]\nx = driver:X\n")
    install(tmp_path, "command", entry_points="[console_scripts]\nx = command:main\n")
    found = Installed([str(tmp_path)])
    driver, command = found.get("driver"), found.get("command")
    assert driver is not None
    assert command is not None
    assert driver.is_plugin
    assert not command.is_plugin


def test_the_first_directory_hides_the_others(tmp_path: Path) -> None:
    install(tmp_path / "one", "ntro", "0.1.2")
    install(tmp_path / "two", "ntro", "0.1.0")
    found = Installed([str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "none")])
    ntro = found.get("ntro")
    assert ntro is not None
    assert ntro.version == "0.1.2"


@pytest.mark.parametrize("broken", [b"\xff\xfe\x00", b"", b'"' * 1000, b"\x00,\r,\n"])
def test_broken_metadata_say_nothing(tmp_path: Path, broken: bytes) -> None:
    directory = install(tmp_path, "broken", modules=["broken.py"])
    for name in ("METADATA", "RECORD", "top_level.txt", "entry_points.txt"):
        (directory / name).write_bytes(broken)
    found = Installed([str(tmp_path)])
    distribution = found.get("broken")
    assert distribution is not None
    assert distribution.wants == ()
    assert not distribution.is_plugin
    assert found.providers("other") == frozenset()


def test_it_agrees_with_the_standard_library_about_ntro() -> None:
    found = installed().get("ntro")
    assert found is not None
    theirs = importlib.metadata.distribution("ntro")
    assert (found.name, found.version) == (theirs.name, theirs.version)
    assert found.extras == set(theirs.metadata.get_all("Provides-Extra") or ())
    assert len(found.wants) == len(theirs.requires or ())
    assert "ntro" in found.imports


def test_installing_something_changes_the_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.setattr(sys, "path", [str(site), str(site), str(tmp_path / "elsewhere")])
    assert directories() == (str(site),)
    before = state()
    install(site, "httpx")
    os.utime(site, ns=(1, 1))
    assert state() != before
    assert [path for path, _ in state()] == [str(site)]


@pytest.mark.parametrize("written", ["Ruamel.YAML", "ruamel_yaml", "RUAMEL--yaml", "ruamel-_.yaml"])
def test_all_spellings_of_a_name_are_one(written: str) -> None:
    assert normalised(written) == "ruamel-yaml"
