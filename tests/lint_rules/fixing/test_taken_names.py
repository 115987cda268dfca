"""Which names other modules take from one that is about to be fixed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import Run, run
from lint_rules.fixing.taken_names import TakenNames
from tests.lint_rules.trees import BUNDLE, WORKFLOW, write_tree

CLOCKS = "import time\nfrom datetime import UTC, datetime\n"


def taken(root: Path, importer: str, text: str, *, module: str = "pkg/clocks.py") -> set[str]:
    """Return what a module takes from another, among workflows that are not in a bundle."""
    files = {"pyproject.toml": "", "pkg/__init__.py": "", "pkg/flow.py": WORKFLOW}
    write_tree(root, {**files, module: CLOCKS, importer: text})
    linted = run([root], Settings(root), Run())
    path = str(root / module)
    return set(TakenNames(linted, [path]).of(path))


@pytest.mark.parametrize(
    "importer, text, expected",
    [
        ("pkg/a.py", "from .clocks import time, UTC as utc\n", {"time", "UTC"}),
        ("pkg/a.py", "from pkg.clocks import datetime\n", {"datetime"}),
        ("pkg/a.py", "from pkg.clocks import (\n    datetime,\n)\n", {"datetime"}),
        ("pkg/a.py", "def late():\n    from pkg.clocks import \\\n        UTC\n", {"UTC"}),
        ("pkg/a.py", "from . import clocks\nclocks.datetime.now()\n", {"datetime", "now"}),
        ("pkg/a.py", "from pkg import (\n    clocks as c,\n)\nc.UTC\n", {"UTC"}),
        ("pkg/a.py", "import pkg.clocks\npkg.clocks.time\n", {"clocks", "time"}),
        ("pkg/sub/a.py", "from ..clocks import UTC\n", {"UTC"}),
        ("pkg/sub/a.py", "from .. import clocks\nclocks.UTC\n", {"UTC"}),
        ("tests/a.py", "from pkg.clocks import UTC\n", {"UTC"}),
        ("pkg/a.py", "from other.clocks import UTC\n", set()),
        ("pkg/sub/a.py", "from .clocks import UTC\n", set()),
        ("pkg/a.py", "from .clockss import UTC\n", set()),
        ("pkg/a.py", "# from .clocks import UTC\n", set()),
        ("pkg/a.py", "from .clocks import UTC\ndef :\n", set()),
    ],
)
def test_names_are_taken_by_imports_of_the_module(
    tmp_path: Path, importer: str, text: str, expected: set[str]
) -> None:
    assert taken(tmp_path, importer, text) == expected


def test_a_star_takes_every_name(tmp_path: Path) -> None:
    assert taken(tmp_path, "pkg/a.py", "from .clocks import *\n") >= {"time", "UTC", "datetime"}


def test_names_are_taken_from_a_package_by_its_name(tmp_path: Path) -> None:
    module = "pkg/clocks/__init__.py"
    assert taken(tmp_path, "pkg/a.py", "from .clocks import UTC\n", module=module) == {"UTC"}
    inside = taken(tmp_path, "pkg/clocks/b.py", "from . import datetime\n", module=module)
    assert "datetime" in inside


def test_modules_of_a_bundle_and_its_tests_take_names(tmp_path: Path) -> None:
    write_tree(
        tmp_path / "demo",
        {
            **BUNDLE,
            "templates/clocks.py": CLOCKS,
            "templates/models.py": "from .clocks import UTC\n",
            "tests/test_it.py": "from ..templates.clocks import time\n",
        },
    )
    write_tree(tmp_path / "other", {**BUNDLE, "templates/a.py": "from .clocks import datetime\n"})
    linted = run([tmp_path], Settings(tmp_path), Run())
    path = str(tmp_path / "demo/templates/clocks.py")
    names = TakenNames(linted, [path]).of(path)
    assert set(names) == {"UTC", "time"}
    assert (len(names), "UTC" in names, "datetime" in names) == (2, True, False)
