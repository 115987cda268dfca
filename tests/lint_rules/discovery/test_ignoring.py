"""Ignore patterns: each kind side by side, and held against git itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lint_rules.discovery.ignoring import IgnoreRules, read_lines


def is_ignored(lines: Sequence[str], path: str) -> bool:
    """Walk down to a file as discovery does."""
    rules = IgnoreRules("/r", lines)
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        directory = count < len(parts)
        if rules.verdict("/r/" + "/".join(parts[:count]), is_directory=directory):
            return True
    return False


@pytest.mark.parametrize(
    ("pattern", "ignored", "wanted"),
    [
        ("a.py", "x/a.py", "x/aa.py"),
        ("/a.py", "a.py", "x/a.py"),
        ("x/a.py", "x/a.py", "y/x/a.py"),
        ("build", "x/build/a.py", "x/builder/a.py"),
        ("build/", "build/a.py", "x/build"),
        ("*_pb2.py", "x/a_pb2.py", "x/a_pb2.pyi"),
        ("*.py", "x/a.py", "x/a.pyi"),
        ("x/*.py", "x/a.py", "x/y/a.py"),
        ("a?.py", "ab.py", "a.py"),
        ("a[0-9].py", "a1.py", "ax.py"),
        ("a[!0-9].py", "ax.py", "a1.py"),
        ("a[]x].py", "a].py", "ay.py"),
        ("a[[:digit:]_].py", "a_.py", "ab.py"),
        ("**/gen/a.py", "gen/a.py", "gen/x/a.py"),
        ("x/**/a.py", "x/y/z/a.py", "y/x/a.py"),
        ("x/**", "x/y/a.py", "y/a.py"),
        ("a**b.py", "axxb.py", "a/b.py"),
        (r"\#a.py", "#a.py", "a.py"),
        (r"\!a.py", "!a.py", "a.py"),
        (r"a\*.py", "a*.py", "ab.py"),
        ("a.py   ", "a.py", "a.py   "),
        (r"a.py\ ", "a.py ", "a.py"),
    ],
)
def test_a_pattern_ignores_what_git_says_and_nothing_else(
    pattern: str, ignored: str, wanted: str
) -> None:
    assert is_ignored([pattern], ignored)
    assert not is_ignored([pattern], wanted)


@pytest.mark.parametrize("pattern", ["", "   ", "# a.py", "#a.py", "!", "/", "a[.py", "a.py\\"])
def test_what_is_no_pattern_ignores_nothing(pattern: str) -> None:
    assert not any(is_ignored([pattern], path) for path in ("a.py", "#a.py", "x/a.py", "a[.py"))


def test_the_last_pattern_that_matches_decides() -> None:
    assert not is_ignored(["*.py", "!a.py"], "x/a.py")
    assert is_ignored(["!a.py", "*.py"], "x/a.py")
    assert is_ignored(["*.py", "!a.py", "/x/a.py"], "x/a.py")


def test_nothing_comes_back_out_of_an_ignored_directory() -> None:
    assert is_ignored(["x/", "!x/a.py"], "x/a.py")
    assert not is_ignored(["x/*", "!x/a.py"], "x/a.py")


def test_rules_say_nothing_about_what_is_outside() -> None:
    rules = IgnoreRules("/r/x", ["*.py"])
    assert rules.verdict("/r/x/a.py", is_directory=False) is True
    assert rules.verdict("/r/xa.py", is_directory=False) is None
    assert IgnoreRules("/", ["/r"]).verdict("/r", is_directory=True) is True


@pytest.mark.parametrize("line", ["x/", "x", "/x/y/", "y", "x/y/*", "x/**", "*", "**/y"])
def test_lines_that_leave_out_a_whole_directory_can_be_dropped(line: str) -> None:
    rules = IgnoreRules("/r", [line, "*_pb2.py"]).without("/r/x/y")
    assert rules.verdict("/r/x/y/a.py", is_directory=False) is None
    assert rules.verdict("/r/x/y/a_pb2.py", is_directory=False) is True


def test_lines_about_parts_of_a_directory_stay() -> None:
    rules = IgnoreRules("/r", ["z/", "/x/y/gen/", "!keep.py"])
    assert rules.without("/r/x/y") is rules
    assert rules.without("/elsewhere") is rules


def test_ignore_files_are_read_as_git_reads_them() -> None:
    assert read_lines(b"\xef\xbb\xbfa.py\r\nb.py\n\n") == ["a.py", "b.py", "", ""]
    [line] = read_lines(b"\xff.py")
    assert is_ignored([line], os.fsdecode(b"\xff.py"))


def test_no_pattern_takes_long() -> None:
    started = time.perf_counter()
    for pattern in ("*a" * 30 + "b", "/x/" + "*a" * 30 + "b", "?*" * 30 + "b", "[a]*" * 30 + "b"):
        assert not is_ignored([pattern], "x/" + "a" * 120)
    assert time.perf_counter() - started < 1


LETTER = st.sampled_from("ab/*?![]-^\\ .#")
TOKEN = st.sampled_from(
    ["a", "b", "/", "*", "**", "?", "!", "[ab]", "[!a]", "[a-b]", "\\", " ", "."]
)
TEXT = st.lists(TOKEN, min_size=1, max_size=7).map("".join) | st.text(LETTER, max_size=6)
# git takes `a**/b` for `a` and then `**/b`, against its own manual.
PATTERN = TEXT.filter(lambda text: re.search(r"[^/*]\*\*", text.removeprefix("!")) is None)
NAME = st.text("ab.", min_size=1, max_size=3).filter(lambda name: set(name) != {"."})
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed, and this compares with it")
    directory = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", directory], check=True)
    return directory


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PATTERN, max_size=4), st.lists(PATH, min_size=1, max_size=12, unique=True))
@example(["a/**/b", "!**/a"], ["a/b", "a/a/b", "a/b/a"])
@example(["/**", "!a/"], ["a", "a/b"])
@example(["**a/b", "a/**b"], ["a/b", "b/a/b", "a/a/b"])
@example([r"**\/b", r"a\/**\/a"], ["a/a/b", "b", "a/b", "a/a", "a/b/a", "a/b/b/a"])
@example([r"*\/a", r"a\/b*", r"b\/**"], ["a/a", "b/b/a", "a/bb", "b/b", "b"])
def test_every_verdict_is_the_one_of_git(
    repository: Path, patterns: list[str], paths: list[str]
) -> None:
    (repository / ".gitignore").write_text("\n".join(patterns), encoding="utf-8")
    asked = subprocess.run(
        ["git", "-c", "core.excludesFile=", "check-ignore", "--no-index", "--stdin", "-z"],
        cwd=repository,
        input="\0".join(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not asked.stderr
    ignored = set(asked.stdout.split("\0")) - {""}
    assert {path for path in paths if is_ignored(patterns, path)} == ignored
