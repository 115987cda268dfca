"""One twin for a session: another process that runs the collected bundles elsewhere.

Started when everything is collected, so that it works while the first tests run.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .options import wants_twin

if TYPE_CHECKING:
    from ntro_testkit.examination import AskedTwin
    from ntro_testkit.twin.order import TwinOrder
    from ntro_testkit.twin.twin import Twin

    from .collection import ScenarioItem

TWIN = pytest.StashKey[tuple["Twin", dict[Path, "TwinOrder"]]]()
"""On the config: the twin, and what it is asked of each bundle."""


def begin_twin(session: pytest.Session) -> None:
    """Start a twin for the bundles whose scenarios were collected, if one is wanted."""
    config = session.config
    if not wants_twin(config) or config.option.collectonly:
        return
    from .collection import ScenarioItem

    items = [item for item in session.items if isinstance(item, ScenarioItem)]
    if not items:
        return
    from ntro_testkit.twin.twin import start_twin

    orders = _orders(items)
    # A worker of xdist runs only some of the tests, so it asks when it comes to one.
    twin = start_twin(*(() if hasattr(config, "workerinput") else orders.values()))
    config.stash[TWIN] = (twin, orders)


def end_twin(config: pytest.Config) -> None:
    """End its process."""
    if TWIN in config.stash:
        config.stash[TWIN][0].close()
        del config.stash[TWIN]


def twin_of(item: ScenarioItem) -> AskedTwin | None:
    """Return the twin and its order for an item's bundle; None where there is no twin."""
    at_work = item.config.stash.get(TWIN, None)
    if at_work is None:
        return None
    from ntro_testkit.examination import AskedTwin

    twin, orders = at_work
    return AskedTwin(twin, orders[_directory(item)])


def _orders(items: Iterable[ScenarioItem]) -> dict[Path, TwinOrder]:
    from ntro_testkit.twin.order import order_for

    from .runbooks import runbooks_of

    orders: dict[Path, TwinOrder] = {}
    for item in items:
        directory = _directory(item)
        if directory not in orders:
            names = [scenario.name for scenario in item.examined]
            orders[directory] = order_for(
                directory, names, runbooks_of(item.config).siblings(directory)
            )
    return orders


def _directory(item: ScenarioItem) -> Path:
    return item.path.parent.resolve()
