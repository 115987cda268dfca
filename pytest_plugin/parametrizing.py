"""Turns a `scenarios` marker into parameters of the `scenario` fixture."""

from __future__ import annotations

import pytest

from ntro_testkit.import_errors import BundleError

from .markers import MarkerError, marked_scenarios


def parametrize_scenarios(metafunc: pytest.Metafunc) -> None:
    """Parametrize a test over the scenarios its marker names; their names are the ids.

    Through a `parametrize` marker, because that is what outranks a fixture's own parameters.
    """
    try:
        scenarios = marked_scenarios(metafunc.definition)
    except (MarkerError, BundleError) as error:
        # The one exception whose message alone pytest prints for what it collects.
        raise pytest.Collector.CollectError(f"{metafunc.definition.nodeid}: {error}") from error
    if scenarios is not None:
        ids = [scenario.name for scenario in scenarios]
        metafunc.definition.add_marker(
            pytest.mark.parametrize("scenario", scenarios, ids=ids, indirect=True)
        )
