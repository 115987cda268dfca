"""Diffs: what `git apply` takes, line endings and missing ones included."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.fixes.text_diff import text_diff

GIT = shutil.which("git")


def test_a_diff_has_the_usual_shape() -> None:
    before = "".join(f"{n}\n" for n in range(1, 10))
    after = before.replace("5\n", "five\n")
    assert text_diff("runbooks/a.py", before, after) == (
        "--- a/runbooks/a.py\n+++ b/runbooks/a.py\n@@ -2,7 +2,7 @@\n"
        " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )


def test_nothing_changed_is_nothing_shown() -> None:
    assert text_diff("a.py", "x\n", "x\n") == ""


@pytest.mark.parametrize("path", ["./a.py", "/a.py", "a.py"])
def test_a_path_is_shown_from_where_a_patch_is_applied(path: str) -> None:
    assert text_diff(path, "x\n", "y\n").startswith("--- a/a.py\n+++ b/a.py\n")


def test_a_path_of_another_system_is_shown_with_slashes() -> None:
    assert text_diff("a\\b.py", "x\n", "y\n").startswith("--- a/a/b.py\n")


def test_a_missing_line_break_at_the_end_is_said() -> None:
    assert text_diff("a.py", "x", "x\n") == (
        "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n"
    )
    assert text_diff("a.py", "w\nx", "W\nx").endswith(
        "@@ -1,2 +1,2 @@\n-w\n+W\n x\n\\ No newline at end of file\n"
    )


@pytest.mark.skipif(GIT is None, reason="git is not installed")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(alphabet="ab\n\r\u2028", min_size=1),
    st.text(alphabet="ab\n\r\u2028", min_size=1),
    st.sampled_from(["a.py", "a b.py", "d/é.py"]),
)
def test_git_applies_what_is_shown(tmp_path: Path, before: str, after: str, name: str) -> None:
    shutil.rmtree(tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_bytes(before.encode())
    diff = text_diff(name, before, after)
    if diff:
        subprocess.run(
            [str(GIT), "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
            input=diff.encode(),
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
    assert file.read_bytes() == after.encode()
