"""One twin for all tests: its process takes longer to start than a test does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ntro_testkit.twin.twin import Twin


@pytest.fixture(scope="package")
def twin() -> Iterator[Twin]:
    with Twin() as one:
        yield one
