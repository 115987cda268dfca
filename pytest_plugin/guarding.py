"""Stops the session in one line when a user's `lint_rules` folder and the kit's collide.

Asked whenever user code may have been imported; `ntro_testkit.shadowing` does the looking.
"""

from __future__ import annotations

import pytest

from ntro_testkit.shadowing import Guard

from .stopping import stop_session

WAY_OUT = "keep it off sys.path: `pytest --import-mode=importlib` (not `python -m pytest`)"

GUARD = pytest.StashKey[Guard]()


def stand_guard(config: pytest.Config) -> None:
    """Begin to watch what is imported as `lint_rules`."""
    if GUARD not in config.stash:
        config.stash[GUARD] = Guard(WAY_OUT)
        config.stash[GUARD].install()


def leave(config: pytest.Config) -> None:
    """Watch no more."""
    if GUARD in config.stash:
        config.stash[GUARD].remove()


def refuse_collision(config: pytest.Config) -> None:
    """Stop the session when the kit is used and its `lint_rules` is not the only one."""
    problem = config.stash[GUARD].problem() if GUARD in config.stash else None
    if problem is not None:
        stop_session(config, problem)


def refuse_collision_for(items: list[pytest.Item], config: pytest.Config) -> None:
    """Stop it too before tests run that will need the kit and have not imported it yet."""
    if GUARD in config.stash and any(map(_needs_kit, items)):
        config.stash[GUARD].check()
    refuse_collision(config)


def _needs_kit(item: pytest.Item) -> bool:
    return "workflow_harness" in getattr(item, "fixturenames", ()) or (
        item.get_closest_marker("runbook") is not None
    )
