"""What several tests of `replay check --against` begin with, and which tests need temporalio."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.command_line import Done, command
from tests.replay.flights import Check

HERE = Path(__file__).parent

WITHOUT_TEMPORALIO = {"test_revision.py", "test_fetch_files.py"}


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return what checks a bundle against a revision, in this process."""

    def run(bundle: Path, *arguments: str | Path, revision: str = "v1") -> Done:
        return command(capsys, "replay", "check", bundle, "--against", revision, *arguments)

    return run


class ReplayingModule(pytest.Module):
    """A module whose imports need temporalio, where that is not installed."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Skip it, with the reason."""
        pytest.skip("replaying needs temporalio", allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Leave out what replays where temporalio is not installed."""
    if importlib.util.find_spec("temporalio") is not None:
        return None
    if module_path.parent != HERE or module_path.name in WITHOUT_TEMPORALIO:
        return None
    return ReplayingModule.from_parent(parent, path=module_path)
