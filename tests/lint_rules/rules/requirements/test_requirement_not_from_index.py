"""Requirements come from the package index, by name."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import SOUND, asked


@pytest.mark.parametrize(
    ("line", "severity", "words"),
    [
        ("rules @ https://x.example/rules-1-py3-none-any.whl", "warning", "its URL"),
        ("rules @ git+https://x.example/rules@main", "warning", "its URL"),
        ("git+ssh://git@x.example/rules#egg=rules", "warning", "its URL"),
        ("rules @ file:///wheels/rules-1-py3-none-any.whl", "error", "a path"),
        ("./rules", "error", "a path"),
        ("rules-1-py3-none-any.whl", "error", "a path"),
        ("-e .", "error", "does not have"),
        ("--editable=../rules", "error", "does not have"),
        ("-i https://x.example/simple", "warning", "`--index-url`"),
        ("--extra-index-url https://x.example/simple", "warning", "`--extra-index-url`"),
        ("--find-links=wheels", "warning", "`--find-links`"),
        ("--no-index", "warning", "`--no-index`"),
        ("-r base.txt", "error", "does not upload"),
        ("-r ../base.txt", "error", "does not upload"),
        ("-c constraints.txt", "error", "does not upload"),
    ],
)
def test_other_sources_are_reported_alone(line: str, severity: str, words: str) -> None:
    [found] = asked("NTR6", f"{SOUND}{line}\n")
    assert (found.code, found.severity, found.place.line) == ("NTR604", severity, 3)
    assert words in found.message


def test_a_file_that_is_uploaded_too_only_hides_what_is_installed() -> None:
    [found] = asked("NTR6", f"{SOUND}-r base.txt\n", files={"templates/base.txt": "httpx==0.28.1"})
    assert (found.code, found.severity) == ("NTR604", "warning")
    assert "hides" in found.message


def test_the_place_is_the_url() -> None:
    [found] = asked("NTR604", f"{SOUND}rules @ https://x.example/r.whl ; os_name == 'nt'\n")
    assert (found.place.column, found.place.end_column) == (9, 32)


@pytest.mark.parametrize(
    "line", ["httpx==0.28.1", "--require-hashes", "--pre", "--only-binary :all:", "# -r x"]
)
def test_names_and_other_options_are_fine(line: str) -> None:
    assert asked("NTR604", f"{SOUND}{line}\n") == []
