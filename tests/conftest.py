"""What every test file may use: a factory of bundles, and pytester for the plugin's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ntro_testkit  # noqa: F401 - before anything of `ntro.workflow`
from ntro_testkit.loading import PACKAGE_PREFIX
from tests.bundles import write_bundle

pytest_plugins = ["pytester"]

BundleFactory = Callable[..., Path]


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[BundleFactory]:
    """Write a bundle into the test's own folder and return its directory."""

    def write(slug: str = "demo", **parts: Any) -> Path:
        return write_bundle(tmp_path, slug, **parts)

    yield write
    _forget_bundles()


def _forget_bundles() -> None:
    """Drop the modules of the bundles a test loaded; thousands of tests load thousands."""
    import sys

    for name in [name for name in sys.modules if name.startswith(PACKAGE_PREFIX)]:
        del sys.modules[name]
