"""The sample bundles, for checks that must have nothing to say about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_fixtures import BUNDLES, skip_without_temporalio


@pytest.fixture(params=BUNDLES, ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest) -> Path:
    bundle: Path = request.param
    skip_without_temporalio(bundle)
    return bundle
