"""Findings about requirements are suppressed in the file, like any others."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import NTRO, SOUND, asked

NOQA = "# noqa: NTR603 -- follows the platform"


@pytest.mark.parametrize(
    "line",
    [
        f"httpx>=0.27  {NOQA}",
        f"httpx \\\n  >=0.27  {NOQA}",
        f"httpx>=0.27 \\\n  --hash=sha256:00 \\\n  --hash=sha256:01  {NOQA}",
        f"httpx>=0.27 \\\n{NOQA}",
    ],
)
def test_a_comment_holds_for_the_requirement_it_ends(line: str) -> None:
    assert asked("NTR6", f"{SOUND}{line}\n") == []


def test_it_holds_for_no_other_requirement() -> None:
    found = asked("NTR6", f"{NTRO}pydantic>=2\nhttpx>=0.27  {NOQA}\n# \\\nh11>=0  {NOQA}\n")
    assert [each.place.line for each in found] == [2]


def test_one_that_suppresses_nothing_is_reported() -> None:
    text = f"{SOUND}httpx==0.28.1 \\\n  --hash=sha256:00  {NOQA}\n"
    [found] = asked("NTR", text)
    assert (found.code, found.place.line) == ("NTR902", 4)
