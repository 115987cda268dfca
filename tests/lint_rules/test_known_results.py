"""A run with a cache says what a run without one says, after every kind of change."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lint_rules.caching import known_results
from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.finding import Report
from lint_rules.requirements.installed import installed
from tests.lint_rules.linted import bundle, flow, spots, write
from tests.lint_rules.petty_cash import sound
from tests.lint_rules.requirements.site import install

CLOCK = "import time\n\ndef stamp():\n    return time.time()\n"
FIXED = "def stamp():\n    return 1\n"
LOOSE = {
    "pyproject.toml": "",
    "clock.py": CLOCK,
    "flow.py": flow("return stamp()", "from clock import stamp"),
}
NAV = bundle("nav", "return stamp()", "from .clock import stamp", clock=CLOCK)

Change = Callable[[Path], Any]


def put(name: str, text: str) -> Change:
    return lambda root: write(root, {name: text})


def gone(name: str) -> Change:
    return lambda root: (root / name).unlink()


def moved(old: str, new: str) -> Change:
    return lambda root: (root / old).rename(root / new)


def linted(root: Path, cache: Path | None, **changed: Any) -> Report:
    return lint([root], Settings(root, **changed), jobs=1, cache=cache)


def linted_twice(
    tmp_path: Path, files: dict[str, str], change: Change
) -> tuple[Report, Report, Report]:
    """Return the report before a change, the cached one after it, and the true one."""
    root = write(tmp_path / "project", files)
    before = linted(root, tmp_path / "cache")
    change(root)
    return before, linted(root, tmp_path / "cache"), linted(root, None)


CHILD = 'await self.run_child_workflow(slug="petty-cash", input=ctx)'
PETTY_CASH = {f"r/petty-cash/{name}": data.decode() for name, data in sound().items()}
PARENT = {
    f"r/parent/{name}": data.decode().replace("await self._post(ctx, slip)", CHILD)
    for name, data in sound().items()
}
FAMILY = {**PETTY_CASH, **PARENT}


def edited(name: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")

    return change


CHANGES: dict[str, tuple[dict[str, str], Change]] = {
    "nothing": (LOOSE, lambda _root: None),
    "edited helper": (LOOSE, put("clock.py", FIXED)),
    "edited workflow": (LOOSE, put("flow.py", flow("return 1"))),
    "moved lines": (LOOSE, put("clock.py", f"# moved\n{CLOCK}")),
    "deleted module": (LOOSE, gone("clock.py")),
    "broken module": (LOOSE, put("clock.py", "def (:\n")),
    "mended module": (LOOSE | {"clock.py": "def (:\n"}, put("clock.py", CLOCK)),
    "package instead of the module": (LOOSE, put("clock/__init__.py", FIXED)),
    "module in front of a namespace": (LOOSE, put("time.py", FIXED)),
    "module that was missing": (
        LOOSE | {"clock.py": "from far.off import stamp\n"},
        put("far/off.py", CLOCK),
    ),
    "package that was missing": (LOOSE | {"clock.py": "from far import *\n"}, put("far.py", CLOCK)),
    "new source directory": (LOOSE | {"clock.py": "from far import *\n"}, put("src/far.py", CLOCK)),
    "another workflow": (LOOSE, put("other.py", flow("return time.time()"))),
    "no workflow any more": (LOOSE, put("flow.py", "VALUE = 1\n")),
    "suppression": (LOOSE, put("clock.py", CLOCK.replace("time()", "time()  # noqa: NTR101 -- x"))),
    "same text in two files": (LOOSE | {"flow.py": CLOCK}, put("flow.py", LOOSE["flow.py"])),
    "edited member": (NAV, put("nav/templates/clock.py", FIXED)),
    "new member": (NAV, put("nav/templates/more.py", "def (:\n")),
    "deleted member": (NAV, gone("nav/templates/clock.py")),
    "edited requirements": (NAV, put("nav/templates/requirements.txt", "pydantic\n")),
    "requirements gone": (NAV, gone("nav/templates/requirements.txt")),
    "requirements beside the manifest": (NAV, put("nav/requirements.txt", "pydantic\n")),
    "new import": (NAV, put("nav/templates/clock.py", f"import pandas\n{FIXED}")),
    "renamed bundle": (NAV, moved("nav", "nav-monthly")),
    "renamed member": (NAV, moved("nav/templates/clock.py", "nav/templates/watch.py")),
    "manifest gone": (NAV, gone("nav/runbook.md")),
    "project around a bundle": (
        bundle("nav", "return stamp()", "from clock import stamp") | {"clock.py": CLOCK},
        put("pyproject.toml", ""),
    ),
    "edited manifest": (PETTY_CASH, edited("r/petty-cash/runbook.md", "id: post", "id: posted")),
    "no requirements": (PETTY_CASH, gone("r/petty-cash/templates/requirements.txt")),
    "looser requirements": (
        PETTY_CASH,
        edited("r/petty-cash/templates/requirements.txt", "==", ">="),
    ),
    "another file in the bundle": (PETTY_CASH, put("r/petty-cash/templates/more.txt", "")),
    "edited models of a child": (
        FAMILY,
        edited("r/petty-cash/templates/models.py", "    period: str\n    limit", "    limit"),
    ),
    "no child any more": (FAMILY, moved("r/petty-cash", "petty-cash")),
    "a child that was missing": (PARENT, put("r/petty-cash/runbook.md", "---\n---\n")),
}


@pytest.mark.parametrize(("files", "change"), CHANGES.values(), ids=CHANGES)
def test_a_warm_run_says_what_a_cold_one_says(
    files: dict[str, str], change: Change, tmp_path: Path
) -> None:
    _, warm, cold = linted_twice(tmp_path, files, change)
    assert warm == cold


def test_a_change_of_the_helper_changes_the_report(tmp_path: Path) -> None:
    before, warm, _ = linted_twice(tmp_path, LOOSE, put("clock.py", FIXED))
    assert (spots(before), spots(warm)) == (["clock.py:4 NTR101"], [])


def test_what_gets_installed_changes_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    asked = {"nav/templates/requirements.txt": "ntro[workflow]==0.1.2\nflowers>=1\n"}

    def grow(_root: Path) -> None:
        install(site, "flowers", "1.5", modules=["flowers/"])
        os.utime(site, ns=(1, 1))
        installed.cache_clear()

    try:
        before, warm, cold = linted_twice(tmp_path, NAV | asked, grow)
    finally:
        installed.cache_clear()
    assert warm == cold
    assert not any("==1.5" in found.text for found in before.findings)
    assert any("==1.5" in found.text for found in warm.findings)


SHARING = """\
from temporalio import activity
from clock import stamp
@activity.defn
def act(): return stamp()
"""
STALE: dict[str, tuple[dict[str, str], Change]] = {
    "activity that uses the helper": (LOOSE, put("activities.py", SHARING)),
    "module that becomes one of activities": (
        LOOSE | {"activities.py": "VALUE = 1\n"},
        put("activities.py", SHARING),
    ),
    "package that hid the workflow": (
        {
            "pyproject.toml": "",
            "a/__init__.py": "",
            "a/flow/__init__.py": "",
            "a/flow.py": flow("return stamp()", "from .clock import stamp"),
            "a/clock.py": CLOCK,
        },
        lambda root: shutil.rmtree(root / "a/flow"),
    ),
}


@pytest.mark.parametrize(("files", "change"), STALE.values(), ids=STALE)
def test_nothing_that_was_looked_at_is_forgotten(
    files: dict[str, str], change: Change, tmp_path: Path
) -> None:
    _, warm, cold = linted_twice(tmp_path, files, change)
    assert warm == cold


def test_a_file_that_can_be_read_again_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "project", LOOSE)
    real = os.open

    def refusing(path: Any, *rest: Any) -> int:
        if Path(path).name == "clock.py":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refusing)
        assert {f.code for f in linted(root, tmp_path / "cache").findings} == {"NTR901"}
    assert linted(root, tmp_path / "cache") == linted(root, None)


def test_another_version_of_the_tool_knows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "project", LOOSE)
    linted(root, tmp_path / "cache")
    assert analysed(root, tmp_path / "cache", monkeypatch) == 0
    monkeypatch.setattr(known_results, "fingerprint", lambda: "another")
    assert analysed(root, tmp_path / "cache", monkeypatch) == 1


def analysed(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> int:
    """Return how many projects a run has to analyse."""
    from lint_rules.analysis import analyse

    real, count = analyse.analyse, 0

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        return real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(analyse, "analyse", counted)
        linted(root, cache, **changed)
    return count


def test_only_what_changed_is_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    root = write(tmp_path / "project", NAV | bundle("b", "return 1") | LOOSE)
    assert analysed(root, cache, monkeypatch) == 3
    assert analysed(root, cache, monkeypatch) == 0
    write(root, {"nav/templates/clock.py": FIXED})
    assert analysed(root, cache, monkeypatch) == 1


def test_settings_that_do_not_change_an_analysis_use_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    root = write(tmp_path / "project", LOOSE)
    linted(root, cache)
    harmless = {"ignore": ("NTR104",), "strict": True, "severity": {"NTR101": "error"}}
    assert analysed(root, cache, monkeypatch, **harmless) == 0
    assert linted(root, cache, **harmless) == linted(root, None, **harmless)
    assert analysed(root, cache, monkeypatch, pure_packages=("unseen",)) == 1


def test_packages_that_become_pure_are_judged_anew(tmp_path: Path) -> None:
    root = write(tmp_path, {"flow.py": flow("unseen.call()", "import unseen")})
    cache = tmp_path / "cache"
    assert len(linted(root, cache).unknown) == 1
    assert linted(root, cache, pure_packages=("unseen",)).unknown == ()
    assert len(linted(root, cache).unknown) == 1


@pytest.mark.parametrize("text", [b"", b"{}", b"no cache\n{", b"\xff"])
def test_a_damaged_result_is_made_anew(text: bytes, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    root = write(tmp_path / "project", LOOSE)
    linted(root, cache)
    write(root, {"clock.py": f"# edited\n{CLOCK}"})
    before = linted(root, cache)
    entries = [path for path in cache.rglob("*") if path.suffix == ".entry"]
    assert {entry.parent.parent.name for entry in entries} == {"facts", "results"}
    for entry in entries:
        entry.write_bytes(text)
    assert linted(root, cache) == before


NAMES = ["clock.py", "flow.py", "a/__init__.py", "a/clock.py", "a/flow.py", "src/clock.py", "b.py"]
TEXTS = [
    CLOCK,
    FIXED,
    "def (:\n",
    "from a.clock import stamp\n",
    "from clock import *\n",
    "from .clock import stamp\n",
    "from b import stamp  # noqa: NTR101 -- why\n",
    LOOSE["flow.py"],
    flow("return stamp()", "from a import stamp"),
    flow("return stamp(), unseen.call()", "from .clock import stamp\nimport unseen"),
]


class Edited(RuleBasedStateMachine):
    """A small project that is edited at random and linted with one cache all along."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.directory = tempfile.TemporaryDirectory()
        self.top = Path(self.directory.name).resolve()
        self.root = write(self.top / "project", LOOSE)

    def teardown(self) -> None:
        if hasattr(self, "directory"):
            self.directory.cleanup()

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def edit(self, name: str, text: str) -> None:
        write(self.root, {name: text})

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def move(self, old: str, new: str) -> None:
        if (self.root / old).exists() and (self.root / new).parent.exists():
            (self.root / old).replace(self.root / new)

    @invariant()
    def the_cache_hides_nothing(self) -> None:
        if hasattr(self, "root"):
            assert linted(self.root, self.top / "cache") == linted(self.root, None)


TestEdited = Edited.TestCase
TestEdited.settings = settings(max_examples=12, stateful_step_count=10, deadline=None)
