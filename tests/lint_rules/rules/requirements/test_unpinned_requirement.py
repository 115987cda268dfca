"""Requirements are pinned to one version."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint_rules.requirements.site import install
from tests.lint_rules.rules.requirements.asking import NTRO, asked, fixed


@pytest.mark.parametrize(
    "line",
    ["httpx", "httpx>=0.27", "httpx~=0.28.0", "httpx==0.28.*", "httpx>=0.27,<1", "httpx!=0.28"],
)
def test_anything_but_one_version_is_reported(line: str) -> None:
    [found] = asked("NTR603", f"{NTRO}{line}\n")
    assert (found.severity, found.place.line) == ("warning", 2)
    assert "`httpx`" in found.message


def test_the_sdk_without_a_version_is_reported_once() -> None:
    [found] = asked("NTR6", "ntro[workflow]\npydantic==2.14.3\n")
    assert found.code == "NTR603"
    assert "`ntro` has no pin" in found.message


def test_a_version_from_a_variable_is_no_pin() -> None:
    [found] = asked("NTR6", "ntro[workflow]==${NTRO_VERSION}\npydantic==2.14.3\n")
    assert found.code == "NTR603"
    assert "variable" in found.message


@pytest.mark.parametrize(
    "line", ["httpx==0.28.1", "httpx===0.28.1", "httpx==0.28.1,>=0.28", "httpx (==0.28.1)"]
)
def test_one_version_is_a_pin(line: str) -> None:
    assert asked("NTR603", f"{NTRO}{line}\n") == []


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("Httpx [HTTP2] >= 0.27 ; sys_platform == 'linux'  # why", None),
        ("httpx>=0.27", "httpx==0.28.1"),
        ("httpx", "httpx==0.28.1"),
        ("httpx \\\n  >=0.27", "httpx==0.28.1"),
    ],
)
def test_the_fix_pins_to_what_is_installed(site: Path, line: str, after: str | None) -> None:
    install(site, "httpx", "0.28.1")
    [found] = asked("NTR603", f"{NTRO}{line}\n")
    expected = after or "httpx[http2]==0.28.1 ; sys_platform == 'linux'  # why"
    assert found.fix is not None
    assert found.fix.applicability == "unsafe"
    assert found.alternative is not None
    assert "==0.28.1`" in found.alternative
    text = fixed(f"{NTRO}{line}\n", found)
    assert text == f"{NTRO}{expected}\n"
    assert asked("NTR603", text) == []


@pytest.mark.parametrize("line", ["httpx>=1", "other>=1", "httpx>=0.27 --hash=sha256:00"])
def test_there_is_no_fix_where_the_version_is_not_known_to_fit(site: Path, line: str) -> None:
    install(site, "httpx", "0.28.1")
    [found] = asked("NTR603", f"{NTRO}{line}\n")
    assert found.fix is None
