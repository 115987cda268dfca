"""The shipped tables say what the SDK has: the installed one is asked, in a process of its own."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lint_rules.sdk import known_versions, surface
from lint_rules.sdk.generate import render
from lint_rules.sdk.versions import DIRECTORY, NEWEST, first_with

LISTING = """
import importlib, json, pkgutil, sys
import ntro
found = {}
below = pkgutil.walk_packages(ntro.__path__, "ntro.", lambda name: None)
for name in ["ntro", *(module.name for module in below)]:
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    found[name] = sorted({*vars(module), *getattr(module, "_LAZY_EXPORTS", ())})
from ntro.workflow import NtroWorkflow, activity, runbook
classes = [dir(NtroWorkflow()), dir(runbook), dir(activity)]
json.dump([found, classes], sys.stdout)
"""


def package() -> Path:
    spec = importlib.util.find_spec("ntro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


@pytest.fixture(scope="module")
def listed() -> tuple[dict[str, list[str]], list[list[str]]]:
    environment = {**os.environ, "TEMPORAL_HOST": "nowhere:7233"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LISTING],
        env=environment,
        capture_output=True,
        check=True,
    )
    modules, classes = json.loads(done.stdout)
    return modules, classes


def test_the_table_of_the_installed_version_is_a_fresh_reading() -> None:
    version = importlib.metadata.version("ntro")
    assert version in known_versions()
    assert (DIRECTORY / f"{version}.json").read_text("utf-8") == render(package())


def test_every_version_has_a_table_and_every_table_a_version() -> None:
    assert sorted(path.stem for path in DIRECTORY.iterdir()) == sorted(known_versions())
    assert known_versions()[-1] == NEWEST
    assert all(surface(version).has_module("ntro") for version in known_versions())


def test_an_unknown_version_has_no_table() -> None:
    with pytest.raises(KeyError):
        surface("9.9.9")


def test_what_the_modules_of_the_sdk_have_is_in_the_table(
    listed: tuple[dict[str, list[str]], list[list[str]]],
) -> None:
    known = surface(importlib.metadata.version("ntro"))
    modules, _ = listed
    assert len(modules) > 80
    lacking = [
        f"{module}.{name}"
        for module, names in modules.items()
        for name in names
        if not is_dunder(name) and not known.has(f"{module}.{name}")
    ]
    assert lacking == []


def test_what_the_table_has_is_in_the_modules_of_the_sdk(
    listed: tuple[dict[str, list[str]], list[list[str]]],
) -> None:
    known = surface(importlib.metadata.version("ntro"))
    modules, _ = listed
    invented = [
        f"{module}.{name}"
        for module, names in modules.items()
        for name in known.names(module)
        if name not in names and not known.has_module(f"{module}.{name}")
    ]
    assert invented == []


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        (0, "ntro.workflow.NtroWorkflow"),
        (1, "ntro.workflow.runbook"),
        (2, "ntro.workflow.activity"),
    ],
)
def test_objects_of_the_sdk_have_the_members_of_the_table(
    listed: tuple[dict[str, list[str]], list[list[str]]], place: int, owner: str
) -> None:
    known = surface(importlib.metadata.version("ntro"))
    real = {name for name in listed[1][place] if not is_dunder(name)}
    assert {name for name in real if not known.has(f"{owner}.{name}")} == set()
    assert set(known.members(owner)) <= real


def test_the_facade_came_with_the_newest_version() -> None:
    assert first_with("ntro.workflow.runbook.step", "0.1.1") == "0.1.2"
    assert first_with("ntro.workflow.ui_step", "0.1.0") == "0.1.1"
    assert first_with("ntro.workflow.history", "0.1.0") is None
    assert first_with("ntro.workflow.runbook", "9.9.9") is None
