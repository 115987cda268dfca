"""What is installed, for tests that must not depend on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.requirements import bundle_requirements
from lint_rules.requirements.installed import Installed


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory that stands for the one packages are installed into; it is empty."""
    found = Installed([str(tmp_path)])
    monkeypatch.setattr(bundle_requirements, "installed", lambda: found)
    return tmp_path
