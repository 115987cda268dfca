"""Code that imports the SDK asks for it."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import FILE, asked


@pytest.mark.parametrize("text", ["", "# nothing\n", "pydantic==2.14.3\n", "ntropy==1.0\n"])
def test_a_file_without_the_sdk_is_reported(text: str) -> None:
    [found] = asked("NTR607", text)
    assert (found.severity, found.place.line) == ("error", 1)
    assert found.place.path.endswith(FILE)
    assert "`ntro`" in found.message
    assert found.trace[0].text.startswith("imports ntro.")


def test_what_the_sdk_would_bring_is_not_reported_as_well() -> None:
    assert [f.code for f in asked("NTR6", "pydantic==2.14.3\n")] == ["NTR607"]


@pytest.mark.parametrize(
    "text",
    [
        "ntro==0.1.2\n",
        "NTRO\n",
        "ntro=0.1.2\n",
        "ntro @ https://x.example/ntro.whl\n",
        "https://x.example/ntro-0.1.2-py3-none-any.whl\n",
        "-r base.txt\n",
        "./wheels\n",
        "ntro==${VERSION}\n",
    ],
)
def test_it_is_not_missing_where_a_line_has_it_or_may_have(text: str) -> None:
    assert asked("NTR607", text) == []
