"""A bundle as data, for the harness and the pytest plugin: what is read, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lint_rules.bundle import FrontmatterError, read_bundle, read_frontmatter
from tests.bundles import ROOT


def manifest(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "runbook.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("path", sorted((ROOT / "fixtures/runbooks").glob("*/runbook.md")))
def test_frontmatter_is_what_the_safe_loader_makes_of_it(path: Path) -> None:
    assert read_frontmatter(path) == yaml.safe_load(path.read_text("utf-8").split("---\n")[1])


@pytest.mark.parametrize(
    "text", ["\n---\nslug: nav\n---", "\ufeff---\nslug: nav\n---\n", "---\r\nslug: nav\r\n---\r\n"]
)
def test_blank_lines_marks_and_line_ends_do_not_matter(tmp_path: Path, text: str) -> None:
    assert read_frontmatter(manifest(tmp_path, text)) == {"slug": "nav"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# NAV\n", 1, "no frontmatter between two lines of `---`"),
        ("---\nslug: nav\n", 1, "never closed"),
        ("---\nslug: nav\nname: a: b\n---\n", 3, "frontmatter is no YAML: mapping values"),
        ("---\n- nav\n---\n", 2, "the frontmatter is a list, not a mapping"),
        (b"---\nslug: \xff\n---\n", 1, "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why_and_on_which_line(
    tmp_path: Path, text: str | bytes, line: int, words: str
) -> None:
    with pytest.raises(FrontmatterError, match=words) as caught:
        read_frontmatter(manifest(tmp_path, text))
    assert caught.value.line == line


def test_a_missing_manifest_is_a_problem_of_the_bundle(tmp_path: Path) -> None:
    found = read_bundle(tmp_path / "nav-monthly@0.1.0")
    assert found.problem is not None
    assert found.problem.endswith("runbook.md:1: the file is missing")
    assert (found.slug, found.class_name) == ("nav-monthly", "NavMonthlyWorkflow")
