"""Surroundings are changed one factor at a time, and put back."""

from __future__ import annotations

import locale
import os
import platform
import random
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit.twin.clock import Clock
from ntro_testkit.twin.surroundings import Surroundings, variables_named_in
from ntro_testkit.twin.worlds import EAST, FACTORS, WEST, WORLDS, Factor, World
from tests.checks.planted import branch

LOOKS: dict[Factor, Callable[[], Any]] = {
    "clock": lambda: round(time.time(), -4),
    "time zone": lambda: (time.timezone, time.tzname),
    "environment": lambda: (dict(os.environ), Path.home()),
    "random numbers": random.random,
    "working directory": os.getcwd,
    "machine": lambda: (socket.gethostname(), platform.node(), os.cpu_count()),
}


def look() -> dict[str, Any]:
    random.seed(5)
    return {factor: LOOKS[factor]() for factor in LOOKS if factor != "random numbers"}


@pytest.mark.parametrize("world", WORLDS, ids=["east", "west"])
@pytest.mark.parametrize("factor", LOOKS)
def test_a_factor_changes_what_it_says_and_is_put_back(factor: Factor, world: World) -> None:
    state = random.getstate()
    before = LOOKS[factor]() if factor != "random numbers" else None
    with Surroundings(world, (factor,), ("FUND_MODE",), Clock()):
        during = LOOKS[factor]()
    assert during != before
    assert factor == "random numbers" or LOOKS[factor]() == before
    if factor == "random numbers":
        assert random.getstate() == state


@pytest.mark.parametrize("world", WORLDS, ids=["east", "west"])
def test_a_factor_alone_leaves_the_others_as_they_are(world: World) -> None:
    before = look()
    with Surroundings(world, ("machine",), (), Clock()):
        during = look()
    assert during.pop("machine") != before.pop("machine")
    assert during == before


@pytest.mark.parametrize("world", WORLDS, ids=["east", "west"])
def test_everything_is_put_back_after_an_error(world: World) -> None:
    before, language = look(), locale.setlocale(locale.LC_ALL)
    with pytest.raises(ZeroDivisionError), Surroundings(world, FACTORS, ("X_Y",), Clock()):
        raise ZeroDivisionError
    assert look() == before
    assert locale.setlocale(locale.LC_ALL) == language


def test_a_language_that_is_not_installed_is_passed_over() -> None:
    with Surroundings(EAST, ("locale",), (), Clock()):
        assert locale.setlocale(locale.LC_ALL) in EAST.languages
        assert os.environ["LC_ALL"] in EAST.languages


def test_variables_that_the_code_names_are_set_changed_or_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FUND_MODE", "1")
    monkeypatch.delenv("FUND_LIMIT", raising=False)
    seen = {}
    for world in WORLDS:
        with Surroundings(world, ("environment",), ("FUND_MODE", "FUND_LIMIT"), Clock()):
            seen[world] = os.environ.get("FUND_MODE"), os.environ.get("FUND_LIMIT")
    assert seen == {EAST: ("2", "1"), WEST: (None, "true")}


def test_one_world_keeps_what_else_is_set_and_the_other_keeps_only_what_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOMEBODYS_OWN", "x")
    kept = {}
    for world in WORLDS:
        with Surroundings(world, ("environment",), (), Clock()):
            kept[world] = os.environ.get("SOMEBODYS_OWN"), "PATH" in os.environ
    assert kept == {EAST: ("x", True), WEST: (None, True)}


def test_names_of_variables_are_read_in_the_sources_of_all_bundles(tmp_path: Path) -> None:
    first = branch("os.getenv('FUND_MODE', 'Plain') and os.environ['PYTHONPATH']", "import os")
    second = branch("os.environ.get('LIMIT')", "import os")
    directories = [str(first.write(tmp_path, "first")), str(second.write(tmp_path, "second"))]
    assert variables_named_in(directories) == {"FUND_MODE", "LIMIT"}
