"""Several processes say what one says, and what goes wrong in them is said once."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lint_rules import processes
from lint_rules.analysis import analyse
from lint_rules.config.settings import Settings
from lint_rules.engine import Run, lint, run
from tests.lint_rules.linted import DETERMINISM, bundle, flow, lint_tree, within, write

SLUGS = ["one", "two", "three", "four", "five"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    around = "from shared.clock import stamp"
    files = {"pyproject.toml": "", "shared/__init__.py": "", "loose.py": flow("return os.getpid()")}
    files["shared/clock.py"] = "import time\n\ndef stamp():\n    return time.time()\n"
    for number, slug in enumerate(SLUGS):
        files |= bundle(
            slug, f"unseen.call()\nreturn stamp() + {number}", f"import unseen\n{around}"
        )
    files["five/templates/broken.py"] = "def (:\n"
    return write(tmp_path / "project", files)


def test_two_processes_say_what_one_says(root: Path, tmp_path: Path) -> None:
    settings = Settings(root, strict=True, select=DETERMINISM)
    one = lint([root], settings, jobs=1)
    assert len(one.findings) == 8
    assert lint([root], settings, jobs=2) == one
    assert lint([root], settings, jobs=8) == one
    assert lint([root], settings, jobs=2, cache=tmp_path / "cache") == one
    assert lint([root], settings, jobs=1, cache=tmp_path / "cache") == one


def test_two_processes_see_an_overlay(root: Path) -> None:
    changed = {root / "shared/clock.py": b"def stamp():\n    return 1\n"}
    reports = [run([root], Settings(root), Run(jobs=n, overlay=changed)).report for n in (1, 2)]
    assert reports[0] == reports[1]
    assert "NTR101" not in {finding.code for finding in reports[0].findings}


def test_progress_is_told_in_several_processes_too(root: Path) -> None:
    told: list[tuple[int, int]] = []
    how = Run(jobs=2, progress=lambda done, total: told.append((done, total)))
    run([root], Settings(root), how)
    assert told == [(number, 6) for number in range(1, 7)]


def test_small_projects_are_worth_no_second_process(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: Any) -> Iterator[Any]:
        raise AssertionError("a second process was started")

    monkeypatch.setattr(processes, "cores", lambda: 4)
    monkeypatch.setattr(processes, "_in_processes", refused)
    assert lint([root], Settings(root)).summary.bundles == 5
    with pytest.raises(AssertionError):
        lint([root], Settings(root), jobs=2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_cache_is_told_once(
    jobs: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = analyse.analyse

    def slow(*given: Any, **named: Any) -> Any:
        time.sleep(0.1)
        return real(*given, **named)

    cache = tmp_path / "cache"
    settings = Settings(root)
    lint([root], settings, jobs=1, cache=cache)
    clock = root / "shared/clock.py"
    clock.write_text(f"{clock.read_text()}# edited\n")
    before = lint([root], settings, jobs=1, cache=cache)
    for entry in cache.rglob("*.entry"):
        if entry.parent.parent.name == "facts":
            entry.write_bytes(b"damaged")
        else:
            entry.unlink()
    told: list[str] = []
    monkeypatch.setattr(analyse, "analyse", slow)
    assert run([root], settings, Run(jobs=jobs, cache=cache, warn=told.append)).report == before
    assert len(told) == 1
    assert "damaged cache entries" in told[0]


def raising(*_given: Any) -> None:
    raise KeyError("progress")


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("jobs", [1, 2])
def test_garbage_collection_is_left_as_it_was(enabled: bool, jobs: int, root: Path) -> None:
    try:
        if not enabled:
            gc.disable()
        lint([root], Settings(root), jobs=jobs)
        assert gc.isenabled() == enabled
        with pytest.raises(KeyError, match="progress"):
            run([root], Settings(root), Run(jobs=jobs, progress=raising))
        assert gc.isenabled() == enabled
    finally:
        gc.enable()


def test_what_fails_in_a_process_fails_in_the_run(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: Any, **_named: Any) -> None:
        raise ZeroDivisionError("in a process")

    monkeypatch.setattr(analyse, "analyse", failing)
    for jobs in (1, 2):
        with pytest.raises(ZeroDivisionError, match="in a process"):
            lint([root], Settings(root), jobs=jobs)


def test_a_process_that_is_killed_does_not_stop_the_run_for_ever(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = analyse.analyse

    def killed(project: Any, *given: Any, **named: Any) -> Any:
        if project.bundle == "three":
            os._exit(9)
        return real(project, *given, **named)

    monkeypatch.setattr(analyse, "analyse", killed)
    with within(2), contextlib.suppress(RuntimeError, OSError):
        lint([root], Settings(root), jobs=2)


def test_one_project_needs_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: Any) -> Iterator[Any]:
        raise AssertionError("a second process was started")

    monkeypatch.setattr(processes, "_in_processes", refused)
    write(tmp_path, {"flow.py": flow("return 1")})
    assert lint([tmp_path], Settings(tmp_path), jobs=8).findings == ()
    assert lint_tree(tmp_path, {}).findings == ()
