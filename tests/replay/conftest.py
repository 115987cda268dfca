"""What several tests of `replay check --against` begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Done, command
from tests.replay.flights import Check


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return what checks a bundle against a revision, in this process."""

    def run(bundle: Path, *arguments: str | Path, revision: str = "v1") -> Done:
        return command(capsys, "replay", "check", bundle, "--against", revision, *arguments)

    return run
