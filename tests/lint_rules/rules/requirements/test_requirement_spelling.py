"""Pinned requirements are spelled alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.requirements.bundle_requirements import installed
from lint_rules.requirements.read import read_requirements_text
from lint_rules.requirements.spelling import head, head_span, spelled
from tests.lint_rules.rules.requirements.asking import SOUND, asked, fixed


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("Httpx==0.28.1", "httpx==0.28.1"),
        ("httpx == 0.28.1", "httpx==0.28.1"),
        ("httpx [http2]==0.28.1", "httpx[http2]==0.28.1"),
        ("httpx[HTTP2, Socks]==0.28.1", "httpx[http2,socks]==0.28.1"),
        ("httpx (==0.28.1)", "httpx==0.28.1"),
        ("httpx \\\n  ==0.28.1  # why", "httpx==0.28.1  # why"),
        ("HTTPX == 0.28.1 ; os_name == 'nt' --hash=x", "httpx==0.28.1 ; os_name == 'nt' --hash=x"),
        ("python_dateutil==4.0.0", "python-dateutil==4.0.0"),
        ("pyYAML==6.0.4", "pyyaml==6.0.4"),
    ],
)
def test_another_spelling_is_fixed_and_the_rest_of_the_line_stays(line: str, after: str) -> None:
    text = f"{SOUND}{line}\r\n# end\n"
    [found] = asked("NTR6", text)
    assert (found.code, found.severity, found.place.line) == ("NTR612", "info", 3)
    assert found.fix is not None
    assert found.fix.applicability == "safe"
    assert fixed(text, found) == f"{SOUND}{after}\r\n# end\n"
    assert asked("NTR6", fixed(text, found)) == []


def test_the_sdk_in_capitals_is_fixed_with_its_extras() -> None:
    [found] = asked("NTR6", "Ntro[Workflow] == 0.1.2\npydantic==2.14.3\n")
    assert found.alternative == "`ntro[workflow]==0.1.2`"


@pytest.mark.parametrize(
    "line",
    [
        "httpx==0.28.1",
        "httpx[http2]==0.28.1 ; python_version>'3'",
        "PyYAML==6.0.4",
        "SQLAlchemy==2.0.44",
        "Strange_Thing==1",
        "pydantic_core==2.50.5",
        "pydantic-core==2.50.5",
        "httpx >= 0.28",
        "Httpx @ https://x.example/h.whl",
        "Pytest == 9.2.0",
    ],
)
def test_usual_spellings_unknown_names_and_lines_with_other_faults_are_left(line: str) -> None:
    assert asked("NTR612", f"{SOUND}{line}\n") == []


NAMES = st.sampled_from(["ntro", "Ntro", "python_dateutil", "PyYAML", "Strange.Name"])
BLANKS = st.sampled_from(["", " ", "\t", " \\\n ", "\\\n"])
EXTRAS = st.sampled_from(["", "[workflow]", "[ Workflow , GL ]", "[]"])
TAILS = st.sampled_from(["", " ; python_version > '3'", "  # why", " --hash=sha256:00", "\n", ";"])


@given(NAMES, BLANKS, EXTRAS, BLANKS, st.sampled_from(["==1.0", "== 1.0", "(==1.0)"]), TAILS)
def test_the_fixed_line_asks_for_the_same_and_is_spelled_well(
    name: str, one: str, extras: str, two: str, version: str, tail: str
) -> None:
    line = f"{name}{one}{extras}{two}{version}{tail}"
    [entry] = read_requirements_text(f"{line}\nhttpx==1\n").entries[:1]
    assert entry.parsed is not None
    span = head_span(entry)
    rows = line.split("\n")
    assert span.end_line <= len(rows)
    text = spelled(entry, installed())
    before = "\n".join(rows[: span.line - 1])
    behind = "\n".join([rows[span.end_line - 1][span.end_column - 1 :], *rows[span.end_line :]])
    [after] = read_requirements_text(f"{before}{text}{behind}\nhttpx==1\n").entries[:1]
    assert after.parsed == entry.parsed or str(after.parsed).lower() == str(entry.parsed).lower()
    assert head(after) == text == spelled(after, installed())
    assert [option.part.text for option in after.options] == [o.part.text for o in entry.options]
    assert (after.comment and after.comment.text) == (entry.comment and entry.comment.text)
