"""The worker installs nothing that is for development."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint_rules.requirements.site import install
from tests.lint_rules.rules.requirements.asking import ACTIVITIES, SOUND, asked, fixed


@pytest.mark.parametrize(
    "line",
    [
        "pytest==9.2.0",
        "Pytest",
        "pytest-asyncio==1.5.0",
        "ruff==0.17.6",
        "ntro-testkit==0.1.0",
        "ntro_cli==0.1.1",
        "hypothesis==6.170.17",
        "types-PyYAML==6.0",
        "Pre_Commit == 4.0",
    ],
)
def test_a_development_package_is_reported_alone(line: str) -> None:
    text = f"{SOUND}{line}\n"
    [found] = asked("NTR6", text)
    assert (found.code, found.severity, found.place.line) == ("NTR606", "warning", 3)
    assert found.fix is not None
    assert found.fix.applicability == "unsafe"
    assert fixed(text, found) == SOUND


def test_the_extra_for_the_developers_of_the_sdk_is_one_too() -> None:
    [found] = asked("NTR6", "ntro[workflow,dev]==0.1.2\npydantic==2.14.3\n")
    assert found.code == "NTR606"
    assert (found.place.column, found.place.end_column) == (15, 18)
    assert "pytest" in found.message


def test_what_another_line_needs_is_no_development_package(site: Path) -> None:
    install(site, "temporalio", needs=["types-protobuf", "pytest; extra == 'tests'"])
    assert asked("NTR606", f"{SOUND}types-protobuf==7.35.1\n") == []
    found = asked("NTR606", f"{SOUND}pytest==9.2.0\npytest-asyncio==1.5.0\n")
    assert [each.place.line for each in found] == [3, 4]


def test_what_the_code_imports_is_no_development_package() -> None:
    edit = (ACTIVITIES, "from decimal", "import freezegun\nfrom decimal")
    assert asked("NTR6", f"{SOUND}freezegun==1.5.5\n", edit) == []


def test_what_only_type_checking_needs_is_one() -> None:
    edit = (
        ACTIVITIES,
        "from decimal",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pytest\nfrom decimal",
    )
    assert [f.code for f in asked("NTR606", f"{SOUND}pytest==9.2.0\n", edit)] == ["NTR606"]


@pytest.mark.parametrize("line", ["httpx==0.28.1", "ntro[gl]==0.1.2", "tester==1"])
def test_other_packages_are_fine(line: str) -> None:
    assert asked("NTR606", f"{SOUND}{line}\n") == []
